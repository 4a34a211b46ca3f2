//! Kleene's three-valued logic, and whether a thing exists at all. Knows nothing of values or text.

use std::ops::Not;
use std::sync::Arc;

/// True, false, or not known. Unknown is never treated as one of the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It may hold or not.
    Unknown,
}

impl Truth {
    /// Returns the conjunction: false as soon as one side is false.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// Returns the disjunction: true as soon as one side is true.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        !(!self).and(!other)
    }

    /// Tells whether it is known to hold.
    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    /// Tells whether it is known not to hold.
    pub fn is_false(self) -> bool {
        self == Truth::False
    }
}

impl Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Truth {
        if known { Truth::True } else { Truth::False }
    }
}

/// The number of an unknown condition in its root: equal numbers mean the same unknown truth.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ConditionId(pub u32);

/// An unknown condition, or its opposite.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Condition {
    /// Which condition.
    pub id: ConditionId,
    /// Whether the opposite is meant.
    pub negated: bool,
}

impl Not for Condition {
    type Output = Condition;
    fn not(self) -> Condition {
        Condition {
            negated: !self.negated,
            ..self
        }
    }
}

/// Whether something exists: known, or unknown under conditions that must all hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Presence {
    /// Whether it exists.
    pub truth: Truth,
    /// What must hold for it to exist, as far as that is known; sorted.
    pub conditions: Arc<[Condition]>,
}

impl Presence {
    /// It exists.
    pub fn certain() -> Self {
        Presence {
            truth: Truth::True,
            conditions: Arc::new([]),
        }
    }

    /// It may exist, under `condition` if that is known.
    pub fn uncertain(condition: Option<Condition>) -> Self {
        Presence {
            truth: Truth::Unknown,
            conditions: condition.into_iter().collect(),
        }
    }

    /// Returns whether both exist together: false under opposite conditions.
    #[must_use]
    pub fn and(&self, other: &Presence) -> Presence {
        if other.conditions.is_empty() && other.truth.is_true() {
            return self.clone();
        }
        let mut all: Vec<Condition> = self
            .conditions
            .iter()
            .chain(other.conditions.iter())
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        let opposed = all.windows(2).any(|pair| pair[0].id == pair[1].id);
        let truth = if opposed {
            Truth::False
        } else {
            self.truth.and(other.truth)
        };
        Presence {
            truth,
            conditions: all.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kleene() {
        use Truth::{False, True, Unknown};
        assert_eq!(False.and(Unknown), False);
        assert_eq!(True.and(Unknown), Unknown);
        assert_eq!(True.or(Unknown), True);
        assert_eq!(False.or(Unknown), Unknown);
    }

    #[test]
    fn opposite_conditions_never_coexist() {
        let on = Condition {
            id: ConditionId(3),
            negated: false,
        };
        let a = Presence::uncertain(Some(on));
        let b = Presence::uncertain(Some(!on));
        assert_eq!(a.and(&b).truth, Truth::False);
        assert_eq!(a.and(&a).truth, Truth::Unknown);
        assert_eq!(Presence::certain().and(&a), a);
    }
}
