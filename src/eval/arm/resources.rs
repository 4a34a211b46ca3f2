//! Resources as ARM has them: members in any letter case, Azure fills in what is not written, and what stands in a list below
//! `properties` has an id of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::eval::{Evaluator, Target, tree};
use crate::expr::{ExprId, ExprKind};
use crate::source::{Name, Span, Symbol};
use crate::syntax::Unit;
use crate::value::{
    Cause, Kind, Node, Object, ProvId, Reference, ResourceId, Step, Tree, TreeList, Unknown,
};

/// How deep what Azure may fill in is looked at.
const MAX_DEPTH: usize = 40;

/// Returns the member of a body that is written out, in any letter case.
pub(in crate::eval) fn member_of<'u>(
    unit: &'u Unit,
    body: ExprId,
    name: &str,
) -> Option<&'u crate::expr::Entry> {
    let ExprKind::Object(entries) = &unit.exprs.get(body).kind else {
        return None;
    };
    entries.iter().find(|entry| {
        let text = unit.exprs.text(entry.key);
        text.is_some_and(|text| text.eq_ignore_ascii_case(name))
    })
}

impl Evaluator<'_> {
    /// Returns a written member with all that Azure may add left open, and an id for each element that has a name.
    pub(in crate::eval) fn as_deployed(
        &mut self,
        value: &Tree,
        resource: ResourceId,
        member: &Name,
        prov: ProvId,
    ) -> Tree {
        let inside = member.text.eq_ignore_ascii_case("properties");
        let mut path = vec![Step::Name(Symbol::from("properties"))];
        self.filled(value, resource, inside.then_some(&mut path), prov, 0)
    }

    /// `path` leads to the value from its resource, where its elements have ids.
    fn filled(
        &mut self,
        value: &Tree,
        resource: ResourceId,
        mut path: Option<&mut Vec<Step>>,
        prov: ProvId,
        depth: usize,
    ) -> Tree {
        if depth > MAX_DEPTH || self.budget.spend(1).is_err() {
            return Tree::unknown(Cause::Budget, prov);
        }
        match &value.node {
            Node::Object(object) => {
                let mut entries = BTreeMap::new();
                for (name, member) in &object.entries {
                    if matches!(member.node, Node::Null) {
                        continue;
                    }
                    if let Some(path) = path.as_deref_mut() {
                        path.push(Step::Name(name.clone()));
                    }
                    let inner = path.as_deref_mut();
                    let member = self.filled(member, resource, inner, prov, depth + 1);
                    if let Some(path) = path.as_deref_mut() {
                        path.pop();
                    }
                    entries.insert(name.clone(), member);
                }
                self.keep(entries.len() * size_of::<(Symbol, Tree)>());
                let rest = object.rest.clone();
                let rest = rest.or_else(|| Some(Unknown::new(Cause::ComputedAtApply, prov)));
                Tree {
                    node: Object { entries, rest }.into(),
                    ..value.clone()
                }
            }
            Node::List(list) => {
                let mut items = Vec::with_capacity(list.items.len());
                for (index, item) in list.items.iter().enumerate() {
                    if let Some(path) = path.as_deref_mut() {
                        path.push(Step::Index(index));
                    }
                    let inner = path.as_deref_mut();
                    let mut item = self.filled(item, resource, inner, prov, depth + 1);
                    if let Some(path) = path.as_deref_mut() {
                        item = identified(item, resource, path);
                        path.pop();
                    }
                    items.push(item);
                }
                let kind = list.kind;
                Tree {
                    node: TreeList { kind, items }.into(),
                    ..value.clone()
                }
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Ref(_)
            | Node::Unknown(_) => value.clone(),
        }
    }

    /// Returns a resource's body with the id of the resource group that it goes to as its parent, unless it is a child.
    pub(in crate::eval) fn placed(&mut self, body: Tree, target: &Target, head: Span) -> Tree {
        let Node::Object(object) = &body.node else {
            return body;
        };
        let member = |name: &str| {
            let mut entries = object.entries.iter();
            let found = entries.find(|(have, _)| have.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let is_child = target.resource.kind.matches('/').count() > 1;
        if is_child || member("parent").is_some() {
            return body;
        }
        let scope = member("scope");
        let parent = self.group_id(target.instance, scope.as_ref(), head);
        let mut object = Object::clone(object);
        object.entries.insert("parent".into(), parent);
        Tree {
            node: object.into(),
            ..body
        }
    }
}

/// Returns an element with its id, if it is something that has a name.
fn identified(item: Tree, resource: ResourceId, path: &[Step]) -> Tree {
    let Node::Object(object) = &item.node else {
        return item;
    };
    let has = |name: &str| {
        let mut names = object.entries.keys();
        names.any(|have| have.eq_ignore_ascii_case(name))
    };
    if !has("name") || has("id") {
        return item;
    }
    let mut path = path.to_vec();
    path.push(Step::Name(Symbol::from("id")));
    let unknown = Unknown::new(Cause::ComputedAtApply, item.prov);
    let reference = Reference {
        resource,
        path,
        unknown: unknown.not_null().of_kind(Kind::Text),
    };
    let id = tree(Node::Ref(Arc::new(reference)), item.prov);
    let mut object = Object::clone(object);
    object.entries.insert("id".into(), id);
    Tree {
        node: object.into(),
        ..item
    }
}
