//! Functions of strings. Characters are what a reader sees as one, as Terraform counts them.

use std::sync::Arc;

use super::pieces::Pieces;
use super::reader::{Reader, opaque};
use super::{Answer, Call};
use crate::eval::budget::Exceeded;
use crate::eval::failure::Failure;
use crate::value::{Kind, Tree};

const TEXT: Kind = Kind::Text;

fn reader() -> Reader {
    Reader::giving(TEXT)
}

fn one_text(call: &Call<'_>) -> Result<Arc<str>, Failure> {
    match call.args {
        [text] => reader().text(text),
        _ => Err(call.arity()),
    }
}

fn two_texts(call: &Call<'_>, kind: Kind) -> Result<(Arc<str>, Arc<str>), Failure> {
    let reader = Reader::giving(kind);
    match call.args {
        [a, b] => Ok((reader.text(a)?, reader.text(b)?)),
        _ => Err(call.arity()),
    }
}

/// Returns the characters of a text as a reader sees them, `None` where that takes more than looking at each alone.
pub(super) fn characters(text: &str) -> Option<Vec<&str>> {
    let alone = |c: char| {
        matches!(c, '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{3041}'..='\u{3096}')
            || matches!(c, '\u{30a0}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
            || matches!(c, '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20bf}')
    };
    let certain = !text.contains('\r') && text.chars().all(alone);
    certain.then(|| text.split("").filter(|part| !part.is_empty()).collect())
}

/// `lower(text)`
pub(super) fn lower(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len())?;
    let lower: String = text.chars().map(|c| single(c, c.to_lowercase())).collect();
    call.text(lower)
}

/// `upper(text)`
pub(super) fn upper(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len())?;
    let upper: String = text.chars().map(|c| single(c, c.to_uppercase())).collect();
    call.text(upper)
}

/// Returns the other case of a letter if it is one letter: Terraform leaves `ß` alone.
fn single(c: char, mut other: impl Iterator<Item = char>) -> char {
    match (other.next(), other.next()) {
        (Some(other), None) => other,
        _ => c,
    }
}

/// `title(text)`: capitals where a word begins.
pub(super) fn title(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    let mut begins = true;
    let mut titled = String::new();
    for c in text.chars() {
        titled.push(if begins {
            single(c, c.to_uppercase())
        } else {
            c
        });
        begins = if c.is_ascii() {
            !(c.is_ascii_alphanumeric() || c == '_')
        } else {
            c.is_whitespace()
        };
    }
    call.text(titled)
}

/// `trim(text, characters)`
pub(super) fn trim(call: &mut Call<'_>) -> Answer {
    let (text, cut) = two_texts(call, TEXT)?;
    call.spend(cut.len().saturating_mul(text.len() / 16 + 1))?;
    let cut: Vec<char> = cut.chars().collect();
    call.text(text.trim_matches(cut.as_slice()))
}

/// `trimspace(text)`
pub(super) fn trim_space(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.text(text.trim())
}

/// `trimprefix(text, prefix)`
pub(super) fn trim_prefix(call: &mut Call<'_>) -> Answer {
    let (text, prefix) = two_texts(call, TEXT)?;
    call.text(text.strip_prefix(&*prefix).unwrap_or(&text))
}

/// `trimsuffix(text, suffix)`
pub(super) fn trim_suffix(call: &mut Call<'_>) -> Answer {
    let (text, suffix) = two_texts(call, TEXT)?;
    call.text(text.strip_suffix(&*suffix).unwrap_or(&text))
}

/// `chomp(text)`: without line ends at its end.
pub(super) fn chomp(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.text(text.trim_end_matches(['\r', '\n']))
}

/// `strrev(text)`
pub(super) fn reverse(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len().saturating_mul(size_of::<&str>()))?;
    let Some(mut characters) = characters(&text) else {
        return Err(call.not_supported(TEXT));
    };
    characters.reverse();
    call.text(characters.concat())
}

/// `substr(text, offset, length)`: a negative offset counts from the end, a negative length is all the rest.
pub(super) fn substr(call: &mut Call<'_>) -> Answer {
    let [text, offset, length] = call.args else {
        return Err(call.arity());
    };
    let text = reader().text(text)?;
    let (offset, length) = (reader().integer(offset)?, reader().integer(length)?);
    call.create(text.len().saturating_mul(size_of::<&str>()))?;
    let Some(characters) = characters(&text) else {
        return Err(call.not_supported(TEXT));
    };
    let count = i128::try_from(characters.len()).unwrap_or(i128::MAX);
    let start = if offset < 0 {
        offset.saturating_add(count)
    } else {
        offset
    };
    let skipped = usize::try_from(start.max(0)).unwrap_or(usize::MAX);
    let taken = usize::try_from(length).unwrap_or(usize::MAX);
    let part: String = characters.into_iter().skip(skipped).take(taken).collect();
    call.text(part)
}

/// `indent(spaces, text)`: in front of every line but the first.
pub(super) fn indent(call: &mut Call<'_>) -> Answer {
    let [spaces, text] = call.args else {
        return Err(call.arity());
    };
    let spaces = reader().integer(spaces)?;
    let text = reader().text(text)?;
    let Ok(spaces) = usize::try_from(spaces) else {
        return Err(Failure::wrong("a negative indent"));
    };
    let lines = text.matches('\n').count();
    call.create(lines.saturating_mul(spaces))?;
    if lines == 0 {
        return call.text(&*text);
    }
    let margin = format!("\n{}", " ".repeat(spaces));
    call.text(text.replace('\n', &margin))
}

/// `join(separator, lists...)`: with unknown elements, a string of which parts are known.
pub(super) fn join(call: &mut Call<'_>) -> Answer {
    let [separator, lists @ ..] = call.args else {
        return Err(call.arity());
    };
    if lists.is_empty() {
        return Err(call.arity());
    }
    let separator = reader().text(separator)?;
    let mut pieces = Pieces::default();
    let mut first = true;
    for list in lists {
        for item in reader().ordered(list)? {
            if !first {
                call.create(separator.len())?;
                pieces.push(&separator);
            }
            first = false;
            add(call, &mut pieces, item)?;
        }
    }
    Ok(pieces.finish(call.here))
}

/// Adds a value to a string: its text if that is known.
fn add(call: &mut Call<'_>, pieces: &mut Pieces, item: &Tree) -> Result<(), Failure> {
    if opaque(item).is_some() {
        return add_unknown(call, pieces, item);
    }
    let text = reader().text(item)?;
    call.create(text.len())?;
    pieces.push(&text);
    Ok(())
}

/// Adds a value that is not known to a string.
pub(super) fn add_unknown(
    call: &mut Call<'_>,
    pieces: &mut Pieces,
    item: &Tree,
) -> Result<(), Failure> {
    let added = pieces.push_unknown(item, call.budget);
    added.map_err(|Exceeded| call.too_costly())
}

/// `split(separator, text)`
pub(super) fn split(call: &mut Call<'_>) -> Answer {
    let (separator, text) = two_texts(call, Kind::List)?;
    if separator.is_empty() {
        return call.texts(text.chars().map(String::from));
    }
    call.texts(text.split(&*separator).map(str::to_owned))
}
