//! Summaries of date and datetime columns.

use contract::columns::Scalar;
use contract::profile::{Gap, TemporalSummary, TopValue};

use super::extended::entropy;
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

/// The same of a longer column for which these runs stand, whose values have this sum; gaps are not told.
pub(crate) fn dates_about(runs: &Runs<i64>, top: &[(i64, u64)], sum: i128, options: &Options) -> Summary {
    about(dates(runs, options), runs, top, sum, options, date_text)
}

pub(crate) fn datetimes_about(runs: &Runs<i64>, top: &[(i64, u64)], sum: i128, options: &Options) -> Summary {
    about(datetimes(runs, options), runs, top, sum, options, datetime_text)
}

pub(crate) fn times_about(runs: &Runs<i64>, top: &[(i64, u64)], sum: i128, options: &Options) -> Summary {
    about(times(runs, options), runs, top, sum, options, time_text)
}

fn about(
    summary: Summary,
    runs: &Runs<i64>,
    top: &[(i64, u64)],
    sum: i128,
    options: &Options,
    text: fn(i64) -> String,
) -> Summary {
    let mean = sum.checked_div_euclid(i128::from(runs.count())).and_then(|mean| i64::try_from(mean).ok());
    let temporal = summary.temporal.map(|temporal| TemporalSummary {
        mean: mean.map(text),
        mode: top.first().map(|(value, _)| text(*value)),
        median_gap_seconds: None,
        longest_gap: None,
        ..temporal
    });
    let told = top.iter().take(options.top);
    Summary {
        entropy: None,
        top: told.map(|(value, count)| TopValue { value: Scalar::String(text(*value)), count: *count }).collect(),
        temporal,
        ..summary
    }
}

/// Mean and median are rounded down to the unit of the column, a day or a microsecond.
fn summary(runs: &Runs<i64>, options: &Options, text: fn(i64) -> String, seconds_per_unit: f64) -> Summary {
    let range = runs.first().zip(runs.last()).map(|(min, max)| (max - min) as f64 * seconds_per_unit);
    let gaps = Gaps::of(runs);
    let temporal = TemporalSummary {
        min: runs.first().map(text),
        max: runs.last().map(text),
        mean: mean(runs).map(text),
        median: median(runs).map(text),
        mode: most_frequent(runs.iter(), 1).first().map(|(value, _)| text(*value)),
        range_seconds: range,
        median_gap_seconds: gaps.median.map(|gap| gap * seconds_per_unit),
        longest_gap: gaps.longest.map(|(from, to)| Gap {
            seconds: (to - from) as f64 * seconds_per_unit,
            from: text(from),
            to: text(to),
        }),
    };
    let top = most_frequent(runs.iter(), options.top).into_iter();
    Summary {
        distinct: runs.distinct(),
        entropy: entropy(runs.iter().map(|(_, count)| count)),
        top: top.map(|(value, count)| TopValue { value: Scalar::String(text(value)), count }).collect(),
        temporal: Some(temporal),
        ..Summary::default()
    }
}

/// The stretches between neighbours among the different values.
struct Gaps {
    median: Option<f64>,
    longest: Option<(i64, i64)>,
}

impl Gaps {
    fn of(runs: &Runs<i64>) -> Self {
        let values: Vec<i64> = runs.iter().map(|(value, _)| value).collect();
        let mut widths: Vec<i64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut longest: Option<(i64, i64)> = None;
        for pair in values.windows(2) {
            if longest.is_none_or(|(from, to)| pair[1] - pair[0] > to - from) {
                longest = Some((pair[0], pair[1]));
            }
        }
        let Some(last) = widths.len().checked_sub(1) else { return Self { median: None, longest } };
        let middle = widths.len() / 2;
        let high = *widths.select_nth_unstable(middle).1;
        let low = *widths.select_nth_unstable(last / 2).1;
        Self { median: Some((high + low) as f64 * 0.5), longest }
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
        let options = Options { top: 1, ..Options::profile() };
        let temporal = dates(&runs::of_integers(vec![-2, -1]), &options).temporal.unwrap();
        assert_eq!(temporal.mean.as_deref(), Some("1969-12-30"));
        assert_eq!(temporal.median.as_deref(), Some("1969-12-30"));
        assert_eq!(temporal.range_seconds, Some(86_400.0));
        let sparse = dates(&runs::of_integers(vec![0, 1, 1, 9, 12, 20]), &options).temporal.unwrap();
        let longest = sparse.longest_gap.unwrap();
        assert_eq!(
            (longest.seconds, longest.from.as_str(), longest.to.as_str()),
            (691_200.0, "1970-01-02", "1970-01-10")
        );
        assert_eq!(sparse.median_gap_seconds, Some(5.5 * 86_400.0));
        let nothing = datetimes(&runs::of_integers(Vec::new()), &options).temporal.unwrap();
        assert_eq!((nothing.min, nothing.mean, nothing.range_seconds), (None, None, None));
    }
}
