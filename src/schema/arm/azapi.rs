//! Azure/azapi: resources of ARM inside Terraform. Its resources become resources of ARM, with their place and address kept.

use super::children::{self, member};
use super::merge::{Happens, merge};
use super::{KINDS as TYPES, named, partial};
use crate::resource::{Gap, IgnoredChanges, Mode, Resource, Resources};
use crate::schema::ids;
use crate::schema::vocabulary::{self, Role};
use crate::source::Symbol;
use crate::value::{
    Cause, Node, Object, ProvKind, ProvNode, Provenance, ResourceId, Tree, Unknown,
};

/// The resource types of azapi that matter.
pub(in crate::schema) const KINDS: &[&str] = &[RESOURCE, UPDATE];
const RESOURCE: &str = "azapi_resource";
const UPDATE: &str = "azapi_update_resource";

/// Members that azapi has as arguments beside the body, and what ARM calls them.
const ARGUMENTS: &[(&str, &str)] = &[
    ("name", "name"),
    ("location", "location"),
    ("parent_id", "parent"),
    ("resource_id", "id"),
];

/// A change of a resource that is declared elsewhere.
pub(in crate::schema) struct Update {
    /// What it changes.
    pub target: ResourceId,
    /// The change, as a resource of ARM.
    pub resource: Resource,
}

/// Returns the resources with those of azapi as ARM has them, and the changes of resources that are written in other words.
pub(in crate::schema) fn translate(mut resources: Resources) -> (Resources, Vec<Update>) {
    let all = std::mem::take(&mut resources.all);
    let mut updates = Vec::new();
    let mut doubts = Vec::new();
    for resource in all {
        if resource.mode == Mode::Data || !KINDS.contains(&&*resource.kind) {
            resources.all.push(children::split(resource));
            continue;
        }
        let asked = kind(&resource);
        if let (Some(doubt), Ok(kind)) = (resource.doubt, &asked) {
            doubts.push((doubt, *kind));
        }
        match asked {
            Ok(None) => {}
            Ok(Some(kind)) => {
                let list = if &*resource.kind == UPDATE {
                    &mut updates
                } else {
                    &mut resources.all
                };
                let arm = body(&resource);
                list.push(Resource {
                    kind: kind.into(),
                    body: arm,
                    ignored_changes: ignored(&resource.ignored_changes),
                    ..resource
                });
            }
            Err(unknown) => resources.gaps.push(Gap {
                kind: None,
                unknown,
            }),
        }
    }
    resources.gaps = gaps(resources.gaps, &doubts);
    let left = apply(&mut resources.all, &mut resources.provenance, updates);
    for update in &left {
        let gaps = not_understood(update, &mut resources.provenance);
        resources.gaps.extend(gaps);
    }
    partial::open(&mut resources);
    (resources, left)
}

/// Returns the type of ARM that a resource has, `None` for one that does not matter.
fn kind(resource: &Resource) -> Result<Option<&'static str>, Unknown<()>> {
    let object = resource.body.as_object();
    let Some(tree) = object.and_then(|object| object.entries.get("type")) else {
        return match object.and_then(|object| object.rest.as_ref()) {
            Some(rest) => Err(rest.forget()),
            None => Ok(None),
        };
    };
    match (tree.as_text(), tree.as_unknown()) {
        (Some(text), _) => {
            let kind = text.split_once('@').map_or(&**text, |(kind, _)| kind);
            Ok(named(kind).map(|(kind, _)| kind))
        }
        (None, Some(unknown)) => start(unknown),
        (None, None) => Ok(None),
    }
}

/// Returns the type that an unknown text begins with: often only the API version is not known.
fn start(unknown: &Unknown<Tree>) -> Result<Option<&'static str>, Unknown<()>> {
    let first = unknown.pieces.as_deref().and_then(<[_]>::first);
    match first {
        Some(crate::value::Piece::Text(text)) => match text.split_once('@') {
            Some((kind, _)) => Ok(named(kind).map(|(kind, _)| kind)),
            None if !TYPES.iter().any(|(kind, _)| begins(kind, text)) => Ok(None),
            None => Err(unknown.forget()),
        },
        Some(crate::value::Piece::Hole(_)) | None => Err(unknown.forget()),
    }
}

fn begins(kind: &str, text: &str) -> bool {
    kind.get(..text.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(text))
}

/// Returns the resource as ARM has it.
fn body(resource: &Resource) -> Tree {
    let Some(written) = resource.body.as_object() else {
        return resource.body.clone();
    };
    let mut object = match written.entries.get("body") {
        Some(body) => content(body),
        None => Object {
            entries: std::collections::BTreeMap::new(),
            rest: written.rest.clone(),
        },
    };
    for (argument, name) in ARGUMENTS {
        let value = written.entries.get(*argument);
        if let Some(value) = value.filter(|value| !value.null().is_true()) {
            set(&mut object, name, value.clone());
        }
    }
    if let Some(identity) = written.entries.get("identity") {
        set(&mut object, "identity", identity.clone());
    }
    if let Some(version) = written.entries.get("type").and_then(version) {
        set(&mut object, "apiVersion", version);
    }
    Tree {
        depth: Tree::new(object.clone().into(), resource.body.prov).depth,
        node: object.into(),
        ..resource.body.clone()
    }
}

fn set(object: &mut Object, name: &str, value: Tree) {
    let key = member(object, name).map(|(key, _)| key.clone());
    object
        .entries
        .insert(key.unwrap_or_else(|| name.into()), value);
}

/// Returns what stands in `body`, an object or one that was encoded.
fn content(body: &Tree) -> Object {
    let inside = body.encoded.as_deref().unwrap_or(body);
    match (&inside.node, inside.as_unknown()) {
        (Node::Object(object), _) => (**object).clone(),
        (_, Some(unknown)) => Object {
            entries: std::collections::BTreeMap::new(),
            rest: Some(unknown.forget()),
        },
        (Node::Text(_), None) => Object {
            entries: std::collections::BTreeMap::new(),
            rest: Some(Unknown::new(Cause::NotSupported, body.prov)),
        },
        (_, None) => Object::default(),
    }
}

fn version(kind: &Tree) -> Option<Tree> {
    let (_, version) = kind.as_text()?.split_once('@')?;
    Some(Tree {
        node: version.into(),
        written_at: None,
        ..kind.clone()
    })
}

/// Returns what is ignored in the words of ARM; a path into the body cannot be told from the body.
fn ignored(changes: &IgnoredChanges) -> IgnoredChanges {
    match changes {
        IgnoredChanges::Some(paths)
            if paths
                .iter()
                .any(|path| path.first().is_some_and(|name| name.as_str() == "body")) =>
        {
            IgnoredChanges::All
        }
        other => other.clone(),
    }
}

/// Returns the gaps with those of azapi said in the words of ARM.
fn gaps(gaps: Vec<Gap>, doubts: &[(crate::value::ProvId, Option<&'static str>)]) -> Vec<Gap> {
    let mut all = Vec::new();
    for gap in gaps {
        if !gap
            .kind
            .as_deref()
            .is_some_and(|kind| KINDS.contains(&kind))
        {
            all.push(gap);
            continue;
        }
        let same = doubts
            .iter()
            .filter(|(doubt, _)| *doubt == gap.unknown.origin);
        let kinds: Vec<_> = same.map(|(_, kind)| *kind).collect();
        if kinds.is_empty() {
            all.push(Gap { kind: None, ..gap });
            continue;
        }
        let named = kinds.into_iter().flatten();
        all.extend(named.map(|kind| Gap {
            kind: Some(Symbol::from(kind)),
            unknown: gap.unknown.clone(),
        }));
    }
    all
}

/// Returns what may be there because of an update of something of azurerm that is not read.
fn not_understood(update: &Update, provenance: &mut Provenance) -> Vec<Gap> {
    let kinds: &[&str] = match vocabulary::of(&update.resource.kind).map(|(_, role)| role) {
        Some(Role::RouteTable) => &["azurerm_route"],
        Some(Role::SecurityGroup) => &["azurerm_network_security_rule"],
        Some(Role::VirtualNetwork) => &["azurerm_virtual_network"],
        Some(Role::NatGateway) => &[
            "azurerm_nat_gateway_public_ip_association",
            "azurerm_nat_gateway_public_ip_prefix_association",
        ],
        _ => &[],
    };
    let resource = &update.resource;
    let node = ProvNode::new(ProvKind::Computed, Some(resource.head));
    let origin = provenance.add(node.named(resource.address.as_str()));
    let gap = |kind: &&str| Gap {
        kind: Some(Symbol::from(*kind)),
        unknown: Unknown::new(Cause::NotSupported, origin),
    };
    kinds.iter().map(gap).collect()
}

/// Merges updates into the resources of ARM that they change; returns those of other resources.
fn apply(all: &mut [Resource], provenance: &mut Provenance, updates: Vec<Resource>) -> Vec<Update> {
    let mut left = Vec::new();
    for resource in updates {
        if resource.presence.truth.is_false() {
            continue;
        }
        let Some(at) = target(all, &resource) else {
            continue;
        };
        if named(&all[at].kind).is_none() {
            let target = all[at].id;
            left.push(Update { target, resource });
            continue;
        }
        let happens = if resource.presence.truth.is_true() {
            Happens::Surely
        } else {
            let node = ProvNode::new(ProvKind::Computed, Some(resource.head))
                .named(resource.address.as_str());
            let origin = resource.doubt.unwrap_or_else(|| provenance.add(node));
            Happens::Perhaps(origin)
        };
        all[at].body = merge(&all[at].body, &change(&resource), happens);
    }
    left
}

/// Returns what an update sets, without what says which resource it is.
fn change(update: &Resource) -> Tree {
    let Some(object) = update.body.as_object() else {
        return update.body.clone();
    };
    let says = |name: &str| ["id", "name", "parent", "apiVersion"].contains(&name);
    let entries = object.entries.iter().filter(|(name, _)| !says(name));
    let entries = entries.map(|(name, tree)| (name.clone(), tree.clone()));
    let object = Object {
        entries: entries.collect(),
        rest: object.rest.clone(),
    };
    Tree::new(object.into(), update.body.prov)
}

/// Returns the position of the resource that an update changes, if it is in the code.
fn target(all: &[Resource], update: &Resource) -> Option<usize> {
    let object = update.body.as_object()?;
    let role = vocabulary::of(&update.kind).map(|(_, role)| role);
    let same = |other: &Resource| {
        other.mode == Mode::Managed && vocabulary::of(&other.kind).map(|(_, role)| role) == role
    };
    let id = object.entries.get("id");
    if let Some(Node::Ref(reference)) = id.map(|id| &id.node) {
        let is = |other: &Resource| other.id == reference.resource && same(other);
        return all
            .iter()
            .position(is)
            .filter(|_| ids::is_id(&reference.path));
    }
    let (name, group) = if let Some(id) = id {
        (ids::path(id)?.names.last()?.1.clone(), ids::group(id))
    } else {
        let group = object.entries.get("parent").and_then(ids::group);
        (ids::key(object.entries.get("name")?)?, group)
    };
    let fits = |other: &Resource| {
        let object = other.body.as_object();
        let get = |name: &str| object.and_then(|object| object.entries.get(name));
        let own = get("resource_group_name")
            .and_then(ids::key)
            .or_else(|| get("parent").and_then(ids::group));
        let apart = matches!((&own, &group), (Some(a), Some(b)) if a != b);
        same(other) && !apart && get("name").and_then(ids::key).as_ref() == Some(&name)
    };
    let mut found = all.iter().enumerate().filter(|(_, other)| fits(other));
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}
