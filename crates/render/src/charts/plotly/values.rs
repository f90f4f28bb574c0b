//! Values as Plotly reads them: numbers, times, and texts that it would otherwise take for tags.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

/// Lists of more numbers than this are sent as bytes.
const MANY: usize = 1_000;
const DAY: i64 = 86_400_000_000;

/// A list of numbers: as it is, or as little-endian bytes in Base64. What is not finite is a gap.
pub(crate) fn numbers(values: &[f64]) -> Value {
    if values.len() <= MANY {
        return values.iter().copied().map(number).collect();
    }
    json!({ "dtype": "f8", "bdata": bytes(values) })
}

/// Rows of numbers.
pub(crate) fn matrix(values: &[f64], columns: usize) -> Value {
    if columns == 0 {
        return json!([]);
    }
    if values.len() <= MANY {
        return values.chunks(columns).map(|row| row.iter().copied().map(number).collect::<Value>()).collect();
    }
    json!({ "dtype": "f8", "bdata": bytes(values), "shape": format!("{}, {columns}", values.len() / columns) })
}

/// A number, or null where it is not finite; whole numbers without a point.
pub(crate) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9.0e15 {
        return json!(value as i64);
    }
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn bytes(values: &[f64]) -> String {
    let bytes: Vec<u8> = values
        .iter()
        .map(|value| if value.is_finite() { *value } else { f64::NAN })
        .flat_map(f64::to_le_bytes)
        .collect();
    BASE64_STANDARD.encode(bytes)
}

/// A text of the data: Plotly knows a few tags and the entities of HTML.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '\n' | '\r' | '\t' => plain.push(' '),
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Value {
    texts.into_iter().map(|text| Value::String(plain(text))).collect()
}

/// Microseconds since 1970 as ISO 8601 without a zone.
pub(crate) fn time(micros: f64) -> Value {
    if !micros.is_finite() {
        return Value::Null;
    }
    let micros = micros.round() as i64;
    let (year, month, day) = civil(micros.div_euclid(DAY));
    let rest = micros.rem_euclid(DAY);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if rest == 0 {
        return Value::String(date);
    }
    let seconds = rest / 1_000_000;
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let fraction = format!(".{:06}", rest % 1_000_000);
    Value::String(format!("{date}T{clock}{}", fraction.trim_end_matches('0').trim_end_matches('.')))
}

/// Year, month and day of the proleptic Gregorian calendar, from days since 1970 (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// What a point says when it is pointed at: its text, where it is, and its series.
pub(crate) fn said_at(name: &str, place: &str) -> String {
    let series = if name.is_empty() { "" } else { "%{fullData.name}" };
    format!("%{{hovertext}}<br>{place}<extra>{series}</extra>")
}

/// Adds the entries of one object to another.
pub(crate) fn extend(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

pub(crate) fn object(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.into_iter().collect::<Map<String, Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_they_are_read() {
        assert_eq!(time(0.0), "1970-01-01");
        assert_eq!(time(1_709_164_800_000_000.0), "2024-02-29");
        assert_eq!(time(-1_000_000.0), "1969-12-31T23:59:59");
        assert_eq!(time(1_500.0), "1970-01-01T00:00:00.0015");
        assert_eq!(time(f64::NAN), Value::Null);
    }

    #[test]
    fn many_numbers_are_bytes_and_few_are_not() {
        assert_eq!(numbers(&[1.0, f64::NAN, 0.5]).to_string(), "[1,null,0.5]");
        let many = numbers(&vec![1.0; 1_001]);
        assert_eq!(many["dtype"], "f8");
        assert_eq!(BASE64_STANDARD.decode(many["bdata"].as_str().unwrap()).unwrap().len(), 8_008);
        assert_eq!(plain("a<b>&\u{7}\n"), "a&lt;b&gt;&amp; ");
    }
}
