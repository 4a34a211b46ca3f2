//! What is known about a value that is not known: why, what kind, whether it may be null, between what, one of which.

use std::fmt;
use std::sync::Arc;

use super::{Interval, ProvId, Tree};
use crate::truth::Truth;

/// Why a value cannot be known from the code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// A variable or parameter without a value.
    Input,
    /// Something that exists outside the code.
    DataSource,
    /// An attribute that Azure fills in.
    ComputedAtApply,
    /// A function whose result is only known at apply, or that failed here.
    Function,
    /// A module whose code is not on disk.
    RemoteModule,
    /// A `count` or `for_each` that is not known.
    Repetition,
    /// The evaluation would have cost too much.
    Budget,
    /// The value depends on itself.
    Cycle,
    /// The language allows it; aksnet does not understand it yet.
    NotSupported,
    /// The code that gives it does not parse.
    Broken,
    /// The language would refuse the expression: a name that is not declared, an index out of range.
    Wrong,
    /// Var files that may or may not be used give it different values.
    VariantDependent,
}

/// The kind of a value whose content is not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// True or false.
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list, tuple or set.
    List,
    /// An object or map.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Bool => "bool",
            Kind::Number => "number",
            Kind::Text => "string",
            Kind::List => "list",
            Kind::Object => "object",
        })
    }
}

/// The number of an unknown quantity in its root: equal numbers mean equal values, whatever they are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TermId(pub u32);

/// An unknown quantity, or the opposite of an unknown truth.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    /// Which quantity.
    pub id: TermId,
    /// Whether the opposite is meant; only for truths.
    pub negated: bool,
}

/// What is known about a value that is not known.
#[derive(Clone, Debug)]
pub struct Unknown<T> {
    /// Why it is not known.
    pub cause: Cause,
    /// Where the trail of the unknown ends: the node of the variable, data source or call that would have to be known.
    pub origin: ProvId,
    /// Its kind, if that is known.
    pub kind: Option<Kind>,
    /// Whether it is null.
    pub null: Truth,
    /// The least and greatest number that it can be.
    pub bounds: Option<Interval>,
    /// All values that it can be, if they can be listed; null is said by `null` alone.
    pub one_of: Option<Arc<[T]>>,
    /// Which quantity it is, where two occurrences are known to be the same.
    pub term: Option<Term>,
    /// For a string: its known and unknown parts in order.
    pub pieces: Option<Arc<[Piece]>>,
}

/// A part of a string that is not known as a whole.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Characters that are known.
    Text(Arc<str>),
    /// A value that is not known; never null.
    Hole(Tree),
}

impl<T> Unknown<T> {
    /// Returns an unknown value of which nothing is known but why.
    pub fn new(cause: Cause, origin: ProvId) -> Self {
        Unknown {
            cause,
            origin,
            kind: None,
            null: Truth::Unknown,
            bounds: None,
            one_of: None,
            term: None,
            pieces: None,
        }
    }

    /// Returns it with a known kind.
    #[must_use]
    pub fn of_kind(self, kind: Kind) -> Self {
        Unknown {
            kind: Some(kind),
            ..self
        }
    }

    /// Returns it as never null.
    #[must_use]
    pub fn not_null(self) -> Self {
        Unknown {
            null: Truth::False,
            ..self
        }
    }

    /// Returns it with everything known about its content forgotten, but not why and where from.
    pub fn forget<U>(&self) -> Unknown<U> {
        Unknown::new(self.cause, self.origin)
    }

    /// Returns it for another type: the alternatives are changed one by one, and forgotten if one has no counterpart.
    pub fn map<U>(self, change: impl FnMut(T) -> Option<U>) -> Unknown<U>
    where
        T: Clone,
    {
        let one_of = self
            .one_of
            .and_then(|all| all.iter().cloned().map(change).collect::<Option<Vec<_>>>());
        Unknown {
            cause: self.cause,
            origin: self.origin,
            kind: self.kind,
            null: self.null,
            bounds: self.bounds,
            one_of: one_of.map(Into::into),
            term: self.term,
            pieces: self.pieces,
        }
    }
}
