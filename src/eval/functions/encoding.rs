//! Base64 and URLs.

use std::fmt::Write as _;
use std::sync::Arc;

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::Failure;
use crate::value::Kind;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn one_text(call: &Call<'_>) -> Result<Arc<str>, Failure> {
    match call.args {
        [text] => Reader::giving(Kind::Text).text(text),
        _ => Err(call.arity()),
    }
}

/// `base64encode(text)`
pub(super) fn base64_encode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len().saturating_mul(2))?;
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sextet = (bits >> (18 - 6 * place)) & 63;
            encoded.push(if place <= chunk.len() {
                char::from(ALPHABET[sextet as usize])
            } else {
                '='
            });
        }
    }
    call.text(encoded)
}

/// `base64decode(text)`; the bytes must be UTF-8.
pub(super) fn base64_decode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len())?;
    match decode(&text).and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(decoded) => call.text(decoded),
        None => Err(Failure::wrong("the text is not Base64 of a UTF-8 text")),
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let symbols: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    if !symbols.len().is_multiple_of(4) {
        return None;
    }
    let padding = symbols
        .iter()
        .rev()
        .take_while(|byte| **byte == b'=')
        .count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::new();
    let mut bits = 0;
    for (at, symbol) in symbols[..symbols.len() - padding].iter().enumerate() {
        let sextet = ALPHABET.iter().position(|known| known == symbol)?;
        bits = (bits << 6 | sextet) & 0xffff;
        if at % 4 != 0 {
            let spare = 6 - 2 * (at % 4);
            bytes.push(u8::try_from(bits >> spare & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// `urlencode(text)`, as in a query: a blank is a plus.
pub(super) fn url_encode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len().saturating_mul(3))?;
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    call.text(encoded)
}
