//! Where values came from: a graph per root that only ever grows. A value carries the four bytes of a [`ProvId`]; words and
//! places are made from the graph when a report needs them.

use super::Cause;
use crate::source::{Span, Symbol};

/// A node of a root's [`Provenance`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ProvId(pub u32);

/// The number of an entity of the model (a cluster, a pool, a subnet) in its network.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EntityId(pub u32);

/// What a step on the way of a value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ProvKind {
    /// The attribute of a model entity: the head of every model value's chain. Symbol: the model's field.
    Attribute,
    /// Written out in the code.
    Literal,
    /// Written down by a tool. Symbol: by which, `the plan`.
    Recorded,
    /// The default of a variable or parameter. Symbol: `var.x`.
    Default,
    /// A var file or parameters file. Symbol: the variable.
    VarFile,
    /// `--var`. Symbol: the variable.
    Flag,
    /// An argument of a module call. Symbol: `argument of module.call`.
    Argument,
    /// A local or ARM variable. Symbol: `local.x`.
    Local,
    /// An output of a module. Symbol: `module.net.subnet_id`.
    Output,
    /// The attribute of another resource that the code refers to. Symbol: its address and name.
    Reference,
    /// An element of a container: `via` is the container's way, `parent` the element's own.
    Element,
    /// Computed by an expression from `parent` and perhaps others.
    Computed,
    /// A variable that has no value. Symbol: `var.x`.
    Input,
    /// Something outside the code. Symbol: its address.
    DataSource,
    /// Azure fills it in when it is not written.
    AzureDefault,
    /// The Terraform provider fills it in when it is not written.
    ProviderDefault,
    /// A well-known module fills it in when it is not written.
    ModuleDefault,
    /// Said in aksnet.toml about something that is not in the code.
    Fact,
    /// Asked for on the command line, to see what would be. Symbol: the flag.
    Assumption,
}

/// Who wrote down what `az` printed: the symbol of a [`ProvKind::Recorded`].
pub const EXPORT: &str = "the export";

/// One step on the way of a value.
#[derive(Clone, Debug)]
pub struct ProvNode {
    /// The place; `None` for what is in no file.
    pub span: Option<Span>,
    /// What kind of step.
    pub kind: ProvKind,
    /// The step before, nearer to where the value was written.
    pub parent: Option<ProvId>,
    /// For an element: the way of the container it was taken from.
    pub via: Option<ProvId>,
    /// The name of the step; its meaning depends on the kind.
    pub symbol: Option<Symbol>,
    /// For an attribute of the model: whose.
    pub owner: Option<EntityId>,
}

/// A step in words, for a report.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Hop {
    /// The place.
    pub span: Span,
    /// What happens there: `default of var.service_cidr`.
    pub text: String,
}

/// The graph of one root.
#[derive(Clone, Default, Debug)]
pub struct Provenance {
    nodes: Vec<ProvNode>,
}

impl ProvNode {
    /// Returns a node with no way behind it.
    pub fn new(kind: ProvKind, span: Option<Span>) -> Self {
        ProvNode {
            span,
            kind,
            parent: None,
            via: None,
            symbol: None,
            owner: None,
        }
    }

    /// Returns it with the step before.
    #[must_use]
    pub fn from(self, parent: ProvId) -> Self {
        ProvNode {
            parent: Some(parent),
            ..self
        }
    }

    /// Returns it with a name.
    #[must_use]
    pub fn named(self, symbol: impl Into<Symbol>) -> Self {
        ProvNode {
            symbol: Some(symbol.into()),
            ..self
        }
    }
}

impl Provenance {
    /// Adds a node.
    pub fn add(&mut self, node: ProvNode) -> ProvId {
        let id = ProvId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }

    /// Returns a node.
    ///
    /// # Panics
    /// When the id is of another root.
    pub fn node(&self, id: ProvId) -> &ProvNode {
        &self.nodes[id.0 as usize]
    }

    /// Returns the place of the nearest step that has one.
    pub fn span(&self, id: ProvId) -> Option<Span> {
        self.chain(id)
            .into_iter()
            .find_map(|step| self.node(step).span)
    }

    /// Returns the steps from `id` to where the value was written; a container's way stands before its element's.
    /// At most a thousand steps: a longer way helps no reader.
    pub fn chain(&self, id: ProvId) -> Vec<ProvId> {
        self.steps(id).into_iter().map(|(step, _)| step).collect()
    }

    /// Returns the steps, and for those of a container the place of the element that was taken from it.
    fn steps(&self, id: ProvId) -> Vec<(ProvId, Option<Span>)> {
        let mut steps = Vec::new();
        let mut todo = vec![(id, None)];
        while let Some((step, element)) = todo.pop() {
            if steps.len() >= 1000 {
                break;
            }
            steps.push((step, element));
            let node = self.node(step);
            todo.extend(node.parent.map(|parent| (parent, element)));
            todo.extend(node.via.map(|via| (via, node.span)));
        }
        steps
    }

    /// Returns the way of a value in words, without its head and without steps that say nothing new. A container that holds
    /// the element at hand is shown at the element.
    pub fn trail(&self, id: ProvId) -> Vec<Hop> {
        let mut hops: Vec<Hop> = Vec::new();
        let head = self.node(id).span;
        for (step, element) in self.steps(id).into_iter().skip(1) {
            let node = self.node(step);
            let (Some(span), Some(text)) = (node.span, node.words()) else {
                continue;
            };
            let literal = matches!(node.kind, ProvKind::Literal | ProvKind::Recorded);
            let span = element
                .filter(|element| span.covers(*element))
                .unwrap_or(span);
            let repeats = literal && (element.is_some() || Some(span) == head);
            if repeats || hops.iter().any(|hop| hop.span == span) {
                continue;
            }
            hops.push(Hop { span, text });
        }
        hops
    }

    /// Returns why a value is not known, in words: `variable "vnet_cidr" has no value`.
    pub fn because(&self, cause: Cause, origin: ProvId) -> String {
        let name = self.needs(origin);
        let name = name.as_deref().unwrap_or("it");
        match cause {
            Cause::Input if name.starts_with("terraform.") || name.starts_with("tofu.") => {
                format!("{name} is chosen when it runs")
            }
            Cause::Input if name.contains("()") => format!("{name} is chosen when it is deployed"),
            Cause::Input => match name.strip_prefix("var.") {
                Some(name) => format!("variable {name:?} has no value"),
                None => format!("parameter {name:?} has no value"),
            },
            Cause::DataSource if self.is_exported(origin) => {
                format!("{name} is not among the exports")
            }
            Cause::DataSource => format!("{name} is outside the code"),
            Cause::ComputedAtApply if self.node(origin).kind == ProvKind::AzureDefault => {
                format!("{name} is not set, and Azure chooses")
            }
            Cause::ComputedAtApply => format!("{name} is known only after apply"),
            Cause::Function => format!("{name} cannot be computed before apply"),
            Cause::RemoteModule => format!("the code of {name} is not on disk"),
            Cause::Repetition => format!("how often this stands depends on {name}"),
            Cause::Budget => format!("{name} would cost too much to evaluate"),
            Cause::Cycle => format!("{name} depends on itself"),
            Cause::NotSupported => format!("aksnet does not understand {name}"),
            Cause::Broken => format!("the code of {name} does not parse"),
            Cause::Wrong if self.node(origin).kind == ProvKind::Input => {
                format!("the module call gives {name} no value")
            }
            Cause::Wrong => format!("{name} is not valid here"),
            Cause::VariantDependent => format!("{name} depends on which var file is used"),
        }
    }

    /// Tells whether a way comes from what `az` printed, not from code.
    fn is_exported(&self, id: ProvId) -> bool {
        let exported = |id: &ProvId| {
            let node = self.node(*id);
            node.kind == ProvKind::Recorded && node.symbol.as_deref() == Some(EXPORT)
        };
        self.chain(id).iter().any(exported)
    }

    /// Returns what would have to be known, as the code calls it: `var.vnet_cidr`.
    pub fn needs(&self, origin: ProvId) -> Option<Symbol> {
        self.node(origin).symbol.clone()
    }

    /// Returns the kind of the step below the model's attribute: tells a default from what is written.
    pub fn source_kind(&self, id: ProvId) -> ProvKind {
        let node = self.node(id);
        match (node.kind, node.parent) {
            (ProvKind::Attribute, Some(parent)) => self.node(parent).kind,
            (kind, _) => kind,
        }
    }
}

impl ProvNode {
    /// Returns what the step is in words; `None` when it says nothing to a reader.
    pub fn words(&self) -> Option<String> {
        let name = self.symbol.as_deref().unwrap_or("this value");
        Some(match self.kind {
            ProvKind::Attribute | ProvKind::Element | ProvKind::Computed => return None,
            ProvKind::Literal => "written here".to_owned(),
            ProvKind::Recorded => format!("in {name}"),
            ProvKind::Default => format!("default of {name}"),
            ProvKind::VarFile => format!("{name} is set here"),
            ProvKind::Flag => format!("{name} is set by --var"),
            ProvKind::Argument => format!("given as {name}"),
            ProvKind::Output => format!("output {name}"),
            ProvKind::Local | ProvKind::Reference => format!("from {name}"),
            ProvKind::Input => format!("{name} has no value"),
            ProvKind::DataSource => format!("{name} is outside the code"),
            ProvKind::AzureDefault => "Azure's default, not set here".to_owned(),
            ProvKind::ProviderDefault => "the provider's default, not set here".to_owned(),
            ProvKind::ModuleDefault => "the module's default, not set here".to_owned(),
            ProvKind::Fact => "said in the configuration".to_owned(),
            ProvKind::Assumption => format!("assumed by {name}"),
        })
    }
}
