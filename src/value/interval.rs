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

    /// Returns the product of the ends, none of which is negative; an end that overflows is open.
    #[must_use]
    pub fn times(self, other: Interval) -> Self {
        Interval {
            low: self.low.zip(other.low).and_then(|(a, b)| a.checked_mul(b)),
            high: self
                .high
                .zip(other.high)
                .and_then(|(a, b)| a.checked_mul(b)),
        }
    }

    /// Returns the common part; `self` where there is none.
    #[must_use]
    pub fn within(self, other: Interval) -> Self {
        let low = [self.low, other.low].into_iter().flatten().max();
        let high = [self.high, other.high].into_iter().flatten().min();
        match (low, high) {
            (Some(low), Some(high)) if low > high => self,
            _ => Interval { low, high },
        }
    }

    /// Returns the interval with each end changed by a function that never falls.
    #[must_use]
    pub fn map(self, change: impl Fn(i64) -> i64) -> Self {
        Interval {
            low: self.low.map(&change),
            high: self.high.map(change),
        }
    }

    /// Returns the one number that it holds, if it is one.
    pub fn exact(self) -> Option<i64> {
        self.low.filter(|_| self.low == self.high)
    }
}
