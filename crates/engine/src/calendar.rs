//! Days and microseconds since 1970-01-01, to and from ISO 8601 (proleptic Gregorian calendar, years 1 to 9999).

pub(crate) const MICROS_PER_SECOND: i64 = 1_000_000;
pub(crate) const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;

/// Days from 1970-01-01 to a date, which must exist; `None` if it does not.
pub(crate) fn days_of(year: i32, month: u32, day: u32) -> Option<i32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > month_length(year, month) {
        return None;
    }
    // Years begin in March here, so that the leap day is the last day of a year.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let month_from_march = (month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn month_length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Year, month and day of a number of days since 1970-01-01.
pub(crate) fn date_of(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// `YYYY-MM-DD`.
pub(crate) fn date_text(days: i64) -> String {
    let (year, month, day) = date_of(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `YYYY-MM-DDTHH:MM:SS`, with six decimals where the time is not a whole second.
pub(crate) fn datetime_text(micros: i64) -> String {
    let date = date_text(micros.div_euclid(MICROS_PER_DAY));
    format!("{date}T{}", time_text(micros.rem_euclid(MICROS_PER_DAY)))
}

/// `HH:MM:SS`, with six decimals where the time is not a whole second; `time` is microseconds since midnight.
pub(crate) fn time_text(time: i64) -> String {
    let seconds = time / MICROS_PER_SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = time % MICROS_PER_SECOND;
    if fraction == 0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    format!("{hour:02}:{minute:02}:{second:02}.{fraction:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(days_of(1970, 1, 1), Some(0));
        assert_eq!(days_of(2000, 2, 29), Some(11_016));
        assert_eq!(days_of(1900, 2, 29), None);
        assert_eq!(days_of(2024, 13, 1), None);
        assert_eq!(days_of(0, 1, 1), None);
    }

    #[test]
    fn every_day_of_ten_thousand_years_comes_back() {
        let first = days_of(1, 1, 1).unwrap();
        let last = days_of(9999, 12, 31).unwrap();
        assert_eq!(last - first + 1, 3_652_059);
        for days in first..=last {
            let (year, month, day) = date_of(i64::from(days));
            assert_eq!(days_of(year as i32, month as u32, day as u32), Some(days));
        }
    }

    #[test]
    fn texts() {
        assert_eq!(date_text(-1), "1969-12-31");
        assert_eq!(datetime_text(-1), "1969-12-31T23:59:59.999999");
        assert_eq!(datetime_text(1_700_000_000 * MICROS_PER_SECOND), "2023-11-14T22:13:20");
    }
}
