//! Base64, with and without gzip, and URLs.

use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::Failure;
use crate::value::Kind;

/// How many bytes are unpacked at once.
const CHUNK: usize = 4096;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn one_text(call: &Call<'_>) -> Result<Arc<str>, Failure> {
    match call.args {
        [text] => Reader::giving(Kind::Text).text(text),
        _ => Err(call.arity()),
    }
}

/// Returns bytes in Base64, padded.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut encoded = String::new();
    for chunk in bytes.chunks(3) {
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
    encoded
}

/// `base64encode(text)`
pub(super) fn base64_encode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len().saturating_mul(2))?;
    call.text(base64(text.as_bytes()))
}

/// Reads the bytes of a text in Base64.
fn bytes_of(call: &mut Call<'_>, text: &str) -> Result<Vec<u8>, Failure> {
    call.create(text.len())?;
    decode(text).ok_or_else(|| Failure::wrong("the text is not Base64"))
}

/// `base64decode(text)`; the bytes must be UTF-8.
pub(super) fn base64_decode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    match String::from_utf8(bytes_of(call, &text)?) {
        Ok(decoded) => call.text(decoded),
        Err(_) => Err(Failure::wrong("the text is not Base64 of a UTF-8 text")),
    }
}

/// `base64gzip(text)`: what it gives depends on who compresses, so it is not known.
pub(super) fn base64_gzip(call: &mut Call<'_>) -> Answer {
    one_text(call)?;
    Err(call.not_supported(Kind::Text))
}

/// `base64gunzip(text)`, which only `OpenTofu` has.
pub(super) fn base64_gunzip(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    let packed = bytes_of(call, &text)?;
    let mut unpacked = Vec::new();
    let mut stream = MultiGzDecoder::new(packed.as_slice());
    let mut chunk = vec![0; CHUNK];
    loop {
        call.create(CHUNK)?;
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => unpacked.extend_from_slice(&chunk[..read]),
            Err(_) => return Err(Failure::wrong("the text is not Base64 of a gzip stream")),
        }
    }
    match String::from_utf8(unpacked) {
        Ok(text) => call.text(text),
        Err(_) => Err(call.not_supported(Kind::Text)),
    }
}

/// Returns the bytes of a text in Base64, `None` if it is none.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
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

/// `urldecode(text)`, which only `OpenTofu` has.
pub(super) fn url_decode(call: &mut Call<'_>) -> Answer {
    let text = one_text(call)?;
    call.create(text.len())?;
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match (first, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                let digit = |digit: u8| char::from(digit).to_digit(16);
                let value = digit(*high)
                    .zip(digit(*low))
                    .map(|(high, low)| high << 4 | low);
                let byte = value.and_then(|value| u8::try_from(value).ok());
                byte.ok_or_else(|| Failure::wrong("two digits must follow each `%`"))?
            }
            (b'%', _) => return Err(Failure::wrong("two digits must follow each `%`")),
            (byte, _) => *byte,
        });
    }
    match String::from_utf8(bytes) {
        Ok(decoded) => call.text(decoded),
        Err(_) => Err(call.not_supported(Kind::Text)),
    }
}
