//! `yamlencode`: block style, strings in quotes or, over several lines, as literal blocks, long ones broken at blanks. The
//! layout is that of libyaml's emitter, as Terraform's answers show it.

use std::fmt::Write as _;

use super::not_supported;
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::eval::functions::reader::{Reader, opaque};
use crate::eval::functions::{Answer, Call};
use crate::value::{Kind, Node, Tree};

/// The column behind which a string in quotes is broken at the next blank.
const WIDTH: usize = 80;

/// The length from which a key stands on lines of its own.
const LONG_KEY: usize = 128;

/// How deeply values may nest in a text.
const DEPTH: usize = 100;

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    /// Behind `- `.
    Item,
    /// Behind `"key":`.
    Value,
}

/// `yamlencode(value)`
pub(in crate::eval::functions) fn encode(call: &mut Call<'_>) -> Answer {
    let [value] = call.args else {
        return Err(call.arity());
    };
    let mut writer = Writer::default();
    writer.node(call, value, None, Place::Root)?;
    if !writer.text.ends_with('\n') {
        writer.text.push('\n');
    }
    if matches!(value.node, Node::Null | Node::Bool(_) | Node::Number(_)) {
        writer.text.push_str("...\n");
    }
    Ok(call.make(writer.text))
}

#[derive(Default)]
struct Writer {
    text: String,
    /// How many characters stand on the last line.
    column: usize,
    depth: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    /// Begins a line at an indent, unless one has just begun.
    fn line(&mut self, indent: usize) {
        if self.column > 0 {
            self.text.push('\n');
        }
        self.column = 0;
        self.put(&" ".repeat(indent));
    }

    /// Writes a value; `around` is the indent of the collection that it is in.
    fn node(
        &mut self,
        call: &mut Call<'_>,
        tree: &Tree,
        around: Option<usize>,
        place: Place,
    ) -> Result<(), Failure> {
        let reader = Reader::giving(Kind::Text);
        if let Some(unknown) = opaque(tree) {
            return Err(reader.unknown(unknown));
        }
        call.create(8 + around.unwrap_or(0))?;
        if self.depth > DEPTH {
            return Err(call.not_supported(Kind::Text));
        }
        match &tree.node {
            Node::List(list) if !list.items.is_empty() => {
                self.depth += 1;
                self.list(call, reader.ordered(tree)?, around, place)?;
                self.depth -= 1;
                return Ok(());
            }
            Node::Object(_) if !reader.complete(tree)?.entries.is_empty() => {
                self.depth += 1;
                self.object(call, tree, around, place)?;
                self.depth -= 1;
                return Ok(());
            }
            _ => {}
        }
        if place != Place::Root {
            self.put(" ");
        }
        match &tree.node {
            Node::Bool(value) => self.put(if *value { "true" } else { "false" }),
            Node::Number(number) => self.put(&terraform::format_number(*number)),
            Node::Text(text) => self.string(call, text, around.map_or(2, |indent| indent + 2))?,
            Node::List(_) => self.put("[]"),
            Node::Object(_) => self.put("{}"),
            Node::Null | Node::Ref(_) | Node::Unknown(_) => self.put("null"),
        }
        Ok(())
    }

    fn list(
        &mut self,
        call: &mut Call<'_>,
        items: &[Tree],
        around: Option<usize>,
        place: Place,
    ) -> Result<(), Failure> {
        let indent = match (around, place) {
            (None, _) => 0,
            (Some(around), Place::Item) => around + 2,
            (Some(around), _) => around,
        };
        for (at, item) in items.iter().enumerate() {
            self.begin(indent, at, place);
            self.put("-");
            self.node(call, item, Some(indent), Place::Item)?;
        }
        Ok(())
    }

    fn object(
        &mut self,
        call: &mut Call<'_>,
        tree: &Tree,
        around: Option<usize>,
        place: Place,
    ) -> Result<(), Failure> {
        let indent = around.map_or(0, |around| around + 2);
        let object = Reader::giving(Kind::Text).complete(tree)?;
        for (at, (key, value)) in object.entries.iter().enumerate() {
            if key.contains('\n') || key.len() > LONG_KEY - 2 {
                return Err(call.not_supported(Kind::Text));
            }
            self.begin(indent, at, place);
            self.quoted(call, key, None)?;
            self.put(":");
            self.node(call, value, Some(indent), Place::Value)?;
        }
        Ok(())
    }

    /// Goes to where an element begins: the first one behind `- ` stays on its line.
    fn begin(&mut self, indent: usize, at: usize, place: Place) {
        if at == 0 && place == Place::Item {
            self.put(" ");
        } else {
            self.line(indent);
        }
    }

    fn string(&mut self, call: &mut Call<'_>, text: &str, indent: usize) -> Result<(), Failure> {
        let plain = |c: char| c == '\n' || (is_printable(c) && !is_break(c));
        let literal = text.contains('\n')
            && text.chars().all(plain)
            && !text.contains(" \n")
            && !text.ends_with(' ');
        if !literal {
            return self.quoted(call, text, Some(indent));
        }
        let lines = text.matches('\n').count() + 1;
        call.create(text.len().saturating_add(lines.saturating_mul(indent)))?;
        let hint = if text.starts_with([' ', '\n']) {
            "2"
        } else {
            ""
        };
        let chomp = match text.strip_suffix('\n') {
            None => "-",
            Some("") => "+",
            Some(rest) if rest.ends_with('\n') => "+",
            Some(_) => "",
        };
        self.put(&format!("|{hint}{chomp}"));
        for line in text.split_inclusive('\n') {
            if self.column > 0 {
                self.text.push('\n');
            }
            self.column = 0;
            let content = line.trim_end_matches('\n');
            if !content.is_empty() {
                self.put(&" ".repeat(indent));
                self.put(content);
            }
            if line.ends_with('\n') {
                self.text.push('\n');
                self.column = 0;
            }
        }
        Ok(())
    }

    /// Writes a string in quotes, broken at blanks if an indent is given.
    fn quoted(
        &mut self,
        call: &mut Call<'_>,
        text: &str,
        indent: Option<usize>,
    ) -> Result<(), Failure> {
        if text.contains(['\u{fffe}', '\u{ffff}']) {
            return Err(not_supported(call));
        }
        call.create(text.len().saturating_mul(2 + indent.unwrap_or(0) / WIDTH))?;
        self.put("\"");
        let mut blank_before = false;
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let is_blank = c == ' ';
            let inside = at > 0 && at + 1 < text.len();
            match indent {
                Some(indent) if is_blank && !blank_before && self.column > WIDTH && inside => {
                    self.line(indent);
                    if characters.peek().is_some_and(|(_, next)| *next == ' ') {
                        self.put("\\");
                    }
                }
                _ => self.character(c),
            }
            blank_before = is_blank;
        }
        self.put("\"");
        Ok(())
    }

    fn character(&mut self, c: char) {
        let short = match c {
            '\0' => "\\0",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\u{b}' => "\\v",
            '\u{c}' => "\\f",
            '\r' => "\\r",
            '\u{1b}' => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{85}' => "\\N",
            '\u{2028}' => "\\L",
            '\u{2029}' => "\\P",
            _ if is_printable(c) => {
                self.text.push(c);
                self.column += 1;
                return;
            }
            _ => {
                let mut long = String::new();
                // Writing to a string does not fail.
                let _ = match u32::from(c) {
                    code @ 0..=0xff => write!(long, "\\x{code:02X}"),
                    code @ 0x100..=0xffff => write!(long, "\\u{code:04X}"),
                    code => write!(long, "\\U{code:08X}"),
                };
                return self.put(&long);
            }
        };
        self.put(short);
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells whether the emitter writes a character as it is.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}') && c != '\u{feff}'
}
