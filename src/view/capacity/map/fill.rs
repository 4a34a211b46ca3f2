//! How full a subnet or pod range is.

use crate::capacity::account::Sheet;
use crate::capacity::{Moment, Verdict};
use crate::model::Network;
use crate::view::capacity::drawing::{LITTLE, share};
use crate::view::capacity::facts::verdict_word;
use crate::view::capacity::number::Number;

/// How full it is with all pools at their most nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fill {
    /// The least and the most percent, at most 100; equal where that is known.
    pub(super) percent: [i64; 2],
    /// In few words: `82 %`.
    pub(super) short: String,
    /// In a sentence.
    pub(super) words: String,
    /// The class of a style.
    pub(super) class: &'static str,
}

/// Returns how full it is.
pub(super) fn of(network: &Network, sheet: &Sheet) -> Fill {
    let taken = Number::of(network, &sheet.taken(Moment::Maximum));
    let available = Number::of(network, &sheet.budget.available);
    let least = taken.interval.low.zip(available.interval.high);
    let most = taken.interval.high.zip(available.interval.low);
    let least = least.map_or(0, |(taken, all)| share(taken, all));
    let most = most.map(|(taken, all)| share(taken, all));
    let masked = taken.masked || available.masked;
    let short = match most {
        _ if masked => "(sensitive)".to_owned(),
        Some(most) if most == least => format!("{most} %"),
        Some(most) => format!("{least} to {most} %"),
        None if least == 0 => "unknown".to_owned(),
        None => format!("{least} % or more"),
    };
    let verdict = if masked {
        ""
    } else {
        verdict_word(sheet.verdict)
    };
    let comma = if masked { "" } else { ", " };
    let mut words = format!("taken at the most: {taken} of {available} addresses{comma}{verdict}");
    for because in taken.and(&available).because {
        words.push_str("; ");
        words.push_str(&because);
    }
    Fill {
        percent: [least, most.unwrap_or(100)].map(|percent| percent.clamp(0, 100)),
        short,
        words,
        class: match (sheet.verdict, most) {
            _ if masked => "open",
            (Verdict::Exceeds, _) => "over",
            (Verdict::Open, _) | (_, None) => "open",
            (Verdict::Fits, Some(most)) if most >= LITTLE => "little",
            (Verdict::Fits, Some(_)) => "room",
        },
    }
}
