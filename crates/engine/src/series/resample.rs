//! From rows with a time and a value to one value for each period.

use contract::analyses::timeseries::{Aggregate, Gaps};
use contract::granularity::Granularity;

use crate::compare::sample::median;
use crate::periods::period_of;
use crate::summary::ExactSum;

/// Values by period, from the first to the last; NaN where a period has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Series {
    pub(crate) first: i64,
    pub(crate) values: Vec<f64>,
    pub(crate) rows: Vec<u64>,
    pub(crate) filled: Vec<bool>,
}

/// A row's time in microseconds since 1970, and its value.
pub(crate) type Moment = (i64, f64);

/// The granularity of the usual distance between neighbouring times; days if there are no two.
pub(crate) fn usual(moments: &[Moment]) -> Granularity {
    let mut gaps: Vec<f64> = moments
        .windows(2)
        .map(|pair| pair[1].0.saturating_sub(pair[0].0) as f64 / 1e6)
        .filter(|gap| *gap > 0.0)
        .collect();
    let gap = median(&mut gaps);
    if gap.is_nan() {
        return Granularity::Day;
    }
    let fitting = Granularity::ALL.into_iter().rev().find(|every| every.seconds() <= 1.5 * gap);
    fitting.unwrap_or(Granularity::Minute)
}

/// How many periods there are from the first to the last row; `moments` are in order of time.
pub(crate) fn span(moments: &[Moment], every: Granularity) -> u64 {
    match (moments.first(), moments.last()) {
        (Some(first), Some(last)) => period_of(last.0, every).abs_diff(period_of(first.0, every)) + 1,
        _ => 0,
    }
}

/// One value for each period of moments in order of time.
pub(crate) fn resample(moments: &[Moment], every: Granularity, aggregate: Aggregate) -> Series {
    let Some(first) = moments.first().map(|moment| period_of(moment.0, every)) else {
        return Series::default();
    };
    let length = span(moments, every) as usize;
    let mut series =
        Series { first, values: vec![f64::NAN; length], rows: vec![0; length], filled: vec![false; length] };
    for rows in moments.chunk_by(|left, right| period_of(left.0, every) == period_of(right.0, every)) {
        let at = (period_of(rows[0].0, every) - first) as usize;
        series.rows[at] = rows.len() as u64;
        series.values[at] = aggregated(rows, aggregate);
    }
    series
}

fn aggregated(rows: &[Moment], aggregate: Aggregate) -> f64 {
    let values = || rows.iter().map(|moment| moment.1);
    let sum = || {
        let mut sum = ExactSum::default();
        values().for_each(|value| sum.add(value));
        sum
    };
    match aggregate {
        Aggregate::Sum => sum().value(),
        Aggregate::Mean => sum().divided(rows.len() as f64).0,
        Aggregate::Median => median(&mut values().collect::<Vec<f64>>()),
        Aggregate::Min => values().fold(f64::INFINITY, f64::min),
        Aggregate::Max => values().fold(f64::NEG_INFINITY, f64::max),
        Aggregate::Count => rows.len() as f64,
        Aggregate::First => rows.first().map_or(f64::NAN, |moment| moment.1),
        Aggregate::Last => rows.last().map_or(f64::NAN, |moment| moment.1),
    }
}

/// Puts values where there are none. The first and the last period have one.
pub(crate) fn fill(series: &mut Series, gaps: Gaps) {
    let mut from = 0;
    while from < series.values.len() {
        if !series.values[from].is_nan() {
            from += 1;
            continue;
        }
        let to = series.values[from..]
            .iter()
            .position(|value| !value.is_nan())
            .map_or(series.values.len(), |gap| from + gap);
        let before = from.checked_sub(1).map_or(f64::NAN, |at| series.values[at]);
        let after = series.values.get(to).copied().unwrap_or(f64::NAN);
        for at in from..to {
            let share = (at + 1 - from) as f64 / (to + 1 - from) as f64;
            series.values[at] = match gaps {
                Gaps::Null => f64::NAN,
                Gaps::Zero => 0.0,
                Gaps::Previous => before,
                Gaps::Linear => before * (1.0 - share) + after * share,
            };
            series.filled[at] = !series.values[at].is_nan();
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000_000;

    #[test]
    fn aggregates_and_gaps() {
        let moments = [(0, 1.0), (5, 3.0), (DAY, 4.0), (4 * DAY, 10.0), (4 * DAY + 1, 8.0), (4 * DAY + 2, 0.0)];
        for (aggregate, expected) in [
            (Aggregate::Sum, [4.0, 4.0, 18.0]),
            (Aggregate::Mean, [2.0, 4.0, 6.0]),
            (Aggregate::Median, [2.0, 4.0, 8.0]),
            (Aggregate::Min, [1.0, 4.0, 0.0]),
            (Aggregate::Max, [3.0, 4.0, 10.0]),
            (Aggregate::Count, [2.0, 1.0, 3.0]),
            (Aggregate::First, [1.0, 4.0, 10.0]),
            (Aggregate::Last, [3.0, 4.0, 0.0]),
        ] {
            let series = resample(&moments, Granularity::Day, aggregate);
            assert_eq!([series.values[0], series.values[1], series.values[4]], expected, "{aggregate:?}");
            assert!(series.values[2].is_nan() && series.values[3].is_nan());
            assert_eq!(series.rows, [2, 1, 0, 0, 3]);
        }
        for (gaps, expected) in [(Gaps::Zero, [0.0, 0.0]), (Gaps::Previous, [4.0, 4.0]), (Gaps::Linear, [6.0, 8.0])] {
            let mut series = resample(&moments, Granularity::Day, Aggregate::Max);
            fill(&mut series, gaps);
            assert!((series.values[2] - expected[0]).abs() < 1e-12 && (series.values[3] - expected[1]).abs() < 1e-12);
            assert_eq!(series.filled, [false, false, true, true, false]);
        }
    }

    #[test]
    fn the_usual_distance_tells_the_granularity() {
        let every = |gap: i64| usual(&(0..10).map(|i| (i * gap, 0.0)).collect::<Vec<_>>());
        assert_eq!(every(DAY / 1440), Granularity::Minute);
        assert_eq!(every(DAY), Granularity::Day);
        assert_eq!(every(DAY * 7), Granularity::Week);
        assert_eq!(every(DAY * 30), Granularity::Month);
        assert_eq!(every(DAY * 365), Granularity::Year);
        assert_eq!(usual(&[(0, 1.0)]), Granularity::Day);
        assert_eq!(resample(&[], Granularity::Day, Aggregate::Sum), Series::default());
    }
}
