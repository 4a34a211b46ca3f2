//! Fills in what is not written, at the block that lacks it. Knows no attribute by name, and not what is filled in.

use std::cell::RefCell;

use crate::source::Symbol;
use crate::truth::Truth;
use crate::value::{Interval, List, ProvId, ProvKind, ProvNode, Provenance, State, Unknown, Value};

/// Writes down where values come from that nobody wrote.
#[derive(Clone, Copy)]
pub(super) struct Filler<'a>(pub &'a RefCell<Provenance>);

impl Filler<'_> {
    /// Returns the value, or what fills it in when it is not written.
    pub(super) fn or<T: Clone>(self, value: Value<T>, kind: ProvKind, default: T) -> Value<T> {
        self.fill(value, kind, default, None)
    }

    /// Returns the number, or what fills it in when it is not written.
    pub(super) fn or_number(self, value: Value<u32>, kind: ProvKind, default: u32) -> Value<u32> {
        let bounds = Interval::exactly(i64::from(default));
        self.fill(value, kind, default, Some(bounds))
    }

    /// Returns the list, or what fills it in when it is not written.
    pub(super) fn or_list<T: Clone>(self, list: List<T>, kind: ProvKind, items: &[T]) -> List<T> {
        let place = self.filled(list.prov, kind);
        let items = items
            .iter()
            .map(|item| Value::known(item.clone(), place))
            .collect();
        self.or(list, kind, items)
    }

    /// Returns the end of a trail for what would have to be written where a value is not.
    pub(super) fn lacks(self, prov: ProvId, symbol: impl Into<Symbol>) -> ProvId {
        let span = self.0.borrow().node(prov).span;
        self.add(ProvNode::new(ProvKind::AzureDefault, span).named(symbol))
    }

    /// Returns the value as one that is not known, in its place.
    pub(super) fn unknown<T>(self, value: &Value<T>, unknown: Unknown<T>) -> Value<T> {
        let prov = self.above(value.prov, unknown.origin);
        Value::unknown(unknown, prov)
    }

    /// Returns an absent value as one that Azure chooses among these, or among whatever there is.
    pub(super) fn or_chosen<T: Clone>(
        self,
        value: Value<T>,
        symbol: impl Into<Symbol>,
        among: Option<&[T]>,
    ) -> Value<T> {
        if !value.is_absent() {
            return value;
        }
        let origin = self.lacks(value.prov, symbol);
        let unknown = Unknown {
            one_of: among.map(Into::into),
            ..Unknown::new(crate::value::Cause::ComputedAtApply, origin).not_null()
        };
        self.unknown(&value, unknown)
    }

    fn fill<T: Clone>(
        self,
        value: Value<T>,
        kind: ProvKind,
        default: T,
        bounds: Option<Interval>,
    ) -> Value<T> {
        match value.state {
            State::Absent => Value::known(default, self.filled(value.prov, kind)),
            State::Unknown(unknown) if !unknown.null.is_false() => {
                let one_of = unknown.one_of.as_deref().map(|all| {
                    let default = std::iter::once(default);
                    all.iter().cloned().chain(default).collect()
                });
                let state = State::Unknown(Unknown {
                    null: Truth::False,
                    bounds: unknown.bounds.zip(bounds).map(|(a, b)| a.hull(b)),
                    one_of,
                    term: None,
                    ..unknown
                });
                Value { state, ..value }
            }
            State::Known(_) | State::Invalid { .. } | State::Unknown(_) => value,
        }
    }

    /// Returns the head of what is filled in where nothing is written.
    fn filled(self, prov: ProvId, kind: ProvKind) -> ProvId {
        let span = self.0.borrow().node(prov).span;
        let filled = self.add(ProvNode::new(kind, span));
        self.above(prov, filled)
    }

    /// Returns the same head with another way behind it.
    fn above(self, head: ProvId, parent: ProvId) -> ProvId {
        let node = self.0.borrow().node(head).clone();
        self.add(ProvNode {
            parent: Some(parent),
            ..node
        })
    }

    fn add(self, node: ProvNode) -> ProvId {
        self.0.borrow_mut().add(node)
    }
}
