//! Calendar periods as whole numbers that follow one another, and back to the time they begin.

use contract::granularity::Granularity;

use crate::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND, date_of, date_text, datetime_text, days_of};

const MICROS_PER_MINUTE: i64 = 60 * MICROS_PER_SECOND;
const MICROS_PER_HOUR: i64 = 60 * MICROS_PER_MINUTE;

/// The number of the period that holds a time in microseconds since 1970.
pub(crate) fn period_of(micros: i64, every: Granularity) -> i64 {
    match every {
        Granularity::Minute => micros.div_euclid(MICROS_PER_MINUTE),
        Granularity::Hour => micros.div_euclid(MICROS_PER_HOUR),
        _ => period_of_day(micros.div_euclid(MICROS_PER_DAY), every),
    }
}

/// The number of the period that holds a day since 1970.
pub(crate) fn period_of_day(day: i64, every: Granularity) -> i64 {
    match every {
        Granularity::Minute => day * 1440,
        Granularity::Hour => day * 24,
        Granularity::Day => day,
        // 1970-01-01 was a Thursday.
        Granularity::Week => (day + 3).div_euclid(7),
        Granularity::Month | Granularity::Quarter | Granularity::Year => {
            let (year, month, _) = date_of(day);
            match every {
                Granularity::Month => year * 12 + month - 1,
                Granularity::Quarter => year * 4 + (month - 1) / 3,
                _ => year,
            }
        }
    }
}

/// When a period begins, as text: a day, or a time where periods are shorter than a day.
pub(crate) fn period_text(period: i64, every: Granularity) -> String {
    match every {
        Granularity::Minute => datetime_text(period.saturating_mul(MICROS_PER_MINUTE)),
        Granularity::Hour => datetime_text(period.saturating_mul(MICROS_PER_HOUR)),
        _ => date_text(first_day(period, every)),
    }
}

/// When a period begins, in microseconds since 1970.
pub(crate) fn period_start(period: i64, every: Granularity) -> i64 {
    match every {
        Granularity::Minute => period.saturating_mul(MICROS_PER_MINUTE),
        Granularity::Hour => period.saturating_mul(MICROS_PER_HOUR),
        _ => first_day(period, every).saturating_mul(MICROS_PER_DAY),
    }
}

fn first_day(period: i64, every: Granularity) -> i64 {
    let (year, month) = match every {
        Granularity::Week => return period * 7 - 3,
        Granularity::Month => (period.div_euclid(12), period.rem_euclid(12) + 1),
        Granularity::Quarter => (period.div_euclid(4), period.rem_euclid(4) * 3 + 1),
        Granularity::Year => (period, 1),
        _ => return period,
    };
    days_of(year as i32, month as u32, 1).map_or(0, i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_lies_in_the_period_that_begins_no_later() {
        for day in -800_000..400_000_i64 {
            if day < i64::from(days_of(1, 1, 1).unwrap()) {
                continue;
            }
            for every in [Granularity::Week, Granularity::Month, Granularity::Quarter, Granularity::Year] {
                let period = period_of_day(day, every);
                let next = first_day(period + 1, every);
                assert!(first_day(period, every) <= day && day < next, "{day} {every:?}");
            }
        }
    }

    #[test]
    fn texts_of_known_periods() {
        // 2024-05-15T13:45:10, a Wednesday.
        let time = 1_715_780_710 * MICROS_PER_SECOND;
        let texts = Granularity::ALL.map(|every| period_text(period_of(time, every), every));
        assert_eq!(
            texts,
            [
                "2024-05-15T13:45:00",
                "2024-05-15T13:00:00",
                "2024-05-15",
                "2024-05-13",
                "2024-05-01",
                "2024-04-01",
                "2024-01-01"
            ]
        );
        assert_eq!(period_text(period_of(-1, Granularity::Week), Granularity::Week), "1969-12-29");
    }
}
