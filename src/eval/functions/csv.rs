//! `csvdecode`: RFC 4180 as Go reads it, with its errors.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::{Failure, quoted};
use crate::source::Symbol;
use crate::value::{Kind, ListKind};

/// `csvdecode(text)`: an object for each line but the first, which names the columns.
pub(super) fn decode(call: &mut Call<'_>) -> Answer {
    let [text] = call.args else {
        return Err(call.arity());
    };
    let text = Reader::giving(Kind::List).text(text)?;
    call.create(text.len().saturating_mul(2))?;
    let mut rest = &*text;
    let Some(names) = record(call, &mut rest)? else {
        return Err(Failure::wrong("there is no line that names the columns"));
    };
    let names: Vec<Symbol> = names.into_iter().map(Symbol::from).collect();
    for (at, name) in names.iter().enumerate() {
        call.spend(at / 16 + 1)?;
        if names[..at].contains(name) {
            return Err(Failure::Wrong(format!("two columns {}", quoted(name))));
        }
    }
    let mut rows = Vec::new();
    while let Some(fields) = record(call, &mut rest)? {
        if fields.len() != names.len() {
            return Err(Failure::wrong("a line of another number of fields"));
        }
        let mut row = BTreeMap::new();
        for (name, field) in names.iter().zip(fields) {
            row.insert(name.clone(), call.text(field)?);
        }
        rows.push(call.object(row)?);
    }
    call.sequence(ListKind::List, rows)
}

/// Takes a line with its end, which becomes `\n`; empty when there is none.
fn line(rest: &mut &str) -> String {
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let (line, after) = rest.split_at(end);
    *rest = after;
    match line.strip_suffix("\r\n") {
        Some(line) => format!("{line}\n"),
        None => line.strip_suffix('\r').unwrap_or(line).to_owned(),
    }
}

/// Reads the fields of the next line that is not empty; `None` behind the last.
fn record(call: &mut Call<'_>, rest: &mut &str) -> Result<Option<Vec<String>>, Failure> {
    let mut current = String::from("\n");
    while current == "\n" {
        current = line(rest);
    }
    if current.is_empty() {
        return Ok(None);
    }
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        call.create(size_of::<String>())?;
        let more = if current[at..].starts_with('"') {
            at += 1;
            let (field, end, more) = quoted_field(&mut current, at, rest)?;
            fields.push(field);
            at = end;
            more
        } else {
            let found = current[at..].find(',');
            let end = found.map_or(current.len(), |comma| at + comma);
            let field = current[at..end].trim_end_matches('\n');
            if field.contains('"') {
                return Err(Failure::wrong("a quote inside a field without quotes"));
            }
            fields.push(field.to_owned());
            at = end + 1;
            found.is_some()
        };
        if !more {
            return Ok(Some(fields));
        }
    }
}

/// Reads a field behind its first quote, over as many lines as it has. Returns also where the next one begins, and whether
/// there is one.
fn quoted_field(
    current: &mut String,
    start: usize,
    rest: &mut &str,
) -> Result<(String, usize, bool), Failure> {
    let mut field = String::new();
    let mut at = start;
    loop {
        let Some(quote) = current[at..].find('"') else {
            field.push_str(&current[at..]);
            *current = line(rest);
            at = 0;
            if current.is_empty() {
                return Err(Failure::wrong("a quote that does not end"));
            }
            continue;
        };
        field.push_str(&current[at..at + quote]);
        at += quote + 1;
        match current[at..].chars().next() {
            Some('"') => {
                field.push('"');
                at += 1;
            }
            Some(',') => return Ok((field, at + 1, true)),
            None | Some('\n') => return Ok((field, at, false)),
            Some(_) => return Err(Failure::wrong("characters behind a quote")),
        }
    }
}
