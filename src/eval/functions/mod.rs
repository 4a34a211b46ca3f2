//! Terraform's pure functions over values that may be partly unknown, and in `arm` those of Bicep and ARM templates. Only those in `files` read a file; none reads a clock or
//! the network, marks a value sensitive, or panics; what grows is paid from the budget before it is made.
//!
//! An element that a function hands through keeps its place; only new values are computed `here`.

mod addresses;
pub(crate) mod arm;
mod charsets;
mod collections;
mod contents;
mod conversion;
mod csv;
mod dates;
mod encoding;
mod files;
mod format;
mod hashes;
mod json;
mod lists;
mod logarithm;
mod maps;
mod numbers;
mod paths;
mod patterns;
mod pieces;
mod reader;
mod sets;
mod strings;
#[cfg(test)]
mod tests;
mod yaml;

use std::collections::BTreeMap;

use super::budget::{Budget, Exceeded};
use super::dialect::terraform;
use super::failure::Failure;
use crate::source::Symbol;
use crate::truth::Truth;
use crate::value::{Cause, Kind, ListKind, Node, Object, ProvId, Tree, TreeList, Unknown};

pub(crate) use files::{find_reading, text_of};
pub(crate) use pieces::Pieces;
pub(crate) use reader::opaque;

/// A call whose arguments are evaluated.
pub(crate) struct Call<'a> {
    /// The arguments, spread ones included.
    pub args: &'a [Tree],
    /// The way of what the call creates.
    pub here: ProvId,
    /// Pays for what the call creates.
    pub budget: &'a mut Budget,
}

/// A function of Terraform.
pub(crate) type Function = fn(&mut Call<'_>) -> Result<Tree, Failure>;

/// The result of a function.
type Answer = Result<Tree, Failure>;

/// All functions, sorted by name.
const FUNCTIONS: &[(&str, Function)] = &[
    ("abs", numbers::abs),
    ("abspath", paths::absolute),
    ("alltrue", lists::all_true),
    ("anytrue", lists::any_true),
    ("base64decode", encoding::base64_decode),
    ("base64encode", encoding::base64_encode),
    ("base64gunzip", encoding::base64_gunzip),
    ("base64gzip", encoding::base64_gzip),
    ("base64sha256", hashes::base64_sha256),
    ("base64sha512", hashes::base64_sha512),
    ("basename", paths::base_name),
    ("ceil", numbers::ceil),
    ("chomp", strings::chomp),
    ("chunklist", lists::chunklist),
    ("cidrcontains", addresses::cidr_contains),
    ("cidrhost", addresses::cidr_host),
    ("cidrnetmask", addresses::cidr_netmask),
    ("cidrsubnet", addresses::cidr_subnet),
    ("cidrsubnets", addresses::cidr_subnets),
    ("coalesce", collections::coalesce),
    ("coalescelist", collections::coalesce_list),
    ("compact", lists::compact),
    ("concat", lists::concat),
    ("contains", collections::contains),
    ("csvdecode", csv::decode),
    ("dirname", paths::folder_name),
    ("distinct", lists::distinct),
    ("element", collections::element),
    ("endswith", contents::ends_with),
    ("flatten", lists::flatten),
    ("floor", numbers::floor),
    ("format", format::format),
    ("formatdate", dates::format),
    ("formatlist", format::format_list),
    ("indent", strings::indent),
    ("index", collections::index),
    ("join", strings::join),
    ("jsondecode", json::decode),
    ("jsonencode", json::encode),
    ("keys", maps::keys),
    ("length", collections::length),
    ("log", numbers::log),
    ("lookup", maps::lookup),
    ("lower", strings::lower),
    ("matchkeys", lists::matchkeys),
    ("max", numbers::max),
    ("md5", hashes::md5),
    ("merge", maps::merge),
    ("min", numbers::min),
    ("one", collections::one),
    ("parseint", numbers::parse_int),
    ("pathexpand", paths::expand),
    ("pow", numbers::pow),
    ("range", lists::range),
    ("regex", patterns::regex),
    ("regexall", patterns::regex_all),
    ("replace", patterns::replace),
    ("reverse", lists::reverse),
    ("rsadecrypt", hashes::rsa_decrypt),
    ("setintersection", sets::intersection),
    ("setproduct", sets::product),
    ("setsubtract", sets::subtract),
    ("setunion", sets::union),
    ("sha1", hashes::sha1),
    ("sha256", hashes::sha256),
    ("sha512", hashes::sha512),
    ("signum", numbers::signum),
    ("slice", lists::slice),
    ("sort", lists::sort),
    ("split", strings::split),
    ("startswith", contents::starts_with),
    ("strcontains", contents::contains),
    ("strrev", strings::reverse),
    ("substr", strings::substr),
    ("sum", numbers::sum),
    ("textdecodebase64", charsets::decode),
    ("textencodebase64", charsets::encode),
    ("timeadd", dates::add),
    ("timecmp", dates::compare),
    ("title", strings::title),
    ("tobool", conversion::to_bool),
    ("tolist", conversion::to_list),
    ("tomap", conversion::to_map),
    ("tonumber", conversion::to_number),
    ("toset", conversion::to_set),
    ("tostring", conversion::to_text),
    ("transpose", maps::transpose),
    ("trim", strings::trim),
    ("trimprefix", strings::trim_prefix),
    ("trimspace", strings::trim_space),
    ("trimsuffix", strings::trim_suffix),
    ("upper", strings::upper),
    ("urldecode", encoding::url_decode),
    ("urlencode", encoding::url_encode),
    ("uuidv5", hashes::uuid_v5),
    ("values", maps::values),
    ("yamldecode", yaml::decode),
    ("yamlencode", yaml::encode),
    ("zipmap", maps::zipmap),
];

/// Returns the name of a function without the `core::` that may stand before each.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("core::").unwrap_or(name)
}

/// Returns the function of a plain name; `None` when there is none or it is not one of values alone.
pub(crate) fn find(name: &str) -> Option<Function> {
    let found = FUNCTIONS
        .binary_search_by_key(&name, |(name, _)| name)
        .ok()?;
    FUNCTIONS.get(found).map(|(_, function)| *function)
}

/// Tells whether a function gives something new at each run, or is the provider's.
pub(crate) fn is_impure(name: &str) -> bool {
    name.starts_with("provider::")
        || matches!(name, "bcrypt" | "plantimestamp" | "timestamp" | "uuid")
}

/// Tells whether a function does not look at the elements of a collection, so that their marks do not matter.
pub(crate) fn is_shallow(name: &str) -> bool {
    matches!(name, "keys" | "length")
}

/// Tells whether a value is sensitive or holds something that is: what is computed from it must be marked, too.
/// If looking would cost too much, it is.
pub(crate) fn holds_sensitive(tree: &Tree, budget: &mut Budget) -> bool {
    let mut waiting = vec![tree];
    while let Some(tree) = waiting.pop() {
        if tree.sensitive || budget.spend(1).is_err() {
            return true;
        }
        match &tree.node {
            Node::List(list) => waiting.extend(&list.items),
            Node::Object(object) => waiting.extend(object.entries.values()),
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Ref(_)
            | Node::Unknown(_) => {}
        }
    }
    false
}

/// Takes the steps of looking once at every argument: its characters, or its elements without what is in them.
pub(crate) fn read(args: &[Tree], budget: &mut Budget) -> Result<(), Exceeded> {
    for arg in args {
        budget.read(match &arg.node {
            Node::Text(text) => text.len(),
            Node::List(list) => size_of_val(list.items.as_slice()),
            Node::Object(object) => {
                let size = |key: &Symbol| size_of::<(Symbol, Tree)>() + key.len();
                object.entries.keys().map(size).sum()
            }
            Node::Unknown(unknown) => unknown.pieces.as_deref().map_or(0, size_of_val),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Ref(_) => 0,
        })?;
    }
    Ok(())
}

impl Call<'_> {
    /// Returns a new value.
    fn make(&self, node: impl Into<Node>) -> Tree {
        Tree::new(node.into(), self.here)
    }

    /// Returns a new string, paid for.
    fn text(&mut self, text: impl Into<String>) -> Answer {
        let text = text.into();
        self.create(text.len())?;
        Ok(self.make(text))
    }

    /// Returns a new sequence, paid for.
    fn sequence(&mut self, kind: ListKind, items: Vec<Tree>) -> Answer {
        self.create(items.len().saturating_mul(size_of::<Tree>()))?;
        Ok(self.make(TreeList { kind, items }))
    }

    /// Returns a new list of strings, paid for.
    fn texts(&mut self, texts: impl Iterator<Item = String>) -> Answer {
        let mut items = Vec::new();
        for text in texts {
            items.push(self.text(text)?);
        }
        self.sequence(ListKind::List, items)
    }

    /// Returns a new object, paid for.
    fn object(&mut self, entries: BTreeMap<Symbol, Tree>) -> Answer {
        self.create(entries.len().saturating_mul(size_of::<(Symbol, Tree)>()))?;
        Ok(self.make(Object::complete(entries)))
    }

    /// Pays for work.
    fn spend(&mut self, steps: usize) -> Result<(), Failure> {
        self.budget
            .spend(steps)
            .map_err(|Exceeded| self.too_costly())
    }

    /// Pays for bytes that are about to be made.
    fn create(&mut self, bytes: usize) -> Result<(), Failure> {
        self.budget
            .create(bytes)
            .map_err(|Exceeded| self.too_costly())
    }

    /// Compares two values.
    fn equal(&mut self, a: &Tree, b: &Tree) -> Result<Truth, Failure> {
        let truth = terraform::equal(a, b, self.budget);
        if self.budget.exceeded() {
            return Err(self.too_costly());
        }
        Ok(truth)
    }

    fn too_costly(&self) -> Failure {
        Failure::Unknown(Unknown::new(Cause::Budget, self.here))
    }

    /// Returns that Terraform has an answer that this code does not give.
    fn not_supported(&self, kind: Kind) -> Failure {
        Failure::Unknown(
            Unknown::new(Cause::NotSupported, self.here)
                .of_kind(kind)
                .not_null(),
        )
    }

    /// Returns that there are too few or too many arguments.
    fn arity(&self) -> Failure {
        let count = self.args.len();
        let noun = if count == 1 { "argument" } else { "arguments" };
        Failure::Wrong(format!("the function does not take {count} {noun}"))
    }
}
