//! What a rule is: its metadata, its page and its check.

use std::fmt;

use super::Cx;
use crate::finding::{RuleId, Safety, Severity};
use crate::model::{Cluster, Dialect, Network, NodePool, Subnet, VirtualNetwork};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// `AKS104`, for ever.
    pub id: RuleId,
    /// What is wrong, kebab-case; reads after "allow".
    pub name: &'static str,
    /// Where it looks; the id's hundred.
    pub category: Category,
    /// What happens.
    pub kind: Kind,
    /// When it happens; `None` for a running cluster that was never refused.
    pub stage: Option<Stage>,
    /// How bad it is, at its worst.
    pub severity: Severity,
    /// The languages in which it can happen.
    pub dialects: Dialects,
    /// The rules that tell the same better: it is silent where one of them speaks.
    pub yields_to: &'static [RuleId],
    /// Whether it offers a fix, and how safe one.
    pub fix: Option<Safety>,
    /// The version of aksnet that brought it.
    pub since: &'static str,
    /// Its page.
    pub page: &'static str,
    /// What it does.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The whole network.
    Network(fn(&Network, &mut Cx<'_>)),
    /// Each cluster.
    Cluster(fn(&Cluster, &mut Cx<'_>)),
    /// Each node pool.
    NodePool(fn(&NodePool, &mut Cx<'_>)),
    /// Each subnet.
    Subnet(fn(&Subnet, &mut Cx<'_>)),
    /// Each virtual network.
    VirtualNetwork(fn(&VirtualNetwork, &mut Cx<'_>)),
    /// What is there, and what a plan makes of it.
    Change(fn(&Network, &Network, &mut Cx<'_>)),
    /// Nothing: whoever reads the input raises it.
    Input,
}

/// The languages in which a rule can speak.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dialects(&'static [Dialect]);

impl Dialects {
    /// Every language.
    pub const ALL: Dialects = Dialects(&[
        Dialect::Terraform,
        Dialect::Plan,
        Dialect::Bicep,
        Dialect::Arm,
        Dialect::Export,
    ]);
    /// Terraform, as code or as a plan.
    pub const TERRAFORM: Dialects = Dialects(&[Dialect::Terraform, Dialect::Plan]);
    /// Plans: they alone say what is there and what will be.
    pub const PLAN: Dialects = Dialects(&[Dialect::Plan]);
    /// Bicep, ARM templates and what Azure prints.
    pub const RESOURCE_MANAGER: Dialects =
        Dialects(&[Dialect::Bicep, Dialect::Arm, Dialect::Export]);

    /// Tells whether a rule can speak in this language.
    pub fn contains(self, dialect: Dialect) -> bool {
        self.0.contains(&dialect)
    }

    /// Returns the languages.
    pub fn all(self) -> &'static [Dialect] {
        self.0
    }
}

/// Where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Category {
    /// `AKS0xx`: the tool's own input.
    Input,
    /// `AKS1xx`: ranges.
    Addressing,
    /// `AKS2xx`: addresses needed and there.
    Capacity,
    /// `AKS3xx`: plugin, mode, data plane, policy.
    Plugin,
    /// `AKS4xx`: pools.
    NodePool,
    /// `AKS5xx`: the way out.
    Egress,
    /// `AKS6xx`: the API server.
    ApiServer,
    /// `AKS7xx`: subnets.
    Subnet,
    /// `AKS8xx`: the provider.
    Provider,
}

/// What happens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// The input is not understood.
    Input,
    /// Azure or the provider refuses it.
    Invalid,
    /// Ranges meet.
    Overlap,
    /// Something runs out.
    Capacity,
    /// Azure ends its support.
    Retirement,
    /// It is open to misuse.
    Security,
    /// It fails sooner or later.
    Reliability,
    /// It cannot be changed in place.
    Immutability,
}

/// When it happens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// At `terraform plan`.
    Plan,
    /// In the provider, at apply.
    Apply,
    /// When Azure validates the request.
    Validate,
    /// While the cluster is created, minutes later.
    Create,
    /// While it runs.
    Run,
    /// While it is upgraded.
    Upgrade,
}

impl Category {
    /// Returns the word used in flags and reports.
    pub fn word(self) -> &'static str {
        match self {
            Category::Input => "input",
            Category::Addressing => "addressing",
            Category::Capacity => "capacity",
            Category::Plugin => "plugin",
            Category::NodePool => "node-pool",
            Category::Egress => "egress",
            Category::ApiServer => "api-server",
            Category::Subnet => "subnet",
            Category::Provider => "provider",
        }
    }
}

impl Kind {
    /// Returns the word used in flags and reports.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Input => "input",
            Kind::Invalid => "invalid",
            Kind::Overlap => "overlap",
            Kind::Capacity => "capacity",
            Kind::Retirement => "retirement",
            Kind::Security => "security",
            Kind::Reliability => "reliability",
            Kind::Immutability => "immutability",
        }
    }
}

impl Stage {
    /// Returns the word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Plan => "plan",
            Stage::Apply => "apply",
            Stage::Validate => "validate",
            Stage::Create => "create",
            Stage::Run => "run",
            Stage::Upgrade => "upgrade",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Rule {
    /// Returns the address of the rule's page.
    pub fn url(&self) -> String {
        format!(
            "https://github.com/aksnet/aksnet/blob/main/rules/{}-{}.md",
            self.id, self.name
        )
    }

    /// Returns the page's first paragraph: what is wrong, in one sentence.
    pub fn summary(&self) -> &'static str {
        let text =
            |line: &&str| !line.is_empty() && !line.starts_with('#') && !line.starts_with('*');
        self.page
            .lines()
            .map(str::trim)
            .find(text)
            .unwrap_or_default()
    }
}
