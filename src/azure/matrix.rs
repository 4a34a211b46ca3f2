//! Which network plugin, data plane, network policy, operating system and address families go together.
//!
//! Sources, read 2026-11-22: MicrosoftDocs/azure-aks-docs at fb060ab, configure-kubenet.md, azure-cni-overlay.md,
//! azure-cni-powered-by-cilium.md, configure-dual-stack.md, use-network-policies.md, use-byo-cni.md and
//! concepts-network-azure-cni-overlay.md; hashicorp/terraform-provider-azurerm 5.2.0, `kubernetes_cluster.html.markdown`;
//! and the issues on the pages of the rules named here.
//!
//! Outside the table, and on top of any cell, stand what is retired or only advised (AKS301, AKS318, AKS319, AKS342, AKS345)
//! and [`ADDITIONS`]. Windows together with dual stack has no cell: the sources do not settle it.

use self::Cell::{Ok, Open, Told};
use self::Model::{ByoCni, Kubenet, NodeSubnet, Overlay, PodSubnet};
use self::Plane::{Azure, Cilium};
use self::Policy as P;
use crate::finding::RuleId;

/// How pods get their addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Model {
    /// Plugin `kubenet`.
    Kubenet,
    /// Plugin `azure` without mode and pod subnet.
    NodeSubnet,
    /// Plugin `azure` with a pod subnet.
    PodSubnet,
    /// Plugin `azure` with the mode `overlay`.
    Overlay,
    /// Plugin `none`.
    ByoCni,
}

/// What forwards packets; an omitted one is `azure`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plane {
    /// `azure`.
    Azure,
    /// `cilium`.
    Cilium,
}

/// Who enforces network policies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// Nothing is written.
    Omitted,
    /// `none` is written.
    None,
    /// `azure`.
    Azure,
    /// `calico`.
    Calico,
    /// `cilium`.
    Cilium,
}

/// What Azure does with a combination.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell {
    /// It works.
    Ok,
    /// The sources do not settle it: nobody says anything.
    Open,
    /// These rules say what is wrong, each at its own place, and no other rule of the table.
    Told(&'static [RuleId]),
}

/// Combinations that fare alike.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// One of these.
    pub models: &'static [Model],
    /// This one.
    pub plane: Plane,
    /// One of these.
    pub policies: &'static [Policy],
    /// With Linux nodes and IPv4.
    pub linux: Cell,
    /// With a Windows pool and IPv4.
    pub windows: Cell,
    /// With Linux nodes, IPv4 and IPv6.
    pub dual_stack: Cell,
}

/// What a further setting adds to the cell of a combination with one of these models.
#[derive(Clone, Copy, Debug)]
pub struct Addition {
    /// One of these.
    pub models: &'static [Model],
    /// What is set.
    pub setting: Setting,
    /// Who speaks as well.
    pub rule: RuleId,
    /// Who tells the same already, so that it stays silent.
    pub unless: &'static [RuleId],
}

/// A setting that no model of the addition goes with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setting {
    /// The mode `overlay`.
    ModeOverlay,
    /// A pod subnet.
    PodSubnet,
}

const ANY: &[Policy] = &[P::Omitted, P::None, P::Azure, P::Calico, P::Cilium];
const NONE: &[Policy] = &[P::Omitted, P::None];
const FLAT: &[Model] = &[NodeSubnet, PodSubnet];

/// Every combination, once.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row(&[Kubenet], Azure, NONE, Ok, Told(&[RuleId(304)]), Told(&[RuleId(325)])),
    row(&[Kubenet], Azure, &[P::Calico], Ok, Told(&[RuleId(304)]), Told(&[RuleId(325)])),
    row(&[Kubenet], Azure, &[P::Azure], Told(&[RuleId(302)]), Told(&[RuleId(302), RuleId(304)]), Told(&[RuleId(302), RuleId(325)])),
    row(&[Kubenet], Azure, &[P::Cilium], Told(&[RuleId(314)]), Told(&[RuleId(304), RuleId(314)]), Told(&[RuleId(314), RuleId(325)])),
    row(&[Kubenet], Cilium, ANY, Told(&[RuleId(312)]), Told(&[RuleId(312)]), Told(&[RuleId(312)])),
    row(FLAT, Azure, NONE, Ok, Ok, Told(&[RuleId(325)])),
    row(FLAT, Azure, &[P::Azure], Ok, Told(&[RuleId(320)]), Told(&[RuleId(325)])),
    row(FLAT, Azure, &[P::Calico], Ok, Ok, Told(&[RuleId(325)])),
    row(FLAT, Azure, &[P::Cilium], Told(&[RuleId(314)]), Told(&[RuleId(314)]), Told(&[RuleId(314), RuleId(325)])),
    row(FLAT, Cilium, &[P::Cilium], Ok, Told(&[RuleId(315)]), Told(&[RuleId(325)])),
    row(FLAT, Cilium, &[P::Omitted], Open, Told(&[RuleId(315)]), Told(&[RuleId(325)])),
    row(FLAT, Cilium, &[P::None, P::Azure, P::Calico], Told(&[RuleId(313)]), Told(&[RuleId(313), RuleId(315)]), Told(&[RuleId(313), RuleId(325)])),
    row(&[Overlay], Azure, NONE, Ok, Ok, Ok),
    row(&[Overlay], Azure, &[P::Azure], Ok, Told(&[RuleId(320)]), Told(&[RuleId(323)])),
    row(&[Overlay], Azure, &[P::Calico], Ok, Ok, Told(&[RuleId(324)])),
    row(&[Overlay], Azure, &[P::Cilium], Told(&[RuleId(314)]), Told(&[RuleId(314)]), Told(&[RuleId(314)])),
    row(&[Overlay], Cilium, &[P::Cilium], Ok, Told(&[RuleId(315)]), Ok),
    row(&[Overlay], Cilium, &[P::Omitted], Open, Told(&[RuleId(315)]), Open),
    row(&[Overlay], Cilium, &[P::None, P::Azure, P::Calico], Told(&[RuleId(313)]), Told(&[RuleId(313), RuleId(315)]), Told(&[RuleId(313)])),
    row(&[ByoCni], Azure, NONE, Ok, Told(&[RuleId(304)]), Open),
    row(&[ByoCni], Cilium, ANY, Told(&[RuleId(312)]), Told(&[RuleId(312)]), Told(&[RuleId(312)])),
    row(&[ByoCni], Azure, &[P::Azure, P::Calico, P::Cilium], Told(&[RuleId(321)]), Told(&[RuleId(321)]), Told(&[RuleId(321)])),
];

/// Settings that do not go with some models.
pub const ADDITIONS: &[Addition] = &[
    Addition {
        models: &[Kubenet, ByoCni],
        setting: Setting::ModeOverlay,
        rule: RuleId(307),
        unless: &[RuleId(312)],
    },
    Addition {
        models: &[Overlay],
        setting: Setting::PodSubnet,
        rule: RuleId(309),
        unless: &[],
    },
    Addition {
        models: &[Kubenet, ByoCni],
        setting: Setting::PodSubnet,
        rule: RuleId(310),
        unless: &[],
    },
];

/// Rules that speak in some cells for some versions only: Windows Server 2025, and Kubernetes below 1.29.
pub const BY_VERSION: [RuleId; 2] = [RuleId(322), RuleId(326)];

const fn row(
    models: &'static [Model],
    plane: Plane,
    policies: &'static [Policy],
    linux: Cell,
    windows: Cell,
    dual_stack: Cell,
) -> Row {
    Row {
        models,
        plane,
        policies,
        linux,
        windows,
        dual_stack,
    }
}

impl Cell {
    /// Returns the rules that speak.
    pub fn rules(self) -> &'static [RuleId] {
        match self {
            Told(rules) => rules,
            Ok | Open => &[],
        }
    }
}
