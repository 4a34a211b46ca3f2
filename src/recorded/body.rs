//! The values of one resource: what is known, laid over what is known only after apply and what is sensitive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::address::Part;
use super::beside::Place;
use super::configuration::Configuration;
use super::json::{Entry, Json, JsonNode};
use crate::source::{Span, Symbol};
use crate::value::{
    Cause, Node, Object, ProvId, ProvKind, ProvNode, Provenance, Reference, ResourceId, Step, Tree,
    TreeList, Unknown,
};

/// What makes trees of one file's values.
pub(super) struct Builder<'b, 'a> {
    /// Where their ways are written.
    pub(super) provenance: &'b mut Provenance,
    /// Gives each resource its number.
    pub(super) ids: &'b mut dyn FnMut(&str) -> ResourceId,
    /// The code that the file was made from; a state has none.
    pub(super) configuration: Option<&'b Configuration<'a>>,
    /// Who wrote the file: `the plan`.
    pub(super) recorder: &'static str,
    /// The address of the resource.
    pub(super) address: &'b str,
    /// The module instances that it is in.
    pub(super) modules: &'b [Part],
    /// Takes the places of what is sensitive.
    pub(super) hidden: &'b mut Vec<Span>,
}

/// What the file says of a value, and where else it is written.
#[derive(Clone, Copy)]
pub(super) struct Layers<'l, 'a> {
    /// The value, as far as it is known.
    pub(super) value: Option<&'l Json<'a>>,
    /// `true` where the value is known only after apply.
    pub(super) unknown: Option<&'l Json<'a>>,
    /// `true` where the value is sensitive.
    pub(super) sensitive: Option<&'l Json<'a>>,
    /// What the code writes.
    pub(super) written: Written<'l, 'a>,
    /// The name of the attribute in the file.
    pub(super) name: Option<Span>,
    /// The value's place in the code beside the file.
    pub(super) place: Option<Place<'l>>,
}

/// What the code writes for a value.
#[derive(Clone, Copy)]
pub(super) enum Written<'l, 'a> {
    /// This expression, or a block of expressions.
    As(&'l Json<'a>),
    /// Nothing: whoever fills the value in does so by itself.
    Nothing,
    /// The file does not say.
    Unsaid,
}

impl<'a> Builder<'_, 'a> {
    /// Returns the body of the resource.
    pub(super) fn body(&mut self, layers: Layers<'_, 'a>, head: Span, partial: bool) -> Tree {
        let place = layers.place.map(|place| place.span);
        let tree = self.tree(layers, &mut Vec::new());
        let tree = match tree {
            Some(tree) => tree,
            None => Tree::new(Object::default().into(), self.prov(head, place)),
        };
        let (Node::Object(object), true) = (&tree.node, partial) else {
            return tree;
        };
        let rest = self.nameless(head, place, Cause::ComputedAtApply);
        let object = Object {
            entries: object.entries.clone(),
            rest: Some(rest),
        };
        Tree::new(object.into(), tree.prov).mark(tree.sensitive)
    }

    /// Returns the body of a resource whose values nest too deeply to be read.
    pub(super) fn too_deep(&mut self, head: Span, place: Option<Place<'_>>) -> Tree {
        let unknown = self.nameless(head, place.map(|place| place.span), Cause::NotSupported);
        let origin = unknown.origin;
        Tree::new(unknown.into(), origin)
    }

    /// Returns what is not known of the resource as a whole.
    fn nameless(&mut self, head: Span, place: Option<Span>, cause: Cause) -> Unknown<Tree> {
        let parent = self.prov(head, place);
        let node = ProvNode::new(ProvKind::Computed, Some(place.unwrap_or(head)));
        let node = node.from(parent).named(self.address);
        Unknown::new(cause, self.provenance.add(node))
    }

    /// Returns a value; `None` for what is not written.
    fn tree(&mut self, layers: Layers<'_, 'a>, path: &mut Vec<Symbol>) -> Option<Tree> {
        let sensitive = layers.sensitive.is_some_and(Json::is_true);
        if let (true, Some(value)) = (sensitive, layers.value) {
            self.hidden.push(value.span);
        }
        let tree = match (layers.unknown, layers.value) {
            (Some(unknown), _) if unknown.is_true() => self.unknown(layers, unknown.span, path),
            (unknown, Some(value)) => self.known(layers, value, unknown, path),
            (Some(unknown), None) if unknown.entries().is_some() => {
                self.object(layers, unknown, path)
            }
            (Some(unknown), None) if unknown.items().iter().any(Json::is_true) => {
                self.unknown(layers, unknown.span, path)
            }
            (_, None) => None,
        };
        tree.map(|tree| tree.mark(sensitive))
    }

    fn known(
        &mut self,
        layers: Layers<'_, 'a>,
        value: &Json<'a>,
        unknown: Option<&Json<'a>>,
        path: &mut Vec<Symbol>,
    ) -> Option<Tree> {
        let node = match &value.node {
            // Both are how the provider says that nothing is set.
            JsonNode::Null => return None,
            JsonNode::Text(text) if text.is_empty() => return None,
            JsonNode::Object(_) => return self.object(layers, value, path),
            JsonNode::List(items) => {
                return Some(self.list(layers, (value, items), unknown, path));
            }
            JsonNode::Bool(truth) => (*truth).into(),
            JsonNode::Text(text) => text.as_ref().into(),
            JsonNode::Number(number) => {
                let Some(number) = decimal(number) else {
                    let prov = self.prov(value.span, layers.place.map(|place| place.span));
                    return Some(Tree::unknown(Cause::NotSupported, prov));
                };
                number.into()
            }
        };
        let place = layers.place.map(|place| place.span);
        let mut prov = self.prov(value.span, place);
        if matches!(layers.written, Written::Nothing) {
            let filled = ProvNode::new(ProvKind::ProviderDefault, None);
            prov = self.provenance.add(filled.from(prov));
        }
        Some(Tree::new(node, prov))
    }

    /// Returns an object of what the value and the unknown have.
    fn object(
        &mut self,
        layers: Layers<'_, 'a>,
        shown: &Json<'a>,
        path: &mut Vec<Symbol>,
    ) -> Option<Tree> {
        let names: BTreeSet<&String> = [layers.value, layers.unknown]
            .into_iter()
            .flatten()
            .filter_map(Json::entries)
            .flat_map(BTreeMap::keys)
            .collect();
        let mut entries = BTreeMap::new();
        for name in names {
            path.push(name.as_str().into());
            let inner = layers.attribute(name);
            if let Some(tree) = self.tree(inner, path) {
                entries.insert(Symbol::from(name.as_str()), tree);
            }
            path.pop();
        }
        if entries.is_empty() && layers.value.is_none() {
            return None;
        }
        let own = Span {
            end: shown.span.start + 1,
            ..shown.span
        };
        let prov = self.prov(
            layers.name.unwrap_or(own),
            layers.place.map(|place| place.span),
        );
        Some(Tree::new(Object::complete(entries).into(), prov))
    }

    fn list(
        &mut self,
        layers: Layers<'_, 'a>,
        (value, items): (&Json<'a>, &[Json<'a>]),
        unknown: Option<&Json<'a>>,
        path: &mut Vec<Symbol>,
    ) -> Tree {
        let hidden = layers.hidden();
        let sensitive = layers.sensitive.map_or(&[][..], Json::items);
        let unknown = unknown.map_or(&[][..], Json::items);
        let mut trees = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let element = Layers {
                value: Some(item),
                unknown: unknown.get(index),
                sensitive: hidden.or(sensitive.get(index)),
                written: layers.written.element(index, items.len()),
                name: layers.name.filter(|_| items.len() == 1),
                place: layers.place.map(|place| place.element(index, item.text())),
            };
            let tree = self.tree(element, path);
            trees.extend(tree);
        }
        let prov = self.prov(value.span, layers.place.map(|place| place.span));
        Tree::new(TreeList::tuple(trees).into(), prov)
    }

    /// Returns a value that is known only after apply, as the id of the resource that it comes from if that can be told.
    fn unknown(&mut self, layers: Layers<'_, 'a>, span: Span, path: &[Symbol]) -> Option<Tree> {
        let expression = match layers.written {
            Written::Nothing => return None,
            Written::As(expression) => Some(expression),
            Written::Unsaid => None,
        };
        let place = layers.place.map(|place| place.span);
        let is_id = path.last().is_some_and(|name| {
            let name = name.as_str();
            name == "id" || name.ends_with("_id") || name.ends_with("_ids")
        });
        let sources = self
            .configuration
            .zip(expression.filter(|_| is_id))
            .and_then(|(code, expression)| code.sources(self.modules, expression));
        let sources: Vec<String> = sources.into_iter().flatten().collect();
        if let [one] = sources.as_slice() {
            return Some(self.reference(one, span, place));
        }
        let name = path.iter().fold(self.address.to_owned(), |name, step| {
            format!("{name}.{step}")
        });
        let prov = self.prov(span, place);
        let origin = self.provenance.add(
            ProvNode::new(ProvKind::Computed, Some(place.unwrap_or(span)))
                .from(prov)
                .named(name),
        );
        let mut unknown = Unknown::new(Cause::ComputedAtApply, origin);
        if !sources.is_empty() {
            let all = sources.iter().map(|one| self.reference(one, span, place));
            unknown.one_of = Some(all.collect());
        }
        Some(Tree::new(unknown.into(), origin))
    }

    /// Returns the id of another resource.
    fn reference(&mut self, address: &str, span: Span, place: Option<Span>) -> Tree {
        let parent = self.prov(span, place);
        let node = ProvNode::new(ProvKind::Reference, Some(place.unwrap_or(span)));
        let prov = self
            .provenance
            .add(node.from(parent).named(format!("{address}.id")));
        let reference = Reference {
            resource: (self.ids)(address),
            path: vec![Step::Name("id".into())],
            unknown: Unknown::new(Cause::ComputedAtApply, prov).not_null(),
        };
        Tree::new(Node::Ref(Arc::new(reference)), prov)
    }

    /// Returns the way of a value: its place in the code if there is one, then its place in the file.
    fn prov(&mut self, span: Span, place: Option<Span>) -> ProvId {
        let recorded = ProvNode::new(ProvKind::Recorded, Some(span)).named(self.recorder);
        let recorded = self.provenance.add(recorded);
        let Some(place) = place else { return recorded };
        let node = ProvNode::new(ProvKind::Computed, Some(place));
        self.provenance.add(node.from(recorded))
    }
}

impl<'l, 'a> Layers<'l, 'a> {
    /// Returns the mark of a value that is sensitive as a whole, with everything in it.
    fn hidden(&self) -> Option<&'l Json<'a>> {
        self.sensitive.filter(|sensitive| sensitive.is_true())
    }

    /// Returns what the file says of an attribute.
    fn attribute(&self, name: &str) -> Self {
        let entry = |layer: Option<&'l Json<'a>>| layer?.entries()?.get(name);
        let (value, unknown) = (entry(self.value), entry(self.unknown));
        let inner = |entry: &'l Entry<'a>| &entry.value;
        Layers {
            value: value.map(inner),
            unknown: unknown.map(inner),
            sensitive: self.hidden().or(entry(self.sensitive).map(inner)),
            written: self.written.attribute(name),
            name: value.or(unknown).map(|entry| entry.name),
            place: self.place.map(|place| place.attribute(name)),
        }
    }
}

impl Written<'_, '_> {
    /// Returns what the code writes for an attribute. What an expression gives as a whole it gives for each part.
    fn attribute(self, name: &str) -> Self {
        let Written::As(written) = self else {
            return self;
        };
        match written.entries() {
            Some(_) if is_expression(written) => self,
            Some(entries) => entries
                .get(name)
                .map_or(Written::Nothing, |entry| Written::As(&entry.value)),
            None => Written::Unsaid,
        }
    }

    /// Returns what the code writes for one of `count` elements. The elements of several blocks may stand in another order.
    fn element(self, index: usize, count: usize) -> Self {
        match self {
            Written::As(written) => match &written.node {
                JsonNode::List(items) if items.len() == 1 && count == 1 => {
                    Written::As(&items[index])
                }
                JsonNode::List(_) => Written::Unsaid,
                _ => self,
            },
            // A block that `dynamic` makes stands nowhere in the file.
            Written::Nothing | Written::Unsaid => Written::Unsaid,
        }
    }
}

/// Tells an expression from a block of them.
fn is_expression(written: &Json<'_>) -> bool {
    let names = ["references", "constant_value"];
    written
        .entries()
        .is_some_and(|all| all.is_empty() || names.iter().any(|name| all.contains_key(*name)))
}

fn decimal(number: &str) -> Option<Decimal> {
    let plain = Decimal::from_str_exact(number).ok();
    plain.or_else(|| Decimal::from_scientific(number).ok())
}
