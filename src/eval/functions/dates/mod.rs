//! Functions of moments, which are texts as RFC 3339 has them. None looks at a clock.

mod layout;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::{Failure, quoted};
use crate::value::{Kind, Tree};

/// A moment as it is written: the time on a clock, and how far that clock is ahead of UTC.
#[derive(Clone, Copy)]
struct Moment {
    local: DateTime,
    offset_minutes: i32,
}

impl Moment {
    /// Reads a moment, `None` if it is not as RFC 3339 has it.
    fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let (time, rest) = rest.strip_prefix('T')?.split_at_checked(8)?;
        let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
        let digits = rest.strip_prefix('.').map_or(0, |rest| {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        });
        let (fraction, zone) = match rest.strip_prefix('.') {
            Some(rest) if digits > 0 => rest.split_at(digits),
            Some(_) => return None,
            None => ("", rest),
        };
        let nanoseconds = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
        let narrow = |number: i32| i8::try_from(number).ok();
        let date = Date::new(i16::try_from(year).ok()?, narrow(month)?, narrow(day)?).ok()?;
        let time = Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, nanoseconds);
        Some(Moment {
            local: date.to_datetime(time.ok()?),
            offset_minutes: offset(zone)?,
        })
    }

    /// Returns the same moment on a clock of UTC, for comparing.
    fn in_utc(self) -> Option<DateTime> {
        let ahead = SignedDuration::from_mins(i64::from(self.offset_minutes));
        self.local.checked_sub(ahead).ok()
    }

    /// Returns the zone as `+01:00`, with something else between hours and minutes.
    fn zone(self, between: &str) -> String {
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let size = self.offset_minutes.abs();
        format!("{sign}{:02}{between}{:02}", size / 60, size % 60)
    }

    /// Returns the moment as RFC 3339 has it, without a fraction of a second.
    fn written(self) -> String {
        let zone = match self.offset_minutes {
            0 => "Z".to_owned(),
            _ => self.zone(":"),
        };
        format!("{}{zone}", self.local.strftime("%Y-%m-%dT%H:%M:%S"))
    }
}

/// Reads three numbers of so many digits, with a mark between them.
fn numbers(text: &str, mark: char, digits: [usize; 3]) -> Option<[i32; 3]> {
    let parts: Vec<&str> = text.split(mark).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    let fits = |(part, digits): (&&str, usize)| part.len() == digits;
    let plain = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    if !plain || !parts.iter().zip(digits).all(fits) {
        return None;
    }
    let [a, b, c] = parts.map(|part| part.parse().ok());
    Some([a?, b?, c?])
}

/// Reads `Z` or `+01:00`: minutes ahead of UTC.
fn offset(zone: &str) -> Option<i32> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let [hours, minutes, _] = numbers(&format!("{}:0", &zone[1..]), ':', [2, 2, 1])?;
    let real = hours < 24 && minutes < 60;
    real.then_some(sign * (hours * 60 + minutes))
}

fn moment(reader: Reader, tree: &Tree) -> Result<Moment, Failure> {
    let text = reader.text(tree)?;
    let wrong = || Failure::Wrong(quoted(&text) + " is no moment of RFC 3339");
    Moment::parse(&text).ok_or_else(wrong)
}

/// `timeadd(moment, duration)`
pub(super) fn add(call: &mut Call<'_>) -> Answer {
    let [time, duration] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let (time, duration) = (moment(reader, time)?, reader.text(duration)?);
    let Some(nanoseconds) = nanoseconds(&duration) else {
        return Err(Failure::Wrong(quoted(&duration) + " is no duration"));
    };
    let later = time
        .local
        .checked_add(SignedDuration::from_nanos(nanoseconds));
    match later {
        Ok(local) if local.year() >= 0 => call.text(Moment { local, ..time }.written()),
        _ => Err(call.not_supported(Kind::Text)),
    }
}

/// `timecmp(a, b)`: -1, 0 or 1
pub(super) fn compare(call: &mut Call<'_>) -> Answer {
    let [a, b] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Number);
    let moments = moment(reader, a)?.in_utc().zip(moment(reader, b)?.in_utc());
    match moments {
        Some((a, b)) => Ok(call.make(Decimal::from(a.cmp(&b) as i8))),
        None => Err(call.not_supported(Kind::Number)),
    }
}

/// `formatdate(layout, moment)`
pub(super) fn format(call: &mut Call<'_>) -> Answer {
    let [layout, time] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let (layout, time) = (reader.text(layout)?, moment(reader, time)?);
    call.create(layout.len().saturating_mul(4))?;
    call.text(layout::write(&layout, time)?)
}

/// Reads a duration as Go writes it: `1h30m`, `-1.5s`.
fn nanoseconds(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "0" {
        return Some(0);
    }
    let mut sum: i64 = 0;
    let mut rest = unsigned;
    loop {
        let end = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, after) = rest.split_at(end(rest));
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => after.split_at(end(after)),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let letters = after.find(|c: char| c == '.' || c.is_ascii_digit());
        let (unit, after) = after.split_at(letters.unwrap_or(after.len()));
        let unit = unit_nanoseconds(unit)?;
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        sum = sum.checked_add(whole.checked_mul(unit)?)?;
        sum = sum.checked_add(part(fraction, unit))?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    Some(if text.starts_with('-') { -sum } else { sum })
}

/// Returns the nanoseconds of the digits behind the point.
fn part(digits: &str, unit: i64) -> i64 {
    let mut left = i128::from(unit);
    let mut sum = 0;
    for digit in digits.bytes().take(16) {
        left *= 10;
        sum = sum * 10 + i128::from(digit - b'0') * i128::from(unit);
    }
    let scale = (left / i128::from(unit)).max(1);
    i64::try_from(sum / scale).unwrap_or(0)
}

fn unit_nanoseconds(unit: &str) -> Option<i64> {
    Some(match unit {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// Returns the moment that a text of YAML without quotes is, as RFC 3339 has it; `None` if it is none.
pub(super) fn of_yaml(text: &str) -> Option<String> {
    let year = text.split_once('-')?.0;
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (
            &text[..at],
            Some((text.as_bytes()[at] == b' ', &text[at + 1..])),
        ),
        None => (text, None),
    };
    if year.len() != 4 {
        return None;
    }
    let date = padded(date, '-')?;
    let (clock, zone) = match time {
        None => ("00:00:00".to_owned(), "Z"),
        Some((blank, time)) => {
            let end = time.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
            let (clock, zone) = time.split_at(end.unwrap_or(time.len()));
            if blank != zone.is_empty() {
                return None;
            }
            let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
            let clock = format!("{}.{fraction}", padded(seconds, ':')?);
            (clock, if blank { "Z" } else { zone })
        }
    };
    Some(Moment::parse(&format!("{date}T{clock}{zone}"))?.written())
}

/// Returns numbers between marks with two digits at least.
fn padded(text: &str, mark: char) -> Option<String> {
    let parts = text.split(mark).map(|part| {
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| format!("{part:0>2}"))
    });
    let parts: Vec<String> = parts.collect::<Option<_>>()?;
    Some(parts.join(&mark.to_string()))
}
