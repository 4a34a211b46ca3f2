//! What rules say and what users are shown: observations, findings, their labels and rows. No text is read or printed here.

use std::fmt;
use std::str::FromStr;

use crate::source::{Span, Symbol};
use crate::value::{Cause, EntityId, Hop};

/// The number of a rule: `AKS104`. Never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RuleId(pub u16);

impl RuleId {
    /// The rules that say that an input could not be read or parsed, so that the job is only half done.
    pub const INCOMPLETE: [RuleId; 3] = [
        RuleId::SYNTAX_ERROR,
        RuleId::UNREADABLE_INPUT,
        RuleId::MODULE_CYCLE,
    ];
    /// A file or block does not parse.
    pub const SYNTAX_ERROR: RuleId = RuleId(1);
    /// A file cannot be read.
    pub const UNREADABLE_INPUT: RuleId = RuleId(2);
    /// A local module or var file is not there.
    pub const MODULE_NOT_FOUND: RuleId = RuleId(3);
    /// A suppression names no rule.
    pub const SUPPRESSION_UNKNOWN_RULE: RuleId = RuleId(4);
    /// A suppression gives no reason.
    pub const SUPPRESSION_WITHOUT_REASON: RuleId = RuleId(5);
    /// A suppression that suppresses nothing.
    pub const SUPPRESSION_UNUSED: RuleId = RuleId(6);
    /// A suppression whose day has passed.
    pub const SUPPRESSION_EXPIRED: RuleId = RuleId(7);
    /// A value was given up because it would cost too much.
    pub const BUDGET_EXCEEDED: RuleId = RuleId(8);
    /// The language allows it, aksnet does not understand it.
    pub const SYNTAX_NOT_SUPPORTED: RuleId = RuleId(9);
    /// Modules form a cycle.
    pub const MODULE_CYCLE: RuleId = RuleId(10);
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AKS{:03}", self.0)
    }
}

impl FromStr for RuleId {
    type Err = ();

    /// Reads `AKS104`, in any letter case.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (head, digits) = text.split_at_checked(3).ok_or(())?;
        if !head.eq_ignore_ascii_case("AKS")
            || digits.len() != 3
            || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(());
        }
        digits.parse().map(RuleId).map_err(|_| ())
    }
}

/// What Azure will do about it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Works; a better design exists.
    Advice,
    /// Works and will hurt: a limit, a retirement, an outage on upgrade.
    Warning,
    /// Refused or broken.
    Error,
}

impl Severity {
    /// Returns the word used in reports, flags and aksnet.toml.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Severity {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Severity::Advice, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|s| s.word() == text)
            .ok_or(())
    }
}

/// A place and what is there.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// A line of arithmetic under a finding.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Row {
    /// What is counted: `3 pools x 31`.
    pub text: String,
    /// The number: `93`.
    pub value: String,
}

/// Whether a fix keeps the meaning of the code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Safety {
    /// It can be applied without reading it.
    Safe,
    /// It should be read first.
    Unsafe,
}

/// Changed bytes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

/// A change that mends the finding.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Fix {
    /// What it does, imperative.
    pub title: String,
    /// Whether it can be applied unread.
    pub safety: Safety,
    /// The changed bytes; they do not overlap.
    pub edits: Vec<Edit>,
}

/// What an observation is about: an entity, and one of its attributes if it is about one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Subject {
    /// The cluster, pool, subnet or other entity.
    pub entity: EntityId,
    /// The model's name of the attribute.
    pub attribute: Option<Symbol>,
}

/// What a rule saw in one network, before the pipeline decides what becomes of it.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The rule that speaks.
    pub rule: RuleId,
    /// What it is about.
    pub subject: Subject,
    /// Every entity and attribute that the rule looked at for it, the subject included.
    pub used: Vec<Subject>,
    /// The severity if it is not the rule's own.
    pub severity: Option<Severity>,
    /// One sentence that holds the values.
    pub message: String,
    /// The place to change.
    pub primary: Label,
    /// Where the value at the primary place came from.
    pub trail: Vec<Hop>,
    /// The other places: what it clashes with.
    pub labels: Vec<Label>,
    /// The arithmetic.
    pub rows: Vec<Row>,
    /// What to do, imperative.
    pub help: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

/// One occurrence of a finding: the same fault at the same place in another instance, root or variant.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Instance {
    /// The address of the resource.
    pub subject: String,
    /// The var file or parameters file that makes the variant.
    pub variant: Option<String>,
    /// The folder of the root, from the project root.
    pub root: String,
    /// The message for this instance.
    pub message: String,
    /// The module calls on the way from the root, outermost first.
    pub calls: Vec<Span>,
}

impl Instance {
    /// Tells whether it is the same resource of the same root and variant, whatever is said of it.
    pub fn is_same(&self, other: &Instance) -> bool {
        (&self.subject, &self.variant, &self.root) == (&other.subject, &other.variant, &other.root)
    }
}

/// What a user is shown.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The severity after configuration.
    pub severity: Severity,
    /// One sentence that holds the values; that of the first instance.
    pub message: String,
    /// What to do, imperative.
    pub help: Option<String>,
    /// The place to change.
    pub primary: Label,
    /// The other places, in the order in which they are told.
    pub labels: Vec<Label>,
    /// Where the value at the primary place came from, and the module calls on the way; suppressions count there too.
    pub trail: Vec<Hop>,
    /// The arithmetic.
    pub rows: Vec<Row>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// All occurrences, sorted; never empty.
    pub instances: Vec<Instance>,
    /// Tells the finding apart from others, stable when lines move: 16 hexadecimal digits.
    pub fingerprint: String,
}

/// A rule that could not decide, and why.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// The rule.
    pub rule: RuleId,
    /// What it would have been about.
    pub subject: Subject,
    /// Every entity and attribute that it had looked at.
    pub used: Vec<Subject>,
    /// The place of the value that is not known.
    pub span: Span,
    /// Why it is not known.
    pub cause: Cause,
    /// Why it is not known, in words: `variable "vnet_cidr" has no value`.
    pub because: String,
    /// What would have to be known: `var.vnet_cidr`; `None` when nothing the user could give.
    pub needs: Option<Symbol>,
    /// The address of the subject; filled by the pipeline.
    pub address: String,
    /// The root and variant; filled by the pipeline.
    pub instance: Option<Instance>,
}

/// Trouble with the input itself (`AKS0xx`), raised without a severity: the pipeline gives it.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Which `AKS0xx`.
    pub rule: RuleId,
    /// One sentence.
    pub message: String,
    /// The place; the first byte of the file when it is about the whole file.
    pub primary: Label,
    /// Other places.
    pub labels: Vec<Label>,
    /// What to do, imperative.
    pub help: Option<String>,
}

impl Trouble {
    /// Returns trouble at a place.
    pub fn new(rule: RuleId, span: Span, label: &str, message: String) -> Self {
        Trouble {
            rule,
            message,
            primary: Label {
                span,
                text: label.to_owned(),
            },
            labels: Vec::new(),
            help: None,
        }
    }

    /// Returns it with something to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Trouble {
            help: Some(help.into()),
            ..self
        }
    }
}
