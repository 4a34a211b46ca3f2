//! JSON that can be looked at: indented, and without a raw character that a terminal or a CI service would obey. It means the
//! same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::plain::is_harmless_at;

/// Writes a value as JSON, and a line's end.
pub(super) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let harmless = Harmless(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(&mut *out, harmless))?;
    writeln!(out)
}

/// Indents as serde's own formatter does, and escapes what that leaves in strings.
struct Harmless(PrettyFormatter<'static>);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in text.char_indices() {
            if !is_harmless_at(text, at, c) {
                out.write_all(&text.as_bytes()[written..at])?;
                write!(out, "\\u{:04x}", u32::from(c))?;
                written = at + c.len_utf8();
            }
        }
        out.write_all(&text.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plain::is_harmful;
    use serde_json::{Value, json};

    #[test]
    fn every_harmful_character_is_escaped_and_means_the_same() {
        let text: String = (0..=0xffff).filter_map(char::from_u32).collect();
        let value = json!({ text.clone(): [text, [], {}, {"a": 1}] });
        let mut out = Vec::new();
        write_json(&value, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(!out.replace('\n', "").contains(is_harmful));
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), value);
    }

    #[test]
    fn no_string_holds_a_command() {
        let value = json!({"##vso[a]": "##[error]x"});
        let mut out = Vec::new();
        write_json(&value, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(!out.contains("##"), "{out}");
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), value);
    }

    #[test]
    fn what_is_harmless_is_written_as_by_serde() {
        let value = json!({"a": [1, "ö\n\"\\", [], {}], "b": {"c": null}});
        let mut out = Vec::new();
        write_json(&value, &mut out).unwrap();
        let plain = serde_json::to_string_pretty(&value).unwrap() + "\n";
        assert_eq!(String::from_utf8(out).unwrap(), plain);
    }
}
