//! What is asked. Knows no network.

use std::fmt;
use std::str::FromStr;

use crate::model::{NetworkModel, Surge};

/// What would be different; empty for the design as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Question {
    /// How pods get their addresses.
    pub model: Option<NetworkModel>,
    /// Pods on a node.
    pub max_pods: Vec<Setting<Count>>,
    /// Nodes of a pool.
    pub nodes: Vec<Setting<Count>>,
    /// Extra nodes during an upgrade.
    pub surge: Vec<Setting<Surge>>,
    /// All nodes that the code says, this many times.
    pub growth: Option<Growth>,
}

/// A value for one pool, or for every pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting<T> {
    /// The name of the pool; `None` for every pool.
    pub pool: Option<String>,
    /// The value.
    pub value: T,
}

/// A number of nodes or pods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count(pub u32);

/// A factor in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Growth(u32);

impl Question {
    /// Tells whether nothing would be different.
    pub fn is_empty(&self) -> bool {
        *self == Question::default()
    }

    /// Returns the names of pools that it speaks of.
    pub fn pools(&self) -> impl Iterator<Item = &str> {
        let counts = self.max_pods.iter().chain(&self.nodes);
        let counts = counts.filter_map(|setting| setting.pool.as_deref());
        counts.chain(self.surge.iter().filter_map(|s| s.pool.as_deref()))
    }
}

impl<T> Setting<T> {
    /// Returns what is asked for a pool; the last word counts, and one for the pool itself before one for all.
    pub fn of<'s>(all: &'s [Setting<T>], pool: Option<&str>) -> Option<&'s T> {
        let named =
            |setting: &&Setting<T>| setting.pool.is_some() && setting.pool.as_deref() == pool;
        let every = |setting: &&Setting<T>| setting.pool.is_none();
        let found = all.iter().rev().find(named);
        found
            .or_else(|| all.iter().rev().find(every))
            .map(|setting| &setting.value)
    }
}

impl<T: FromStr<Err = String>> FromStr for Setting<T> {
    type Err = String;

    /// Reads `50` and `pool=50`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (pool, value) = match text.split_once('=') {
            Some((pool, value)) => (Some(pool.trim().to_owned()), value),
            None => (None, text),
        };
        Ok(Setting {
            pool,
            value: value.trim().parse()?,
        })
    }
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected a whole number".to_owned();
        text.parse().map(Count).map_err(|_| wrong())
    }
}

impl FromStr for Growth {
    type Err = String;

    /// Reads `2x`, `1.5` and `150%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected a factor such as 2x, 1.5 or 150%".to_owned();
        let (number, unit) = match text.strip_suffix('%') {
            Some(number) => (number, 10.0),
            None => (text.trim_end_matches(['x', 'X']), 1000.0),
        };
        let factor: f64 = number.trim().parse().map_err(|_| wrong())?;
        let thousandths = (factor * unit).round();
        if !(1.0..=1_000_000.0).contains(&thousandths) {
            return Err(wrong());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is between one and a million"
        )]
        Ok(Growth(thousandths as u32))
    }
}

impl Growth {
    /// Returns so many times a number, rounded up.
    pub fn of(self, number: u32) -> u32 {
        let grown = (u64::from(number) * u64::from(self.0)).div_ceil(1000);
        u32::try_from(grown).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        let rest = format!("{rest:03}");
        match rest.trim_end_matches('0') {
            "" => write!(f, "{whole}x"),
            rest => write!(f, "{whole}.{rest}x"),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pool {
            Some(pool) => write!(f, "{} in pool {pool}", self.value),
            None => self.value.fmt(f),
        }
    }
}

impl fmt::Display for Question {
    /// Writes `model azure-cni-overlay, max pods 50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.model.map(|model| format!("model {model}")));
        parts.extend(self.max_pods.iter().map(|s| format!("max pods {s}")));
        parts.extend(self.nodes.iter().map(|s| format!("nodes {s}")));
        parts.extend(self.surge.iter().map(|s| format!("surge {s}")));
        parts.extend(self.growth.map(|growth| format!("{growth} the nodes")));
        f.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_read() {
        let grown = |text: &str| text.parse::<Growth>().map(|growth| growth.of(3));
        assert_eq!(grown("2x"), Ok(6));
        assert_eq!(grown("1.5"), Ok(5));
        assert_eq!(grown("150%"), Ok(5));
        for wrong in ["", "x", "-1", "0", "nan", "inf", "1e9", "two"] {
            assert!(grown(wrong).is_err(), "{wrong}");
        }
        assert_eq!("1.25".parse::<Growth>().unwrap().to_string(), "1.25x");
    }

    #[test]
    fn a_pool_of_its_own_goes_before_all() {
        let all: Vec<Setting<Count>> = ["5", "a=7", "6"].map(|t| t.parse().unwrap()).into();
        assert_eq!(Setting::of(&all, Some("a")), Some(&Count(7)));
        assert_eq!(Setting::of(&all, Some("b")), Some(&Count(6)));
        assert_eq!(Setting::of(&all, None), Some(&Count(6)));
        assert!("a=b".parse::<Setting<Count>>().is_err());
    }
}
