//! Well-known modules of the registries, Terraform's and Bicep's, whose code is not on disk, understood from their arguments: a call becomes the resources
//! that the module would make, shaped as azurerm or ARM names them, and a mention of an output becomes one of what it leads to.
//!
//! A module is one entry of a table: each file named after modules holds theirs, `table` the words that they are
//! written in. `build`, `values` and `outputs` read an entry and know no module. A call chooses the newest release that its version
//! allows, as `terraform init` does; where it allows releases of several entries, only what these agree on is known.
//! What an entry does not say is unknown, never a default.

mod azure_aks;
mod azure_networks;
mod bicep_azd;
mod bicep_cluster;
mod bicep_networks;
mod bicep_pool;
mod build;
mod claranet;
mod claranet_light;
mod cloudnationhq;
mod managed_cluster;
mod outputs;
mod parts;
mod production;
mod table;
mod values;
mod verified;

use std::collections::{BTreeMap, HashMap};

use crate::project::version_allows;
use crate::resource::{Gap, Resource, Resources};
use crate::value::{Cause, Provenance, ResourceId, Tree, Unknown};
use build::Call;
use table::Module;

/// All entries, those of one module from the newest release to the oldest.
const MODULES: &[&[Module]] = &[
    azure_aks::MODULES,
    azure_networks::NETWORK,
    azure_networks::VNET,
    azure_networks::SUBNETS,
    verified::VIRTUAL_NETWORK,
    managed_cluster::MODULES,
    production::MODULES,
    claranet::MODULES,
    claranet_light::MODULES,
    cloudnationhq::MODULES,
    bicep_cluster::MODULES,
    bicep_azd::AKS,
    bicep_azd::AUTOMATIC,
    bicep_networks::VIRTUAL_NETWORK,
    bicep_networks::SUBNET,
    bicep_networks::NAT_GATEWAY,
    bicep_networks::ROUTE_TABLE,
];

/// What stands before the name of a module in the type of the resource that stands for a call.
const PREFIX: &str = "module:";

/// Tells whether a type stands for calls of a module that is known.
pub(super) fn wanted(kind: &str) -> bool {
    entries(kind).next().is_some()
}

/// Returns the resources with those in the place of known calls that their modules would make.
pub(super) fn understand(mut resources: Resources) -> Resources {
    let is_call = |resource: &Resource| resource.kind.starts_with(PREFIX);
    if !resources.all.iter().any(is_call) && resources.gaps.is_empty() {
        return resources;
    }
    resources.gaps = std::mem::take(&mut resources.gaps)
        .into_iter()
        .flat_map(of_kinds)
        .collect();
    let mut next = u32::MAX;
    let mut outputs = HashMap::new();
    let mut all = Vec::new();
    for resource in std::mem::take(&mut resources.all) {
        if !is_call(&resource) {
            all.push(resource);
            continue;
        }
        let trail = &mut resources.provenance;
        let (made, gaps, output) = read(&resource, trail, &mut next);
        all.extend(made);
        resources.gaps.extend(gaps);
        outputs.extend(output.map(|output| (resource.id, output)));
    }
    exchange(&mut all, &outputs, &mut resources.provenance);
    Resources { all, ..resources }
}

/// Returns what a call makes, what else it may make, and its outputs.
fn read(
    resource: &Resource,
    trail: &mut Provenance,
    next: &mut u32,
) -> (Vec<Resource>, Vec<Gap>, Option<Tree>) {
    let modules = choose(resource, trail);
    let node = crate::value::ProvNode::new(crate::value::ProvKind::Computed, Some(resource.head));
    let origin = trail.add(node.named(resource.address.as_str()));
    let why: Unknown<Tree> = Unknown::new(Cause::RemoteModule, origin);
    if modules.is_empty() {
        let unknown = why.forget();
        return (
            Vec::new(),
            vec![Gap {
                kind: None,
                unknown,
            }],
            None,
        );
    }
    let mut call = Call {
        resource,
        modules: &modules,
        trail,
        next,
        made: Vec::new(),
        gaps: Vec::new(),
        groups: BTreeMap::new(),
    };
    call.build();
    let outputs = outputs::of(&call, &why);
    (call.made, call.gaps, Some(outputs))
}

/// Returns the entries for the releases that a call may mean, the newest first; none if it gives an argument that one of them
/// does not know.
fn choose(resource: &Resource, trail: &mut Provenance) -> Vec<&'static Module> {
    let entries = entries(&resource.kind);
    let version = outputs::text(&resource.body, "version", trail);
    let allowed: Vec<&Module> = match version {
        None => entries.take(1).collect(),
        Some(version) => entries
            .filter(|module| {
                let mut releases = module.releases.split(' ');
                releases.any(|release| version_allows(&version, release))
            })
            .collect(),
    };
    let Some(body) = resource.body.as_object() else {
        return Vec::new();
    };
    let given = || body.entries.keys().filter(|name| &***name != "version");
    let knows = |module: &&Module| given().all(|name| module.knows(name));
    if allowed.iter().all(knows) {
        allowed
    } else {
        Vec::new()
    }
}

fn entries(kind: &str) -> impl Iterator<Item = &'static Module> {
    let name = kind.strip_prefix(PREFIX).unwrap_or_default().to_owned();
    let all = MODULES.iter().flat_map(|modules| modules.iter());
    all.filter(move |module| module.source.eq_ignore_ascii_case(&name))
}

/// Returns a gap of calls as gaps of what they make.
fn of_kinds(gap: Gap) -> Vec<Gap> {
    let Some(kind) = gap.kind.as_ref().filter(|kind| kind.starts_with(PREFIX)) else {
        return vec![gap];
    };
    let makes = entries(kind).flat_map(|module| module.makes);
    let gap = |kind: &str| Gap {
        kind: Some(kind.into()),
        unknown: gap.unknown.clone(),
    };
    makes.map(|made| gap(made.kind)).collect()
}

/// Exchanges the mentions of outputs in all bodies.
fn exchange(all: &mut [Resource], outputs: &HashMap<ResourceId, Tree>, trail: &mut Provenance) {
    let mut exchange = outputs::Exchange::new(outputs, trail);
    let bodies: Vec<Option<Tree>> = all
        .iter()
        .map(|resource| exchange.tree(&resource.body))
        .collect();
    for (resource, body) in all.iter_mut().zip(bodies) {
        if let Some(body) = body {
            resource.body = body;
        }
    }
}
