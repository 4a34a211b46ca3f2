//! Override files merged into what they override, by Terraform's rules: attribute by attribute, blocks of one type as a
//! whole. What is merged gets a unit of its own, for its expressions stand in several files; their places stay.

use std::borrow::Cow;
use std::sync::Arc;

use crate::expr::{Entry, ExprId, ExprKind, Exprs};
use crate::finding::{RuleId, Trouble};
use crate::source::{FilePath, Span};
use crate::syntax::{
    Binding, Call, Declaration, IgnoredChanges, Input, Repetition, ResourceDeclaration, Unit,
};

/// The ends of the names of a module's files, longest first.
const EXTENSIONS: [&str; 4] = [".tf.json", ".tofu.json", ".tf", ".tofu"];

/// The declarations of a module, override files merged in.
pub(super) struct Merged<'u> {
    /// Each declaration and the index of the unit that its expressions are in.
    pub(super) declarations: Vec<(usize, Cow<'u, Declaration>)>,
    /// The unit behind all others, if there are override files.
    pub(super) unit: Option<Unit>,
}

/// Tells whether Terraform merges a file into the others of its folder.
pub(super) fn is_override(path: &FilePath) -> bool {
    let name = path.file_name();
    let stem = EXTENSIONS.iter().find_map(|end| name.strip_suffix(end));
    stem.is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}

/// Returns the declarations of a module's units, those of override files merged into what they override.
pub(super) fn merge<'u>(
    units: &'u [Arc<Unit>],
    overrides: &[bool],
    tell: &mut impl FnMut(Trouble),
) -> Merged<'u> {
    let of = |wanted: bool| {
        let units = units.iter().enumerate().zip(overrides);
        let units = units.filter(move |(_, is_override)| **is_override == wanted);
        units.flat_map(|((index, unit), _)| unit.declarations.iter().map(move |d| (index, d)))
    };
    let declarations = of(false).map(|(unit, item)| (unit, Cow::Borrowed(item)));
    let mut merged = Merged {
        declarations: declarations.collect(),
        unit: None,
    };
    let Some(first) = overrides.iter().position(|is_override| *is_override) else {
        return merged;
    };
    let mut overlay = Overlay::new(units);
    for (unit, declaration) in of(true) {
        overlay.apply(&mut merged.declarations, unit, declaration, tell);
    }
    merged.unit = Some(Unit {
        source: units[first].source,
        exprs: overlay.exprs,
        declarations: Vec::new(),
        comments: Vec::new(),
        troubles: Vec::new(),
        broken: false,
    });
    merged
}

/// The expressions of all files of a module in one arena.
struct Overlay {
    exprs: Exprs,
    /// By how much the numbers of each unit's expressions have grown; 0 for the unit that holds them all.
    moved: Vec<u32>,
    /// Whether a file does not parse: what is overridden may stand there.
    broken: bool,
}

impl Overlay {
    fn new(units: &[Arc<Unit>]) -> Self {
        let mut exprs = Exprs::default();
        let mut moved: Vec<u32> = units.iter().map(|unit| exprs.append(&unit.exprs)).collect();
        moved.push(0);
        Overlay {
            exprs,
            moved,
            broken: units.iter().any(|unit| unit.broken),
        }
    }

    /// Merges a declaration of an override file into those of the same name, or tells that there are none.
    fn apply<'u>(
        &mut self,
        all: &mut Vec<(usize, Cow<'u, Declaration>)>,
        unit: usize,
        over: &'u Declaration,
        tell: &mut impl FnMut(Trouble),
    ) {
        let own = self.moved.len() - 1;
        let over_moved = moved(over, self.moved[unit]);
        if let Declaration::Requirement(requirement) = over {
            let other = |item: &Declaration| match item {
                Declaration::Requirement(r) => r.provider.text != requirement.provider.text,
                _ => true,
            };
            all.retain(|(_, item)| other(item));
            all.push((unit, Cow::Borrowed(over)));
            return;
        }
        let mut found = false;
        for (unit, item) in all.iter_mut().filter(|(_, item)| same(item, over)) {
            let base = moved(item, self.moved[*unit]);
            *item = Cow::Owned(self.merged(base, &over_moved));
            *unit = own;
            found = true;
        }
        if found {
            return;
        }
        if !self.broken
            && let Some(trouble) = overrides_nothing(over)
        {
            tell(trouble);
        }
        // A resource or call that is only changed here is not all there; a name still stands for its value.
        if !matches!(over, Declaration::Resource(_) | Declaration::Call(_)) {
            all.push((unit, Cow::Borrowed(over)));
        }
    }

    /// Returns a declaration with what another one of the same name says instead.
    fn merged(&mut self, base: Declaration, over: &Declaration) -> Declaration {
        match (base, over) {
            (Declaration::Input(base), Declaration::Input(over)) => Declaration::Input(Input {
                constraint: over.constraint.or(base.constraint),
                default: over.default.or(base.default),
                sensitive: base.sensitive || over.sensitive,
                ephemeral: base.ephemeral || over.ephemeral,
                nullable: over.nullable.or(base.nullable),
                name: base.name,
            }),
            (Declaration::Local(_), over @ Declaration::Local(_)) => over.clone(),
            (Declaration::Output(base), Declaration::Output(over)) => {
                let value = if self.has_value(over) {
                    over.value
                } else {
                    base.value
                };
                Declaration::Output(Binding {
                    value,
                    sensitive: base.sensitive || over.sensitive,
                    name: base.name,
                })
            }
            (Declaration::Call(base), Declaration::Call(over)) => Declaration::Call(Call {
                address: over.address.clone().or(base.address),
                version: over.version.clone().or(base.version),
                providers: if over.providers.is_empty() {
                    base.providers
                } else {
                    over.providers.clone()
                },
                arguments: self.body(base.arguments, over.arguments),
                repetition: repetition(base.repetition, over.repetition),
                name: base.name,
                head: base.head,
                deployment: base.deployment,
            }),
            (Declaration::Resource(base), Declaration::Resource(over)) => {
                let ignored_changes = match &over.ignored_changes {
                    IgnoredChanges::None => base.ignored_changes.clone(),
                    other => other.clone(),
                };
                Declaration::Resource(Box::new(ResourceDeclaration {
                    body: self.body(base.body, over.body),
                    repetition: repetition(base.repetition, over.repetition),
                    ignored_changes,
                    ..*base
                }))
            }
            (base, _) => base,
        }
    }

    /// Tells whether an output has a value of its own.
    fn has_value(&self, output: &Binding) -> bool {
        let value = self.exprs.get(output.value);
        let in_head = value.span.start <= output.name.span.start;
        !(in_head && matches!(value.kind, ExprKind::Null))
    }

    /// Returns a body with the attributes of another in the place of its own, and so the blocks of each type.
    fn body(&mut self, base: ExprId, over: ExprId) -> ExprId {
        let (base, over) = (self.exprs.get(base), self.exprs.get(over));
        let (ExprKind::Object(old), ExprKind::Object(new)) = (&base.kind, &over.kind) else {
            return self.exprs.add(over.kind.clone(), over.span);
        };
        let replaced = |entry: &&Entry| {
            let key = self.exprs.text(entry.key);
            key.is_some() && new.iter().any(|other| self.exprs.text(other.key) == key)
        };
        let kept = old.iter().filter(|entry| !replaced(entry));
        let entries = kept.chain(new).cloned().collect();
        let span = base.span;
        self.exprs.add(ExprKind::Object(entries), span)
    }
}

fn repetition(base: Repetition, over: Repetition) -> Repetition {
    Repetition {
        count: over.count.or(base.count),
        for_each: over.for_each.or(base.for_each),
        ..base
    }
}

/// Tells whether two declarations are of the same thing.
fn same(base: &Declaration, over: &Declaration) -> bool {
    match (base, over) {
        (Declaration::Input(a), Declaration::Input(b)) => a.name.text == b.name.text,
        (Declaration::Local(a), Declaration::Local(b))
        | (Declaration::Output(a), Declaration::Output(b)) => a.name.text == b.name.text,
        (Declaration::Call(a), Declaration::Call(b)) => a.name.text == b.name.text,
        (Declaration::Resource(a), Declaration::Resource(b)) => {
            a.mode == b.mode && a.kind.text == b.kind.text && a.name.text == b.name.text
        }
        _ => false,
    }
}

/// Returns a declaration with the numbers of its expressions greater by `by`.
fn moved(declaration: &Declaration, by: u32) -> Declaration {
    let repetition = |repetition: Repetition| Repetition {
        count: repetition.count.map(|id| id.moved(by)),
        for_each: repetition.for_each.map(|id| id.moved(by)),
        ..repetition
    };
    let mut moved = declaration.clone();
    match &mut moved {
        Declaration::Input(input) => {
            input.constraint = input.constraint.map(|id| id.moved(by));
            input.default = input.default.map(|id| id.moved(by));
        }
        Declaration::Local(binding)
        | Declaration::Output(binding)
        | Declaration::Assignment(binding) => binding.value = binding.value.moved(by),
        Declaration::Call(call) => {
            call.arguments = call.arguments.moved(by);
            call.repetition = repetition(call.repetition);
        }
        Declaration::Resource(resource) => {
            resource.body = resource.body.moved(by);
            resource.repetition = repetition(resource.repetition);
        }
        Declaration::Requirement(_) | Declaration::Arm(_) => {}
    }
    moved
}

/// Returns the trouble with an override of what no other file declares: Terraform refuses it.
fn overrides_nothing(over: &Declaration) -> Option<Trouble> {
    let (place, what): (Span, String) = match over {
        Declaration::Input(input) => (input.name.span, format!("var.{}", input.name.text)),
        Declaration::Local(local) => (local.name.span, format!("local.{}", local.name.text)),
        Declaration::Output(output) => (output.name.span, format!("output.{}", output.name.text)),
        Declaration::Call(call) => (call.head, format!("module.{}", call.name.text)),
        Declaration::Resource(resource) => (
            resource.head,
            format!("{}.{}", resource.kind.text, resource.name.text),
        ),
        Declaration::Requirement(_) | Declaration::Assignment(_) | Declaration::Arm(_) => {
            return None;
        }
    };
    let message = format!("{what} is overridden here, but no other file declares it");
    let trouble = Trouble::new(RuleId::SYNTAX_ERROR, place, "overrides nothing", message);
    Some(trouble.help("declare it in a file that is no override file, or rename this file"))
}
