//! What a plan changes: a cluster before and after, and its values in words. Judges nothing.

use std::fmt::Display;

use crate::model::{Cluster, Network, Replacement};
use crate::rules::Cx;
use crate::value::{List, State, Step, Value};

/// What stands for a value that nobody knows yet.
const LATER: &str = "what is known only after apply";

/// A cluster that a plan deletes and creates anew.
pub(super) struct Recreated<'n> {
    /// As it is.
    pub(super) before: &'n Cluster,
    /// As it will be.
    pub(super) after: &'n Cluster,
    replacement: &'n Replacement,
}

/// What is said of an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// It forces the replacement.
    Forces,
    /// It does not.
    Innocent,
    /// Nothing: the plan is of a Terraform that does not say.
    Nothing,
}

/// A value before and after, in words.
#[derive(Debug)]
pub(super) struct Difference {
    /// What it is; `None` for nothing.
    pub(super) old: Option<String>,
    /// What it will be; `None` for nothing.
    pub(super) new: Option<String>,
}

impl Recreated<'_> {
    /// Tells what the plan says of an attribute: `network_profile.pod_cidr`.
    pub(super) fn said_of(&self, attributes: &[&str]) -> Said {
        let Some(paths) = &self.replacement.because else {
            return Said::Nothing;
        };
        let around = |path: &str, attribute: &str| {
            let tail = attribute.strip_prefix(path);
            tail.is_some_and(|tail| tail.is_empty() || tail.starts_with('.'))
        };
        let forces = |path: &Vec<Step>| {
            let path = dotted(path);
            attributes.iter().any(|attribute| around(&path, attribute))
        };
        if paths.iter().any(forces) {
            Said::Forces
        } else {
            Said::Innocent
        }
    }
}

/// Returns the clusters that a plan deletes and creates anew.
pub(super) fn recreated<'n>(before: &'n Network, after: &'n Network) -> Vec<Recreated<'n>> {
    let find = |network: &'n Network, address: &str| {
        let here = |cluster: &&Cluster| network.entity(cluster.id).address == address;
        network.clusters.iter().find(here)
    };
    let both = after.replacements.iter().filter_map(|replacement| {
        Some(Recreated {
            before: find(before, &replacement.address)?,
            after: find(after, &replacement.address)?,
            replacement,
        })
    });
    both.collect()
}

/// Returns how a value differs, `None` if it does not or that is not known. Where the plan says that it forces the
/// replacement, it may be known only after apply.
pub(super) fn difference<T: Display + PartialEq>(
    old: &Value<T>,
    new: &Value<T>,
    said: Said,
    cx: &mut Cx<'_>,
) -> Option<Difference> {
    let unchanged = old.get().is_some() && old.get() == new.get();
    if unchanged || !is_told(new, said, cx) || (old.is_absent() && new.is_absent()) {
        return None;
    }
    let was = cx.before(old);
    let will = match &new.state {
        State::Unknown(_) => Some(LATER.to_owned()),
        _ => cx.need(new).map(|known| known.to_string()),
    };
    let known = was.is_some() || old.is_absent();
    known.then_some(Difference {
        old: was,
        new: will,
    })
}

/// Returns how a list differs, likewise.
pub(super) fn list_difference<T: Display + PartialEq>(
    old: &List<T>,
    new: &List<T>,
    said: Said,
    cx: &mut Cx<'_>,
) -> Option<Difference> {
    if same(old, new) || !is_told(new, said, cx) {
        return None;
    }
    let was: Option<Vec<String>> = match old.get() {
        Some(items) => Some(
            items
                .iter()
                .map(|item| cx.before(item))
                .collect::<Option<_>>()?,
        ),
        None if old.is_absent() => None,
        None => return None,
    };
    let will = match &new.state {
        State::Known(items) => {
            let known = cx.need_each(new);
            if known.len() != items.len() {
                return None;
            }
            Some(
                known
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        }
        State::Unknown(_) => Some(LATER.to_owned()),
        State::Absent | State::Invalid { .. } => None,
    };
    Some(Difference {
        old: was.map(|words| words.join(", ")),
        new: will,
    })
}

/// Tells whether a new value can be told. What nobody sets keeps the value that it has, unless the plan says otherwise.
fn is_told<T>(new: &Value<T>, said: Said, cx: &mut Cx<'_>) -> bool {
    let valid = !matches!(new.state, State::Invalid { .. });
    match said {
        Said::Innocent => false,
        Said::Forces => valid,
        Said::Nothing => valid && !new.is_absent() && cx.need_setting(new) == Some(true),
    }
}

/// Tells whether two lists are known and equal.
fn same<T: PartialEq>(old: &List<T>, new: &List<T>) -> bool {
    let (Some(old_items), Some(new_items)) = (old.get(), new.get()) else {
        return old.is_absent() && new.is_absent();
    };
    let equal = |(a, b): (&Value<T>, &Value<T>)| a.get().is_some() && a.get() == b.get();
    old_items.len() == new_items.len() && old_items.iter().zip(new_items).all(equal)
}

/// Returns the names on a way: `network_profile.pod_cidr`.
fn dotted(path: &[Step]) -> String {
    let names = path.iter().filter_map(|step| match step {
        Step::Name(name) => Some(name.as_str()),
        Step::Index(_) => None,
    });
    names.collect::<Vec<_>>().join(".")
}
