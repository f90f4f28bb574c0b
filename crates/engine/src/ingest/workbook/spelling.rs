//! Values of cells as they are spelled in a table of text: numbers with all their digits, dates and times in ISO 8601.

/// The shortest spelling that reads as the same number.
pub(super) fn number(value: f64) -> String {
    if value == value.trunc() && value.abs() < 9_007_199_254_740_992.0 {
        return (value as i64).to_string();
    }
    if value.abs() >= 1e17 || value.abs() < 1e-5 { format!("{value:e}") } else { format!("{value}") }
}

/// A point in time; midnight is left out, so that a column of dates is one.
pub(super) fn moment(year: u32, month: u32, day: u32, [hour, minute, second]: [u32; 3], milli: u32) -> String {
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, _, 0) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

/// A share of a day as `HH:MM:SS`, with milliseconds where there are any; hours go on beyond 24.
pub(super) fn duration(days: f64) -> String {
    let millis = (days.abs() * 86_400_000.0).round() as u64;
    let sign = if days < 0.0 && millis > 0 { "-" } else { "" };
    let (seconds, milli) = (millis / 1000, millis % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if milli == 0 {
        return format!("{sign}{hour:02}:{minute:02}:{second:02}");
    }
    format!("{sign}{hour:02}:{minute:02}:{second:02}.{milli:03}")
}

/// Dates of OpenDocument without a time of midnight, and its durations (`PT08H30M00S`) as times of day.
pub(super) fn iso(text: &str) -> String {
    if let Some(time) = text.strip_prefix("PT").and_then(duration_parts) {
        return time;
    }
    for midnight in ["T00:00:00", "T00:00:00.000", "T00:00:00.000000000"] {
        if let Some(date) = text.strip_suffix(midnight) {
            return date.to_owned();
        }
    }
    text.to_owned()
}

fn duration_parts(text: &str) -> Option<String> {
    let (hours, rest) = text.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let (whole, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
    let all = [hours, minutes, whole];
    if all.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{hours:0>2}:{minutes:0>2}:{whole:0>2}{point}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_value() {
        for value in
            [0.0, -0.0, 1.0, -12.0, 0.1, 1e300, -2.5e-9, 123_456.789, 9_007_199_254_740_993.0, 1e17, 100.0, 1010.0]
        {
            let spelled = number(value);
            assert_eq!(spelled.parse::<f64>().unwrap(), value, "{spelled}");
        }
        assert_eq!(
            (number(42.0), number(-0.0), number(100.0), number(0.25)),
            ("42".into(), "0".into(), "100".into(), "0.25".into())
        );
    }

    #[test]
    fn times_and_durations() {
        assert_eq!(moment(2024, 2, 29, [0, 0, 0], 0), "2024-02-29");
        assert_eq!(moment(2024, 2, 29, [13, 5, 0], 250), "2024-02-29T13:05:00.250");
        assert_eq!(duration(0.5), "12:00:00");
        assert_eq!(duration(1.5), "36:00:00");
        assert_eq!(iso("PT08H30M05S"), "08:30:05");
        assert_eq!(iso("2024-01-31T00:00:00"), "2024-01-31");
        assert_eq!(iso("2024-01-31"), "2024-01-31");
    }
}
