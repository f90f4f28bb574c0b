//! Times of UTC as the clocks of a zone show them.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use crate::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND};

/// Beyond these years (1850 and 2200) the offset at the end is taken: before the first the zones did not exist, after the
/// second nobody knows them.
const KNOWN: [i64; 2] = [-43_829 * MICROS_PER_DAY, 84_006 * MICROS_PER_DAY];

/// Microseconds since 1970 in UTC as microseconds on the clocks of the zone of this IANA name. Where clocks are put back,
/// two times are told as one; where they are put forward, an hour is told by none.
pub(super) fn local(times: &[i64], present: Option<&[bool]>, name: &str) -> Result<Vec<i64>, String> {
    let zone: Tz = name.parse().map_err(|_| {
        format!("There is no time zone \"{name}\": give a name of the IANA database, as \"Europe/Berlin\" or \"UTC\".")
    })?;
    let there = times.iter().enumerate().filter(|(row, _)| present.is_none_or(|present| present[*row]));
    let (low, high) = there.fold((i64::MAX, i64::MIN), |(low, high), (_, time)| (low.min(*time), high.max(*time)));
    if low > high {
        return Ok(times.to_vec());
    }
    let changes = changes(zone, low, high);
    let mut last = (i64::MAX, i64::MIN, 0);
    let shifted = |time: &i64| {
        if !(last.0..last.1).contains(time) {
            let at = changes.partition_point(|change| change.0 <= *time).max(1);
            let end = changes.get(at).map_or(i64::MAX, |change| change.0);
            last = (if at == 1 { i64::MIN } else { changes[at - 1].0 }, end, changes[at - 1].1);
        }
        time.saturating_add(last.2)
    };
    Ok(times.iter().map(shifted).collect())
}

/// From when on which offset is in force, both in microseconds. Offsets are compared day by day, and the moment of a
/// change is found by halving.
fn changes(zone: Tz, low: i64, high: i64) -> Vec<(i64, i64)> {
    let (low, high) = (low.clamp(KNOWN[0], KNOWN[1]), high.clamp(KNOWN[0], KNOWN[1]));
    let mut found = vec![(low, offset(zone, low))];
    let mut from = low;
    while from < high {
        let to = (from + MICROS_PER_DAY).min(high);
        let (before, after) = (found[found.len() - 1].1, offset(zone, to));
        if before != after {
            let (mut early, mut late) = (from.div_euclid(MICROS_PER_SECOND), to.div_euclid(MICROS_PER_SECOND) + 1);
            while late - early > 1 {
                let middle = (early + late) / 2;
                match offset(zone, middle * MICROS_PER_SECOND) == before {
                    true => early = middle,
                    false => late = middle,
                }
            }
            found.push((late * MICROS_PER_SECOND, after));
        }
        from = to;
    }
    found
}

fn offset(zone: Tz, micros: i64) -> i64 {
    let Some(time) = DateTime::from_timestamp_micros(micros) else { return 0 };
    let offset = zone.offset_from_utc_datetime(&time.naive_utc()).fix();
    i64::from(offset.local_minus_utc()) * MICROS_PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::datetime_text;

    fn told(utc_seconds: &[i64], zone: &str) -> Vec<String> {
        let times: Vec<i64> = utc_seconds.iter().map(|seconds| seconds * MICROS_PER_SECOND).collect();
        local(&times, None, zone).unwrap().into_iter().map(datetime_text).collect()
    }

    #[test]
    fn the_days_on_which_clocks_change() {
        // 2024-03-31T00:59:59Z, 01:00:00Z; 2024-10-27T00:30:00Z, 01:30:00Z.
        let berlin = told(&[1_711_846_799, 1_711_846_800, 1_729_989_000, 1_729_992_600], "Europe/Berlin");
        assert_eq!(
            berlin,
            ["2024-03-31T01:59:59", "2024-03-31T03:00:00", "2024-10-27T02:30:00", "2024-10-27T02:30:00"]
        );
        assert_eq!(told(&[1_711_846_800], "Asia/Kathmandu"), ["2024-03-31T06:45:00"]);
        assert_eq!(told(&[0, 1_711_846_800], "UTC"), ["1970-01-01T00:00:00", "2024-03-31T01:00:00"]);
    }

    #[test]
    fn unknown_zones_are_named_and_extremes_have_an_answer() {
        assert!(local(&[0], None, "Europe/Atlantis").unwrap_err().contains("Europe/Atlantis"));
        assert_eq!(local(&[i64::MIN, i64::MAX], None, "America/New_York").unwrap().len(), 2);
        assert_eq!(local(&[5], Some(&[false]), "America/New_York").unwrap(), [5]);
    }
}
