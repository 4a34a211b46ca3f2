//! What names mean: variables, locals, outputs, resources and their attributes, each evaluated once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dialect::Dialect;
use super::{Evaluator, Repeat, Scope, Slot, Slotted, tree};
use crate::expr::ExprKind;
use crate::project::{Assignment, Callee, Declared, InstanceId, Module, ModuleCall};
use crate::source::{Name, Span, Symbol};
use crate::syntax::{Binding, Input, Unit};
use crate::truth::Truth;
use crate::value::{Cause, Key, Node, Object, ProvKind, ProvNode, Tree, Unknown};

impl<'p> Evaluator<'p> {
    /// Returns the module of an instance; `None` when its code is not there.
    pub(super) fn module(&self, instance: InstanceId) -> Option<&'p Module> {
        self.instances
            .get(instance)
            .module
            .map(|id| self.project.module(id))
    }

    /// Returns the scope of a declaration in a module instance.
    pub(super) fn scope_of<'s>(
        unit: &'s Unit,
        instance: InstanceId,
        repeat: &'s Repeat,
    ) -> Scope<'s> {
        Scope {
            unit,
            instance,
            repeat,
            names: None,
            item: None,
            template: None,
            is_body: false,
        }
    }

    /// Returns what stands for a name that no declaration has: an error, or unknown when a file does not parse.
    pub(super) fn undeclared(&mut self, instance: InstanceId, span: Span, what: String) -> Tree {
        let broken = self.module(instance).is_none_or(|module| module.broken);
        if broken {
            self.give_up(Cause::Broken, span, what)
        } else {
            self.fatal(span, what)
        }
    }

    /// Returns the value of `var.name`.
    pub(super) fn variable(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let symbol = self.shown_name("var", &name.text);
        let Some(declared) = self
            .module(instance)
            .and_then(|module| module.inputs.get(&name.text).map(|d| (module, d)))
        else {
            return self.undeclared(instance, name.span, symbol.to_string());
        };
        let slot = Slot::Variable(instance, name.text.clone());
        let (module, declared) = declared;
        self.once(slot, name.span, &symbol, |this| {
            let unit = &*module.units[declared.unit];
            let root = this.root;
            let open = root.alternatives.get(&declared.item.name.text);
            let value = if let Some(all) = open.filter(|_| instance == InstanceId::ROOT) {
                this.alternatives(all, unit, declared, &symbol)
            } else {
                let given = if instance == InstanceId::ROOT {
                    this.root_assignment(unit, declared, &symbol)
                } else {
                    this.argument(instance, &declared.item.name.text)
                };
                this.input(given, unit, declared, instance, &symbol)
            };
            let value = this.with_fact(value, instance, unit, declared, &symbol);
            value.mark(declared.item.sensitive)
        })
    }

    /// Returns a name as the root's language has it.
    fn shown_name(&self, word: &str, name: &Symbol) -> Symbol {
        match self.dialect {
            Dialect::Terraform => Symbol::from(format!("{word}.{name}")),
            Dialect::Arm => name.clone(),
        }
    }

    /// Returns the value of a variable of the root, or what is said about it; a flag goes before what is said.
    fn with_fact(
        &mut self,
        value: Tree,
        instance: InstanceId,
        unit: &Unit,
        declared: &Declared<Input>,
        symbol: &Symbol,
    ) -> Tree {
        let name = &declared.item.name.text;
        let last = self.root.assignments.iter().rev();
        let last = last.into_iter().find(|one| one.name() == name);
        let flag = matches!(last, Some(Assignment::Flag { .. }));
        if instance != InstanceId::ROOT || flag {
            return value;
        }
        match self.said(symbol, "value") {
            Some(said) => {
                let said = self.input(Some(said), unit, declared, instance, symbol);
                self.settle(value, said, symbol)
            }
            None => value,
        }
    }

    /// Returns what a variable is when it is given a value, or none: its default, converted to its type.
    pub(super) fn input(
        &mut self,
        given: Option<Tree>,
        unit: &Unit,
        declared: &Declared<Input>,
        instance: InstanceId,
        symbol: &Symbol,
    ) -> Tree {
        // In ARM a parameter that is given null is not given.
        let keeps_null = self.dialect == Dialect::Terraform && declared.item.may_be_null();
        let given = given.filter(|value| keeps_null || !value.null().is_true());
        let value = given.or_else(|| self.default(unit, declared, instance, symbol));
        let value = value.unwrap_or_else(|| self.no_value(instance, &declared.item, symbol));
        match declared.item.constraint {
            Some(constraint) if self.dialect == Dialect::Arm => {
                self.typed(value, constraint, unit, instance)
            }
            Some(constraint) => self.convert(value, constraint, unit),
            None => value,
        }
    }

    /// Returns the last value that a flag or var file gives to a variable of the root.
    pub(super) fn root_assignment(
        &mut self,
        unit: &Unit,
        declared: &Declared<Input>,
        symbol: &Symbol,
    ) -> Option<Tree> {
        let name = &declared.item.name.text;
        let given = self
            .root
            .assignments
            .iter()
            .rev()
            .find(|assignment| self.same_name(assignment.name(), name))?;
        let (kind, value) = match given {
            Assignment::File { unit, binding } => {
                let scope = Self::scope_of(unit, InstanceId::ROOT, &Repeat::None);
                (ProvKind::VarFile, self.eval(binding.value, scope))
            }
            Assignment::Parameters { module, binding } => {
                let unit = &*self.project.module(*module).units[0];
                let instance = self.beside(*module);
                let scope = Self::scope_of(unit, instance, &Repeat::None);
                (ProvKind::VarFile, self.eval(binding.value, scope))
            }
            Assignment::Config { value, source, .. } => (
                ProvKind::VarFile,
                self.constant(value, *source, ProvKind::Literal),
            ),
            Assignment::Flag {
                text, span, parsed, ..
            } => {
                let constraint = declared.item.constraint.map(|id| &unit.exprs.get(id).kind);
                let plain = match constraint {
                    Some(ExprKind::Name(word)) => matches!(&**word, "string" | "number" | "bool"),
                    Some(_) => false,
                    None => true,
                };
                match parsed {
                    Some((unit, binding)) if !plain => {
                        let scope = Self::scope_of(unit, InstanceId::ROOT, &Repeat::None);
                        (ProvKind::Flag, self.eval(binding.value, scope))
                    }
                    _ => {
                        let prov = self.node(ProvNode::new(ProvKind::Literal, Some(*span)));
                        (ProvKind::Flag, tree(Node::Text(Arc::clone(text)), prov))
                    }
                }
            }
        };
        Some(self.hop(kind, value, symbol))
    }

    /// Returns the value with one more step on its way, at the place where it is written.
    pub(super) fn hop(&mut self, kind: ProvKind, value: Tree, symbol: &Symbol) -> Tree {
        let span = self.provenance.span(value.prov);
        let prov = self.node(
            ProvNode::new(kind, span)
                .from(value.prov)
                .named(symbol.clone()),
        );
        Tree { prov, ..value }
    }

    fn default(
        &mut self,
        unit: &Unit,
        declared: &Declared<Input>,
        instance: InstanceId,
        symbol: &Symbol,
    ) -> Option<Tree> {
        let value = self.eval(
            declared.item.default?,
            Self::scope_of(unit, instance, &Repeat::None),
        );
        Some(self.hop(ProvKind::Default, value, symbol))
    }

    /// Returns the argument that a module call gives to a variable.
    fn argument(&mut self, instance: InstanceId, name: &Symbol) -> Option<Tree> {
        let data = self.instances.get(instance);
        let (parent, call) = (data.parent?, data.name.clone());
        let module = self.module(parent)?;
        let declared = module.calls.get(&call)?;
        let unit = &*module.units[declared.unit];
        let arguments = declared.item.call.arguments;
        let repeat = self.repeats.get(&instance).cloned().unwrap_or(Repeat::None);
        let scope = Self::scope_of(unit, parent, &repeat);
        let (value, span) = if self.dialect == Dialect::Arm {
            self.argument_of(arguments, name, scope)?
        } else {
            let expr = unit.exprs.entry(arguments, name)?;
            (self.eval(expr, scope), unit.exprs.get(expr).span)
        };
        let node = ProvNode::new(ProvKind::Argument, Some(span)).from(value.prov);
        let prov = self.node(node.named(match self.dialect {
            Dialect::Terraform => format!("{name} of module.{call}"),
            Dialect::Arm => format!("{name} of {call}"),
        }));
        Some(Tree { prov, ..value })
    }

    /// Tells whether two names are the same in the root's language.
    fn same_name(&self, a: &Symbol, b: &Symbol) -> bool {
        a == b || self.dialect == Dialect::Arm && a.eq_ignore_ascii_case(b)
    }

    /// Returns what stands for a variable that has no value.
    fn no_value(&mut self, instance: InstanceId, input: &Input, symbol: &Symbol) -> Tree {
        let node = ProvNode::new(ProvKind::Input, Some(input.name.span)).named(symbol.clone());
        let prov = self.node(node);
        if self.instances.get(instance).parent.is_some() {
            return Tree::unknown(Cause::Wrong, prov);
        }
        let null = if input.may_be_null() {
            Truth::Unknown
        } else {
            Truth::False
        };
        let term = Some(self.term(symbol.to_string()));
        tree(
            Unknown {
                null,
                term,
                ..Unknown::new(Cause::Input, prov)
            },
            prov,
        )
    }

    /// Returns the value of `local.name`.
    pub(super) fn local(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let symbol = self.shown_name("local", &name.text);
        let slot = Slot::Local(instance, name.text.clone());
        self.binding(instance, name, slot, ProvKind::Local, &symbol, |module| {
            &module.locals
        })
    }

    /// Returns an output of a module instance.
    pub(super) fn output(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let call = &self.instances.get(instance).name;
        let symbol = Symbol::from(format!("module.{call}.{}", name.text));
        let slot = Slot::Output(instance, name.text.clone());
        let value = self.binding(instance, name, slot, ProvKind::Output, &symbol, |module| {
            &module.outputs
        });
        match self.said_output(instance, name) {
            Some(said) => self.settle(value, said, &symbol),
            None => value,
        }
    }

    /// Returns what is said about an output of a module instance.
    pub(super) fn said_output(&mut self, instance: InstanceId, name: &Name) -> Option<Tree> {
        if self.facts.is_empty() {
            return None;
        }
        let address = format!("{}{}", self.instances.prefix(instance), name.text);
        self.said(&address, "value")
    }

    /// Returns the value of a name of a module instance that stands for an expression.
    pub(super) fn binding(
        &mut self,
        instance: InstanceId,
        name: &Name,
        slot: Slot,
        kind: ProvKind,
        symbol: &Symbol,
        of: impl Fn(&'p Module) -> &'p BTreeMap<Symbol, Declared<Binding>>,
    ) -> Tree {
        let module = self.module(instance);
        let found = module.and_then(|module| Some((module, of(module).get(&name.text)?)));
        let Some((module, declared)) = found else {
            let broken = module.is_none_or(|module| module.broken);
            return match kind {
                // A module is an object of its outputs; that it lacks one is no mistake of the name.
                ProvKind::Output if !broken => self.wrong(name.span, symbol.clone()),
                _ => self.undeclared(instance, name.span, symbol.to_string()),
            };
        };
        self.once(slot, name.span, symbol, |this| {
            let unit = &*module.units[declared.unit];
            let expr = declared.item.value;
            let value = this.eval(expr, Self::scope_of(unit, instance, &Repeat::None));
            let span = unit.exprs.get(expr).span;
            let node = ProvNode::new(kind, Some(span))
                .from(value.prov)
                .named(symbol.clone());
            let prov = this.node(node);
            Tree { prov, ..value }.mark(declared.item.sensitive)
        })
    }

    /// Returns a module as a whole: an object of its outputs, or a list or map of such objects.
    pub(super) fn module_value(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let symbol = format!("module.{}", name.text);
        let Some(call) = self.call_of(instance, &name.text) else {
            return self.undeclared(instance, name.span, symbol);
        };
        if let Some(resource) = self.stand_in(instance, &name.text) {
            let slot = Slotted::Call(name.text.clone());
            return self.repeated(instance, &slot, name.span, &symbol, |this, key| {
                this.stand_in_value(instance, &resource, key, name.span)
            });
        }
        match call.item.target.within(self.root.module) {
            Callee::Module(_) => {}
            Callee::Remote | Callee::Missing => {
                return self.give_up(Cause::RemoteModule, name.span, symbol);
            }
            Callee::Cycle => return self.give_up(Cause::Cycle, name.span, symbol),
        }
        self.repeated(
            instance,
            &Slotted::Call(name.text.clone()),
            name.span,
            &symbol,
            |this, key| this.module_value_at(instance, name, key),
        )
    }

    /// Returns one instance of a module whose code is there.
    pub(super) fn module_value_at(&mut self, instance: InstanceId, name: &Name, key: &Key) -> Tree {
        let child = self.call_instance(instance, &name.text, key);
        let outputs: Vec<Name> = self
            .module(child)
            .map(|m| {
                m.outputs
                    .keys()
                    .map(|text| Name {
                        text: text.clone(),
                        span: name.span,
                    })
                    .collect()
            })
            .unwrap_or_default();
        let entries = outputs
            .iter()
            .map(|output| (output.text.clone(), self.output(child, output)))
            .collect();
        let outputs = Object::complete(entries);
        if self.dialect == Dialect::Arm {
            return self.deployed(instance, name, outputs, key);
        }
        let prov = self.computed(name.span, None);
        tree(outputs, prov)
    }

    /// Returns the call of this name in the module of an instance.
    pub(super) fn call_of(
        &self,
        instance: InstanceId,
        name: &Symbol,
    ) -> Option<&'p Declared<ModuleCall>> {
        self.module(instance)?.calls.get(name)
    }
}
