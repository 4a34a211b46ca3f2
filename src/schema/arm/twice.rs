//! A subnet that is written inside its VNet and alone as well is one subnet: Azure makes the VNet first, and then of the subnet
//! what it says where it stands alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::children::member;
use super::named;
use crate::resource::{Mode, Resource, Resources};
use crate::schema::ids::{self, Key};
use crate::schema::vocabulary::Role;
use crate::value::{Cause, Node, Reference, ResourceId, Step, Tree, TreeList, Unknown};

/// A subnet alone that stands for one inside a VNet: its number, and a reference to the one inside.
pub(in crate::schema) type Alias = (ResourceId, Tree);

/// Puts subnets that are written twice into their VNets; returns what their own references mean from now on.
pub(in crate::schema) fn once(mut resources: Resources) -> (Resources, Vec<Alias>) {
    let mut aliases = Vec::new();
    let mut bodies = Vec::new();
    for (vnet, children) in children(&resources.all) {
        let found = written_inside(&resources.all, vnet, &children);
        let own = resources.all[vnet].id;
        let alias = |(index, child): &(usize, &Resource)| (child.id, reference(own, *index, child));
        aliases.extend(found.iter().map(alias));
        bodies.extend(replaced(&resources.all[vnet].body, &found).map(|body| (vnet, body)));
    }
    for (vnet, body) in bodies {
        resources.all[vnet].body = body;
    }
    let gone: HashSet<ResourceId> = aliases.iter().map(|(child, _)| *child).collect();
    resources
        .all
        .retain(|resource| !gone.contains(&resource.id));
    (resources, aliases)
}

/// Returns the subnets that surely stand alone, by the positions of their VNets.
fn children(all: &[Resource]) -> BTreeMap<usize, Vec<&Resource>> {
    let alone = |child: &&Resource| is(child, Role::Subnet) && child.presence.truth.is_true();
    let mut found: BTreeMap<usize, Vec<&Resource>> = BTreeMap::new();
    let mut children = all.iter().filter(alone).peekable();
    if children.peek().is_none() {
        return found;
    }
    let vnets = Vnets::of(all);
    for child in children {
        let parent = child
            .body
            .as_object()
            .and_then(|object| member(object, "parent"));
        if let Some(vnet) = parent.and_then(|(_, parent)| vnets.meant(parent)) {
            found.entry(vnet).or_default().push(child);
        }
    }
    found
}

/// Returns the children that are written inside the VNet too, with their positions in it.
fn written_inside<'r>(
    all: &[Resource],
    vnet: usize,
    children: &[&'r Resource],
) -> Vec<(usize, &'r Resource)> {
    let mut inside = HashMap::new();
    let items = subnets(&all[vnet].body).map_or(&[][..], |list| &list.items);
    for (index, item) in items.iter().enumerate() {
        let name = item.as_object().and_then(|object| member(object, "name"));
        if let Some(key) = name.and_then(|(_, tree)| ids::key(tree)) {
            inside.entry(key).or_insert(index);
        }
    }
    let found = children.iter().filter_map(|child| {
        let index = inside.remove(&known(child, "name")?)?;
        Some((index, *child))
    });
    found.collect()
}

fn is(resource: &Resource, role: Role) -> bool {
    let own = named(&resource.kind).map(|(_, role)| role);
    resource.mode == Mode::Managed && own == Some(role)
}

/// Returns a member whose every character is known.
fn known(resource: &Resource, name: &str) -> Option<Key> {
    let (_, tree) = member(resource.body.as_object()?, name)?;
    ids::key(tree).filter(ids::is_known)
}

/// The VNets of the code.
struct Vnets<'r> {
    all: &'r [Resource],
    by_id: HashMap<ResourceId, usize>,
    /// `None` for a name that several have.
    by_name: HashMap<Key, Option<usize>>,
}

impl<'r> Vnets<'r> {
    fn of(all: &'r [Resource]) -> Self {
        let by_id = all.iter().enumerate().map(|(at, one)| (one.id, at));
        let mut by_name = HashMap::new();
        for (at, resource) in all.iter().enumerate() {
            let vnet = is(resource, Role::VirtualNetwork);
            if let Some(name) = vnet.then(|| known(resource, "name")).flatten() {
                let several = |old: &mut Option<usize>| *old = None;
                by_name.entry(name).and_modify(several).or_insert(Some(at));
            }
        }
        Vnets {
            all,
            by_id: by_id.collect(),
            by_name,
        }
    }

    /// Returns the position of the VNet that is meant, if there is only one.
    fn meant(&self, parent: &Tree) -> Option<usize> {
        if let Node::Ref(reference) = &parent.node {
            if !reference.path.is_empty() && !ids::is_id(&reference.path) {
                return None;
            }
            let at = *self.by_id.get(&reference.resource)?;
            if is(&self.all[at], Role::VirtualNetwork) {
                return Some(at);
            }
            return self.named(&known(&self.all[at], "name")?);
        }
        let name = match ids::path(parent) {
            Some(path) => path.names.last()?.1.clone(),
            None => ids::key(parent)?,
        };
        self.named(&name)
    }

    fn named(&self, name: &Key) -> Option<usize> {
        *self.by_name.get(name)?
    }
}

fn subnets(vnet: &Tree) -> Option<&TreeList> {
    let (_, properties) = member(vnet.as_object()?, "properties")?;
    let (_, subnets) = member(properties.as_object()?, "subnets")?;
    subnets.as_list()
}

/// Returns the body of a VNet with other subnets at their positions.
fn replaced(vnet: &Tree, children: &[(usize, &Resource)]) -> Option<Tree> {
    let outer = vnet.as_object()?;
    let (properties, inner) = member(outer, "properties")?;
    let (key, list) = member(inner.as_object()?, "subnets")?;
    let mut items = list.as_list()?.clone();
    for (index, child) in children {
        if let Some(item) = items.items.get_mut(*index) {
            *item = without_parent(&child.body);
        }
    }
    let list = with(list, items.into());
    let mut inside = inner.as_object()?.clone();
    inside.entries.insert(key.clone(), list);
    let mut all = outer.clone();
    all.entries
        .insert(properties.clone(), with(inner, inside.into()));
    Some(with(vnet, all.into()))
}

fn without_parent(subnet: &Tree) -> Tree {
    let Some(own) = subnet.as_object() else {
        return subnet.clone();
    };
    let mut own = own.clone();
    own.entries
        .retain(|name, _| !name.eq_ignore_ascii_case("parent"));
    with(subnet, own.into())
}

/// Returns the tree with another node.
fn with(tree: &Tree, node: Node) -> Tree {
    Tree {
        depth: Tree::new(node.clone(), tree.prov).depth,
        node,
        ..tree.clone()
    }
}

/// Returns the id of a subnet inside a VNet.
fn reference(vnet: ResourceId, index: usize, child: &Resource) -> Tree {
    let prov = child.body.prov;
    let path = vec![
        Step::Name("properties".into()),
        Step::Name("subnets".into()),
        Step::Index(index),
        Step::Name("id".into()),
    ];
    let unknown = Unknown::new(Cause::ComputedAtApply, prov).not_null();
    let reference = Reference {
        resource: vnet,
        path,
        unknown,
    };
    Tree::new(Node::Ref(Arc::new(reference)), prov)
}
