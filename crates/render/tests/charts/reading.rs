//! Plotly figures read as a program would: lists of numbers, positions on axes, colours of scales.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// A list of numbers, in digits or in bytes; null is no number.
pub fn numbers(value: &Value) -> Vec<f64> {
    if let Some(bytes) = value["bdata"].as_str() {
        assert_eq!(value["dtype"], "f8");
        let bytes = BASE64_STANDARD.decode(bytes).unwrap();
        return bytes.chunks_exact(8).map(|eight| f64::from_le_bytes(eight.try_into().unwrap())).collect();
    }
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Number(number) => vec![number.as_f64().unwrap()],
        _ => vec![f64::NAN],
    }
}

/// Positions on an axis as they stand along it: powers of ten on logarithmic ones, microseconds since 1970 on those of
/// time, the place of a category.
pub fn positions(axis: &Value, values: &Value) -> Vec<f64> {
    match axis["type"].as_str().unwrap() {
        "date" => list(values).iter().map(|time| time.as_str().map_or(f64::NAN, micros)).collect(),
        "category" => {
            let names = axis["categoryarray"].as_array().unwrap();
            let place = |name: &Value| names.iter().position(|known| known == name).map_or(f64::NAN, |at| at as f64);
            list(values).iter().map(place).collect()
        }
        "log" => numbers(values).into_iter().map(f64::log10).collect(),
        "linear" => numbers(values),
        other => panic!("an axis of type {other}"),
    }
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Microseconds since 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn micros(text: &str) -> f64 {
    let (date, clock) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let part = |text: &str, at: usize| text.split(['-', ':']).nth(at).unwrap().parse::<f64>().unwrap();
    let (year, month, day) = (part(date, 0) as i64, part(date, 1) as i64, part(date, 2) as i64);
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days as f64 * 86_400e6 + (part(clock, 0) * 3_600.0 + part(clock, 1) * 60.0 + part(clock, 2)) * 1e6
}

pub type Rgb = [f64; 3];

/// Red, green and blue of `#RRGGBB` or `rgba(r,g,b,a)`.
pub fn rgb(color: &str) -> Rgb {
    if let Some(hex) = color.strip_prefix('#') {
        return [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()));
    }
    let parts: Vec<f64> =
        color.trim_start_matches("rgba(").trim_end_matches(')').split(',').map(|part| part.parse().unwrap()).collect();
    [parts[0], parts[1], parts[2]]
}

/// The colour of a value on the figure's scale of colours, between its steps in proportion.
pub fn on_scale(layout: &Value, value: f64) -> Rgb {
    let axis = &layout["coloraxis"];
    let (low, high) = (axis["cmin"].as_f64().unwrap(), axis["cmax"].as_f64().unwrap());
    let place = ((value - low) / (high - low)).clamp(0.0, 1.0);
    let steps = list(&axis["colorscale"]);
    let of = |step: &Value| (step[0].as_f64().unwrap(), rgb(step[1].as_str().unwrap()));
    let pair = steps.windows(2).find(|pair| of(&pair[1]).0 >= place).unwrap();
    let ((from, first), (to, second)) = (of(&pair[0]), of(&pair[1]));
    let part = (place - from) / (to - from);
    [0, 1, 2].map(|at| first[at] + (second[at] - first[at]) * part)
}

/// Whether two colours are the same but for rounding.
pub fn same(one: Rgb, other: Rgb) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() <= 1.5)
}

#[test]
fn times_and_colours_are_read() {
    assert_eq!(micros("1970-01-02"), 86_400e6);
    assert_eq!(micros("2024-02-29T12:00:00.5"), 1_709_208_000.5e6);
    assert_eq!(rgb("rgba(1,2,3,0.5)"), rgb("#010203"));
}
