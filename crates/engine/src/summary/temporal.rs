//! Summaries of date and datetime columns.

use contract::columns::Scalar;
use contract::profile::{TemporalSummary, TopValue};

use super::moments::sum_of_integers;
use super::runs::Runs;
use super::top::most_frequent;
use super::{Options, Summary};
use crate::calendar::{MICROS_PER_SECOND, date_text, datetime_text, time_text};

/// The summary of a column of days since 1970-01-01.
pub(crate) fn dates(runs: &Runs<i64>, options: &Options) -> Summary {
    summary(runs, options, date_text, 86_400.0)
}

/// The summary of a column of microseconds since 1970-01-01T00:00:00.
pub(crate) fn datetimes(runs: &Runs<i64>, options: &Options) -> Summary {
    summary(runs, options, datetime_text, 1.0 / MICROS_PER_SECOND as f64)
}

/// The summary of a column of microseconds since midnight.
pub(crate) fn times(runs: &Runs<i64>, options: &Options) -> Summary {
    summary(runs, options, time_text, 1.0 / MICROS_PER_SECOND as f64)
}

/// Mean and median are rounded down to the unit of the column, a day or a microsecond.
fn summary(runs: &Runs<i64>, options: &Options, text: fn(i64) -> String, seconds_per_unit: f64) -> Summary {
    let range = runs.first().zip(runs.last()).map(|(min, max)| (max - min) as f64 * seconds_per_unit);
    let temporal = TemporalSummary {
        min: runs.first().map(text),
        max: runs.last().map(text),
        mean: mean(runs).map(text),
        median: median(runs).map(text),
        mode: most_frequent(runs.iter(), 1).first().map(|(value, _)| text(*value)),
        range_seconds: range,
    };
    let top = most_frequent(runs.iter(), options.top).into_iter();
    Summary {
        distinct: runs.distinct(),
        top: top.map(|(value, count)| TopValue { value: Scalar::String(text(value)), count }).collect(),
        temporal: Some(temporal),
        ..Summary::default()
    }
}

fn mean(runs: &Runs<i64>) -> Option<i64> {
    let count = i128::from(runs.count());
    let mean = sum_of_integers(runs).checked_div_euclid(count)?;
    i64::try_from(mean).ok()
}

fn median(runs: &Runs<i64>) -> Option<i64> {
    let last = runs.count().checked_sub(1)?;
    let (left, right) = (runs.at(last / 2)?, runs.at(last - last / 2)?);
    Some(left + (right - left).div_euclid(2))
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    #[test]
    fn dates_before_1970_round_down_too() {
        let options = Options { percentiles: Vec::new(), top: 1, histogram: false };
        let temporal = dates(&runs::of_integers(vec![-2, -1]), &options).temporal.unwrap();
        assert_eq!(temporal.mean.as_deref(), Some("1969-12-30"));
        assert_eq!(temporal.median.as_deref(), Some("1969-12-30"));
        assert_eq!(temporal.range_seconds, Some(86_400.0));
        let nothing = datetimes(&runs::of_integers(Vec::new()), &options).temporal.unwrap();
        assert_eq!((nothing.min, nothing.mean, nothing.range_seconds), (None, None, None));
    }
}
