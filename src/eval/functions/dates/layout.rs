//! The layouts of `formatdate`: runs of one letter, texts in quotes, and all else as it is.

use jiff::civil::Weekday;

use super::Moment;
use crate::eval::failure::Failure;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Writes a moment by a layout.
pub(super) fn write(layout: &str, time: Moment) -> Result<String, Failure> {
    let mut written = String::new();
    let mut rest = layout;
    while let Some(first) = rest.chars().next() {
        let after = if let Some(after) = rest.strip_prefix("''") {
            written.push('\'');
            after
        } else if first == '\'' {
            literal(&rest[1..], &mut written)?
        } else if first.is_ascii_alphabetic() {
            let run = rest.len() - rest.trim_start_matches(first).len();
            written.push_str(&verb(first, run, time)?);
            &rest[run..]
        } else {
            written.push(first);
            &rest[first.len_utf8()..]
        };
        rest = after;
    }
    Ok(written)
}

/// Writes the text up to the quote that ends it, and returns what stands behind; two quotes are one.
fn literal<'a>(text: &'a str, written: &mut String) -> Result<&'a str, Failure> {
    let mut rest = text;
    loop {
        let Some((inside, after)) = rest.split_once('\'') else {
            return Err(Failure::wrong("a quote in the layout that does not end"));
        };
        written.push_str(inside);
        match after.strip_prefix('\'') {
            Some(after) => {
                written.push('\'');
                rest = after;
            }
            None => return Ok(after),
        }
    }
}

/// Returns what a run of one letter stands for.
fn verb(letter: char, run: usize, time: Moment) -> Result<String, Failure> {
    let local = time.local;
    let month = usize::from(local.month().unsigned_abs());
    let month_name = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or("");
    let day_name = weekday(local.weekday());
    let half = match local.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let half_name = if local.hour() < 12 { "am" } else { "pm" };
    let number = |number: i8| match run {
        1 => Some(number.to_string()),
        2 => Some(format!("{number:02}")),
        _ => None,
    };
    let text = match (letter, run) {
        ('Y', 2) => Some(format!("{:02}", local.year() % 100)),
        ('Y', 4) => Some(format!("{:04}", local.year())),
        ('M', 3) => Some(month_name[..3].to_owned()),
        ('M', 4) => Some(month_name.to_owned()),
        ('M', _) => number(local.month()),
        ('D', _) => number(local.day()),
        ('E', 3) => Some(day_name[..3].to_owned()),
        ('E', 4) => Some(day_name.to_owned()),
        ('h', _) => number(local.hour()),
        ('H', _) => number(half),
        ('A', 2) => Some(half_name.to_uppercase()),
        ('a', 2) => Some(half_name.to_owned()),
        ('m', _) => number(local.minute()),
        ('s', _) => number(local.second()),
        ('Z', 1) if time.offset_minutes == 0 => Some("Z".to_owned()),
        ('Z', 3) if time.offset_minutes == 0 => Some("UTC".to_owned()),
        ('Z', 1 | 5) => Some(time.zone(":")),
        ('Z', 3 | 4) => Some(time.zone("")),
        _ => None,
    };
    text.ok_or_else(|| {
        Failure::Wrong(format!(
            "{} means nothing",
            letter.to_string().repeat(run.min(9))
        ))
    })
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
