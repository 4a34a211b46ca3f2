//! Findings for tests of the formats.

use std::sync::Arc;

use crate::engine::{Analysis, Stats};
use crate::finding::{
    Edit, Finding, Fix, Instance, Label, Row, RuleId, Safety, Severity, Subject, Undecided,
};
use crate::source::{SourceId, Sources, Span};
use crate::value::{Cause, EntityId, Hop};

const MAIN: &str = r#"resource "azurerm_kubernetes_cluster" "main" {
  name     = "main"
  location = var.location

  network_profile {
    network_plugin = "azure"
    service_cidr   = var.service_cidr
    dns_service_ip = "10.1.0.10"
  }

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D4s_v5"
    max_count      = 40
    vnet_subnet_id = azurerm_subnet.nodes.id
  }
}
"#;

const VARIABLES: &str = r#"variable "service_cidr" {
  type    = string
  default = "10.0.0.0/16"
}
"#;

/// Returns the span of the first `needle` in a source.
pub(super) fn at(sources: &Sources, source: SourceId, needle: &str) -> Span {
    let text = sources.get(source).text.clone();
    let start = text.find(needle).unwrap();
    Span::new(source, start, start + needle.len())
}

fn label(span: Span, text: &str) -> Label {
    Label {
        span,
        text: text.to_owned(),
    }
}

fn instance(subject: &str, message: &str) -> Instance {
    Instance {
        subject: subject.to_owned(),
        variant: None,
        root: ".".to_owned(),
        message: message.to_owned(),
        calls: Vec::new(),
    }
}

/// Returns a finding with nothing but a message and a place.
pub(super) fn finding(rule: u16, severity: Severity, primary: Label, message: &str) -> Finding {
    Finding {
        rule: RuleId(rule),
        severity,
        message: message.to_owned(),
        help: None,
        primary,
        labels: Vec::new(),
        trail: Vec::new(),
        rows: Vec::new(),
        fix: None,
        instances: vec![instance("azurerm_kubernetes_cluster.main", message)],
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

/// Returns the sources of the sample, `main.tf` and `variables.tf`.
pub(super) fn sources() -> (Arc<Sources>, SourceId, SourceId) {
    let sources = Sources::default();
    let main = sources.add("main.tf", None, "".into(), MAIN.to_owned());
    let variables = sources.add("variables.tf", None, "".into(), VARIABLES.to_owned());
    (Arc::new(sources), main, variables)
}

fn clash(sources: &Sources, main: SourceId, variables: SourceId) -> Finding {
    let place = at(sources, main, "\"10.1.0.10\"");
    Finding {
        labels: vec![
            label(at(sources, main, "var.service_cidr"), "the service range"),
            label(
                at(sources, variables, "\"10.0.0.0/16\""),
                "default of var.service_cidr",
            ),
        ],
        help: Some("use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10".into()),
        fix: Some(Fix {
            title: "replace it with 10.0.0.10".into(),
            safety: Safety::Safe,
            edits: vec![Edit {
                span: place,
                replacement: "\"10.0.0.10\"".into(),
            }],
        }),
        ..finding(
            104,
            Severity::Error,
            label(place, "not in the service range"),
            "DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16",
        )
    }
}

fn budget(sources: &Sources, main: SourceId) -> Finding {
    let message = "the pool needs 1271 addresses, the subnet has 251";
    let row = |text: &str, value: &str| Row {
        text: text.into(),
        value: value.into(),
    };
    Finding {
        labels: vec![label(
            at(
                sources,
                main,
                "resource \"azurerm_kubernetes_cluster\" \"main\"",
            ),
            "the model is azure-cni-node-subnet",
        )],
        trail: vec![Hop {
            span: at(sources, main, "azurerm_subnet.nodes.id"),
            text: "from azurerm_subnet.nodes".into(),
        }],
        rows: vec![
            row("system: 40 nodes x 31", "1240"),
            row("surge: 1 node x 31", "31"),
            row("needed", "1271"),
            row("available in 10.1.0.0/24", "251"),
        ],
        help: Some("use a /21 for the subnet".into()),
        instances: vec![
            instance("module.aks[\"a\"].azurerm_kubernetes_cluster.main", message),
            instance("module.aks[\"b\"].azurerm_kubernetes_cluster.main", message),
            Instance {
                variant: Some("envs/prod.tfvars".into()),
                ..instance(
                    "module.aks[\"c\"].azurerm_kubernetes_cluster.main",
                    "the pool needs 900 addresses, the subnet has 251",
                )
            },
        ],
        ..finding(
            201,
            Severity::Warning,
            label(at(sources, main, "40"), "at most 40 nodes"),
            message,
        )
    }
}

fn open(sources: &Sources, main: SourceId, rule: u16) -> Undecided {
    Undecided {
        rule: RuleId(rule),
        subject: Subject {
            entity: EntityId(0),
            attribute: None,
        },
        used: Vec::new(),
        span: at(sources, main, "var.location"),
        cause: Cause::Input,
        because: "variable \"location\" has no value".into(),
        needs: Some("var.location".into()),
        address: "azurerm_kubernetes_cluster.main".into(),
        instance: None,
    }
}

/// Returns a clash over two files and a budget that does not fit, with instances.
pub(super) fn two_files() -> Analysis {
    let (sources, main, variables) = sources();
    Analysis {
        designs: Vec::new(),
        findings: vec![clash(&sources, main, variables), budget(&sources, main)],
        undecided: vec![open(&sources, main, 301), open(&sources, main, 302)],
        sources,
        stats: Stats {
            files: 2,
            roots: 1,
            clusters: 1,
            suppressed: 1,
            ..Stats::default()
        },
        read: Vec::new(),
        left_alone: Vec::new(),
    }
}

/// Returns nothing wrong.
pub(super) fn clean() -> Analysis {
    Analysis {
        findings: Vec::new(),
        undecided: Vec::new(),
        stats: Stats {
            files: 12,
            roots: 1,
            clusters: 3,
            ..Stats::default()
        },
        ..two_files()
    }
}

/// Returns a finding whose file, line and message try to command the terminal.
pub(super) fn hostile() -> Analysis {
    let sources = Sources::default();
    let file = sources.add(
        "a\u{1b}[31m.tf",
        None,
        "".into(),
        "x = 1\n\tname = \"a\u{1b}]0;owned\u{7}ü\u{202e}\" # ok\r\n".into(),
    );
    let primary = label(
        at(&sources, file, "\"a\u{1b}]0;owned\u{7}ü\u{202e}\""),
        "a\u{9b}b",
    );
    Analysis {
        findings: vec![finding(
            105,
            Severity::Advice,
            primary,
            "name a\u{1b}]0;owned\u{7}\nsecond line",
        )],
        sources: Arc::new(sources),
        ..clean()
    }
}
