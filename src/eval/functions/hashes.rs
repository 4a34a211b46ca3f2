//! Digests, and the UUIDs that are made of them.

use std::fmt::Write as _;
use std::sync::Arc;

use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::reader::Reader;
use super::{Answer, Call, encoding};
use crate::eval::failure::{Failure, quoted};
use crate::value::Kind;

/// How bytes are digested.
#[derive(Clone, Copy)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

/// How a digest is written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Hexadecimal,
    Base64,
}

/// Returns the digest of bytes as a text.
pub(super) fn digest(algorithm: Algorithm, form: Form, bytes: &[u8]) -> String {
    let digest = match algorithm {
        Algorithm::Md5 => Md5::digest(bytes).to_vec(),
        Algorithm::Sha1 => Sha1::digest(bytes).to_vec(),
        Algorithm::Sha256 => Sha256::digest(bytes).to_vec(),
        Algorithm::Sha512 => Sha512::digest(bytes).to_vec(),
    };
    match form {
        Form::Hexadecimal => hexadecimal(&digest),
        Form::Base64 => encoding::base64(&digest),
    }
}

/// Returns bytes as two digits each.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn one_text(call: &Call<'_>) -> Result<Arc<str>, Failure> {
    match call.args {
        [text] => Reader::giving(Kind::Text).text(text),
        _ => Err(call.arity()),
    }
}

fn of_text(call: &mut Call<'_>, algorithm: Algorithm, form: Form) -> Answer {
    let text = one_text(call)?;
    call.text(digest(algorithm, form, text.as_bytes()))
}

/// `md5(text)`
pub(super) fn md5(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Md5, Form::Hexadecimal)
}

/// `sha1(text)`
pub(super) fn sha1(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Sha1, Form::Hexadecimal)
}

/// `sha256(text)`
pub(super) fn sha256(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Sha256, Form::Hexadecimal)
}

/// `sha512(text)`
pub(super) fn sha512(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Sha512, Form::Hexadecimal)
}

/// `base64sha256(text)`: of the bytes of the digest, not of its digits.
pub(super) fn base64_sha256(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Sha256, Form::Base64)
}

/// `base64sha512(text)`
pub(super) fn base64_sha512(call: &mut Call<'_>) -> Answer {
    of_text(call, Algorithm::Sha512, Form::Base64)
}

/// `rsadecrypt(text, key)`: a secret, which nobody needs to know here.
pub(super) fn rsa_decrypt(call: &mut Call<'_>) -> Answer {
    match call.args {
        [text, key] => {
            Reader::giving(Kind::Text).text(text)?;
            Reader::giving(Kind::Text).text(key)?;
            Err(call.not_supported(Kind::Text))
        }
        _ => Err(call.arity()),
    }
}

/// `uuidv5(namespace, name)`
pub(super) fn uuid_v5(call: &mut Call<'_>) -> Answer {
    let [namespace, name] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let (namespace, name) = (reader.text(namespace)?, reader.text(name)?);
    let Some(space) = known_namespace(&namespace).or_else(|| parse_uuid(&namespace)) else {
        return Err(Failure::Wrong(quoted(&namespace) + " is no UUID"));
    };
    let mut hash = Sha1::new();
    hash.update(space);
    hash.update(name.as_bytes());
    let mut bytes = hash.finalize()[..16].to_vec();
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = hexadecimal(&bytes);
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &digits[part]);
    call.text(parts.join("-"))
}

/// Returns a namespace of RFC 9562, section 6.6 (read 2026-11-22), by its name.
fn known_namespace(name: &str) -> Option<[u8; 16]> {
    let last = match name {
        "dns" => 0x10,
        "url" => 0x11,
        "oid" => 0x12,
        "x500" => 0x14,
        _ => return None,
    };
    let mut uuid = 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8_u128.to_be_bytes();
    uuid[3] = last;
    Some(uuid)
}

/// Reads a UUID: plain, without its hyphens, in braces, or as a URN.
fn parse_uuid(text: &str) -> Option<[u8; 16]> {
    let urn = text
        .get(..9)
        .filter(|start| start.eq_ignore_ascii_case("urn:uuid:"));
    let plain = match urn {
        Some(start) => &text[start.len()..],
        None => text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .unwrap_or(text),
    };
    let hyphens = |at: &usize| plain.as_bytes().get(*at) == Some(&b'-');
    let with_hyphens = plain.len() == 36 && [8, 13, 18, 23].iter().all(hyphens);
    let digits = match (with_hyphens, text.len()) {
        (true, _) => plain.replace('-', ""),
        (false, 32) => plain.to_owned(),
        _ => return None,
    };
    let hexadecimal = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let number = hexadecimal.then(|| u128::from_str_radix(&digits, 16).ok());
    Some(number??.to_be_bytes())
}
