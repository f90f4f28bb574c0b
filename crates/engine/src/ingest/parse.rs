//! Reads single values from their spelling. Nothing here loses a digit: what does not fit its type is not of that type.

use crate::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, days_of};

/// Integers up to this size are exact as a float.
const EXACT_FLOAT_INTEGER: u64 = 1 << 53;

/// A decimal integer of 64 bits: no leading `+`, no leading zeros.
pub(crate) fn integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 19 || (digits[0] == b'0' && digits.len() > 1) {
        return None;
    }
    // Nineteen digits always fit 64 bits without a sign.
    let mut value: u64 = 0;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u64::from(digit);
    }
    match (negative, i64::try_from(value)) {
        (false, Ok(value)) => Some(value),
        (true, Ok(value)) => Some(-value),
        (true, Err(_)) if value == i64::MIN.unsigned_abs() => Some(i64::MIN),
        _ => None,
    }
}

/// Whether this integer is the same number as a float.
pub(crate) fn is_exact_float(value: i64) -> bool {
    let size = value.unsigned_abs();
    size <= EXACT_FLOAT_INTEGER || size.trailing_zeros() + 53 >= 64 - size.leading_zeros()
}

/// A decimal number with point or exponent, an integer that a float holds exactly, or an infinity.
/// No leading `+` or zeros, and no number beyond the range of a float.
pub(crate) fn float(text: &[u8]) -> Option<f64> {
    let (negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
        return Some(if negative { f64::NEG_INFINITY } else { f64::INFINITY });
    }
    let whole = count_digits(rest);
    if whole > 1 && rest[0] == b'0' {
        return None;
    }
    let mut at = whole;
    let mut decimals = 0;
    if rest.get(at) == Some(&b'.') {
        decimals = count_digits(&rest[at + 1..]);
        at += 1 + decimals;
    }
    if whole + decimals == 0 {
        return None;
    }
    if matches!(rest.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(rest.get(at + 1), Some(b'+' | b'-')));
        let digits = count_digits(&rest[at + 1 + sign..]);
        if digits == 0 {
            return None;
        }
        at += 1 + sign + digits;
    }
    if at != rest.len() {
        return None;
    }
    if at == whole {
        return integer(text).filter(|value| is_exact_float(*value)).map(|value| value as f64);
    }
    fast_float2::parse::<f64, _>(text).ok().filter(|value| value.is_finite())
}

/// The float nearest to a plain decimal number; `None` beyond the range of floats.
pub(crate) fn float_of_any_size(text: &[u8]) -> Option<f64> {
    fast_float2::parse::<f64, _>(text).ok().filter(|value| value.is_finite())
}

fn count_digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// `true` or `false`, in any case.
pub(crate) fn boolean(text: &[u8]) -> Option<bool> {
    if text.eq_ignore_ascii_case(b"true") {
        return Some(true);
    }
    text.eq_ignore_ascii_case(b"false").then_some(false)
}

/// `YYYY-MM-DD` as days since 1970-01-01.
pub(crate) fn date(text: &[u8]) -> Option<i32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = two_digits(*y1, *y2)? * 100 + two_digits(*y3, *y4)?;
    days_of(year as i32, two_digits(*m1, *m2)?, two_digits(*d1, *d2)?)
}

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    /// Microseconds since 1970-01-01T00:00:00, in UTC if the text has an offset, otherwise as written.
    pub(crate) micros: i64,
    pub(crate) has_offset: bool,
}

/// `YYYY-MM-DD[T ]HH:MM[:SS[.fraction]][Z|±HH[[:]MM]]`. Decimals beyond the sixth are cut off.
pub(crate) fn datetime(text: &[u8]) -> Option<Instant> {
    let (day, rest) = text.split_at_checked(10)?;
    let days = date(day)?;
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, rest @ ..] = rest else {
        return None;
    };
    let (hour, minute) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
    let (second, fraction, rest) = seconds(rest)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let offset = offset_seconds(rest)?;
    let time = i64::from(hour * 3600 + minute * 60 + second) - offset.unwrap_or(0);
    let micros = i64::from(days) * MICROS_PER_DAY + time * MICROS_PER_SECOND + fraction;
    Some(Instant { micros, has_offset: offset.is_some() })
}

fn seconds(text: &[u8]) -> Option<(u32, i64, &[u8])> {
    let [b':', s1, s2, rest @ ..] = text else {
        return Some((0, 0, text));
    };
    let second = two_digits(*s1, *s2)?;
    let [b'.' | b',', rest @ ..] = rest else {
        return Some((second, 0, rest));
    };
    let (micros, rest) = fraction_micros(rest)?;
    Some((second, micros, rest))
}

/// The digits after the point of a second, as microseconds.
pub(crate) fn fraction_micros(text: &[u8]) -> Option<(i64, &[u8])> {
    let digits = count_digits(text);
    if digits == 0 || digits > 9 {
        return None;
    }
    let padded = (0..6).map(|i| if i < digits { text[i] - b'0' } else { 0 });
    Some((padded.fold(0_i64, |sum, digit| sum * 10 + i64::from(digit)), &text[digits..]))
}

/// `Some(None)` without an offset, `None` if the text is none.
pub(crate) fn offset_seconds(text: &[u8]) -> Option<Option<i64>> {
    let (sign, rest) = match text {
        [] => return Some(None),
        [b'Z' | b'z'] => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [h1, h2] => (two_digits(*h1, *h2)?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?),
        _ => return None,
    };
    if hours > 18 || minutes > 59 {
        return None;
    }
    Some(Some(sign * i64::from(hours * 3600 + minutes * 60)))
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| u32::from(tens) * 10 + u32::from(ones))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_keep_every_digit_or_are_none() {
        assert_eq!(integer(b"0"), Some(0));
        assert_eq!(integer(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(integer(b"9223372036854775807"), Some(i64::MAX));
        for text in [
            "9223372036854775808",
            "-9223372036854775809",
            "007",
            "+1",
            "",
            "-",
            "1_000",
            "1.0",
            "99999999999999999999",
        ] {
            assert_eq!(integer(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn floats() {
        for (text, value) in
            [("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1e-3", -0.001), ("1E+2", 100.0), ("12", 12.0), ("0.10", 0.1)]
        {
            assert_eq!(float(text.as_bytes()), Some(value), "{text}");
        }
        assert_eq!(float(b"-Infinity"), Some(f64::NEG_INFINITY));
        assert_eq!(float(b"9007199254740992"), Some(9_007_199_254_740_992.0));
        assert_eq!(float(b"18014398509481984"), Some(18_014_398_509_481_984.0));
        for text in
            ["9007199254740993", "00.5", "+1.5", "1e", "1e+", ".", "-", "1e400", "1.5x", "0x10", "nan", "1,5", ""]
        {
            assert_eq!(float(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn every_integer_that_a_float_cannot_hold_is_seen() {
        for value in [0, 1, -1, 1 << 53, (1 << 53) + 1, (1 << 53) + 2, (1 << 60) + 3, i64::MAX, i64::MIN, i64::MIN + 1]
        {
            assert_eq!(is_exact_float(value), value as f64 as i128 == i128::from(value), "{value}");
        }
    }

    #[test]
    fn dates_and_datetimes() {
        assert_eq!(date(b"1970-01-02"), Some(1));
        assert_eq!(date(b"2023-02-29"), None);
        assert_eq!(date(b"2023-2-9"), None);
        let instant = |micros, has_offset| Some(Instant { micros, has_offset });
        assert_eq!(datetime(b"1970-01-01T00:01"), instant(60 * MICROS_PER_SECOND, false));
        assert_eq!(datetime(b"1970-01-01 00:00:01.25Z"), instant(1_250_000, true));
        assert_eq!(datetime(b"1970-01-01T02:00:00.123456789+02:00"), instant(123_456, true));
        assert_eq!(datetime(b"1969-12-31T22:30:00-0130"), instant(0, true));
        for text in [
            "1970-01-01",
            "1970-01-01T24:00",
            "1970-01-01T00:60",
            "1970-01-01T00:00:60",
            "1970-01-01T00:00:00.",
            "1970-01-01T00:00+1",
            "1970-01-01x00:00",
        ] {
            assert_eq!(datetime(text.as_bytes()), None, "{text}");
        }
    }
}
