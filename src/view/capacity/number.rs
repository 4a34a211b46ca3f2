//! A number as it is shown: between bounds, with why it is not known, masked where it rests on a secret.

use std::fmt;

use serde_json::{Value as Json, json};

use crate::capacity::Quantity;
use crate::model::Network;
use crate::value::Interval;

/// A number as it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Number {
    /// Its bounds; none at all where it must be masked.
    pub(super) interval: Interval,
    /// Why it is not known exactly, each reason once.
    pub(super) because: Vec<String>,
    pub(super) masked: bool,
}

impl Number {
    /// Returns a quantity as it is shown.
    pub(super) fn of(network: &Network, quantity: &Quantity) -> Self {
        if quantity.is_sensitive() {
            return Number {
                masked: true,
                ..Number::default()
            };
        }
        let mut because = Vec::new();
        if quantity.interval.exact().is_none() {
            for ground in quantity.doubts() {
                let Some(unknown) = &ground.unknown else {
                    continue;
                };
                let words = network.provenance.because(unknown.cause, unknown.origin);
                if !because.contains(&words) {
                    because.push(words);
                }
            }
        }
        Number {
            interval: quantity.interval,
            because,
            masked: false,
        }
    }

    /// Returns what both rest on; its bounds mean nothing.
    pub(super) fn and(mut self, other: &Number) -> Self {
        for words in &other.because {
            if !self.because.contains(words) {
                self.because.push(words.clone());
            }
        }
        self.masked |= other.masked;
        self
    }

    /// Returns bounds that rest on another number, as masked as that.
    pub(super) fn like(&self, interval: Option<Interval>) -> Option<Number> {
        let interval = if self.masked {
            Interval::default()
        } else {
            interval?
        };
        Some(Number {
            interval,
            because: if interval.exact().is_none() {
                self.because.clone()
            } else {
                Vec::new()
            },
            masked: self.masked,
        })
    }

    /// Returns it for programs.
    pub(super) fn json(&self) -> Json {
        let mut json = json!({"low": self.interval.low, "high": self.interval.high});
        if self.masked {
            json["sensitive"] = true.into();
        }
        if !self.because.is_empty() {
            json["because"] = self.because.clone().into();
        }
        json
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.interval.low, self.interval.high) {
            _ if self.masked => "(sensitive)".to_owned(),
            (Some(low), Some(high)) if low == high => grouped(low),
            (Some(0) | None, Some(high)) => format!("up to {}", grouped(high)),
            (Some(low), Some(high)) => format!("{} to {}", grouped(low), grouped(high)),
            (Some(0) | None, None) => "unknown".to_owned(),
            (Some(low), None) => format!("{} or more", grouped(low)),
        };
        f.pad(&text)
    }
}

/// Returns a number with commas between thousands.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 {
        text.insert(0, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1_000, -1_234_567].map(grouped),
            ["0", "999", "1,000", "-1,234,567"]
        );
    }
}
