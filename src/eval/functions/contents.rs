//! What strings begin with, end with and hold; of a string that is known in parts, as far as the parts tell.

use std::sync::Arc;

use super::reader::{Reader, opaque};
use super::{Answer, Call};
use crate::value::{Kind, Piece};

/// A string as far as it is known.
struct Known<'a> {
    /// The string, if all of it is known.
    whole: Option<Arc<str>>,
    /// The parts of one that is not known.
    pieces: &'a [Piece],
}

impl Known<'_> {
    /// Returns the known characters at one end of it.
    fn end(&self, piece: Option<&Piece>) -> Option<Arc<str>> {
        match (&self.whole, piece) {
            (Some(text), _) | (None, Some(Piece::Text(text))) => Some(text.clone()),
            (None, _) => None,
        }
    }
}

/// Tells something of a string and another: `ask` gets what is known of the one, the other, and says nothing where it
/// cannot tell.
fn decide(call: &Call<'_>, ask: fn(&Known<'_>, &str) -> Option<bool>) -> Answer {
    let [text, other] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Bool);
    let unknown = opaque(text);
    let pieces = text
        .as_unknown()
        .and_then(|unknown| unknown.pieces.as_deref());
    let whole = match (reader.text(text), unknown) {
        (Ok(text), _) => Some(text),
        (Err(_), Some(_)) => None,
        (Err(failure), None) => return Err(failure),
    };
    let known = Known {
        whole,
        pieces: pieces.unwrap_or_default(),
    };
    let other = reader.text(other)?;
    match (ask(&known, &other), unknown) {
        (Some(answer), _) => Ok(call.make(answer)),
        (None, Some(unknown)) => Err(reader.unknown(unknown)),
        (None, None) => Err(call.not_supported(Kind::Bool)),
    }
}

/// `startswith(text, prefix)`
pub(super) fn starts_with(call: &mut Call<'_>) -> Answer {
    decide(call, |known, prefix| {
        let Some(start) = known.end(known.pieces.first()) else {
            return prefix.is_empty().then_some(true);
        };
        let certain = known.whole.is_some() || start.len() >= prefix.len();
        let starts = start.starts_with(prefix);
        let differs = !prefix.starts_with(&*start);
        (certain || differs).then_some(starts)
    })
}

/// `endswith(text, suffix)`
pub(super) fn ends_with(call: &mut Call<'_>) -> Answer {
    decide(call, |known, suffix| {
        let Some(end) = known.end(known.pieces.last()) else {
            return suffix.is_empty().then_some(true);
        };
        let certain = known.whole.is_some() || end.len() >= suffix.len();
        let ends = end.ends_with(suffix);
        let differs = !suffix.ends_with(&*end);
        (certain || differs).then_some(ends)
    })
}

/// `strcontains(text, part)`
pub(super) fn contains(call: &mut Call<'_>) -> Answer {
    decide(call, |known, part| {
        let holds = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains(part));
        match &known.whole {
            Some(text) => Some(text.contains(part)),
            None => (part.is_empty() || known.pieces.iter().any(holds)).then_some(true),
        }
    })
}
