//! What names of resources mean: references, and the attributes of resources, set or filled in by Azure.

use std::sync::Arc;

use super::arm::member_of;
use super::dialect::Dialect;
use super::{Evaluator, Repeat, Slot, Slotted, Target, tree};
use crate::project::{InstanceId, Mode, ResourceName};
use crate::source::{Name, Span, Symbol};
use crate::value::{
    Cause, Key, Kind, Node, Object, ProvId, ProvKind, ProvNode, Reference, ResourceId, Step, Tree,
    TreeList, Unknown,
};

impl Evaluator<'_> {
    /// Returns a resource: a reference, or a list or map of references when it is repeated.
    pub(super) fn resource_value(
        &mut self,
        instance: InstanceId,
        resource: &ResourceName,
        span: Span,
    ) -> Tree {
        let prefix = if resource.mode == Mode::Data {
            "data."
        } else {
            ""
        };
        let symbol = match self.dialect {
            Dialect::Terraform => format!("{prefix}{}.{}", resource.kind, resource.name),
            Dialect::Arm => resource.name.to_string(),
        };
        let module = self.module(instance);
        if module.is_none_or(|module| !module.resources.contains_key(resource)) {
            return self.undeclared(instance, span, symbol);
        }
        let slot = Slotted::Resource(resource.clone());
        self.repeated(instance, &slot, span, &symbol, |this, key| {
            let target = Target {
                instance,
                resource: resource.clone(),
                key: key.clone(),
            };
            this.reference(target, span)
        })
    }

    /// Returns one value, or a list or map of values, as `count` and `for_each` have it.
    pub(super) fn repeated(
        &mut self,
        instance: InstanceId,
        slotted: &Slotted,
        span: Span,
        symbol: &str,
        mut one: impl FnMut(&mut Self, &Key) -> Tree,
    ) -> Tree {
        let expansion = self.expansion(instance, slotted);
        if let [(Key::None, _)] = expansion.keys.as_slice() {
            return one(self, &Key::None);
        }
        if self.dialect == Dialect::Arm && self.is_conditional(instance, slotted) {
            // What is not there has a name and an id all the same.
            return one(self, &Key::None);
        }
        if let Some(unknown) = &expansion.open {
            let origin = unknown.origin;
            let kind = if expansion.keyed {
                Kind::Object
            } else {
                Kind::List
            };
            let prov = self.node(
                ProvNode::new(ProvKind::Computed, Some(span))
                    .from(origin)
                    .named(symbol),
            );
            return tree(
                Unknown {
                    origin,
                    ..Self::unknown_like(unknown, Some(kind))
                },
                prov,
            );
        }
        self.keep(expansion.keys.len() * size_of::<(Key, Tree)>());
        if self.budget.spend(expansion.keys.len()).is_err() {
            return self.give_up(Cause::Budget, span, symbol);
        }
        let values: Vec<(Key, Tree)> = expansion
            .keys
            .iter()
            .map(|(key, _)| (key.clone(), one(self, key)))
            .collect();
        let prov = self.computed(span, None);
        let secret = expansion.repeats.iter().any(Repeat::is_secret);
        if expansion.keyed {
            let named = values.into_iter().filter_map(|(key, value)| match key {
                Key::Name(name) => Some((name, value)),
                Key::None | Key::Index(_) | Key::Hidden(_) | Key::Unknown => None,
            });
            return tree(Object::complete(named.collect()), prov).mark(secret);
        }
        tree(
            TreeList::tuple(values.into_iter().map(|(_, value)| value).collect()),
            prov,
        )
    }

    /// Returns a reference to a resource instance as a whole.
    pub(super) fn reference(&mut self, target: Target, span: Span) -> Tree {
        let symbol = self.address(&target);
        if target.resource.mode == Mode::Data
            && let Some(twin) = self.managed_twin(&symbol)
        {
            let node = ProvNode::new(ProvKind::Reference, Some(span)).named(symbol);
            let value = self.reference(twin, span);
            let prov = self.node(node.from(value.prov));
            return Tree { prov, ..value };
        }
        let cause = if target.is_call() {
            Cause::RemoteModule
        } else if target.resource.mode == Mode::Data {
            Cause::DataSource
        } else {
            Cause::ComputedAtApply
        };
        let kind = if target.resource.mode == Mode::Data {
            ProvKind::DataSource
        } else {
            ProvKind::Reference
        };
        self.keep(size_of::<Reference>());
        let resource = self.resource_id(target);
        let prov = self.node(ProvNode::new(kind, Some(span)).named(symbol));
        let unknown = Unknown::new(cause, prov).not_null().of_kind(Kind::Object);
        tree(
            Node::Ref(Arc::new(Reference {
                resource,
                path: Vec::new(),
                unknown,
            })),
            prov,
        )
    }

    /// Returns the address of a resource instance, as Terraform writes it.
    pub(super) fn address(&mut self, target: &Target) -> String {
        let slotted = Slotted::Resource(target.resource.clone());
        let key = self.shown_key(target.instance, &slotted, &target.key);
        let mode = if target.resource.mode == Mode::Data {
            "data."
        } else {
            ""
        };
        let prefix = self.instances.prefix(target.instance);
        if self.dialect == Dialect::Arm {
            return format!("{prefix}{}{key}", target.resource.name);
        }
        if target.is_call() {
            return format!("{prefix}module.{}{}", target.resource.name, target.key);
        }
        format!(
            "{prefix}{mode}{}.{}{}",
            target.resource.kind, target.resource.name, key
        )
    }

    /// Returns an attribute of a resource: what the code sets, else a reference to what Azure fills in.
    pub(super) fn resource_attribute(&mut self, resource: ResourceId, name: &Name) -> Tree {
        let target = self.targets[resource.0 as usize].clone();
        let symbol = Symbol::from(format!("{}.{}", self.address(&target), name.text));
        let module = self.module(target.instance);
        let found = module.and_then(|m| m.resources.get(&target.resource).map(|d| (m, d)));
        let written = found.and_then(|(module, declared)| {
            let unit = &*module.units[declared.unit];
            let entry = match self.dialect {
                Dialect::Terraform => unit.exprs.whole_entry(declared.item.body, &name.text),
                Dialect::Arm => member_of(unit, declared.item.body, &name.text),
            }?;
            Some((unit, entry))
        });
        let Some((unit, entry)) = written else {
            return self.computed_attribute(resource, &target, name, &symbol);
        };
        let value = self.once(
            Slot::Attribute(resource, name.text.clone()),
            name.span,
            &symbol,
            |this| {
                let repeat = this.repeat_of(target.instance, &target);
                let scope = Self::scope_of(unit, target.instance, &repeat);
                let mut value = this.eval(entry.value, scope);
                if this.dialect == Dialect::Terraform && unit.exprs.is_block_or_map(entry) {
                    value = this.block_or_map(value, &symbol);
                }
                let span = unit.exprs.get(entry.value).span;
                let node = ProvNode::new(ProvKind::Reference, Some(span))
                    .from(value.prov)
                    .named(symbol.clone());
                let prov = this.node(node);
                let filled = match this.dialect {
                    Dialect::Terraform => Self::open_blocks(value, prov),
                    Dialect::Arm => this.as_deployed(&value, resource, name, prov),
                };
                Tree { prov, ..filled }
            },
        );
        if matches!(value.node, Node::Null) {
            self.computed_attribute(resource, &target, name, &symbol)
        } else {
            value
        }
    }

    /// Returns blocks with the attributes that the code does not set left open, for Azure may fill them in.
    fn open_blocks(value: Tree, prov: ProvId) -> Tree {
        let Some(list) = value.as_list() else {
            return value;
        };
        let items = list.items.iter().map(|item| open(item, prov)).collect();
        Tree {
            node: TreeList {
                kind: list.kind,
                items,
            }
            .into(),
            ..value
        }
    }

    /// Returns a reference to an attribute that the code does not set.
    fn computed_attribute(
        &mut self,
        resource: ResourceId,
        target: &Target,
        name: &Name,
        symbol: &Symbol,
    ) -> Tree {
        if target.resource.mode == Mode::Data && &*name.text != "id" {
            let address = self.address(target);
            if let Some(said) = self.said(&address, &name.text) {
                return said;
            }
        }
        let (cause, kind, needs) = match target.resource.mode {
            Mode::Managed if target.is_call() => (
                Cause::RemoteModule,
                ProvKind::Reference,
                Symbol::from(self.address(target)),
            ),
            Mode::Data => (
                Cause::DataSource,
                ProvKind::DataSource,
                Symbol::from(self.address(target)),
            ),
            Mode::Managed => (Cause::ComputedAtApply, ProvKind::Reference, symbol.clone()),
        };
        let prov = self.node(ProvNode::new(kind, Some(name.span)).named(needs));
        let term = Some(self.term(symbol.to_string()));
        let unknown = Unknown {
            term,
            ..Unknown::new(cause, prov)
        };
        let unknown = if &*name.text == "id" {
            unknown.not_null().of_kind(Kind::Text)
        } else {
            unknown
        };
        let unknown = match self.dialect {
            Dialect::Arm if name.text.eq_ignore_ascii_case("id") => Unknown {
                pieces: self.id_pieces(target, name.span),
                ..unknown.not_null().of_kind(Kind::Text)
            },
            Dialect::Arm | Dialect::Terraform => unknown,
        };
        let path = vec![Step::Name(name.text.clone())];
        tree(
            Node::Ref(Arc::new(Reference {
                resource,
                path,
                unknown,
            })),
            prov,
        )
    }
}

/// Returns an object with the attributes that it does not have left open.
pub(super) fn open(value: &Tree, prov: ProvId) -> Tree {
    let Node::Object(object) = &value.node else {
        return value.clone();
    };
    let rest = object
        .rest
        .clone()
        .or_else(|| Some(Unknown::new(Cause::ComputedAtApply, prov)));
    Tree {
        node: Object {
            entries: object.entries.clone(),
            rest,
        }
        .into(),
        ..value.clone()
    }
}
