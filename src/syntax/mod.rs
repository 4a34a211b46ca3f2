//! Text to [`Unit`]: what a file declares, over the one expression tree. The only place that knows a grammar; it evaluates
//! nothing and follows no reference.

mod arm;
mod bicep;
mod comments;
mod json;
mod recovery;
mod scan;
mod terraform;
mod terraform_json;

use std::path::Path;

use std::sync::Arc;

use crate::expr::{ExprId, Exprs};
use crate::finding::Trouble;
pub use arm::Document;

use crate::source::{Comment, Name, Source, SourceId, Span, Symbol};

/// Everything that one file declares.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The file.
    pub source: SourceId,
    /// The expressions that the declarations point into.
    pub exprs: Exprs,
    /// The declarations in the order of the file.
    pub declarations: Vec<Declaration>,
    /// The comments in the order of the file.
    pub comments: Vec<Comment>,
    /// What could not be parsed or understood.
    pub troubles: Vec<Trouble>,
    /// Whether something in the file does not parse, so that a name that is not found may still be declared.
    pub broken: bool,
}

/// Something that a file declares, in any language.
#[derive(Clone, Debug)]
pub enum Declaration {
    /// A variable or parameter.
    Input(Input),
    /// A local value or ARM variable.
    Local(Binding),
    /// An output.
    Output(Binding),
    /// A call of a module or nested deployment.
    Call(Call),
    /// A resource, or a data source.
    Resource(Box<ResourceDeclaration>),
    /// A provider that the module requires.
    Requirement(Requirement),
    /// A value given to a variable by a var file, to a parameter by a parameter file.
    Assignment(Binding),
    /// Something that only Bicep and ARM templates have.
    Arm(ArmDeclaration),
}

/// What only Bicep files and ARM templates declare.
#[derive(Clone, Debug)]
pub enum ArmDeclaration {
    /// A type that the file declares.
    Type(Binding),
    /// A function that the file declares.
    Function(Function),
    /// What the file takes from another.
    Import(Import),
    /// The template that a parameter file is for; `None` when it is for none.
    Using(Option<Name>),
    /// The parameter file that this one adds to.
    Extends(Name),
    /// A template that stands in this one; calls mean the first by `#0`, the second by `#1`.
    Template(Template),
}

/// A template that stands in another.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its declarations.
    pub unit: Arc<Unit>,
    /// Whether `parameters()` and `variables()` in it mean its own, not those of the template around it.
    pub own_scope: bool,
}

/// A function that a file declares.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The names of its parameters.
    pub parameters: Vec<Symbol>,
    /// Its value.
    pub body: ExprId,
}

/// Types, variables and functions of another file.
#[derive(Clone, Debug)]
pub struct Import {
    /// The other file as written.
    pub from: Name,
    /// What is taken.
    pub imported: Imported,
}

/// What a file takes from another.
#[derive(Clone, Debug)]
pub enum Imported {
    /// All of it, behind a name and a dot.
    All(Symbol),
    /// Some names: there, and here.
    Names(Vec<(Symbol, Symbol)>),
}

/// A variable or parameter.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name.
    pub name: Name,
    /// The type constraint, as an expression (`list(object({…}))` is a call).
    pub constraint: Option<ExprId>,
    /// The value when none is given.
    pub default: Option<ExprId>,
    /// Whether its value must be masked.
    pub sensitive: bool,
    /// Whether its value is kept nowhere, so that `ephemeralasnull` makes null of it.
    pub ephemeral: bool,
    /// Whether it may be null; `None` when it does not say so, which means yes.
    pub nullable: Option<bool>,
}

impl Input {
    /// Tells whether it may be null.
    pub fn may_be_null(&self) -> bool {
        self.nullable.unwrap_or(true)
    }
}

/// A name and its value.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// The value; of an output without one, a null in the place of its head.
    pub value: ExprId,
    /// Whether the value must be masked.
    pub sensitive: bool,
}

/// How often something stands in the result.
#[derive(Clone, Copy, Default, Debug)]
pub struct Repetition {
    /// Terraform's `count`.
    pub count: Option<ExprId>,
    /// Terraform's `for_each`.
    pub for_each: Option<ExprId>,
    /// ARM's condition.
    pub condition: Option<ExprId>,
    /// ARM's loop: a `for` whose result is the body.
    pub each: Option<ExprId>,
}

impl Repetition {
    /// Tells whether it stands exactly once.
    pub fn is_once(&self) -> bool {
        let conditions = [self.count, self.for_each, self.condition, self.each];
        conditions.iter().all(Option::is_none)
    }
}

/// A call of a module.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its name.
    pub name: Name,
    /// The head of the block (`module "net"`).
    pub head: Span,
    /// The module's address as written; `None` when it is not a plain string.
    pub address: Option<Name>,
    /// The version constraint as written.
    pub version: Option<Name>,
    /// Which of the caller's provider configurations stand for the module's: `azurerm`, `azurerm.hub`.
    pub providers: Vec<(Symbol, Symbol)>,
    /// The arguments, an object expression without the meta-arguments.
    pub arguments: ExprId,
    /// `count` or `for_each`; a condition or loop of Bicep and ARM.
    pub repetition: Repetition,
    /// What only deployments of Bicep and ARM have.
    pub deployment: Deployment,
}

/// How a module of Bicep or ARM is deployed.
#[derive(Clone, Copy, Default, Debug)]
pub struct Deployment {
    /// The name of the deployment.
    pub name: Option<ExprId>,
    /// Where it is deployed: a resource group, a subscription; `None` for where its caller is.
    pub scope: Option<ExprId>,
}

/// Whether a resource is made by the code or only looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Mode {
    /// The code makes it.
    Managed,
    /// It exists outside the code: a data source, an `existing` resource.
    Data,
}

/// Which attributes keep their value of creation, whatever the code says later.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum IgnoredChanges {
    /// None.
    #[default]
    None,
    /// Those whose path begins with one of these: `["default_node_pool", "node_count"]` (indexes are left out).
    Some(Vec<Vec<Symbol>>),
    /// All of them.
    All,
}

/// A resource in the code.
#[derive(Clone, Debug)]
pub struct ResourceDeclaration {
    /// Made or looked up.
    pub mode: Mode,
    /// Its type: `azurerm_subnet`.
    pub kind: Name,
    /// Its name in the code.
    pub name: Name,
    /// The head of the block (`resource "azurerm_subnet" "nodes"`).
    pub head: Span,
    /// The whole block.
    pub block: Span,
    /// The body, an object expression without the meta-arguments.
    pub body: ExprId,
    /// `count` or `for_each`.
    pub repetition: Repetition,
    /// What it waits for: the first two words of each `depends_on` (`azurerm_subnet.nodes`, `module.net`).
    pub depends_on: Vec<Symbol>,
    /// The alias of the provider that it is made or looked up by (`azurerm.hub`); `None` for the one without alias.
    pub provider: Option<Symbol>,
    /// `lifecycle.ignore_changes`.
    pub ignored_changes: IgnoredChanges,
}

/// A provider that the module requires.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its name in the module: `azurerm`.
    pub provider: Name,
    /// Its address: `hashicorp/azurerm`; `None` when it is not said.
    pub address: Option<Symbol>,
    /// The version constraint as written: `~> 4.0`.
    pub version: Option<Name>,
}

/// Parses a file of a Terraform module (`.tf`, `.tf.json`). A block that does not parse is told in `troubles`; the others
/// are kept.
pub fn terraform(source: &Source) -> Unit {
    if is_json(source) {
        terraform_json::module_file(source)
    } else {
        terraform::module_file(source)
    }
}

/// Parses a var file (`.tfvars`, `.tfvars.json`): its attributes become assignments.
pub fn var_file(source: &Source) -> Unit {
    if is_json(source) {
        terraform_json::var_file(source)
    } else {
        terraform::var_file(source)
    }
}

/// Parses a lock file (`.terraform.lock.hcl`): each provider becomes a requirement of one version.
pub fn lock_file(source: &Source) -> Unit {
    terraform::provider::lock_file(source)
}

/// Tells whether a file is written in JSON, by its name.
fn is_json(source: &Source) -> bool {
    Path::new(&source.name).extension() == Some("json".as_ref())
}

/// Parses a template, a file of its own or a string that is used as one: the expression that it is. `None` if it does not
/// parse.
pub fn template(source: SourceId, text: &str) -> Option<(Unit, ExprId)> {
    terraform::template::template(source, text)
}

/// Parses a Bicep file. A statement that does not parse is told in `troubles`; the others are kept.
pub fn bicep(source: &Source) -> Unit {
    bicep::file(source, false)
}

/// Parses a Bicep parameter file (`.bicepparam`): its parameters become assignments.
pub fn bicep_parameters(source: &Source) -> Unit {
    bicep::file(source, true)
}

/// Returns the places of a Bicep file's tokens without comments and pragmas, the end of the file among them: what can be
/// compared with the compiler's.
pub fn bicep_tokens(source: &Source) -> Vec<(usize, usize)> {
    bicep::token_places(&source.text)
}

/// Parses an ARM template or parameters file; `None` for other JSON.
pub fn arm(source: &Source) -> Option<(Document, Unit)> {
    arm::file(source)
}
