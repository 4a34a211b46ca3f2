//! `[[terraform.root]]` and `[[facts]]`: which values roots are judged with, and what is not in the code. Whether such a
//! root or thing exists is not known here.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::Error;
use super::load::Reader;
use crate::project::{Address, Constant, ConstantKind, Fact, RootSettings, What};
use crate::source::{FilePath, Symbol};

/// `[terraform]` as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTerraform {
    #[serde(default)]
    root: Vec<WrittenRoot>,
}

/// An entry of `[[terraform.root]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenRoot {
    path: Spanned<String>,
    name: Option<Spanned<String>>,
    #[serde(default)]
    var_files: Vec<Spanned<String>>,
    #[serde(default)]
    vars: BTreeMap<Spanned<String>, Spanned<Written>>,
}

/// An entry of `[[facts]]` as it is written.
pub(super) type WrittenFact = Spanned<BTreeMap<Spanned<String>, Spanned<Written>>>;

/// Any value of TOML, each with its place.
pub(super) enum Written {
    Bool(bool),
    Number(Decimal),
    Text(String),
    List(Vec<Spanned<Written>>),
    Table(BTreeMap<Spanned<String>, Spanned<Written>>),
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, number, truth, list or table")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Written, E> {
        Ok(Written::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Written, E> {
        Ok(Written::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Written, E> {
        let number = Decimal::from_f64(value);
        number
            .map(Written::Number)
            .ok_or_else(|| E::custom("the number is too large"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Written, E> {
        Ok(Written::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Written, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Written::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Written, A::Error> {
        let mut table = BTreeMap::new();
        while let Some((key, value)) = entries.next_entry()? {
            table.insert(key, value);
        }
        Ok(Written::Table(table))
    }
}

impl Reader<'_> {
    /// Reads the entries of `[[terraform.root]]`.
    pub(super) fn roots(&self, written: &WrittenTerraform) -> Result<Vec<RootSettings>, Error> {
        let mut roots: Vec<RootSettings> = Vec::new();
        for entry in &written.root {
            let root = self.root(entry)?;
            if roots.iter().any(|other| is_same_variant(other, &root)) {
                let message = format!(
                    "two variants of {} cannot be told apart; give each a name",
                    root.path
                );
                return Err(self.error(entry.path.span(), message));
            }
            roots.push(root);
        }
        Ok(roots)
    }

    fn root(&self, entry: &WrittenRoot) -> Result<RootSettings, Error> {
        let vars = entry.vars.iter().map(|(name, value)| {
            let symbol = Symbol::from(name.get_ref().as_str());
            (symbol, name.span(), constant(value))
        });
        let var_files = entry.var_files.iter();
        let name = entry.name.as_ref();
        if let Some(name) = name.filter(|name| name.get_ref().trim().is_empty()) {
            return Err(self.error(name.span(), "the name is empty".to_owned()));
        }
        Ok(RootSettings {
            path: self.folder(&entry.path)?,
            place: entry.path.span(),
            name: name.map(|name| name.get_ref().clone()),
            var_files: var_files
                .map(|file| (file.get_ref().clone(), file.span()))
                .collect(),
            vars: vars.collect(),
        })
    }

    /// Reads the entries of `[[facts]]`.
    pub(super) fn facts(&self, written: &[WrittenFact]) -> Result<Vec<Fact>, Error> {
        let mut facts: Vec<Fact> = Vec::new();
        for entry in written {
            let fact = self.fact(entry)?;
            let again = facts
                .iter()
                .any(|other| other.about == fact.about && other.root == fact.root);
            if again {
                let message = format!("a second fact about {}", fact.about.text);
                return Err(self.error(fact.place, message));
            }
            facts.push(fact);
        }
        Ok(facts)
    }

    /// Reads an entry of `[[facts]]`.
    pub(super) fn fact(&self, entry: &WrittenFact) -> Result<Fact, Error> {
        let (mut address, mut root, mut values) = (None, None, Vec::new());
        for (key, value) in entry.get_ref() {
            match key.get_ref().as_str() {
                "address" => address = Some(self.text(value)?),
                "root" => root = Some(self.folder(&self.text(value)?)?),
                name => values.push((Symbol::from(name), key.span(), constant(value))),
            }
        }
        let Some(address) = address else {
            let message = "the key \"address\" is missing".to_owned();
            return Err(self.error(entry.span(), message));
        };
        let Some(about) = Address::parse(address.get_ref()) else {
            let message = format!(
                "{:?} is not an address that a fact can be about; write data.TYPE.NAME, var.NAME or \
                 module.NAME.OUTPUT",
                address.get_ref()
            );
            return Err(self.error(address.span(), message));
        };
        if let What::Variable(_) | What::Output(_) = about.what {
            let other = values.iter().find(|(name, ..)| name.as_str() != "value");
            if let Some((name, span, _)) = other {
                let message = format!(
                    "unknown key {name:?}; what it is stands in \"value\"",
                    name = name.as_str()
                );
                return Err(self.error(span.clone(), message));
            }
        }
        if values.is_empty() {
            let message = format!("nothing is said about {}", about.text);
            return Err(self.error(address.span(), message));
        }
        let values = values.into_iter().map(|(name, _, value)| (name, value));
        Ok(Fact {
            about,
            place: address.span(),
            root,
            values: values.collect(),
        })
    }

    /// Reads a folder below the project root.
    fn folder(&self, text: &Spanned<String>) -> Result<FilePath, Error> {
        FilePath::new(text.get_ref()).ok_or_else(|| {
            let message = format!("{:?} is no folder below the project root", text.get_ref());
            self.error(text.span(), message)
        })
    }

    fn text(&self, value: &Spanned<Written>) -> Result<Spanned<String>, Error> {
        match value.get_ref() {
            Written::Text(text) => Ok(Spanned::new(value.span(), text.clone())),
            _ => Err(self.error(value.span(), "this must be a string".to_owned())),
        }
    }
}

/// Tells whether two entries would be called the same.
fn is_same_variant(a: &RootSettings, b: &RootSettings) -> bool {
    a.path == b.path && a.variant() == b.variant()
}

fn constant(written: &Spanned<Written>) -> Constant {
    let kind = match written.get_ref() {
        Written::Bool(value) => ConstantKind::Bool(*value),
        Written::Number(value) => ConstantKind::Number(*value),
        Written::Text(text) => ConstantKind::Text(text.as_str().into()),
        Written::List(items) => ConstantKind::List(items.iter().map(constant).collect()),
        Written::Table(entries) => ConstantKind::Object(
            entries
                .iter()
                .map(|(key, value)| (Symbol::from(key.get_ref().as_str()), constant(value)))
                .collect(),
        ),
    };
    Constant {
        kind,
        place: written.span(),
    }
}
