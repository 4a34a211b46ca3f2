//! What `az` prints, as ARM has it: `az` lays the members of `properties` beside those of the resource, and prints the same
//! child inside its parent and alone. Changes places of members, no values.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::children::member;
use super::named;
use crate::resource::{Gap, Resource, Resources};
use crate::schema::ids;
use crate::schema::vocabulary::Role;
use crate::value::{Cause, EXPORT, Node, Object, ProvKind, ProvNode, Tree, TreeList, Unknown};

/// Members that ARM has beside `properties`, in lower case.
const BESIDE: &[&str] = &[
    "apiversion",
    "etag",
    "extendedlocation",
    "id",
    "identity",
    "kind",
    "location",
    "managedby",
    "name",
    "parent",
    "plan",
    "properties",
    "resourcegroup",
    "sku",
    "systemdata",
    "tags",
    "type",
    "zones",
];

/// Lists whose elements have `properties` of their own, in lower case.
const RESOURCES: &[&str] = &[
    "delegations",
    "routes",
    "securityrules",
    "subnets",
    "virtualnetworkpeerings",
];

/// What `az` calls the `type` in `properties`, for the resource has one too.
const TYPE: &str = "typePropertiesType";

/// What of a resource is printed inside it too, and how each is told apart: by its name, for not all have ids.
const INSIDE: &[(Role, &str)] = &[
    (Role::Pool, "agentPoolProfiles"),
    (Role::Subnet, "subnets"),
    (Role::Peering, "virtualNetworkPeerings"),
    (Role::Route, "routes"),
    (Role::SecurityRule, "securityRules"),
];

/// Returns exports as ARM has their resources, each once, with a gap for what was not exported.
pub(in crate::schema) fn normalise(mut resources: Resources) -> Resources {
    let mut seen = HashSet::new();
    resources.all.retain(|resource| match own_id(resource) {
        Some(id) => seen.insert(id),
        None => true,
    });
    for resource in &mut resources.all {
        resource.body = apart(&resource.body);
    }
    let inside = inside(&resources.all);
    resources
        .all
        .retain(|resource| !is_inside(resource, &inside));
    let gap = gap(&mut resources);
    resources.gaps.extend(gap);
    resources
}

/// Returns that there may be more subnets beside those that are shown alone. Everything else is shown with all that is in it,
/// and what was not exported is not known wherever something leads to it.
fn gap(resources: &mut Resources) -> Option<Gap> {
    let alone = |resource: &&Resource| role(resource) == Some(Role::Subnet);
    let first = resources.all.iter().find(alone)?;
    let (kind, head) = (first.kind.clone(), Some(first.head));
    let trail = &mut resources.provenance;
    let export = trail.add(ProvNode::new(ProvKind::Recorded, head).named(EXPORT));
    let rest = ProvNode::new(ProvKind::DataSource, head).from(export);
    let origin = trail.add(rest.named("the rest of the VNet"));
    Some(Gap {
        kind: Some(kind),
        unknown: Unknown::new(Cause::DataSource, origin),
    })
}

fn role(resource: &Resource) -> Option<Role> {
    named(&resource.kind).map(|(_, role)| role)
}

/// Returns the id of a resource as ids are compared.
fn own_id(resource: &Resource) -> Option<String> {
    let (_, id) = member(resource.body.as_object()?, "id")?;
    id.as_text().map(|id| ids::whole(id))
}

/// Returns the names of what is printed inside each resource, by that resource's id.
fn inside(all: &[Resource]) -> HashMap<(String, &'static str), HashSet<String>> {
    let mut names = HashMap::new();
    for resource in all {
        let (Some(id), Some(properties)) = (own_id(resource), properties(&resource.body)) else {
            continue;
        };
        for (_, list) in INSIDE {
            let items = member(properties, list).and_then(|(_, tree)| tree.as_list());
            let here = items.iter().flat_map(|list| &list.items).filter_map(name);
            let here: HashSet<String> = here.collect();
            if items.is_some() {
                names.insert((id.clone(), *list), here);
            }
        }
    }
    names
}

/// Tells whether a child is printed inside its parent too.
fn is_inside(
    resource: &Resource,
    inside: &HashMap<(String, &'static str), HashSet<String>>,
) -> bool {
    let list = INSIDE.iter().find(|(own, _)| Some(*own) == role(resource));
    let Some((_, list)) = list else {
        return false;
    };
    let parent = resource.body.as_object().and_then(|object| {
        let (_, parent) = member(object, "parent")?;
        parent.as_text().map(|parent| ids::whole(parent))
    });
    let names = parent.and_then(|parent| inside.get(&(parent, *list)));
    names.is_some_and(|names| name(&resource.body).is_some_and(|name| names.contains(&name)))
}

fn properties(body: &Tree) -> Option<&Object> {
    let (_, properties) = member(body.as_object()?, "properties")?;
    properties.as_object()
}

fn name(tree: &Tree) -> Option<String> {
    let (_, name) = member(tree.as_object()?, "name")?;
    name.as_text().map(|name| name.to_lowercase())
}

/// Returns a resource with its settings in `properties`.
fn apart(body: &Tree) -> Tree {
    let Some(object) = body.as_object() else {
        return body.clone();
    };
    let mut beside = BTreeMap::new();
    let mut settings = BTreeMap::new();
    for (name, tree) in &object.entries {
        match name.to_ascii_lowercase().as_str() {
            "properties" => {}
            key if BESIDE.contains(&key) => {
                beside.insert(name.clone(), tree.clone());
            }
            _ => {
                let name = if name.eq_ignore_ascii_case(TYPE) {
                    "type".into()
                } else {
                    name.clone()
                };
                settings.insert(name, tree.clone());
            }
        }
    }
    let inner = member(object, "properties").map(|(_, inner)| inner);
    let own = inner.and_then(Tree::as_object);
    settings.extend(own.iter().flat_map(|own| own.entries.clone()));
    for (name, tree) in &mut settings {
        if RESOURCES.contains(&name.to_ascii_lowercase().as_str()) {
            *tree = each(tree);
        }
    }
    let inside = Object {
        entries: settings,
        rest: object.rest.clone(),
    };
    // Of what stands apart, the place that lacks a setting is that of the name.
    let named = member(object, "name").map_or(body.prov, |(_, name)| name.prov);
    let prov = inner.map_or(named, |inner| inner.prov);
    beside.insert("properties".into(), Tree::new(inside.into(), prov));
    let object = Object {
        entries: beside,
        rest: object.rest.clone(),
    };
    Tree {
        depth: Tree::new(object.clone().into(), body.prov).depth,
        node: object.into(),
        ..body.clone()
    }
}

/// Returns a list of resources, each with its settings in `properties`.
fn each(list: &Tree) -> Tree {
    let Node::List(items) = &list.node else {
        return list.clone();
    };
    let apart = TreeList {
        kind: items.kind,
        items: items.items.iter().map(apart).collect(),
    };
    Tree {
        depth: Tree::new(apart.clone().into(), list.prov).depth,
        node: apart.into(),
        ..list.clone()
    }
}
