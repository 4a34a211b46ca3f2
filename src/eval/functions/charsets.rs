//! `textencodebase64` and `textdecodebase64`, in the encodings that people use; others are not known.

use std::sync::Arc;

use super::reader::Reader;
use super::{Answer, Call, encoding};
use crate::eval::failure::Failure;
use crate::value::Kind;

/// A character encoding.
#[derive(Clone, Copy, PartialEq)]
enum Charset {
    Utf8,
    Utf16Little,
    Utf16Big,
    Latin1,
}

impl Charset {
    /// Returns the encoding of a name of IANA's registry, in any case.
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" => Some(Charset::Utf8),
            "utf-16le" => Some(Charset::Utf16Little),
            "utf-16be" => Some(Charset::Utf16Big),
            "iso-8859-1" | "latin1" => Some(Charset::Latin1),
            _ => None,
        }
    }

    /// Returns the bytes of a text, `None` if the encoding lacks one of its characters.
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        let units = text.encode_utf16();
        match self {
            Charset::Utf8 => Some(text.as_bytes().to_vec()),
            Charset::Utf16Little => Some(units.flat_map(u16::to_le_bytes).collect()),
            Charset::Utf16Big => Some(units.flat_map(u16::to_be_bytes).collect()),
            Charset::Latin1 => text.chars().map(|c| u8::try_from(c).ok()).collect(),
        }
    }

    /// Returns the text of bytes, `None` where they are not right.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let wide = |read: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = pairs.iter().copied().map(read).collect();
            String::from_utf16(&units).ok().filter(|_| odd.is_empty())
        };
        match self {
            Charset::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Charset::Utf16Little => wide(u16::from_le_bytes),
            Charset::Utf16Big => wide(u16::from_be_bytes),
            Charset::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
        }
    }
}

fn arguments(call: &Call<'_>) -> Result<(Arc<str>, Charset), Failure> {
    let [text, name] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let (text, name) = (reader.text(text)?, reader.text(name)?);
    match Charset::named(&name) {
        Some(charset) => Ok((text, charset)),
        None => Err(call.not_supported(Kind::Text)),
    }
}

/// `textencodebase64(text, encoding)`
pub(super) fn encode(call: &mut Call<'_>) -> Answer {
    let (text, charset) = arguments(call)?;
    call.create(text.len().saturating_mul(3))?;
    match charset.encode(&text) {
        Some(bytes) => call.text(encoding::base64(&bytes)),
        None => Err(Failure::wrong("the encoding lacks a character of the text")),
    }
}

/// `textdecodebase64(text, encoding)`
pub(super) fn decode(call: &mut Call<'_>) -> Answer {
    let (text, charset) = arguments(call)?;
    call.create(text.len().saturating_mul(2))?;
    let Some(bytes) = encoding::decode(&text) else {
        return Err(Failure::wrong("the text is not Base64"));
    };
    match charset.decode(&bytes) {
        Some(text) => call.text(text),
        None => Err(call.not_supported(Kind::Text)),
    }
}
