//! What belongs to something else: pools to clusters, routes to tables, rules to groups, whether inside it or alone.

use super::addressing::Ways;
use super::cluster::{self, Terms};
use super::directory::Directory;
use super::filler::Filler;
use super::scene::{Scene, Slot};
use super::{arm, azurerm, overlay, pool};
use crate::model::{
    Cluster, Id, NodePool, Route, RouteTable, SecurityGroup, SecurityRule, Vocabulary,
};
use crate::project::ProviderVersion;
use crate::value::{State, Unknown, Value};

/// Returns clusters and pools, and why any cluster may have more pools than are linked to it.
pub(super) fn clusters(
    scene: &Scene<'_>,
    provider: ProviderVersion,
) -> (Vec<Cluster>, Vec<NodePool>, Option<Unknown<()>>) {
    let slots = scene.slots.clusters.iter();
    let (mut clusters, ways): (Vec<Cluster>, Vec<Ways>) = slots
        .map(|slot| {
            let (mut cluster, terms) = written(slot, &scene.directory, provider);
            for update in scene.updates(slot) {
                overlay::cluster(&mut cluster, &update, &scene.directory);
            }
            let ways = cluster::fill(&mut cluster, &terms, Filler(slot.reader.trail()));
            (cluster, ways)
        })
        .unzip();
    let mut pools = Vec::new();
    let mut unplaced = None;
    for slot in &scene.slots.pools {
        let mut pool = one_pool(slot, &scene.directory);
        for update in scene.updates(slot) {
            overlay::pool(&mut pool, &update, &scene.directory);
        }
        let open = match &pool.cluster.state {
            State::Known(id) => {
                clusters[id.index()].pools.push(Id::new(pools.len()));
                ways[id.index()].clone()
            }
            State::Unknown(unknown) => {
                unplaced = unplaced.or(Some(unknown.forget()));
                Ways::unlisted(Some((unknown.cause, unknown.origin)))
            }
            State::Absent | State::Invalid { .. } => Ways::unlisted(None),
        };
        let filler = Filler(slot.reader.trail());
        pool::fill(&mut pool, slot.vocabulary, &open, filler);
        pools.push(pool);
    }
    for cluster in &mut clusters {
        cluster.pools.sort_by_key(|id| !pools[id.index()].default);
    }
    (clusters, pools, unplaced)
}

fn written(
    slot: &Slot<'_>,
    directory: &Directory<'_>,
    provider: ProviderVersion,
) -> (Cluster, Terms) {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::cluster::read(slot, directory, provider),
        Vocabulary::Arm => arm::cluster::read(slot, directory),
    }
}

fn one_pool(slot: &Slot<'_>, directory: &Directory<'_>) -> NodePool {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::pool::read(slot, directory),
        Vocabulary::Arm => arm::pool::read(slot, directory),
    }
}

/// Returns the route tables with their routes.
pub(super) fn route_tables(scene: &Scene<'_>, missing: Option<Unknown<()>>) -> Vec<RouteTable> {
    let tables = scene.slots.route_tables.iter();
    let table = |slot: &Slot<'_>| match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::routing::table(slot),
        Vocabulary::Arm => arm::routing::table(slot),
    };
    let mut tables: Vec<RouteTable> = tables.map(table).collect();
    let mut anywhere = missing;
    for slot in &scene.slots.routes {
        let (owner, route): (Value<Id<RouteTable>>, Route) = match slot.vocabulary {
            Vocabulary::Azurerm => azurerm::routing::alone(slot, &scene.directory),
            Vocabulary::Arm => arm::routing::alone(slot, &scene.directory),
        };
        match owner.state {
            State::Known(id) => tables[id.index()].routes.push(route),
            State::Unknown(unknown) => anywhere = anywhere.or(Some(unknown.forget())),
            State::Absent | State::Invalid { .. } => {}
        }
    }
    for (table, slot) in tables.iter_mut().zip(&scene.slots.route_tables) {
        if let (true, Some(unknown)) = (table.more_routes.is_absent(), &anywhere) {
            table.more_routes = slot.reader.unknown("more_routes", unknown.clone());
        }
    }
    tables
}

/// Returns the security groups with their rules.
pub(super) fn security_groups(
    scene: &Scene<'_>,
    missing: Option<Unknown<()>>,
) -> Vec<SecurityGroup> {
    let groups = scene.slots.security_groups.iter();
    let group = |slot: &Slot<'_>| match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::security::group(slot),
        Vocabulary::Arm => arm::security::group(slot),
    };
    let mut groups: Vec<SecurityGroup> = groups.map(group).collect();
    let mut anywhere = missing;
    for slot in &scene.slots.security_rules {
        let (owner, rule): (Value<Id<SecurityGroup>>, SecurityRule) = match slot.vocabulary {
            Vocabulary::Azurerm => azurerm::security::alone(slot, &scene.directory),
            Vocabulary::Arm => arm::security::alone(slot, &scene.directory),
        };
        match owner.state {
            State::Known(id) => groups[id.index()].rules.push(rule),
            State::Unknown(unknown) => anywhere = anywhere.or(Some(unknown.forget())),
            State::Absent | State::Invalid { .. } => {}
        }
    }
    for (group, slot) in groups.iter_mut().zip(&scene.slots.security_groups) {
        if let (true, Some(unknown)) = (group.more_rules.is_absent(), &anywhere) {
            group.more_rules = slot.reader.unknown("more_rules", unknown.clone());
        }
    }
    groups
}
