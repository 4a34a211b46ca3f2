//! From the model to the ranges of a map: what is known becomes a range, the rest is noted with its reason. Secrets count as
//! not known.

use std::collections::HashMap;
use std::sync::Arc;

use crate::capacity::account::{self, Sheet};
use crate::capacity::{self, Supply};
use crate::cidr::{Cidr, Family};
use crate::model::{Cluster, Id, Network, Subnet, VirtualNetwork};
use crate::rules::{SiteKind, SiteRange};
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{EntityId, List, ProvId, State, Value};
use crate::view::plain::clean;

use super::atlas::{Atlas, Kind, Owner, Range, Unknown};
use super::fill;
use super::geometry::Extent;

/// The most ranges of a design that are drawn; how many more there are is said.
const MOST: usize = 600;

/// Returns the ranges of a network, with those that the configuration names.
pub(super) fn read(network: &Network, site: &[SiteRange]) -> Atlas {
    let mut reader = Reader {
        network,
        sheets: sheets(network),
        atlas: Atlas::default(),
    };
    for range in site {
        reader.add_site(range);
    }
    for (id, vnet) in network.virtual_networks.with_ids() {
        reader.add_vnet(id, vnet);
    }
    for cluster in network.clusters.iter() {
        reader.add_cluster(cluster);
    }
    for (id, subnet) in network.subnets.with_ids() {
        reader.add_subnet(id, subnet);
    }
    reader.add_what_may_be_missing();
    reader.atlas
}

/// Returns what is taken of each supply.
fn sheets(network: &Network) -> HashMap<Supply, Sheet> {
    let accounts = account::of(network).into_iter();
    let sheets = accounts.flat_map(|account| account.sheets);
    sheets.map(|sheet| (sheet.budget.of, sheet)).collect()
}

struct Reader<'n> {
    network: &'n Network,
    sheets: HashMap<Supply, Sheet>,
    atlas: Atlas,
}

/// What all ranges of a list have in common.
struct Source<'s> {
    kind: Kind,
    name: String,
    entity: EntityId,
    owner: Owner,
    list: &'s List<Cidr>,
    supply: Option<Supply>,
}

impl Reader<'_> {
    fn add_site(&mut self, site: &SiteRange) {
        let kind = match site.kind {
            SiteKind::OnPremises => Kind::OnPremises,
            SiteKind::Peered => Kind::Peered,
        };
        self.push(Range {
            kind,
            name: clean(&site.name).into_owned(),
            address: None,
            cidr: site.cidr,
            extent: Extent::of(&site.cidr),
            owner: Owner::Site,
            presence: Presence::certain(),
            inside: None,
            astray: false,
            spans: Vec::new(),
            fill: None,
            meetings: Vec::new(),
        });
    }

    fn add_vnet(&mut self, id: Id<VirtualNetwork>, vnet: &VirtualNetwork) {
        self.add(&Source {
            kind: Kind::VirtualNetwork,
            name: self.name(&vnet.name, vnet.id),
            entity: vnet.id,
            owner: Owner::VirtualNetwork(id),
            list: &vnet.address_space,
            supply: None,
        });
    }

    fn add_subnet(&mut self, id: Id<Subnet>, subnet: &Subnet) {
        let vnet = subnet.virtual_network.get().copied();
        self.add(&Source {
            kind: Kind::Subnet,
            name: self.name(&subnet.name, subnet.id),
            entity: subnet.id,
            owner: Owner::Subnet(id, vnet),
            list: &subnet.prefixes,
            supply: Some(Supply::Subnet(id)),
        });
    }

    fn add_cluster(&mut self, cluster: &Cluster) {
        let ranges = [
            (Kind::Pods, &cluster.pod_cidrs),
            (Kind::Services, &cluster.service_cidrs),
        ];
        for (kind, list) in ranges {
            self.add(&Source {
                kind,
                name: clean(capacity::cluster_name(self.network, cluster.id)).into_owned(),
                entity: cluster.id,
                owner: Owner::Cluster(cluster.id),
                list,
                supply: (kind == Kind::Pods).then_some(Supply::PodRange(cluster.id)),
            });
        }
        for pool in self.network.pools_of(cluster) {
            let subnets = [("node", &pool.vnet_subnet), ("pod", &pool.pod_subnet)];
            for (kind, subnet) in subnets {
                let given = |unknown: &crate::value::Unknown<_>| unknown.null.is_false();
                if let State::Unknown(unknown) = &subnet.state
                    && (kind == "node" || given(unknown))
                {
                    let pool = self.name(&pool.name, pool.id);
                    let because = self.because(&subnet.state);
                    self.not_known(format!("{kind} subnet of pool {pool}"), because);
                }
            }
        }
    }

    /// Notes entities that may be there besides those in the code.
    fn add_what_may_be_missing(&mut self) {
        let network = self.network;
        let missing = [
            ("VNets", &network.virtual_networks.incomplete),
            ("subnets", &network.subnets.incomplete),
            ("clusters", &network.clusters.incomplete),
            ("peerings", &network.peerings.incomplete),
        ];
        for (what, unknown) in missing {
            if let Some(unknown) = unknown {
                let because = network.provenance.because(unknown.cause, unknown.origin);
                self.not_known(format!("whether there are more {what}"), because);
            }
        }
        for peering in network.peerings.iter() {
            if let (Some(from), State::Unknown(_)) = (peering.from.get(), &peering.to.state) {
                let vnet = &network.virtual_networks[*from];
                let name = self.name(&vnet.name, vnet.id);
                let because = self.because(&peering.to.state);
                self.not_known(format!("network that {name} is peered with"), because);
            }
        }
    }

    /// Adds the ranges of a list that are known, and notes the others.
    fn add(&mut self, source: &Source<'_>) {
        let what = || format!("{} {}", owned(source.kind), source.name);
        let (list, sensitive) = (source.list, source.list.sensitive);
        let items = match &list.state {
            State::Known(items) => items,
            State::Absent => {
                if source.kind == Kind::Subnet || source.kind == Kind::VirtualNetwork {
                    self.not_known(what(), "it is not written".to_owned());
                }
                return;
            }
            state @ (State::Unknown(_) | State::Invalid { .. }) => {
                let because = self.because(state);
                return self.not_known(what(), because);
            }
        };
        for item in items {
            match &item.state {
                State::Known(_) if sensitive || item.sensitive => {
                    self.not_known(what(), "it is sensitive".to_owned());
                }
                State::Known(cidr) => self.add_known(source, item.prov, *cidr),
                State::Absent => {}
                state @ (State::Unknown(_) | State::Invalid { .. }) => {
                    let because = self.because(state);
                    self.not_known(what(), because);
                }
            }
        }
    }

    fn add_known(&mut self, source: &Source<'_>, prov: ProvId, cidr: Cidr) {
        let entity = self.network.entity(source.entity);
        let around = &self.network.instances.get(entity.instance).presence;
        let counted = source.supply.filter(|_| cidr.family() == Family::V4);
        let sheet = counted.and_then(|supply| self.sheets.get(&supply));
        let fill = sheet.map(|sheet| fill::of(self.network, sheet));
        self.push(Range {
            kind: source.kind,
            name: source.name.clone(),
            address: Some(clean(&entity.address).into_owned()),
            cidr,
            extent: Extent::of(&cidr),
            owner: source.owner,
            presence: entity.presence.and(around),
            inside: None,
            astray: false,
            spans: self.spans(prov),
            fill,
            meetings: Vec::new(),
        });
    }

    fn push(&mut self, range: Range) {
        if self.atlas.ranges.len() < MOST {
            self.atlas.ranges.push(range);
        } else {
            self.atlas.left_out += 1;
        }
    }

    fn not_known(&mut self, what: String, because: String) {
        let unknown = Unknown { what, because };
        let told = &mut self.atlas.unknown;
        if told.len() < MOST && !told.contains(&unknown) {
            told.push(unknown);
        }
    }

    /// Returns the places where a value stands, and where it came from.
    fn spans(&self, prov: ProvId) -> Vec<Span> {
        let provenance = &self.network.provenance;
        let trail = provenance.trail(prov).into_iter().map(|hop| hop.span);
        provenance.span(prov).into_iter().chain(trail).collect()
    }

    /// Returns a name, or the address where there is none to be told.
    fn name(&self, name: &Value<Arc<str>>, id: EntityId) -> String {
        let known = name.get().filter(|_| !name.sensitive);
        let address = &self.network.entity(id).address;
        clean(known.map_or(address.as_str(), |name| &**name)).into_owned()
    }

    fn because<T>(&self, state: &State<T>) -> String {
        let words = match state {
            State::Unknown(unknown) => self
                .network
                .provenance
                .because(unknown.cause, unknown.origin),
            State::Invalid { text, .. } => format!("{text:?} is no range"),
            State::Known(_) | State::Absent => String::new(),
        };
        clean(&words).into_owned()
    }
}

/// Returns what a range of some kind is called before its owner's name.
fn owned(kind: Kind) -> &'static str {
    match kind {
        Kind::VirtualNetwork => "address space of VNet",
        Kind::Subnet => "range of subnet",
        Kind::Pods => "pod range of cluster",
        Kind::Services => "service range of cluster",
        Kind::Peered => "peered network",
        Kind::OnPremises => "on-premises network",
    }
}
