//! Bounds of a whole number that is not known exactly.

/// All whole numbers from `low` to `high`, both included; an end that is `None` is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Interval {
    /// The least possible value.
    pub low: Option<i64>,
    /// The greatest possible value.
    pub high: Option<i64>,
}

impl Interval {
    /// Returns the interval that holds one number.
    pub fn exactly(value: i64) -> Self {
        Interval {
            low: Some(value),
            high: Some(value),
        }
    }

    /// Returns the smallest interval that holds both.
    #[must_use]
    pub fn hull(self, other: Interval) -> Self {
        Interval {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
        }
    }

    /// Returns the sum of the ends; an end that overflows is open.
    #[must_use]
    pub fn plus(self, other: Interval) -> Self {
        Interval {
            low: self.low.zip(other.low).and_then(|(a, b)| a.checked_add(b)),
            high: self
                .high
                .zip(other.high)
                .and_then(|(a, b)| a.checked_add(b)),
        }
    }
}
