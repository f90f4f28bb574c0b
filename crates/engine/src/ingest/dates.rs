//! Dates and times as people write them: order of day, month and year, names of months, times, offsets.

use contract::ingest::DateOrder;

use super::parse;
use crate::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, days_of};

/// A date, or a date with a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Days since 1970-01-01.
    pub(crate) days: i32,
    /// Microseconds since midnight and the offset in seconds, where the text has a time.
    pub(crate) time: Option<(i64, Option<i64>)>,
}

impl Moment {
    /// Microseconds since 1970-01-01T00:00:00: in UTC if there is an offset.
    pub(crate) fn micros(self) -> i64 {
        let (time, offset) = self.time.unwrap_or((0, None));
        i64::from(self.days) * MICROS_PER_DAY + time - offset.unwrap_or(0) * MICROS_PER_SECOND
    }
}

/// The longest date with time that is looked at.
const MAX_LENGTH: usize = 60;

/// Reads a date, with or without a time, whose parts stand in this order.
pub(crate) fn moment(text: &[u8], order: DateOrder) -> Option<Moment> {
    let (date, rest) = date_part(text)?;
    let days = date.days(order)?;
    if rest.is_empty() {
        return Some(Moment { days, time: None });
    }
    let rest = match rest {
        [b'T' | b't', rest @ ..] => rest,
        [b',', b' ', rest @ ..] | [b' ', rest @ ..] => rest,
        _ => return None,
    };
    let (micros, rest) = time_part(rest)?;
    Some(Moment { days, time: Some((micros, offset(rest)?)) })
}

/// A time of day in microseconds since midnight: `H:MM[:SS[.fraction]][ AM]`.
pub(crate) fn time(text: &[u8]) -> Option<i64> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let (micros, rest) = time_part(text)?;
    rest.is_empty().then_some(micros)
}

/// Three parts of which the separators tell where they end. `named` is the month where it is a name, and its place.
struct Parts {
    numbers: [u32; 3],
    digits: [usize; 3],
    /// Place of the part that was the name of a month; its number stands in `numbers`.
    named: Option<usize>,
    separator: u8,
}

impl Parts {
    fn days(&self, order: DateOrder) -> Option<i32> {
        let (year, month, day) = match order {
            DateOrder::Ymd => (0, 1, 2),
            DateOrder::Dmy => (2, 1, 0),
            DateOrder::Mdy => (2, 0, 1),
        };
        if self.named.is_some_and(|place| place != month) {
            return None;
        }
        if self.digits[day] > 2 || (self.named.is_none() && self.digits[month] > 2) {
            return None;
        }
        let year = match (self.digits[year], order) {
            (4, _) => self.numbers[year],
            // Short years stand last, and their days and months are full, or else versions would be dates.
            (2, DateOrder::Dmy | DateOrder::Mdy) if self.is_full(day, month) => {
                self.numbers[year] + if self.numbers[year] < 69 { 2000 } else { 1900 }
            }
            _ => return None,
        };
        days_of(i32::try_from(year).ok()?, self.numbers[month], self.numbers[day])
    }

    fn is_full(&self, day: usize, month: usize) -> bool {
        self.separator == b'/' || self.named.is_some() || (self.digits[day] == 2 && self.digits[month] == 2)
    }
}

fn date_part(text: &[u8]) -> Option<(Parts, &[u8])> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut parts = Parts { numbers: [0; 3], digits: [0; 3], named: None, separator: 0 };
    let mut rest = text;
    for place in 0..3 {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 4 {
            return None;
        }
        if digits > 0 {
            parts.numbers[place] = rest[..digits].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
            parts.digits[place] = digits;
            rest = &rest[digits..];
        } else {
            if parts.named.is_some() || place == 2 {
                return None;
            }
            let (month, after) = month_name(rest)?;
            parts.numbers[place] = month;
            parts.named = Some(place);
            rest = after;
        }
        if place == 2 {
            break;
        }
        let separator = *rest.first()?;
        rest = &rest[1..];
        match separator {
            b'-' | b'/' | b'.' if place == 0 || separator == parts.separator => parts.separator = separator,
            // "Jan 12, 2024" and "12. Jan 2024".
            b' ' => parts.separator = b' ',
            b',' if place == 1 && parts.named == Some(0) => rest = rest.strip_prefix(b" ")?,
            _ => return None,
        }
        if separator == b'.' && rest.first() == Some(&b' ') {
            rest = &rest[1..];
            parts.separator = b' ';
        }
    }
    // Numbers with spaces between them are no date.
    if parts.separator == b' ' && parts.named.is_none() {
        return None;
    }
    Some((parts, rest))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_name(text: &[u8]) -> Option<(u32, &[u8])> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = text[..letters].to_ascii_lowercase();
    let found = MONTHS.iter().position(|name| {
        name.as_bytes() == word
            || (letters == 3 && name.as_bytes().starts_with(&word))
            || (word == b"sept" && *name == "september")
    })?;
    Some((found as u32 + 1, &text[letters..]))
}

fn time_part(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, rest) = number(text, 1..=2)?;
    let rest = rest.strip_prefix(b":")?;
    let (minute, mut rest) = number(rest, 2..=2)?;
    let (mut second, mut fraction) = (0, 0);
    if let [b':', more @ ..] = rest {
        (second, rest) = number(more, 2..=2)?;
        if let [b'.' | b',', more @ ..] = rest {
            (fraction, rest) = parse::fraction_micros(more)?;
        }
    }
    let (half, rest) = half_of_day(rest);
    let hour = match (half, hour) {
        (None, 0..=23) => hour,
        (Some(afternoon), 1..=12) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => return None,
    };
    if minute > 59 || second > 59 {
        return None;
    }
    Some((i64::from(hour * 3600 + minute * 60 + second) * MICROS_PER_SECOND + fraction, rest))
}

/// Whether it is afternoon, if the text says so.
fn half_of_day(text: &[u8]) -> (Option<bool>, &[u8]) {
    let trimmed = text.strip_prefix(b" ").unwrap_or(text);
    match trimmed {
        [half @ (b'A' | b'a' | b'P' | b'p'), b'M' | b'm', rest @ ..] => (Some(half.eq_ignore_ascii_case(&b'p')), rest),
        _ => (None, text),
    }
}

fn offset(text: &[u8]) -> Option<Option<i64>> {
    match text {
        b" UTC" | b" GMT" | b" Z" | b"UTC" | b"GMT" => Some(Some(0)),
        [b' ', rest @ ..] if !rest.is_empty() => parse::offset_seconds(rest),
        rest => parse::offset_seconds(rest),
    }
}

fn number(text: &[u8], digits: std::ops::RangeInclusive<usize>) -> Option<(u32, &[u8])> {
    let found = text.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if !digits.contains(&found) {
        return None;
    }
    let value = text[..found].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some((value, &text[found..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::datetime_text;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        moment(text.as_bytes(), order).map(|moment| datetime_text(moment.micros()))
    }

    #[test]
    fn dates_in_each_order() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (text, order, expected) in [
            ("2024-02-29", Ymd, "2024-02-29T00:00:00"),
            ("2024/2/9", Ymd, "2024-02-09T00:00:00"),
            ("13/02/2024", Dmy, "2024-02-13T00:00:00"),
            ("02/13/2024", Mdy, "2024-02-13T00:00:00"),
            ("13.02.24", Dmy, "2024-02-13T00:00:00"),
            ("3/4/99", Mdy, "1999-03-04T00:00:00"),
            ("12 Jan 2024", Dmy, "2024-01-12T00:00:00"),
            ("12-jan-24", Dmy, "2024-01-12T00:00:00"),
            ("September 5, 2024", Mdy, "2024-09-05T00:00:00"),
            ("2024-Mar-05", Ymd, "2024-03-05T00:00:00"),
            ("13/02/2024 9:05 PM", Dmy, "2024-02-13T21:05:00"),
            ("2024-02-29T10:00:00.5+02:00", Ymd, "2024-02-29T08:00:00.500000"),
            ("2024-02-29 10:00 UTC", Ymd, "2024-02-29T10:00:00"),
            ("2024-02-29 10:00:00 -0530", Ymd, "2024-02-29T15:30:00"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(expected), "{text}");
        }
        for (text, order) in [
            ("13/02/2024", Mdy),
            ("30/02/2024", Dmy),
            ("1.2.10", Dmy),
            ("1-2/2024", Dmy),
            ("12 13 2024", Dmy),
            ("2024-02-29", Dmy),
            ("12 Jan 2024", Mdy),
            ("2024-02-29 25:00", Ymd),
            ("2024-02-29x", Ymd),
            ("192.168.10.12", Dmy),
        ] {
            assert_eq!(read(text, order), None, "{text}");
        }
    }

    #[test]
    fn times_of_day() {
        assert_eq!(time(b"00:00"), Some(0));
        assert_eq!(time(b"12:00:00 AM"), Some(0));
        assert_eq!(time(b"9:05:01.25pm"), Some((21 * 3600 + 5 * 60 + 1) * MICROS_PER_SECOND + 250_000));
        for text in ["24:00", "13:00 PM", "9:5", "12:60", "10:00Z", "1:2:3"] {
            assert_eq!(time(text.as_bytes()), None, "{text}");
        }
    }
}
