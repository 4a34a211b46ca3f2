//! Ids: `resourceId()` and its like, which name resources by type and name, and `reference()`, which asks for them.

use std::sync::Arc;

use crate::eval::base::Base;
use crate::eval::{Evaluator, Scope, Slotted, Target, tree};
use crate::expr::ExprId;
use crate::project::InstanceId;
use crate::source::{Name, Span, Symbol};
use crate::value::{Cause, Key, Kind, Node, Object, Piece, Step, Tree, TreeList};

/// The type of deployments, in small letters.
const DEPLOYMENTS: &str = "microsoft.resources/deployments";

impl Evaluator<'_> {
    /// Evaluates `resourceId()` and its like: a reference where a resource of the same file has this type and name, else a text.
    pub(super) fn resource_id_call(
        &mut self,
        which: &str,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let values: Vec<Tree> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        let typed = values
            .iter()
            .position(|value| value.as_text().is_some_and(|text| is_type(text)));
        let Some(at) = typed else {
            let unknown = values.iter().find_map(Tree::as_unknown);
            return match unknown {
                Some(unknown) => {
                    let prov = self.computed(span, Some(unknown.origin));
                    tree(Self::unknown_like(unknown, Some(Kind::Text)), prov)
                }
                None => self.wrong(span, format!("{which}()")),
            };
        };
        let (given, rest) = values.split_at(at);
        let kind = rest[0].as_text().map_or_else(|| Arc::from(""), Arc::clone);
        let names = &rest[1..];
        if given.is_empty()
            && which != "tenantresourceid"
            && let Some(found) = self.declared(scope.instance, &kind, names, span)
        {
            let whole = self.reference(found, span);
            return self.id_of(&whole, span);
        }
        let prefix = match (which, given) {
            ("extensionresourceid", [base]) => base.clone(),
            ("subscriptionresourceid", given) => {
                self.subscription_prefix(scope.instance, given, span)
            }
            ("tenantresourceid", _) => self.written("", span),
            ("managementgroupresourceid", _) => {
                return self.give_up(Cause::NotSupported, span, "managementGroupResourceId()");
            }
            (_, given) => self.group_prefix(scope.instance, given, span),
        };
        self.id_text(prefix, &kind, names, span)
    }

    /// Returns the id of what is referred to.
    fn id_of(&mut self, whole: &Tree, span: Span) -> Tree {
        let text = Symbol::from("id");
        self.attribute(whole, &Name { text, span }, span)
    }

    /// Returns an id as text: prefix, provider, then types and names in turn.
    fn id_text(&mut self, prefix: Tree, kind: &str, names: &[Tree], span: Span) -> Tree {
        let mut types = kind.split('/');
        let provider = types.next().unwrap_or_default();
        let mut parts = vec![
            prefix,
            self.written(&format!("/providers/{provider}"), span),
        ];
        for (kind, name) in types.zip(names) {
            parts.push(self.written(&format!("/{kind}/"), span));
            parts.push(name.clone());
        }
        self.joined(&parts, span)
    }

    /// Returns the resource of a module that has this type and these names.
    pub(super) fn declared(
        &mut self,
        instance: InstanceId,
        kind: &str,
        names: &[Tree],
        span: Span,
    ) -> Option<Target> {
        let wanted = self.slashed(names, span);
        let all = self.named_resources(instance, kind);
        let mut same = all.iter().filter(|(name, _)| self.same_text(name, &wanted));
        let first = same.next().map(|(_, target)| target.clone());
        first.filter(|_| same.next().is_none())
    }

    fn slashed(&mut self, names: &[Tree], span: Span) -> Tree {
        if let [name] = names {
            return name.clone();
        }
        let mut parts = Vec::new();
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                parts.push(self.written("/", span));
            }
            parts.push(name.clone());
        }
        self.joined(&parts, span)
    }

    /// Returns the resources of a type in a module, each with its name, those of the resources around it before it.
    fn named_resources(&mut self, instance: InstanceId, kind: &str) -> Arc<[(Tree, Target)]> {
        let slot = (instance, Symbol::from(kind.to_ascii_lowercase()));
        if let Some(found) = self.named_resources.get(&slot) {
            return Arc::clone(found);
        }
        // Whoever asks while they are being collected is in a cycle.
        self.named_resources.insert(slot.clone(), Arc::from([]));
        let Some(module) = self.module(instance) else {
            return Arc::from([]);
        };
        let mut all = Vec::new();
        for (name, declared) in &module.resources {
            if !name.kind.eq_ignore_ascii_case(kind) {
                continue;
            }
            let expansion = self.expansion(instance, &Slotted::Resource(name.clone()));
            for (key, _) in &expansion.keys {
                if *key == Key::Unknown || self.budget.spend(1).is_err() {
                    continue;
                }
                let target = Target {
                    instance,
                    resource: name.clone(),
                    key: key.clone(),
                };
                let full = self.full_name(&target, declared.item.head);
                all.extend(full.map(|full| (full, target)));
            }
        }
        let all: Arc<[(Tree, Target)]> = Arc::from(all);
        self.keep(size_of_val(&*all));
        self.named_resources.insert(slot, Arc::clone(&all));
        all
    }

    /// Returns the name of a resource with those of the resources around it: `vnet/subnet`.
    fn full_name(&mut self, target: &Target, span: Span) -> Option<Tree> {
        if self.depth >= crate::eval::MAX_DEPTH {
            return None;
        }
        let id = self.resource_id(target.clone());
        let member = |text: &str| Name {
            text: Symbol::from(text),
            span,
        };
        let own = self.resource_attribute(id, &member("name"));
        let module = self.module(target.instance)?;
        let declared = module.resources.get(&target.resource)?;
        let unit = &*module.units[declared.unit];
        if super::resources::member_of(unit, declared.item.body, "parent").is_none() {
            return Some(own);
        }
        let parent = self.resource_attribute(id, &member("parent"));
        let Node::Ref(reference) = &parent.node else {
            return None;
        };
        if !reference.path.is_empty() {
            return None;
        }
        let above = self.targets[reference.resource.0 as usize].clone();
        self.depth += 1;
        let above = self.full_name(&above, span);
        self.depth -= 1;
        Some(self.slashed(&[above?, own], span))
    }

    /// Returns the parts of a resource's id; `None` if its name is not known well enough.
    pub(in crate::eval) fn id_pieces(
        &mut self,
        target: &Target,
        span: Span,
    ) -> Option<Arc<[Piece]>> {
        if target.is_call() {
            return None;
        }
        let names = self.names_down_to(target, span)?;
        let prefix = self.group_id(target.instance, None, span);
        let id = self.id_text(prefix, &target.resource.kind, &names, span);
        match (&id.node, id.as_unknown()) {
            (Node::Text(text), _) => Some(Arc::from([Piece::Text(Arc::clone(text))])),
            (_, unknown) => unknown?.pieces.clone(),
        }
    }

    /// Returns the names of the resources around a resource and its own, one for each of its types.
    fn names_down_to(&mut self, target: &Target, span: Span) -> Option<Vec<Tree>> {
        let levels = target.resource.kind.split('/').count() - 1;
        let full = self.full_name(target, span)?;
        if levels == 1 {
            return Some(vec![full]);
        }
        let text = full.as_text()?;
        let names: Vec<Tree> = text
            .split('/')
            .map(|name| self.written(name, span))
            .collect();
        (names.len() == levels).then_some(names)
    }

    /// Returns the segments of a resource's own id, which has no slash but between them; `None` for another text.
    pub(super) fn split_id(&mut self, values: &[Tree], span: Span) -> Option<Tree> {
        let [id, by] = values else {
            return None;
        };
        let Node::Ref(reference) = &id.node else {
            return None;
        };
        let is_id = matches!(reference.path.as_slice(), [Step::Name(name)] if name.eq_ignore_ascii_case("id"));
        let pieces = reference.unknown.pieces.as_deref()?;
        if !is_id || by.as_text().is_none_or(|by| &**by != "/") {
            return None;
        }
        let mut segments: Vec<Vec<Tree>> = vec![Vec::new()];
        for piece in pieces {
            match piece {
                Piece::Hole(hole) => segments.last_mut()?.push(hole.clone()),
                Piece::Text(text) => {
                    for (index, part) in text.split('/').enumerate() {
                        if index > 0 {
                            segments.push(Vec::new());
                        }
                        if !part.is_empty() {
                            let part = self.written(part, span);
                            segments.last_mut()?.push(part);
                        }
                    }
                }
            }
        }
        let items = segments
            .iter()
            .map(|parts| self.joined(parts, span))
            .collect();
        let prov = self.computed(span, Some(id.prov));
        Some(tree(TreeList::tuple(items), prov))
    }

    /// Evaluates `reference()`: the properties of a resource, the outputs of a deployment.
    pub(super) fn reference_call(&mut self, args: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        let Some(first) = args.first() else {
            return self.wrong(span, "reference()");
        };
        if let Some(call) = self.deployment_meant(*first, span, scope) {
            return self.outputs_of(scope.instance, &call);
        }
        let meant = self.eval(*first, scope);
        let full = args.get(2).map(|arg| self.eval(*arg, scope));
        let full = full.is_some_and(|full| full.as_text().is_some());
        let Some(whole) = self.meant(&meant, span, scope) else {
            return self.give_up(Cause::ComputedAtApply, span, "reference()");
        };
        if full {
            return whole;
        }
        let text = Symbol::from("properties");
        self.attribute(&whole, &Name { text, span }, span)
    }

    /// Evaluates `resourceInfo('symbol')`: the resource as a whole.
    pub(super) fn resource_info(&mut self, args: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        let meant = args.first().map(|arg| self.eval(*arg, scope));
        let whole = meant.and_then(|meant| self.meant(&meant, span, scope));
        whole.unwrap_or_else(|| self.give_up(Cause::ComputedAtApply, span, "resourceInfo()"))
    }

    /// Returns the resource that a name, a symbolic name or an id means.
    fn meant(&mut self, meant: &Tree, span: Span, scope: Scope<'_>) -> Option<Tree> {
        if let Node::Ref(reference) = &meant.node {
            let id =
                matches!(reference.path.as_slice(), [Step::Name(name)] if name.as_str() == "id");
            let target = self.targets[reference.resource.0 as usize].clone();
            return (id || reference.path.is_empty()).then(|| self.reference(target, span));
        }
        let text = meant.as_text().map(|text| Symbol::from(Arc::clone(text)));
        for instance in [scope.instance, self.names_of(scope.instance)] {
            let module = self.module(instance)?;
            if let Some(resource) = text.as_ref().and_then(|text| module.symbols.get(text)) {
                return Some(self.resource_value(instance, resource, span));
            }
            let kinds: std::collections::BTreeSet<Symbol> = module
                .resources
                .keys()
                .map(|name| name.kind.clone())
                .collect();
            for kind in kinds {
                let names = [meant.clone()];
                if let Some(target) = self.declared(instance, &kind, &names, span) {
                    return Some(self.reference(target, span));
                }
            }
        }
        None
    }

    /// Returns the call that the argument of `reference()` means: a deployment by its symbolic name, its name or its id.
    fn deployment_meant(&mut self, arg: ExprId, span: Span, scope: Scope<'_>) -> Option<Name> {
        let exprs = &scope.unit.exprs;
        let module = self.module(scope.instance)?;
        if module.calls.is_empty() {
            return None;
        }
        let (name, by_id) = match &exprs.get(arg).kind {
            crate::expr::ExprKind::Call { name, args, .. }
                if name.text.to_ascii_lowercase().ends_with("resourceid") =>
            {
                let typed = args.iter().position(|arg| {
                    let text = exprs.text(*arg);
                    text.is_some_and(|text| text.eq_ignore_ascii_case(DEPLOYMENTS))
                })?;
                (args.get(typed + 1).copied()?, true)
            }
            _ => (arg, false),
        };
        let name = self.eval(name, scope);
        if let Some(text) = name.as_text().filter(|_| !by_id)
            && module.calls.contains_key(&**text)
        {
            let text = Symbol::from(Arc::clone(text));
            return Some(Name { text, span });
        }
        let calls: Vec<Symbol> = module.calls.keys().cloned().collect();
        let mut same = calls.into_iter().filter(|call| {
            let have = self.deployment_name(scope.instance, call, &Key::None);
            have.is_some_and(|have| self.same_text(&have, &name))
        });
        let text = same.next()?;
        Some(Name { text, span })
    }

    /// Returns what `reference()` gives for a deployment: `{outputs: {x: {value: …}}}`.
    fn outputs_of(&mut self, instance: InstanceId, call: &Name) -> Tree {
        let base = Base::Module(call.clone());
        if !self.is_followed(instance, &call.text)
            || !self.has_instance(instance, &base, &Key::None)
        {
            return self.give_up(Cause::RemoteModule, call.span, "reference()");
        }
        let child = self.call_instance(instance, &call.text, &Key::None);
        let module = self.module(child);
        let names: Vec<Symbol> =
            module.map_or_else(Vec::new, |m| m.outputs.keys().cloned().collect());
        let prov = self.computed(call.span, None);
        let mut outputs = Object::default();
        for text in names {
            let span = call.span;
            let name = Name {
                text: text.clone(),
                span,
            };
            let value = self.output(child, &name);
            let mut wrapped = Object::default();
            wrapped.entries.insert("value".into(), value);
            outputs.entries.insert(text, tree(wrapped, prov));
        }
        self.deployed(instance, call, outputs, &Key::None)
    }
}

/// Tells whether a text is a resource type: a provider, and the types behind it.
fn is_type(text: &str) -> bool {
    let provider = text.split('/').next().unwrap_or_default();
    text.contains('/') && provider.contains('.') && !text.starts_with('/')
}
