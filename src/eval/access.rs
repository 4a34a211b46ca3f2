//! Going into values: attributes, elements, and the traversals that begin with a word of the language.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use super::base::{Base, base_of, key_of};
use super::block_or_map;
use super::dialect::{Dialect, terraform};
use super::scope::lookup;
use super::{Evaluator, Repeat, Scope, Target, tree};
use crate::expr::{ExprId, ExprKind};
use crate::project::{Callee, InstanceId};
use crate::source::{Name, Span, Symbol};
use crate::value::{
    Cause, Key, Kind, Node, Object, ProvKind, ProvNode, Reference, Step, Tree, Unknown,
};

impl Evaluator<'_> {
    /// Evaluates `of.name`.
    pub(super) fn attribute_expression(
        &mut self,
        of: ExprId,
        name: &Name,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        if self.dialect == Dialect::Arm {
            return self.member_expression(of, name, span, scope);
        }
        if let ExprKind::Name(word) = &scope.unit.exprs.get(of).kind
            && scope.template.is_none()
            && lookup(scope, word).is_none()
            && let Some(value) = self.word(word, name, span, scope)
        {
            return value;
        }
        if let Some(base) = base_of(scope, of, Some(name)) {
            return self.base_value(scope.instance, &base);
        }
        let value = match self.instance_of(of, scope) {
            Ok((Base::Module(call), key)) => {
                let child = self.call_instance(scope.instance, &call.text, &key);
                return self.output_of(scope.instance, &call, child, name);
            }
            Ok((base, key)) => self.instance_value(scope.instance, &base, &key, span),
            Err(value) => value,
        };
        self.attribute(&value, name, span)
    }

    /// Evaluates `of.name` of Bicep or ARM.
    fn member_expression(&mut self, of: ExprId, name: &Name, span: Span, scope: Scope<'_>) -> Tree {
        if let Some(value) = self.in_space(of, name, scope) {
            return value;
        }
        if let Some(value) = self.output_expression(of, name, scope) {
            return value;
        }
        let value = match self.instance_of(of, scope) {
            Ok((base, key)) => self.instance_value(scope.instance, &base, &key, span),
            Err(value) => value,
        };
        self.attribute(&value, name, span)
    }

    /// Returns what `word.name` means when the word is one of the language's; `None` when it is not.
    fn word(&mut self, word: &Symbol, name: &Name, span: Span, scope: Scope<'_>) -> Option<Tree> {
        let value = match &**word {
            "var" => self.variable(scope.instance, name),
            "local" => self.local(scope.instance, name),
            "each" => match (scope.repeat, &*name.text) {
                (Repeat::Each { key, .. }, "key") => key.clone(),
                (Repeat::Each { value, .. }, "value") => value.clone(),
                _ => self.wrong(span, "each"),
            },
            "count" => match scope.repeat {
                Repeat::Count(index) => index.clone(),
                Repeat::None | Repeat::Each { .. } | Repeat::Loop(_) => {
                    self.wrong(span, "count.index")
                }
            },
            "path" => self.path(&name.text, span, scope.instance),
            "terraform" | "tofu" => {
                self.give_up(Cause::Input, span, format!("{word}.{}", name.text))
            }
            "self" => self.give_up(Cause::NotSupported, span, "self"),
            _ => return None,
        };
        Some(value)
    }

    /// Returns `path.module` and its like, as seen from the root's folder: there Terraform runs.
    fn path(&mut self, which: &str, span: Span, instance: InstanceId) -> Tree {
        let root = &self.project.module(self.root.module).folder;
        let module = self.module(instance);
        let folder = match which {
            "module" => module.map(|module| module.folder.seen_from(root)),
            "root" => Some(".".to_owned()),
            _ => None,
        };
        let Some(folder) = folder else {
            return self.give_up(Cause::Function, span, format!("path.{which}"));
        };
        let prov = self.computed(span, None);
        tree(folder, prov)
    }

    /// Returns a module call or resource as a whole.
    fn base_value(&mut self, instance: InstanceId, base: &Base) -> Tree {
        match base {
            Base::Module(call) => self.module_value(instance, call),
            Base::Resource(resource, span) => self.resource_value(instance, resource, *span),
        }
    }

    /// Returns the instance that an expression names: `module.net`, `module.net["a"]`, `azurerm_subnet.a[0]`.
    /// The expression's value for anything else, and where the index or the instances are not known.
    fn instance_of(&mut self, of: ExprId, scope: Scope<'_>) -> Result<(Base, Key), Tree> {
        let expr = scope.unit.exprs.get(of);
        if let ExprKind::Index(inner, index) = &expr.kind {
            let index = self.eval(*index, scope);
            let named = self.base(scope, *inner).zip(key_of(&index));
            return match named {
                Some((base, key)) if self.has_instance(scope.instance, &base, &key) => {
                    Ok((base, key))
                }
                _ => Err(self.indexed(*inner, &index, expr.span, scope)),
            };
        }
        match self.base(scope, of) {
            Some(base) if self.has_instance(scope.instance, &base, &Key::None) => {
                Ok((base, Key::None))
            }
            _ => Err(self.eval(of, scope)),
        }
    }

    /// Returns the module call or resource that an expression stands for as a whole.
    fn base(&self, scope: Scope<'_>, of: ExprId) -> Option<Base> {
        if self.dialect == Dialect::Terraform {
            return base_of(scope, of, None);
        }
        let expr = scope.unit.exprs.get(of);
        match &expr.kind {
            ExprKind::Name(name) => self.base_named(name, expr.span, scope),
            _ => None,
        }
    }

    /// Tells whether a call or resource is declared and has this instance.
    pub(super) fn has_instance(&mut self, instance: InstanceId, base: &Base, key: &Key) -> bool {
        let slotted = base.slotted();
        self.declares(instance, &slotted)
            && self.expansion(instance, &slotted).position(key).is_some()
    }

    /// Returns an output of an instance of a call, or why it cannot be known.
    pub(super) fn output_of(
        &mut self,
        instance: InstanceId,
        call: &Name,
        child: InstanceId,
        name: &Name,
    ) -> Tree {
        let symbol = format!("module.{}", call.text);
        if let Some(resource) = self.stand_in(instance, &call.text) {
            return self.stand_in_output(child, &resource, name);
        }
        match self
            .call_of(instance, &call.text)
            .map(|call| call.item.target.within(self.root.module))
        {
            Some(Callee::Module(_)) => self.output(child, name),
            Some(Callee::Cycle) => self.give_up(Cause::Cycle, name.span, symbol),
            Some(Callee::Remote | Callee::Missing) => {
                let said = self.said_output(child, name);
                said.unwrap_or_else(|| self.give_up(Cause::RemoteModule, name.span, symbol))
            }
            None => self.undeclared(instance, name.span, symbol),
        }
    }

    /// Returns one instance of a resource.
    fn instance_value(&mut self, instance: InstanceId, base: &Base, key: &Key, span: Span) -> Tree {
        match base {
            Base::Resource(resource, _) => self.reference(
                Target {
                    instance,
                    resource: resource.clone(),
                    key: key.clone(),
                },
                span,
            ),
            Base::Module(call) => self.module_value_at(instance, call, key),
        }
    }

    /// Returns an attribute of a value.
    pub(super) fn attribute(&mut self, value: &Tree, name: &Name, span: Span) -> Tree {
        match &value.node {
            Node::Object(object) => match (self.member(object, &name.text), &object.rest) {
                (Some(child), _) => self.element(value, child),
                (None, Some(rest)) => {
                    let symbol = self.below(rest.origin, &name.text);
                    let prov =
                        self.node(ProvNode::new(ProvKind::Reference, Some(span)).named(symbol));
                    tree(Unknown::new(rest.cause, prov), prov)
                }
                (None, None) => self.wrong(span, name.text.clone()),
            },
            Node::Ref(reference) if reference.path.is_empty() => {
                self.resource_attribute(reference.resource, name)
            }
            Node::Ref(reference) => self.step(reference, Step::Name(name.text.clone()), span),
            Node::Unknown(unknown) => match block_or_map::inside(value) {
                Some(object) => self.attribute(&object, name, span),
                None => self.inside_unknown(unknown, span),
            },
            Node::List(list) if list.items.is_empty() => self.wrong(span, name.text.clone()),
            // Old configurations write `azurerm_x.y.block.attribute` for a block that stands once.
            Node::List(list) if list.items.len() == 1 => {
                let only = list.items[0].clone();
                self.attribute(&only, name, span)
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => {
                self.wrong(span, name.text.clone())
            }
        }
        .mark(value.sensitive)
    }

    /// Returns what an object has under a name: in ARM in any letter case.
    fn member<'o>(&self, object: &'o Object, name: &str) -> Option<&'o Tree> {
        let exact = object.entries.get(name);
        if exact.is_some() || self.dialect == Dialect::Terraform {
            return exact;
        }
        let mut entries = object.entries.iter();
        let found = entries.find(|(have, _)| have.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// Returns the name of something below what a node names.
    fn below(&self, origin: crate::value::ProvId, name: &str) -> String {
        match self.provenance.needs(origin) {
            Some(above) => format!("{above}.{name}"),
            None => name.to_owned(),
        }
    }

    /// Returns a reference one step further down.
    fn step(&mut self, reference: &Reference, step: Step, span: Span) -> Tree {
        let id = step == Step::Name("id".into());
        let mut path = reference.path.clone();
        path.push(step);
        let prov = self.computed(span, Some(reference.unknown.origin));
        let unknown = Unknown::new(reference.unknown.cause, reference.unknown.origin);
        let unknown = if id {
            unknown.not_null().of_kind(Kind::Text)
        } else {
            unknown
        };
        tree(
            Node::Ref(Arc::new(Reference {
                resource: reference.resource,
                path,
                unknown,
            })),
            prov,
        )
    }

    /// Returns what lies inside a value that is not known; nothing lies inside a string.
    fn inside_unknown(&mut self, unknown: &Unknown<Tree>, span: Span) -> Tree {
        if let Some(Kind::Bool | Kind::Number | Kind::Text) = unknown.kind {
            return self.wrong(span, "what is inside this value");
        }
        let prov = self.computed(span, Some(unknown.origin));
        tree(unknown.forget(), prov)
    }

    /// Returns an element with the way of its container before its own.
    pub(super) fn element(&mut self, container: &Tree, element: &Tree) -> Tree {
        let span = self.provenance.node(element.prov).span;
        let node = ProvNode::new(ProvKind::Element, span).from(element.prov);
        let prov = self.node(ProvNode {
            via: Some(container.prov),
            ..node
        });
        Tree {
            prov,
            ..element.clone()
        }
        .mark(container.sensitive)
    }

    /// Evaluates `of[index]`.
    pub(super) fn index_expression(
        &mut self,
        of: ExprId,
        index: ExprId,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let index = self.eval(index, scope);
        self.indexed(of, &index, span, scope)
    }

    /// Returns `of[index]` for an index that has been evaluated: evaluating it again would double the work at each level.
    fn indexed(&mut self, of: ExprId, index: &Tree, span: Span, scope: Scope<'_>) -> Tree {
        if let Some(base @ Base::Resource(..)) = self.base(scope, of)
            && let Some(key) = key_of(index)
            && self.has_instance(scope.instance, &base, &key)
        {
            return self.instance_value(scope.instance, &base, &key, span);
        }
        let value = self.eval(of, scope);
        self.index(&value, index, span)
    }

    /// Returns the element of a value at an index or key.
    pub(super) fn index(&mut self, value: &Tree, index: &Tree, span: Span) -> Tree {
        let sensitive = value.sensitive || index.sensitive;
        if let Some(object) = block_or_map::inside(value).filter(|_| index.as_unknown().is_none()) {
            return self.in_block_or_map(&object, index, span);
        }
        let is_resource = matches!(value.node, Node::Ref(_));
        if let Some(unknown) = index.as_unknown().filter(|_| !is_resource) {
            return self.unknown_result(unknown, span).mark(sensitive);
        }
        if let Some(unknown) = value.as_unknown().filter(|_| !is_resource) {
            return self.inside_unknown(unknown, span).mark(sensitive);
        }
        match &value.node {
            Node::List(list) => match terraform::number(index)
                .ok()
                .and_then(|number| number.to_usize())
            {
                Some(position) if position < list.items.len() => {
                    let element = list.items[position].clone();
                    self.element(value, &element)
                }
                _ => self.wrong(span, "this index"),
            },
            Node::Object(object) => self.keyed(value, object, index, span),
            Node::Ref(reference) if reference.path.is_empty() => {
                // `azurerm_subnet.a[0]` where the resource is not repeated.
                self.wrong(span, "this index")
            }
            Node::Ref(reference) => match (&index.node, terraform::text(index)) {
                (Node::Number(number), _) => {
                    let step = Step::Index(number.to_usize().unwrap_or(usize::MAX));
                    self.step(reference, step, span)
                }
                (_, Ok(text)) => self.step(reference, Step::Name(Symbol::from(text)), span),
                _ => {
                    let unknown = reference.unknown.clone();
                    self.inside_unknown(&unknown, span)
                }
            },
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Unknown(_) => {
                self.wrong(span, "this index")
            }
        }
        .mark(sensitive)
    }

    /// Returns the attribute of an object at a key. What is not there is told by its name.
    fn keyed(&mut self, value: &Tree, object: &Object, index: &Tree, span: Span) -> Tree {
        let Ok(key) = terraform::text(index) else {
            return self.wrong(span, "this index");
        };
        let is_there = object.entries.contains_key(&*key);
        let text = if index.sensitive && !is_there {
            "(sensitive)".into()
        } else if key.is_empty() && !is_there {
            "\"\"".into()
        } else {
            let _ = self.budget.read(key.len());
            Symbol::from(key)
        };
        self.attribute(value, &Name { text, span }, span)
    }
}
