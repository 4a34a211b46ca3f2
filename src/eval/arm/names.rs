//! Bare names, `parameters('x')` and `variables('x')`, functions that files declare, and what they take from other files.

use std::sync::Arc;

use super::resources::member_of;
use super::spelled;
use crate::eval::base::Base;
use crate::eval::scope::lookup;
use crate::eval::{Bound, Evaluator, Repeat, Scope, Slot, tree};
use crate::expr::{ExprId, ExprKind};
use crate::project::{Callee, InstanceData, InstanceId, ModuleId, ModuleKind};
use crate::source::{Name, Span, Symbol};
use crate::syntax::Function;
use crate::truth::Presence;
use crate::value::{Cause, Key, Node, Object, ProvKind, Tree};

/// The functions of an expression that are looked at before one is found to call itself.
const MAX_ARGUMENTS: usize = 64;

impl Evaluator<'_> {
    /// Returns the instance whose names count in an instance: a template that stands in another may use those of the other.
    pub(super) fn names_of(&self, instance: InstanceId) -> InstanceId {
        let mut at = instance;
        while let (Some(module), Some(parent)) = (self.module(at), self.instances.get(at).parent) {
            if module.kind != ModuleKind::InnerOfNames {
                break;
            }
            at = parent;
        }
        at
    }

    /// Returns the value of a bare name.
    pub(in crate::eval) fn bare(&mut self, name: &Symbol, span: Span, scope: Scope<'_>) -> Tree {
        let instance = self.names_of(scope.instance);
        let Some(module) = self.module(instance) else {
            return self.give_up(Cause::Broken, span, name.clone());
        };
        let name = &Name {
            text: name.clone(),
            span,
        };
        let text = &name.text;
        if module.inputs.contains_key(text) {
            self.variable(instance, name)
        } else if module.locals.contains_key(text) {
            self.local(instance, name)
        } else if let Some(resource) = module.symbols.get(text) {
            self.resource_value(instance, resource, span)
        } else if module.calls.contains_key(text) {
            self.module_value(instance, name)
        } else if module.given.contains_key(text) {
            self.given_value(instance, name)
        } else if let Some(taken) = module.imports.get(text) {
            self.taken(taken.from, &taken.name, span)
        } else {
            self.undeclared(instance, span, text.to_string())
        }
    }

    /// Returns the resource or module that a bare name stands for.
    pub(in crate::eval) fn base_named(
        &self,
        name: &Symbol,
        span: Span,
        scope: Scope<'_>,
    ) -> Option<Base> {
        let instance = scope.instance;
        if lookup(scope, name).is_some() {
            return None;
        }
        let module = self.module(instance)?;
        if module.inputs.contains_key(name) || module.locals.contains_key(name) {
            return None;
        }
        if let Some(resource) = module.symbols.get(name) {
            return Some(Base::Resource(resource.clone(), span));
        }
        module.calls.contains_key(name).then(|| {
            Base::Module(Name {
                text: name.clone(),
                span,
            })
        })
    }

    /// Returns the call and key that an expression names: `network`, `subnets[0]`; `None` for anything else.
    pub(super) fn module_instance(&mut self, of: ExprId, scope: Scope<'_>) -> Option<(Name, Key)> {
        let exprs = &scope.unit.exprs;
        let expr = exprs.get(of);
        let (named, index) = match &expr.kind {
            ExprKind::Index(inner, index) => (exprs.get(*inner), Some(*index)),
            _ => (expr, None),
        };
        let ExprKind::Name(name) = &named.kind else {
            return None;
        };
        let Some(base @ Base::Module(_)) = self.base_named(name, named.span, scope) else {
            return None;
        };
        let key = match index {
            Some(index) => crate::eval::base::key_of(&self.eval(index, scope))?,
            None => Key::None,
        };
        let Base::Module(call) = &base else {
            return None;
        };
        self.has_instance(scope.instance, &base, &key)
            .then(|| (call.clone(), key))
    }

    /// Returns the name that the argument of `parameters()` or `variables()` is, what the call gives where it is not known.
    pub(super) fn name_in(
        &mut self,
        written: Option<&Arc<str>>,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Result<Name, Tree> {
        let text = match (written, args.first()) {
            (Some(text), _) => Arc::clone(text),
            (None, Some(arg)) => {
                let value = self.eval(*arg, scope);
                match (value.as_text(), value.as_unknown()) {
                    (Some(text), _) => Arc::clone(text),
                    (None, Some(unknown)) => return Err(self.unknown_result(unknown, span)),
                    (None, None) => return Err(self.wrong(span, "this name")),
                }
            }
            (None, None) => return Err(self.wrong(span, "this name")),
        };
        let text = Symbol::from(text);
        Ok(Name { text, span })
    }

    /// Returns the argument that a call gives to a parameter, and its place.
    pub(in crate::eval) fn argument_of(
        &mut self,
        arguments: ExprId,
        name: &Symbol,
        scope: Scope<'_>,
    ) -> Option<(Tree, Span)> {
        let exprs = &scope.unit.exprs;
        if matches!(exprs.get(arguments).kind, ExprKind::Object(_)) {
            let entry = member_of(scope.unit, arguments, name)?;
            let span = exprs.get(entry.value).span;
            return Some((self.eval(entry.value, scope), span));
        }
        // Arguments that are spread in are known when all are evaluated.
        let all = self.eval(arguments, scope);
        let span = exprs.get(arguments).span;
        let Node::Object(object) = &all.node else {
            let unknown = all.as_unknown()?;
            return Some((self.unknown_result(unknown, span), span));
        };
        match (spelled(&object.entries, name), &object.rest) {
            (Some((_, value)), _) => Some((value.clone(), span)),
            (None, Some(rest)) => Some((self.unknown_result(rest, span), span)),
            (None, None) => None,
        }
    }

    pub(super) fn parameter_named(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let declared = self
            .module(instance)
            .and_then(|module| spelled(&module.inputs, &name.text));
        let text = declared.map_or_else(|| name.text.clone(), |(text, _)| text.clone());
        let span = name.span;
        self.variable(instance, &Name { text, span })
    }

    pub(super) fn variable_named(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let declared = self
            .module(instance)
            .and_then(|module| spelled(&module.locals, &name.text));
        let text = declared.map_or_else(|| name.text.clone(), |(text, _)| text.clone());
        let span = name.span;
        self.local(instance, &Name { text, span })
    }

    /// Returns the value that a parameter file gives to a parameter, for another value of the same file.
    fn given_value(&mut self, instance: InstanceId, name: &Name) -> Tree {
        let slot = Slot::Output(instance, name.text.clone());
        self.binding(
            instance,
            name,
            slot,
            ProvKind::VarFile,
            &name.text.clone(),
            |module| &module.given,
        )
    }

    /// Returns the instance of a file that gives values and is not deployed: one that is imported, a parameter file.
    pub(in crate::eval) fn beside(&mut self, module: ModuleId) -> InstanceId {
        if let Some(instance) = self.besides.get(&module) {
            return *instance;
        }
        self.keep(size_of::<InstanceData>());
        let instance = self.instances.add(InstanceData {
            parent: Some(InstanceId::ROOT),
            call: None,
            name: "".into(),
            deployment: true,
            key: Key::None,
            module: Some(module),
            third_party: false,
            presence: Presence::certain(),
            doubt: None,
        });
        self.besides.insert(module, instance);
        instance
    }

    /// Returns a value that is taken from another file.
    fn taken(&mut self, from: Option<ModuleId>, name: &Symbol, span: Span) -> Tree {
        let Some(from) = from else {
            return self.give_up(Cause::RemoteModule, span, name.clone());
        };
        let instance = self.beside(from);
        let name = Name {
            text: name.clone(),
            span,
        };
        let module = self.project.module(from);
        if let Some(again) = module.imports.get(&name.text) {
            if self.depth >= crate::eval::MAX_DEPTH || self.budget.spend(1).is_err() {
                return self.give_up(Cause::Budget, span, name.text.clone());
            }
            self.depth += 1;
            let value = self.taken(again.from, &again.name, span);
            self.depth -= 1;
            return value;
        }
        self.local(instance, &name)
    }

    /// Returns what `space.name` is where the word stands for another file; `None` where it does not.
    pub(in crate::eval) fn in_space(
        &mut self,
        of: ExprId,
        name: &Name,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let ExprKind::Name(word) = &scope.unit.exprs.get(of).kind else {
            return None;
        };
        if lookup(scope, word).is_some() {
            return None;
        }
        let module = self.module(self.names_of(scope.instance))?;
        let from = *module.spaces.get(word)?;
        Some(self.taken(from, &name.text, name.span))
    }

    /// Evaluates a call of a function that a file declares; `None` if there is none of this name.
    pub(super) fn own_function(
        &mut self,
        name: &Name,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let instance = self.names_of(scope.instance);
        let (module, name_there) = self.declaring(instance, &name.text)?;
        let Some(module) = module else {
            return Some(self.give_up(Cause::RemoteModule, span, format!("{}()", name.text)));
        };
        let declared = {
            let (_, declared) = spelled(&self.project.module(module).functions, &name_there)?;
            declared
        };
        let own = self.instances.get(instance).module == Some(module);
        let at = if own { instance } else { self.beside(module) };
        let unit = &*self.project.module(module).units[declared.unit];
        if args.len() > MAX_ARGUMENTS || args.len() != declared.item.parameters.len() {
            return Some(self.wrong(span, format!("{}()", name.text)));
        }
        let values: Vec<Tree> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        let scope = Self::scope_of(unit, at, &Repeat::None);
        let value = self.with_arguments(&declared.item, values, None, scope);
        let prov = self.computed(span, Some(value.prov));
        Some(Tree { prov, ..value })
    }

    /// Binds the arguments of a function one after the other, and evaluates its body.
    fn with_arguments(
        &mut self,
        function: &Function,
        values: Vec<Tree>,
        names: Option<&Bound<'_>>,
        scope: Scope<'_>,
    ) -> Tree {
        let at = function.parameters.len() - values.len();
        let mut rest = values.into_iter();
        let (Some(value), Some(name)) = (rest.next(), function.parameters.get(at)) else {
            return self.eval(function.body, Scope { names, ..scope });
        };
        let bound = Bound {
            name,
            value,
            outer: names,
        };
        self.with_arguments(function, rest.collect(), Some(&bound), scope)
    }

    /// Returns the module that declares a function, and the function's name there; `None` where no such function is known. The
    /// module is `None` if it is not there.
    fn declaring(&self, instance: InstanceId, name: &Symbol) -> Option<(Option<ModuleId>, Symbol)> {
        let data = self.instances.get(instance);
        let module = self.module(instance)?;
        if spelled(&module.functions, name).is_some() {
            return Some((data.module, name.clone()));
        }
        if let Some((space, rest)) = name.split_once('.')
            && let Some(from) = module.spaces.get(space)
        {
            return Some(self.imported_function(*from, rest.into()));
        }
        let taken = module.imports.get(name)?;
        Some(self.imported_function(taken.from, taken.name.clone()))
    }

    /// Follows a function through files that only hand it on.
    fn imported_function(
        &self,
        from: Option<ModuleId>,
        name: Symbol,
    ) -> (Option<ModuleId>, Symbol) {
        let (mut from, mut name) = (from, name);
        for _ in 0..MAX_ARGUMENTS {
            let Some(module) = from.map(|id| self.project.module(id)) else {
                break;
            };
            match module.imports.get(&name) {
                Some(taken) if !module.functions.contains_key(&name) => {
                    from = taken.from;
                    name = taken.name.clone();
                }
                _ => break,
            }
        }
        (from, name)
    }

    /// Returns a module instance as expressions see it: its name and its outputs.
    pub(in crate::eval) fn deployed(
        &mut self,
        parent: InstanceId,
        call: &Name,
        outputs: Object,
        key: &Key,
    ) -> Tree {
        let prov = self.computed(call.span, None);
        let mut entries = Object::default();
        entries
            .entries
            .insert("outputs".into(), tree(outputs, prov));
        if let Some(name) = self.deployment_name(parent, &call.text, key) {
            entries.entries.insert("name".into(), name);
        }
        tree(entries, prov)
    }

    /// Returns the name of a deployment.
    pub(super) fn deployment_name(
        &mut self,
        parent: InstanceId,
        call: &Symbol,
        key: &Key,
    ) -> Option<Tree> {
        let declared = self.call_of(parent, call)?;
        let module = self.module(parent)?;
        let unit = &*module.units[declared.unit];
        let written = declared.item.call.deployment.name?;
        let slotted = crate::eval::Slotted::Call(call.clone());
        let expansion = self.expansion(parent, &slotted);
        let repeat = expansion
            .position(key)
            .map(|index| expansion.repeats[index].clone());
        let repeat = repeat.unwrap_or(Repeat::None);
        Some(self.eval(written, Self::scope_of(unit, parent, &repeat)))
    }

    /// Tells whether the code of a call is there.
    pub(super) fn is_followed(&self, parent: InstanceId, call: &Symbol) -> bool {
        let target = self.call_of(parent, call).map(|call| &call.item.target);
        target.is_some_and(|target| matches!(target.within(self.root.module), Callee::Module(_)))
    }
}
