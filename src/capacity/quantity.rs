//! A number in bounds, and the values that it rests on. Knows no cluster.

use std::fmt;

use crate::value::{Interval, ProvId, State, Unknown, Value};

/// A number in bounds, and the values that it rests on.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The bounds.
    pub interval: Interval,
    /// What it rests on, each value once.
    pub grounds: Vec<Ground>,
}

/// A value that a number rests on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Where it came from; headed by whose attribute it is.
    pub prov: ProvId,
    /// Why it is not known; `None` if it is.
    pub unknown: Option<Unknown<()>>,
    /// Whether it must be masked.
    pub sensitive: bool,
}

impl Ground {
    /// Returns a value as a ground.
    pub fn of<T>(value: &Value<T>) -> Self {
        let unknown = match &value.state {
            State::Unknown(unknown) => Some(unknown.forget()),
            State::Known(_) | State::Absent | State::Invalid { .. } => None,
        };
        Ground {
            prov: value.prov,
            unknown,
            sensitive: value.sensitive,
        }
    }
}

impl Quantity {
    /// Returns a number that rests on nothing.
    pub fn exactly(number: i64) -> Self {
        Quantity {
            interval: Interval::exactly(number),
            grounds: Vec::new(),
        }
    }

    /// Returns a value as a number; what is not known of it lies within `limits`.
    pub fn of(value: &Value<u32>, limits: Interval) -> Self {
        let exactly = |number: &u32| Interval::exactly(i64::from(*number));
        let interval = match &value.state {
            State::Known(number) => exactly(number),
            State::Unknown(unknown) if unknown.null.is_false() => {
                let listed = unknown.one_of.as_deref().unwrap_or_default();
                let listed = listed.iter().map(exactly).reduce(Interval::hull);
                let bounds = listed.or(unknown.bounds).unwrap_or_default();
                bounds.within(limits)
            }
            State::Unknown(_) | State::Absent | State::Invalid { .. } => limits,
        };
        Quantity {
            interval,
            grounds: Vec::new(),
        }
        .on(value)
    }

    /// Returns the bounds of a value as the code gives them.
    pub fn bounds(value: &Value<u32>) -> Interval {
        Quantity::of(value, Interval::default()).interval
    }

    /// Returns it with one more value that it rests on.
    #[must_use]
    pub fn on<T>(self, value: &Value<T>) -> Self {
        self.resting_on([Ground::of(value)])
    }

    /// Returns it with more that it rests on.
    #[must_use]
    pub fn resting_on(mut self, grounds: impl IntoIterator<Item = Ground>) -> Self {
        for ground in grounds {
            let same = self.grounds.iter_mut().find(|own| own.prov == ground.prov);
            let Some(own) = same else {
                self.grounds.push(ground);
                continue;
            };
            // A list of one written as a single value has the place of its element.
            own.unknown = own.unknown.take().or(ground.unknown);
            own.sensitive |= ground.sensitive;
        }
        self
    }

    /// Returns the sum.
    #[must_use]
    pub fn plus(self, other: Quantity) -> Self {
        let interval = self.interval.plus(other.interval);
        Quantity { interval, ..self }.resting_on(other.grounds)
    }

    /// Returns the product; neither is negative.
    #[must_use]
    pub fn times(self, other: Quantity) -> Self {
        let interval = self.interval.times(other.interval);
        Quantity { interval, ..self }.resting_on(other.grounds)
    }

    /// Returns one of both, it is not known which.
    #[must_use]
    pub fn or(self, other: Quantity) -> Self {
        let interval = self.interval.hull(other.interval);
        Quantity { interval, ..self }.resting_on(other.grounds)
    }

    /// Returns it with each end changed by a function that never falls.
    #[must_use]
    pub fn map(self, change: impl Fn(i64) -> i64) -> Self {
        Quantity {
            interval: self.interval.map(change),
            ..self
        }
    }

    /// Returns this, or nothing: it is not known which.
    #[must_use]
    pub fn or_nothing(self) -> Self {
        let interval = Interval {
            low: Some(0),
            ..self.interval
        };
        Quantity { interval, ..self }
    }

    /// Returns this, or any number above.
    #[must_use]
    pub fn upwards(self) -> Self {
        let interval = Interval {
            high: None,
            ..self.interval
        };
        Quantity { interval, ..self }
    }

    /// Tells whether it must be masked.
    pub fn is_sensitive(&self) -> bool {
        self.grounds.iter().any(|ground| ground.sensitive)
    }

    /// Returns the grounds that are not known.
    pub fn doubts(&self) -> impl Iterator<Item = &Ground> {
        self.grounds
            .iter()
            .filter(|ground| ground.unknown.is_some())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.interval.low, self.interval.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (Some(low), Some(high)) => write!(f, "{low} to {high}"),
            (Some(low), None) => write!(f, "{low} or more"),
            (None, Some(high)) => write!(f, "up to {high}"),
            (None, None) => f.write_str("an unknown number"),
        }
    }
}
