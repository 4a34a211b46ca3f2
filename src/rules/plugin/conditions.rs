//! How the rules of this category ask for several settings together, and speak of them. No rule itself.

use std::fmt;

use crate::cidr::{Cidr, Family};
use crate::model::{Cluster, IpVersion, NodePool, OsType};
use crate::rules::Cx;
use crate::truth::Truth;
use crate::value::{List, ProvId, State, Unknown, Value};

/// One of the conditions under which a rule speaks.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    holds: Truth,
    prov: ProvId,
    /// Why it is not known whether it holds.
    unknown: Option<Unknown<()>>,
}

impl Condition {
    fn of<T>(value: &Value<T>, holds: Truth) -> Self {
        let unknown = match &value.state {
            State::Unknown(unknown) if holds == Truth::Unknown => Some(unknown.forget()),
            _ => None,
        };
        Condition {
            holds,
            prov: value.prov,
            unknown,
        }
    }

    /// Tells whether it is known to hold.
    pub(super) fn is_true(&self) -> bool {
        self.holds.is_true()
    }

    /// Tells whether it is known not to hold.
    pub(super) fn is_false(&self) -> bool {
        self.holds.is_false()
    }
}

/// Tells whether all conditions hold. As soon as one does not, nothing is noted of the others; otherwise each that is not
/// known is.
pub(super) fn all(conditions: &[Condition], cx: &mut Cx<'_>) -> bool {
    let holds = conditions
        .iter()
        .fold(Truth::True, |all, one| all.and(one.holds));
    if holds.is_false() {
        return false;
    }
    for condition in conditions {
        cx.open(&Value::<()>::absent(condition.prov));
    }
    for condition in conditions {
        if let Some(unknown) = &condition.unknown {
            cx.open(&Value::unknown(unknown.clone(), condition.prov));
        }
    }
    holds.is_true()
}

/// The value passes the test; not if it is absent or invalid.
pub(super) fn is<T>(value: &Value<T>, test: impl Fn(&T) -> bool) -> Condition {
    let holds = match &value.state {
        State::Known(known) => test(known).into(),
        State::Absent | State::Invalid { .. } => Truth::False,
        State::Unknown(unknown) => match unknown.one_of.as_deref() {
            Some(any) if !any.iter().any(&test) => Truth::False,
            Some(any) if any.iter().all(&test) && unknown.null.is_false() => Truth::True,
            Some(_) | None => Truth::Unknown,
        },
    };
    Condition::of(value, holds)
}

/// Something is written, or filled in.
pub(super) fn is_set<T>(value: &Value<T>) -> Condition {
    Condition::of(value, !absence(value))
}

/// Nothing is written or filled in.
pub(super) fn is_absent<T>(value: &Value<T>) -> Condition {
    Condition::of(value, absence(value))
}

fn absence<T>(value: &Value<T>) -> Truth {
    match &value.state {
        State::Absent => Truth::True,
        State::Known(_) | State::Invalid { .. } => Truth::False,
        State::Unknown(unknown) => unknown.null,
    }
}

/// IPv6 is among the cluster's address families.
pub(super) fn has_ipv6(cluster: &Cluster) -> Condition {
    any(&cluster.ip_versions, |version| *version == IpVersion::V6)
}

/// No range of the list is an IPv6 range.
pub(super) fn lacks_ipv6(prefixes: &List<Cidr>) -> Condition {
    let some = any(prefixes, |prefix| prefix.family() == Family::V6);
    let holds = if prefixes.get().is_some_and(Vec::is_empty) || prefixes.is_absent() {
        Truth::False
    } else {
        !some.holds
    };
    Condition { holds, ..some }
}

/// One element passes the test.
fn any<T>(list: &List<T>, test: impl Fn(&T) -> bool) -> Condition {
    let State::Known(items) = &list.state else {
        let unknown = Truth::from(list.is_unknown()).and(Truth::Unknown);
        return Condition::of(list, unknown);
    };
    let mut found = Condition::of(list, Truth::False);
    for item in items {
        match &item.state {
            State::Known(known) if test(known) => return Condition::of(list, Truth::True),
            State::Unknown(unknown) => {
                found.holds = Truth::Unknown;
                found.unknown = Some(unknown.forget());
            }
            State::Known(_) | State::Absent | State::Invalid { .. } => {}
        }
    }
    found
}

/// The pool's nodes run Windows.
pub(super) fn is_windows(pool: &NodePool) -> Condition {
    is(&pool.os_type, |os| *os == OsType::Windows)
}

/// Returns the pool's cluster; `None` with a note if it is not known.
pub(super) fn cluster_of<'a>(pool: &NodePool, cx: &mut Cx<'a>) -> Option<&'a Cluster> {
    let id = *cx.need(&pool.cluster)?;
    Some(&cx.network().clusters[id])
}

/// Returns what a setting is, as the end of a sentence: `it is kubenet`, `the default is azure`.
pub(super) fn it_is<T: fmt::Display>(value: &Value<T>, cx: &mut Cx<'_>) -> String {
    let default = cx.is_default(value);
    match value.get().and_then(|_| cx.need(value)) {
        Some(known) if default => format!("the default is {known}"),
        Some(known) => format!("it is {known}"),
        None => "it is another".to_owned(),
    }
}

/// Returns whose value it is, as the beginning of a sentence: Azure's, or nobody's in particular.
pub(super) fn owner<T>(value: &Value<T>, cx: &Cx<'_>) -> &'static str {
    if cx.is_default(value) {
        "the default "
    } else {
        ""
    }
}
