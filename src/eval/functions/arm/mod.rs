//! The pure functions of Bicep and ARM templates, and those that read files. What needs lambdas, leaves an argument unevaluated,
//! or asks what Azure or the deployment is, is not here.
//!
//! Source: learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions and its pages (read 2026-11-22). What they do
//! not say is not known here either.

mod addresses;
mod combination;
mod conversion;
mod files;
mod format;
mod numbers;
mod objects;
mod outside;
mod parts;
mod search;
mod sequences;
mod strings;
#[cfg(test)]
mod tests;
mod uris;

use super::pieces::Pieces;
use super::{Answer, Call, Function, strings as terraform_strings};
use crate::eval::dialect::arm;
use crate::eval::failure::Failure;
use crate::truth::Truth;
use crate::value::{Kind, Tree};

pub(crate) use files::find_loading;
pub(crate) use outside::{Outside, outside};

/// All pure functions, sorted by their names in small letters.
const FUNCTIONS: &[(&str, Function)] = &[
    ("=~", search::equal_in_any_case),
    ("add", numbers::add),
    ("any", conversion::any),
    ("array", conversion::array),
    ("base64", conversion::base64),
    ("base64tojson", conversion::base64_to_json),
    ("base64tostring", conversion::base64_to_string),
    ("bool", conversion::bool),
    ("builduri", uris::build),
    ("cidrhost", addresses::cidr_host),
    ("cidrsubnet", addresses::cidr_subnet),
    ("concat", combination::concat),
    ("contains", search::contains),
    ("createarray", combination::create_array),
    ("createobject", objects::create_object),
    ("datauri", uris::data_uri),
    ("datauritostring", uris::data_uri_to_string),
    ("datetimeadd", numbers::date_as_text),
    ("datetimefromepoch", numbers::date_as_text),
    ("datetimetoepoch", numbers::date_as_number),
    ("distinct", combination::distinct),
    ("div", numbers::div),
    ("empty", sequences::empty),
    ("endswith", search::ends_with),
    ("equals", search::equals),
    ("fail", outside::fail),
    ("first", sequences::first),
    ("flatten", combination::flatten),
    ("float", conversion::float),
    ("format", format::format),
    ("greater", numbers::greater),
    ("greaterorequals", numbers::greater_or_equals),
    ("guid", strings::guid),
    ("indexfromend", objects::index_from_end),
    ("indexof", search::index_of),
    ("int", conversion::int),
    ("intersection", combination::intersection),
    ("items", objects::items),
    ("join", strings::join),
    ("json", conversion::json),
    ("last", sequences::last),
    ("lastindexof", search::last_index_of),
    ("length", sequences::length),
    ("less", numbers::less),
    ("lessorequals", numbers::less_or_equals),
    ("max", numbers::max),
    ("min", numbers::min),
    ("mod", numbers::modulo),
    ("mul", numbers::mul),
    ("not", numbers::not),
    ("null", outside::null),
    ("objectkeys", objects::keys),
    ("padleft", strings::pad_left),
    ("parsecidr", addresses::parse_cidr),
    ("range", numbers::range),
    ("replace", strings::replace),
    ("shallowmerge", combination::shallow_merge),
    ("skip", sequences::skip),
    ("split", strings::split),
    ("startswith", search::starts_with),
    ("string", conversion::string),
    ("sub", numbers::sub),
    ("substring", sequences::substring),
    ("take", sequences::take),
    ("tolower", strings::to_lower),
    ("toupper", strings::to_upper),
    ("trim", strings::trim),
    ("tryindexfromend", objects::try_index_from_end),
    ("union", combination::union),
    ("uniquestring", strings::unique_string),
    ("uri", uris::uri),
    ("uricomponent", uris::component),
    ("uricomponenttostring", uris::component_to_string),
];

/// Returns the name of a function without Bicep's name of the namespace before it.
pub(crate) fn plain(name: &str) -> &str {
    let rest = name
        .strip_prefix("sys.")
        .or_else(|| name.strip_prefix("az."));
    rest.unwrap_or(name)
}

/// Returns the pure function of a name in any letter case; `None` when there is none.
pub(crate) fn find(name: &str) -> Option<Function> {
    let name = plain(name).to_ascii_lowercase();
    let found = FUNCTIONS
        .binary_search_by_key(&name.as_str(), |(name, _)| name)
        .ok()?;
    FUNCTIONS.get(found).map(|(_, function)| *function)
}

/// Tells whether a function does not look at the elements of a collection, so that their marks do not matter.
pub(crate) fn is_shallow(name: &str) -> bool {
    let plain = plain(name);
    ["length", "empty", "objectKeys"]
        .iter()
        .any(|shallow| plain.eq_ignore_ascii_case(shallow))
}

/// Calls a function with other arguments.
fn with(call: &mut Call<'_>, args: &[Tree], function: Function) -> Answer {
    function(&mut Call {
        args,
        here: call.here,
        budget: call.budget,
    })
}

/// Compares two values.
fn same(call: &mut Call<'_>, a: &Tree, b: &Tree) -> Result<Truth, Failure> {
    let truth = arm::equal(a, b, call.budget);
    if call.budget.exceeded() {
        return Err(call.too_costly());
    }
    Ok(truth)
}

/// Adds a value to a string: as it is printed if that is known.
fn push(call: &mut Call<'_>, pieces: &mut Pieces, value: &Tree) -> Result<(), Failure> {
    match arm::printed(value) {
        Ok(text) => {
            call.create(text.len())?;
            pieces.push(&text);
            Ok(())
        }
        Err(Failure::Unknown(_)) => terraform_strings::add_unknown(call, pieces, value),
        Err(wrong @ Failure::Wrong(_)) => Err(wrong),
    }
}

/// Returns that only the kind of a result is known: nobody documents what a function gives here.
fn undocumented(call: &Call<'_>, kind: Kind) -> Answer {
    Err(call.not_supported(kind))
}
