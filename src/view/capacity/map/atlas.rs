//! The ranges of a design: which are known, whose they are, which lie in which, and what is not known. Draws nothing.

use crate::cidr::{Cidr, Family};
use crate::model::{Id, Network, Subnet, VirtualNetwork};
use crate::rules::SiteRange;
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{EntityId, List};

use super::fill::Fill;
use super::geometry::Extent;
use super::joint::Joints;
use super::meetings::{self, Meeting};

/// The ranges of a design.
#[derive(Clone, Debug, Default)]
pub(super) struct Atlas {
    pub(super) ranges: Vec<Range>,
    pub(super) unknown: Vec<Unknown>,
    /// How many ranges are known, and not drawn because there are too many.
    pub(super) left_out: usize,
}

/// A range that is known.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) kind: Kind,
    /// What it is called: the name of a subnet, VNet, cluster or network.
    pub(super) name: String,
    /// Its address in the code; `None` for what the configuration names.
    pub(super) address: Option<String>,
    pub(super) cidr: Cidr,
    pub(super) extent: Extent,
    pub(super) owner: Owner,
    pub(super) presence: Presence,
    /// The range of its VNet that a subnet lies in, by its place in [`Atlas::ranges`].
    pub(super) inside: Option<usize>,
    /// Whether it lies in no range of its VNet, all of which are known.
    pub(super) astray: bool,
    /// Where it is written.
    pub(super) spans: Vec<Span>,
    pub(super) fill: Option<Fill>,
    pub(super) meetings: Vec<Meeting>,
}

/// What a range is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    VirtualNetwork,
    Subnet,
    Pods,
    Services,
    Peered,
    OnPremises,
}

/// Whose a range is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    VirtualNetwork(Id<VirtualNetwork>),
    /// A subnet, and its VNet where that is known.
    Subnet(Id<Subnet>, Option<Id<VirtualNetwork>>),
    Cluster(EntityId),
    Site,
}

/// A range that is not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unknown {
    /// What it is: `pod range of cluster shop`.
    pub(super) what: String,
    /// Why it is not known.
    pub(super) because: String,
}

impl Kind {
    /// Returns the words for a reader.
    pub(super) fn words(self) -> &'static str {
        match self {
            Kind::VirtualNetwork => "VNet",
            Kind::Subnet => "subnet",
            Kind::Pods => "pods",
            Kind::Services => "services",
            Kind::Peered => "peered network",
            Kind::OnPremises => "on-premises network",
        }
    }

    /// Returns the class of a style.
    pub(super) fn class(self) -> &'static str {
        match self {
            Kind::VirtualNetwork => "vnet",
            Kind::Subnet => "subnet",
            Kind::Pods => "pods",
            Kind::Services => "services",
            Kind::Peered => "peered",
            Kind::OnPremises => "onprem",
        }
    }
}

impl Range {
    /// Returns the family.
    pub(super) fn family(&self) -> Family {
        self.cidr.family()
    }
}

/// Returns the ranges of a network, with those that the configuration names.
pub(super) fn of(network: &Network, site: &[SiteRange]) -> Atlas {
    let mut atlas = super::reader::read(network, site);
    settle(network, &mut atlas);
    meetings::find(&mut atlas.ranges, &Joints::of(network));
    atlas
}

/// Finds the range of its VNet that each subnet lies in: the smallest that holds it.
fn settle(network: &Network, atlas: &mut Atlas) {
    for at in 0..atlas.ranges.len() {
        let range = &atlas.ranges[at];
        let Owner::Subnet(_, Some(vnet)) = range.owner else {
            continue;
        };
        let own = atlas.ranges.iter().enumerate();
        let holds = own.filter(|(_, other)| {
            other.owner == Owner::VirtualNetwork(vnet) && other.cidr.covers(&range.cidr)
        });
        let inside = holds.max_by_key(|(_, other)| other.cidr.prefix());
        let inside = inside.map(|(at, _)| at);
        let space = &network.virtual_networks[vnet].address_space;
        atlas.ranges[at].astray = inside.is_none() && is_known(space);
        atlas.ranges[at].inside = inside;
    }
}

/// Tells whether every range of a list is known.
fn is_known(list: &List<Cidr>) -> bool {
    let items = list.get().filter(|_| !list.sensitive);
    items.is_some_and(|items| {
        items
            .iter()
            .all(|one| one.get().is_some() && !one.sensitive)
    })
}
