//! What the configuration says about roots and about things that are not in the code: values with their place in it.
//! Filled in by `config`, read by the evaluator.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::source::{FilePath, SourceId, Span, Symbol};

/// A value that stands in the configuration.
#[derive(Clone, Debug)]
pub struct Constant {
    /// The value.
    pub kind: ConstantKind,
    /// Its bytes in the configuration.
    pub place: Range<usize>,
}

/// A value without its place.
#[derive(Clone, Debug)]
pub enum ConstantKind {
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A string.
    Text(Arc<str>),
    /// A list.
    List(Vec<Constant>),
    /// A table.
    Object(Vec<(Symbol, Constant)>),
}

impl Constant {
    /// Returns its place in the text of the configuration.
    pub fn span(&self, source: SourceId) -> Span {
        Span::new(source, self.place.start, self.place.end)
    }
}

/// Which values a root is judged with: one of its variants if there are several for its folder.
#[derive(Clone, Debug)]
pub struct RootSettings {
    /// The folder.
    pub path: FilePath,
    /// The bytes that name the folder.
    pub place: Range<usize>,
    /// What the variant is called.
    pub name: Option<String>,
    /// Its var files as written, relative to its folder, in order; each with its bytes.
    pub var_files: Vec<(String, Range<usize>)>,
    /// The values of variables, which go before those of var files; each name with its bytes.
    pub vars: Vec<(Symbol, Range<usize>, Constant)>,
}

impl RootSettings {
    /// Returns what the variant is called: its name, else its last var file as seen from the project root.
    pub fn variant(&self) -> Option<String> {
        let last = self.var_files.last().map(|(file, _)| {
            let below = self.path.join(file);
            below.map_or_else(|| file.clone(), |file| file.as_str().to_owned())
        });
        self.name.clone().or(last)
    }
}

/// What the configuration says about something that is not in the code.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub about: Address,
    /// The bytes that say so.
    pub place: Range<usize>,
    /// The folder of the root that it is about; `None` for every root that has something of that address.
    pub root: Option<FilePath>,
    /// The values, by attribute; that of a variable or output is called `value`.
    pub values: Vec<(Symbol, Constant)>,
}

/// All facts, and the text that they stand in.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The configuration.
    pub source: SourceId,
    /// The facts, in its order.
    pub all: Vec<Fact>,
}

/// An address in a root: `module.net["a"].data.azurerm_subnet.nodes`, `var.range`, `module.net.subnet_id`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// As written.
    pub text: String,
    /// The names of the calls on the way.
    pub calls: Vec<Symbol>,
    /// What lies there.
    pub what: What,
}

/// What an address leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A variable of the root.
    Variable(Symbol),
    /// A data source: its type and name.
    Data(Symbol, Symbol),
    /// An output of the last call.
    Output(Symbol),
}

impl Address {
    /// Reads an address; `None` if it is none that a fact can be about.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = without_keys(text)?;
        let mut names = bare.split('.');
        let mut calls = Vec::new();
        let is_name = |name: &str| {
            let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            !name.is_empty() && name.chars().all(letter)
        };
        let what = loop {
            match names.next()? {
                "module" => calls.push(Symbol::from(names.next().filter(|name| is_name(name))?)),
                "var" if calls.is_empty() => break What::Variable(names.next()?.into()),
                "data" => break What::Data(names.next()?.into(), names.next()?.into()),
                output if !calls.is_empty() => break What::Output(output.into()),
                _ => return None,
            }
        };
        let last = match &what {
            What::Variable(name) | What::Data(_, name) | What::Output(name) => name,
        };
        let complete = names.next().is_none() && is_name(last);
        complete.then(|| Address {
            text: text.to_owned(),
            calls,
            what,
        })
    }
}

/// Returns an address without `["a"]` and `[0]`; `None` if a bracket is not closed.
pub fn without_keys(address: &str) -> Option<String> {
    let mut bare = String::new();
    let mut rest = address;
    while let Some(open) = rest.find('[') {
        bare.push_str(&rest[..open]);
        let key = &rest[open + 1..];
        let close = match key.strip_prefix('"') {
            Some(quoted) => 1 + quoted.find("\"]")? + 1,
            None => key.find(']')?,
        };
        rest = &key[close + 1..];
    }
    bare.push_str(rest);
    Some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let read = |text| Address::parse(text).map(|address| (address.calls.len(), address.what));
        let data = |kind: &str, name: &str| What::Data(kind.into(), name.into());
        assert_eq!(read("var.x"), Some((0, What::Variable("x".into()))));
        assert_eq!(read("data.a.b[0]"), Some((0, data("a", "b"))));
        let nested = r#"module.net["a.b"].module.c[1].data.a.b"#;
        assert_eq!(read(nested), Some((2, data("a", "b"))));
        assert_eq!(read("module.net.id"), Some((1, What::Output("id".into()))));
        for wrong in [
            "",
            "x",
            "var",
            "var.x.y",
            "azurerm_subnet.a",
            "module.a.var.x",
            "module.a",
            "data.a",
            "data.a.b[0",
            "module..x",
            "data.a.b[\"x]",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
