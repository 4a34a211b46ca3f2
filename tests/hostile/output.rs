//! What is printed: nothing in it is obeyed by a terminal, and JSON still means the same.

use serde_json::Value;

use super::bounded;
use crate::support::cli::Project;

/// Characters that move a cursor, change a colour or turn the direction of a text.
const OBEYED: [&str; 9] = [
    "\u{1b}[31m",
    "\u{7}",
    "\u{7f}",
    "\u{9b}31m",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{61c}",
];

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A cluster whose fault, key, comment and neighbours hold a text.
fn project(text: &str) -> Project {
    let main = format!(
        "resource \"azurerm_kubernetes_cluster\" \"main\" {{\n  for_each = {{ \"k{text}\" = 1 }}\n  name = \"n{text}\"\n  \
         network_profile {{ # {text}\n    service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = \"x{text}\"\n    \
         pod_cidr = \"10.0.0.0/16{text}\"\n  }}\n}}\n# aksnet: allow AKS104{text} -- why {text}\nvariable \"v{text}\" {{}}\n"
    );
    Project::new(&[
        ("main.tf", &main),
        ("broken.tf", &format!("locals {{\n  a = {text}\n}}\n")),
    ])
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    for text in OBEYED {
        let project = project(text);
        for args in [
            &["check", "--undecided", "--statistics"][..],
            &["check", "--format", "human", "--undecided", "--statistics"],
            &["check", "--format", "json"],
            &["show", "--verbose"],
            &["show", "--format", "json"],
            &["check", text],
            &["check", "--select", text],
            &["check", "--config", text],
            &["explain", text],
        ] {
            let run = bounded(&project, args);
            let printed = run.out + &run.err;
            assert!(
                !printed.contains(is_obeyed),
                "{text:?} {args:?}: {printed:?}"
            );
        }
    }
}

#[test]
fn json_means_what_was_written() {
    for text in OBEYED {
        let run = bounded(&project(text), &["show", "--format", "json"]);
        let shown: Value = serde_json::from_str(&run.out).expect("it is JSON");
        let cluster = &shown["clusters"][0];
        assert_eq!(
            cluster["values"]["name"]["value"],
            format!("n{text}"),
            "{text:?}"
        );
    }
}
