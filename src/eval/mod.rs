//! The one evaluator: from a root and its modules to evaluated resources. Lazy, memoised, with a budget; what cannot be known
//! is Unknown with its cause. Reads no file but what an expression names, by way of a [`Loader`], and knows no provider.
//!
//! [`evaluate`] walks the module calls (`expand`) and evaluates the bodies of the resources that the caller wants, as often as
//! `repetition` says. Everything else - variables, locals, outputs (`names`), attributes of other resources (`resources`) - is
//! evaluated when something needs it, once for each module instance. `expression` is the walk over the tree, `access` goes into values, `operators` and `combine` do
//! what operators do with unknowns, `constraint` converts variables to their types.

mod access;
mod alternatives;
mod arm;
mod base;
mod block_or_map;
mod budget;
mod combine;
mod constraint;
mod dialect;
mod expand;
mod expression;
mod facts;
mod failure;
mod files;
mod functions;
mod identity;
mod lambdas;
mod loops;
mod names;
mod operators;
mod repetition;
mod resources;
mod scope;
mod stand_in;
mod templates;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::finding::{RuleId, Trouble};
use crate::project::{InstanceId, Instances, ModuleId, ModuleKind, Project, Root};
use crate::resource::{Gap, Language, Resource, Resources};
use crate::source::{FilePath, Loader, Span, Symbol};
use crate::truth::Truth;
use crate::value::{
    Cause, Key, Kind, Node, ProvId, ProvKind, ProvNode, Provenance, ResourceId, Term, TermId, Tree,
    Unknown,
};

use arm::Targets;
use budget::Budget;
use dialect::Dialect;
pub use facts::Contradiction;
use facts::FactsByAddress;
use files::Files;
pub use identity::Identity;
use identity::Twins;
use repetition::Expansion;
use scope::{Bound, Memo, NamedResources, Repeat, Scope, Slot, Slotted, Target};
use templates::Template;

/// How deep evaluation may nest before a value is given up: well below what a stack of 16 MiB holds.
const MAX_DEPTH: usize = 400;

/// What the evaluator asks those who know more than the code.
#[derive(Clone, Copy)]
pub struct Outside<'p> {
    /// What files hold that expressions name.
    pub loader: &'p dyn Loader,
    /// Which types of resources matter.
    pub wanted: &'p dyn Fn(&str) -> bool,
    /// The attributes by which a data source is told to be a resource of the same root.
    pub identity: Identity<'p>,
}

/// What came of a root.
#[derive(Debug)]
pub struct Evaluated {
    /// Its resources.
    pub resources: Resources,
    /// The values of its outputs by name; empty unless they were asked for.
    pub outputs: BTreeMap<Symbol, Tree>,
    /// What could not be evaluated as it should.
    pub troubles: Vec<Trouble>,
    /// The facts that the code contradicts.
    pub contradictions: Vec<Contradiction>,
}

/// Evaluates the resources of a root whose type matters, through all its module instances.
pub fn evaluate<'p>(project: &'p Project, root: &'p Root, outside: Outside<'p>) -> Evaluated {
    let mut evaluator = Evaluator::with_twins(project, root, outside);
    let resources = evaluator.expand();
    evaluator.finish(resources, BTreeMap::new())
}

/// Evaluates the outputs of a root as well, which no rule needs.
pub fn evaluate_with_outputs<'p>(
    project: &'p Project,
    root: &'p Root,
    outside: Outside<'p>,
) -> Evaluated {
    let mut evaluator = Evaluator::with_twins(project, root, outside);
    let resources = evaluator.expand();
    let outputs = evaluator.root_outputs();
    evaluator.finish(resources, outputs)
}

/// What evaluates one root.
struct Evaluator<'p> {
    project: &'p Project,
    root: &'p Root,
    /// The language whose rules hold.
    dialect: Dialect,
    wanted: &'p dyn Fn(&str) -> bool,
    provenance: Provenance,
    instances: Instances,
    memo: HashMap<Slot, Memo>,
    expansions: HashMap<(InstanceId, Slotted), Arc<Expansion>>,
    single: Arc<Expansion>,
    calls: HashMap<(InstanceId, Symbol, Key), InstanceId>,
    repeats: HashMap<InstanceId, Repeat>,
    targets: Vec<Target>,
    target_ids: HashMap<Target, ResourceId>,
    terms: HashMap<String, TermId>,
    gaps: Vec<Gap>,
    twins: Twins,
    facts: FactsByAddress<'p>,
    contradictions: Vec<Contradiction>,
    troubles: Vec<Trouble>,
    /// Origins of errors that `try` and `can` do not catch.
    fatal: HashSet<ProvId>,
    budget: Budget,
    files: Files<'p>,
    /// The instances of files that are not deployed: imported ones, parameter files.
    besides: HashMap<ModuleId, InstanceId>,
    /// Where module instances are deployed to.
    deployed_to: Targets,
    /// The resources of a type in a module instance, with their names.
    named_resources: HashMap<(InstanceId, Symbol), NamedResources>,
    templates: HashMap<FilePath, Template>,
    depth: usize,
}

impl<'p> Evaluator<'p> {
    /// Returns an evaluator that knows which data sources are resources of the root.
    fn with_twins(project: &'p Project, root: &'p Root, outside: Outside<'p>) -> Self {
        let twins = identity::twins(project, root, outside);
        Evaluator::new(project, root, outside, twins)
    }

    fn new(project: &'p Project, root: &'p Root, outside: Outside<'p>, twins: Twins) -> Self {
        Evaluator {
            twins,
            facts: facts::facts_about(project, root),
            contradictions: Vec::new(),
            project,
            root,
            dialect: match project.module(root.module).kind {
                ModuleKind::Folder => Dialect::Terraform,
                _ => Dialect::Arm,
            },
            wanted: outside.wanted,
            provenance: Provenance::default(),
            instances: Instances::new(root.module),
            memo: HashMap::new(),
            expansions: HashMap::new(),
            single: Arc::new(Expansion::single()),
            calls: HashMap::new(),
            repeats: HashMap::new(),
            targets: Vec::new(),
            target_ids: HashMap::new(),
            terms: HashMap::new(),
            gaps: Vec::new(),
            troubles: Vec::new(),
            fatal: HashSet::new(),
            budget: Budget::of_one_in(project.roots.len()),
            files: Files::new(
                outside.loader,
                project.module(root.module).folder.clone(),
                project.roots.len(),
            ),
            besides: HashMap::new(),
            deployed_to: Targets::new(),
            named_resources: HashMap::new(),
            templates: HashMap::new(),
            depth: 0,
        }
    }

    /// Returns what was found out, with what there is to tell about it.
    fn finish(mut self, all: Vec<Resource>, outputs: BTreeMap<Symbol, Tree>) -> Evaluated {
        if self.budget.exceeded() {
            self.tell_budget();
        }
        let resources = Resources {
            language: self.language(),
            all,
            provenance: self.provenance,
            instances: self.instances,
            gaps: self.gaps,
            azurerm: self.root.azurerm(self.project),
        };
        Evaluated {
            resources,
            outputs,
            troubles: self.troubles,
            contradictions: self.contradictions,
        }
    }

    /// Returns the language that the root is written in.
    fn language(&self) -> Language {
        let module = self.project.module(self.root.module);
        let name = module.file.as_ref().map(FilePath::file_name);
        match (module.kind, name.and_then(|name| name.rsplit_once('.'))) {
            (ModuleKind::Folder, _) => Language::Terraform,
            (_, Some((_, "bicep" | "bicepparam"))) => Language::Bicep,
            _ => Language::Arm,
        }
    }

    /// Returns the values of the root's outputs.
    fn root_outputs(&mut self) -> BTreeMap<Symbol, Tree> {
        let module = self.project.module(self.root.module);
        let names = module.outputs.values().map(|output| &output.item.name);
        names
            .map(|name| (name.text.clone(), self.output(InstanceId::ROOT, name)))
            .collect()
    }

    /// Adds a node to the graph of provenance.
    fn node(&mut self, node: ProvNode) -> ProvId {
        let symbol = node.symbol.as_ref().map_or(0, |symbol| symbol.len());
        self.keep(size_of::<ProvNode>() + symbol);
        self.provenance.add(node)
    }

    /// Takes the bytes of what stays until the root is evaluated, or may. Once they are too many, nothing more is evaluated.
    fn keep(&mut self, bytes: usize) {
        let _ = self.budget.keep(bytes);
    }

    /// Returns the node of something computed at `span` from a value that came by `parent`.
    fn computed(&mut self, span: Span, parent: Option<ProvId>) -> ProvId {
        self.node(ProvNode {
            parent,
            ..ProvNode::new(ProvKind::Computed, Some(span))
        })
    }

    /// Returns a value that cannot be known, for a reason that stands at `span`.
    fn give_up(&mut self, cause: Cause, span: Span, what: impl Into<Symbol>) -> Tree {
        let origin = self.node(ProvNode::new(ProvKind::Computed, Some(span)).named(what));
        Tree::unknown(cause, origin)
    }

    /// Returns what the code refers to but is wrong: a name that is not declared, an index out of range.
    fn wrong(&mut self, span: Span, what: impl Into<Symbol>) -> Tree {
        self.give_up(Cause::Wrong, span, what)
    }

    /// Returns what is so wrong that not even `try` makes it good.
    fn fatal(&mut self, span: Span, what: impl Into<Symbol>) -> Tree {
        let wrong = self.wrong(span, what);
        self.fatal.insert(wrong.prov);
        wrong
    }

    /// Returns an unknown value of the same cause and origin, of another kind, never null.
    fn unknown_like(unknown: &Unknown<Tree>, kind: Option<Kind>) -> Unknown<Tree> {
        Unknown {
            kind,
            null: Truth::False,
            ..unknown.forget()
        }
    }

    /// Returns the number of the quantity that `words` describe; the same words give the same number.
    fn term(&mut self, words: String) -> Term {
        self.keep(words.len() + size_of::<String>());
        let next = TermId(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        Term {
            id: *self.terms.entry(words).or_insert(next),
            negated: false,
        }
    }

    /// Returns the number of a resource instance.
    fn resource_id(&mut self, target: Target) -> ResourceId {
        if let Some(id) = self.target_ids.get(&target) {
            return *id;
        }
        self.keep(2 * size_of::<Target>());
        let id = ResourceId(u32::try_from(self.targets.len()).unwrap_or(u32::MAX));
        self.targets.push(target.clone());
        self.target_ids.insert(target, id);
        id
    }

    /// Evaluates a slot once; a slot that needs itself is a cycle.
    fn once(
        &mut self,
        slot: Slot,
        span: Span,
        name: &Symbol,
        evaluate: impl FnOnce(&mut Self) -> Tree,
    ) -> Tree {
        match self.memo.get(&slot) {
            Some(Memo::Done(tree)) => return tree.clone(),
            Some(Memo::Busy) => return self.give_up(Cause::Cycle, span, name.clone()),
            None => {}
        }
        self.keep(size_of::<(Slot, Memo)>());
        self.memo.insert(slot.clone(), Memo::Busy);
        let tree = evaluate(self);
        self.memo.insert(slot, Memo::Done(tree.clone()));
        tree
    }

    /// Tells once that values were given up because they would cost too much.
    fn tell_budget(&mut self) {
        let module = self.project.module(self.root.module);
        let Some(unit) = module.units.first() else {
            return;
        };
        let span = Span::new(unit.source, 0, 0);
        let message = format!(
            "evaluation of the root {} was given up because it would cost too much",
            module.path()
        );
        let trouble = Trouble::new(
            RuleId::BUDGET_EXCEEDED,
            span,
            "values of this root are unknown",
            message,
        );
        self.troubles
            .push(trouble.help("give the root's variables smaller values, or lint a part of it"));
    }
}

/// Returns a value of the node's, with provenance of its own.
fn tree(node: impl Into<Node>, prov: ProvId) -> Tree {
    Tree::new(node.into(), prov)
}
