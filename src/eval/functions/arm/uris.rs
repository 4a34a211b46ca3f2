//! Functions of URIs.

use super::undocumented;
use crate::eval::failure::Failure;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, encoding};
use crate::value::{Cause, Kind, Tree, Unknown};

fn one<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [text] => Ok(text),
        _ => Err(call.arity()),
    }
}

fn reader() -> Reader {
    Reader::giving(Kind::Text)
}

/// `uri(base, relative)`: the relative path replaces what stands behind the last slash of the base's path.
pub(super) fn uri(call: &mut Call<'_>) -> Answer {
    let [base, relative] = call.args else {
        return Err(call.arity());
    };
    let (base, relative) = (reader().exact_text(base)?, reader().exact_text(relative)?);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '/');
    let segments = |text: &str| !text.split('/').any(|part| matches!(part, "." | ".."));
    let relative_is_plain =
        relative.chars().all(plain) && !relative.starts_with('/') && segments(&relative);
    let Some((scheme, rest)) = base.split_once("://") else {
        return undocumented(call, Kind::Text);
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // What else .NET changes in a URI is left to it: letters of a host, default ports, dots and escapes.
    let host_is_plain = !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.'));
    let known = matches!(scheme, "http" | "https")
        && host_is_plain
        && path.chars().all(plain)
        && segments(path)
        && relative_is_plain
        && !relative.is_empty();
    if !known {
        return undocumented(call, Kind::Text);
    }
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    call.text(format!("{scheme}://{host}/{folder}{relative}"))
}

/// `buildUri(parts)`
pub(super) fn build(call: &mut Call<'_>) -> Answer {
    undocumented(call, Kind::Text)
}

/// `uriComponent(text)`
pub(super) fn component(call: &mut Call<'_>) -> Answer {
    reader().exact_text(one(call)?)?;
    let encoded = encoding::url_encode(call)?;
    let text = reader().exact_text(&encoded)?;
    call.text(text.replace('+', "%20"))
}

/// `uriComponentToString(text)`
pub(super) fn component_to_string(call: &mut Call<'_>) -> Answer {
    let text = reader().exact_text(one(call)?)?;
    let text = call.text(text.replace('+', "%2B"))?;
    super::with(call, &[text], encoding::url_decode).map_err(|failure| match failure {
        // .NET leaves alone what is no escape.
        Failure::Wrong(_) => Failure::Unknown(
            Unknown::new(Cause::NotSupported, call.here)
                .of_kind(Kind::Text)
                .not_null(),
        ),
        unknown @ Failure::Unknown(_) => unknown,
    })
}

/// `dataUri(text)`
pub(super) fn data_uri(call: &mut Call<'_>) -> Answer {
    reader().exact_text(one(call)?)?;
    let encoded = encoding::base64_encode(call)?;
    let text = reader().exact_text(&encoded)?;
    call.text(format!("data:text/plain;charset=utf8;base64,{text}"))
}

/// `dataUriToString(uri)`
pub(super) fn data_uri_to_string(call: &mut Call<'_>) -> Answer {
    let text = reader().exact_text(one(call)?)?;
    let inside = text.strip_prefix("data:");
    let Some((kind, data)) = inside.and_then(|rest| rest.split_once(";base64,")) else {
        return undocumented(call, Kind::Text);
    };
    let kind = kind.to_ascii_lowercase();
    if kind.contains("charset")
        && !(kind.ends_with("charset=utf8") || kind.ends_with("charset=utf-8"))
    {
        return undocumented(call, Kind::Text);
    }
    let data = call.text(data)?;
    super::with(call, &[data], encoding::base64_decode)
}
