//! Whose private DNS zone an id means. An id that is only known after apply still tells: it is neither `System` nor `None`.

use std::sync::Arc;

use super::filler::Filler;
use crate::model::{Choice, PrivateDnsZone};
use crate::value::{Cause, Piece, Problem, State, Unknown, Value};

/// What the resource type of a private DNS zone is called where its id is referred to.
const KIND: &str = "azurerm_private_dns_zone";

/// What the id of a private DNS zone has in it, in lower case.
const SEGMENT: &str = "/privatednszones/";

/// Returns whose zone it is. An empty text is not written: the provider and Azure take it so.
pub(super) fn zone(id: &Value<Arc<str>>, filler: Filler<'_>) -> Value<PrivateDnsZone> {
    let state = match &id.state {
        State::Known(text) => of_text(text),
        State::Unknown(unknown) if is_id(unknown) || is_reference(id, unknown, filler) => {
            State::Known(PrivateDnsZone::Custom)
        }
        State::Unknown(unknown) => State::Unknown(unknown.clone().map(|text| known(&text))),
        State::Absent => State::Absent,
        State::Invalid { text, problem } => State::Invalid {
            text: Arc::clone(text),
            problem: problem.clone(),
        },
    };
    Value {
        state,
        prov: id.prov,
        written_at: id.written_at,
        sensitive: id.sensitive,
    }
}

fn of_text(text: &Arc<str>) -> State<PrivateDnsZone> {
    if text.is_empty() {
        return State::Absent;
    }
    known(text).map_or_else(
        || State::Invalid {
            text: Arc::clone(text),
            problem: Problem::Choice(PrivateDnsZone::WORDS),
        },
        State::Known,
    )
}

fn known(text: &str) -> Option<PrivateDnsZone> {
    let id = text.to_ascii_lowercase().contains(SEGMENT);
    if id {
        return Some(PrivateDnsZone::Custom);
    }
    [PrivateDnsZone::System, PrivateDnsZone::None]
        .into_iter()
        .find(|zone| zone.to_string().eq_ignore_ascii_case(text))
}

/// Tells whether a known part of the text says that it is the id of a zone.
fn is_id(unknown: &Unknown<Arc<str>>) -> bool {
    let pieces = unknown.pieces.as_deref().unwrap_or_default();
    pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.to_ascii_lowercase().contains(SEGMENT),
        Piece::Hole(_) => false,
    })
}

/// Tells whether the value is the id of a zone in the code: its way leads to that attribute, not to a condition.
fn is_reference(id: &Value<Arc<str>>, unknown: &Unknown<Arc<str>>, filler: Filler<'_>) -> bool {
    let trail = filler.0.borrow();
    let origin = trail.node(unknown.origin);
    let named = origin.symbol.as_ref().is_some_and(|symbol| {
        let parts: Vec<&str> = symbol.as_str().split('.').collect();
        parts.contains(&KIND) && parts.last() == Some(&"id")
    });
    let apply = matches!(unknown.cause, Cause::ComputedAtApply | Cause::DataSource);
    named
        && apply
        && !unknown.null.is_true()
        && unknown.one_of.is_none()
        // What a condition on the id leads to has its origin too, but is another quantity.
        && unknown.term.is_some()
        && trail.chain(id.prov).contains(&unknown.origin)
}
