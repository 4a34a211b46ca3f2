//! A few rules for tests of configuration and pipeline, independent of the real ones.

use super::Catalogue;
use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule, Stage};

/// A rule that checks nothing.
const fn rule(id: u16, name: &'static str, category: Category, severity: Severity) -> Rule {
    Rule {
        id: RuleId(id),
        name,
        category,
        kind: Kind::Invalid,
        stage: Some(Stage::Validate),
        severity,
        dialects: Dialects::ALL,
        yields_to: &[],
        fix: None,
        since: "0.1.0",
        page: "",
        check: Check::Cluster(|_, _| {}),
    }
}

/// A rule about the input itself.
const fn input(id: u16, name: &'static str, severity: Severity) -> Rule {
    Rule {
        kind: Kind::Input,
        stage: None,
        check: Check::Input,
        ..rule(id, name, Category::Input, severity)
    }
}

static RULES: [Rule; 10] = [
    input(1, "syntax-error", Severity::Error),
    input(4, "suppression-unknown-rule", Severity::Warning),
    input(5, "suppression-without-reason", Severity::Warning),
    input(6, "suppression-unused", Severity::Advice),
    input(7, "suppression-expired", Severity::Warning),
    rule(101, "cidr-malformed", Category::Addressing, Severity::Error),
    Rule {
        yields_to: &[RuleId(101)],
        ..rule(104, "dns-ip-outside", Category::Addressing, Severity::Error)
    },
    Rule {
        yields_to: &[RuleId(104)],
        ..rule(108, "dns-ip-odd", Category::Addressing, Severity::Advice)
    },
    Rule {
        kind: Kind::Capacity,
        check: Check::Network(|_, _| {}),
        ..rule(201, "subnet-full", Category::Capacity, Severity::Warning)
    },
    Rule {
        dialects: Dialects::RESOURCE_MANAGER,
        ..rule(301, "bicep-only", Category::Plugin, Severity::Warning)
    },
];

static REFERENCES: [&Rule; 10] = [
    &RULES[0], &RULES[1], &RULES[2], &RULES[3], &RULES[4], &RULES[5], &RULES[6], &RULES[7],
    &RULES[8], &RULES[9],
];

/// Returns the rules of tests.
pub(crate) fn catalogue() -> Catalogue {
    Catalogue::of(&REFERENCES)
}
