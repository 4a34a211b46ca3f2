//! The value lattice: known, absent, invalid or unknown, with where the value came from.
//!
//! Evaluation works on [`Tree`]s, whose shape is only known when they are read; the model holds [`Value`]s of one type. Both
//! carry a [`ProvId`], from which [`Provenance`] tells the way of the value through the code, and both keep what is known
//! about an unknown value in [`Unknown`]. Nothing here reads text or knows a provider.

mod interval;
mod provenance;
mod tree;
mod unknown;

use std::sync::Arc;

use crate::cidr::CidrProblem;
use crate::source::Span;

pub use interval::Interval;
pub use provenance::{EXPORT, EntityId, Hop, ProvId, ProvKind, ProvNode, Provenance};
pub use tree::{Key, List as TreeList, ListKind, Node, Object, Reference, ResourceId, Step, Tree};
pub use unknown::{Cause, Kind, Piece, Term, TermId, Unknown};

/// A value of one type, as the model holds it.
#[derive(Clone, Debug)]
pub struct Value<T> {
    /// What is known of it.
    pub state: State<T>,
    /// Where it came from; the head of the chain is the attribute of an entity.
    pub prov: ProvId,
    /// The whole literal in a file, not inside a template: what a fix may edit.
    pub written_at: Option<Span>,
    /// Whether it must be masked wherever it would be printed.
    pub sensitive: bool,
}

/// A list whose elements have a place each and may be unknown alone.
pub type List<T> = Value<Vec<Value<T>>>;

/// What is known of a value.
#[derive(Clone, Debug)]
pub enum State<T> {
    /// It is this.
    Known(T),
    /// It is not written, or null, and nothing fills it in.
    Absent,
    /// It is written, but is not a `T`.
    Invalid {
        /// The text as written.
        text: Arc<str>,
        /// What is wrong with it.
        problem: Problem,
    },
    /// It is not known; it may be null unless [`Unknown::null`] says otherwise.
    Unknown(Unknown<T>),
}

/// Why a written value is not of the type that the model wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// Not a CIDR range.
    Cidr(CidrProblem),
    /// Not an IP address.
    Address,
    /// Not one of the words that are allowed.
    Choice(&'static [&'static str]),
    /// Not a value of this kind.
    Kind(Kind),
}

impl<T> Value<T> {
    /// Returns a known value.
    pub fn known(value: T, prov: ProvId) -> Self {
        Value {
            state: State::Known(value),
            prov,
            written_at: None,
            sensitive: false,
        }
    }

    /// Returns a value that is not there; `prov` is the block that lacks it.
    pub fn absent(prov: ProvId) -> Self {
        Value {
            state: State::Absent,
            prov,
            written_at: None,
            sensitive: false,
        }
    }

    /// Returns a value that is not known.
    pub fn unknown(unknown: Unknown<T>, prov: ProvId) -> Self {
        Value {
            state: State::Unknown(unknown),
            prov,
            written_at: None,
            sensitive: false,
        }
    }

    /// Returns the value if it is known.
    pub fn get(&self) -> Option<&T> {
        match &self.state {
            State::Known(value) => Some(value),
            State::Absent | State::Invalid { .. } | State::Unknown(_) => None,
        }
    }

    /// Tells whether it is known not to be there.
    pub fn is_absent(&self) -> bool {
        matches!(self.state, State::Absent)
    }

    /// Tells whether it is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self.state, State::Unknown(_))
    }

    /// Returns the value with its content changed; what is known about an unknown one is kept as far as it fits.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Value<U>
    where
        T: Clone,
    {
        let state = match self.state {
            State::Known(value) => State::Known(change(value)),
            State::Absent => State::Absent,
            State::Invalid { text, problem } => State::Invalid { text, problem },
            State::Unknown(unknown) => {
                State::Unknown(unknown.map(|alternative| Some(change(alternative))))
            }
        };
        Value {
            state,
            prov: self.prov,
            written_at: self.written_at,
            sensitive: self.sensitive,
        }
    }
}
