//! What `terraform show -json` writes, as far as it matters: <https://developer.hashicorp.com/terraform/internals/json-format>,
//! format version 1.2, read 2026-11-22. Everything else is skipped without being parsed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// What tells a plan and a state from other JSON.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Marks<'a> {
    #[serde(borrow)]
    pub(super) format_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) terraform_version: Option<Cow<'a, str>>,
    pub(super) planned_values: Option<IgnoredAny>,
    pub(super) values: Option<IgnoredAny>,
}

/// A plan.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Plan<'a> {
    #[serde(borrow)]
    pub(super) planned_values: Option<Values<'a>>,
    #[serde(borrow, default)]
    pub(super) resource_changes: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) configuration: Configuration<'a>,
    /// False where `-target` or a deferral left something out.
    pub(super) complete: Option<bool>,
}

/// A state.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct State<'a> {
    #[serde(borrow)]
    pub(super) values: Option<Values<'a>>,
}

/// The values of all resources.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Values<'a> {
    #[serde(borrow)]
    pub(super) root_module: Option<ValuesModule<'a>>,
}

/// The values of the resources of a module instance.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct ValuesModule<'a> {
    #[serde(borrow)]
    pub(super) address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) resources: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) child_modules: Vec<ValuesModule<'a>>,
}

/// Which resource a change or a set of values is of.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Which<'a> {
    #[serde(borrow)]
    pub(super) address: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) module_address: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) index: Option<Index<'a>>,
    /// An object that a failed replacement left behind.
    pub(super) deposed: Option<IgnoredAny>,
}

/// What tells the instances of a resource apart.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a number or a name")]
pub(super) enum Index<'a> {
    Number(usize),
    #[serde(borrow)]
    Name(Cow<'a, str>),
}

/// The part of a change that is read once the resource is known to matter.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Changed<'a> {
    /// For its place.
    #[serde(borrow)]
    pub(super) address: &'a RawValue,
    #[serde(borrow)]
    pub(super) change: Change<'a>,
    /// Why Terraform does it, where the code does not say.
    #[serde(borrow)]
    pub(super) action_reason: Option<Cow<'a, str>>,
}

/// What becomes of a resource.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Change<'a> {
    #[serde(borrow)]
    pub(super) actions: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) before: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after_unknown: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) before_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) after_sensitive: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) replace_paths: Option<Vec<Vec<Index<'a>>>>,
}

/// The values of one resource.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Valued<'a> {
    /// For its place.
    #[serde(borrow)]
    pub(super) address: &'a RawValue,
    #[serde(borrow)]
    pub(super) values: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) sensitive_values: Option<&'a RawValue>,
}

/// The code that a plan was made from, as far as the plan keeps it.
#[derive(Deserialize, Default)]
#[serde(expecting = "an object")]
pub(super) struct Configuration<'a> {
    #[serde(borrow, default)]
    pub(super) provider_config: BTreeMap<String, Provider<'a>>,
    #[serde(borrow, default)]
    pub(super) root_module: Module<'a>,
}

/// A provider that the code asks for.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Provider<'a> {
    #[serde(borrow)]
    pub(super) full_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) version_constraint: Option<&'a RawValue>,
}

/// A module's code.
#[derive(Deserialize, Default)]
#[serde(expecting = "an object")]
pub(super) struct Module<'a> {
    #[serde(borrow, default)]
    pub(super) resources: Vec<Declared<'a>>,
    #[serde(borrow, default, rename = "module_calls")]
    pub(super) calls: BTreeMap<String, Call<'a>>,
    #[serde(borrow, default)]
    pub(super) outputs: BTreeMap<String, Output<'a>>,
}

/// A resource as it is declared.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Declared<'a> {
    #[serde(borrow)]
    pub(super) address: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
}

/// The call of a module.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Call<'a> {
    #[serde(borrow)]
    pub(super) expressions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) module: Module<'a>,
}

/// An output of a module.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Output<'a> {
    #[serde(borrow)]
    pub(super) expression: Option<&'a RawValue>,
}
