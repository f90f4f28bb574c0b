//! Summaries of integer and float columns.

use contract::analyses::descriptive::QuantileType;
use contract::columns::{Encoding, Scalar};
use contract::profile::{NonFinite, NumericSummary, Percentile, TopValue};

use super::extended::{entropy, gini, mad, mean_interval, positive_means, trimmed_mean};
use super::moments::{self, Moments};
use super::quantiles::{Interpolate, quantile_of_type};
use super::runs::Runs;
use super::top::most_frequent;
use super::{Options, Summary};
use crate::scalars::{self, figure};

/// The summary of an integer column without its nulls.
pub(crate) fn integers(runs: &Runs<i64>, options: &Options) -> Summary {
    let encoding = runs.first().zip(runs.last()).map_or(Encoding::Plain, |(min, max)| scalars::encoding_of(min, max));
    let value = |value: Option<i64>| value.map_or(Scalar::Null, |value| scalars::integer(value, encoding));
    let mode = most_frequent(runs.iter(), 1).first().map(|(value, _)| *value);
    let range = runs.first().zip(runs.last()).map(|(min, max)| i128::from(max) - i128::from(min));
    let exact = Exact {
        mode: value(mode),
        min: value(runs.first()),
        max: value(runs.last()),
        range: range.map_or(Scalar::Null, scalars::wide_integer),
        sum: if runs.count() == 0 { Scalar::from(0) } else { scalars::wide_integer(moments::sum_of_integers(runs)) },
    };
    let numeric =
        numeric_summary(runs, moments::of_integers(runs), exact, NonFinite::default(), options, |value| value as f64);
    let top = most_frequent(runs.iter(), options.top).into_iter();
    Summary {
        encoding,
        distinct: runs.distinct(),
        entropy: entropy(runs.iter().map(|(_, count)| count)),
        top: top.map(|(value, count)| TopValue { value: scalars::integer(value, encoding), count }).collect(),
        histogram: super::histogram_if(options, || {
            super::histogram::histogram(runs, numeric.iqr, |value| value as f64)
        }),
        numeric: Some(numeric),
        ..Summary::default()
    }
}

/// The summary of a float column: `runs` holds the finite values, `non_finite` counts the others.
pub(crate) fn floats(runs: &Runs<f64>, non_finite: NonFinite, options: &Options) -> Summary {
    let moments = moments::of_floats(runs);
    let value = |value: Option<f64>| value.map_or(Scalar::Null, scalars::float);
    let exact = Exact {
        mode: value(frequent_floats(runs, 1).first().map(|(value, _)| *value)),
        min: value(runs.first()),
        max: value(runs.last()),
        range: value(runs.first().zip(runs.last()).map(|(min, max)| max - min)),
        sum: if runs.count() == 0 { Scalar::from(0.0) } else { value(moments.sum) },
    };
    let numeric = numeric_summary(runs, moments, exact, non_finite, options, |value| value);
    let others = [non_finite.nan, non_finite.positive_infinity, non_finite.negative_infinity];
    let top = frequent_floats(runs, options.top).into_iter();
    Summary {
        entropy: entropy(runs.iter().map(|(_, count)| count)),
        distinct: runs.distinct() + others.iter().filter(|count| **count > 0).count() as u64,
        top: top.map(|(value, count)| TopValue { value: scalars::float(value), count }).collect(),
        histogram: super::histogram_if(options, || super::histogram::histogram(runs, numeric.iqr, |value| value)),
        numeric: Some(numeric),
        ..Summary::default()
    }
}

/// The summary of a decimal column without its nulls: the values have `scale` digits after the point. Extremes, mode, top
/// values and a sum that fits 128 bits are exact; the other figures are those of the nearest floats.
pub(crate) fn decimals(values: &Runs<i128>, scale: usize, options: &Options) -> Summary {
    let unit = 10_f64.powi(i32::try_from(scale).unwrap_or(0));
    let floats = Runs::of_weighted(values.iter().map(|(value, count)| (value as f64 / unit, count)));
    let mut summary = self::floats(&floats, NonFinite::default(), options);
    let text = |value: i128| Scalar::String(scalars::decimal_text(value, scale));
    let groups = || values.iter();
    summary.encoding = Encoding::String;
    summary.distinct = values.distinct();
    summary.entropy = entropy(groups().map(|(_, count)| count));
    summary.top = most_frequent(groups(), options.top)
        .into_iter()
        .map(|(value, count)| TopValue { value: text(value), count })
        .collect();
    if let (Some(numeric), Some(min), Some(max)) = (&mut summary.numeric, values.first(), values.last()) {
        numeric.mode = most_frequent(groups(), 1).first().map_or(Scalar::Null, |(value, _)| text(*value));
        (numeric.min, numeric.max) = (text(min), text(max));
        numeric.range = max.checked_sub(min).map_or(Scalar::Null, text);
        let sum = values.iter().try_fold(0_i128, |sum, (value, count)| {
            value.checked_mul(i128::from(count)).and_then(|product| sum.checked_add(product))
        });
        numeric.sum = sum.map_or_else(|| numeric.sum.clone(), text);
    }
    summary
}

/// Figures that are of the column's own type.
pub(super) struct Exact {
    pub(super) mode: Scalar,
    pub(super) min: Scalar,
    pub(super) max: Scalar,
    pub(super) range: Scalar,
    pub(super) sum: Scalar,
}

pub(super) fn numeric_summary<T: Interpolate>(
    runs: &Runs<T>,
    moments: Moments,
    exact: Exact,
    non_finite: NonFinite,
    options: &Options,
    to_float: impl Fn(T) -> f64,
) -> NumericSummary {
    let quantile = |share| quantile_of_type(runs, share, options.quantiles);
    let (q1, median, q3) = (quantile(0.25), quantile(0.5), quantile(0.75));
    let (geometric_mean, harmonic_mean) = positive_means(runs, &to_float);
    let iqr = q1.zip(q3).and_then(|(q1, q3)| figure(q3 - q1));
    let percentiles = options
        .percentiles
        .iter()
        .map(|percentile| Percentile { percentile: *percentile, value: quantile(percentile / 100.0) });
    let negatives = runs.count_before(|value| to_float(value) < 0.0);
    NumericSummary {
        mean: moments.mean,
        median,
        mode: exact.mode,
        std: moments.std,
        variance: moments.variance,
        min: exact.min,
        max: exact.max,
        range: exact.range,
        sum: exact.sum,
        q1,
        q3,
        iqr,
        percentiles: percentiles.collect(),
        skewness: moments.skewness,
        kurtosis: moments.kurtosis,
        zeros: runs.count_before(|value| to_float(value) <= 0.0) - negatives,
        negatives,
        least_positive: runs.first_from(|value| to_float(value) > 0.0).map(&to_float),
        outliers_iqr: outliers_iqr(runs, q1, q3, &to_float),
        outliers_z: outliers_z(runs, &moments, &to_float),
        non_finite,
        mean_interval: mean_interval(&moments, runs.count(), options.confidence),
        trimmed_mean: trimmed_mean(runs, options.trim, &to_float),
        geometric_mean,
        harmonic_mean,
        mad: mad(runs, quantile_of_type(runs, 0.5, QuantileType::Linear), &to_float),
        gini: gini(runs, &to_float),
        weighted: None,
    }
}

/// Values beyond Tukey's inner fences.
fn outliers_iqr<T: Copy>(runs: &Runs<T>, q1: Option<f64>, q3: Option<f64>, to_float: impl Fn(T) -> f64) -> u64 {
    let (Some(q1), Some(q3)) = (q1, q3) else {
        return 0;
    };
    let reach = 1.5 * (q3 - q1);
    let (low, high) = (q1 - reach, q3 + reach);
    runs.count_before(|value| to_float(value) < low) + runs.count() - runs.count_before(|value| to_float(value) <= high)
}

fn outliers_z<T: Copy>(runs: &Runs<T>, moments: &Moments, to_float: impl Fn(T) -> f64) -> u64 {
    let (Some(mean), Some(std)) = (moments.mean, moments.std) else {
        return 0;
    };
    if std == 0.0 {
        return 0;
    }
    let z = |value: T| (to_float(value) - mean) / std;
    runs.count_before(|value| z(value) < -3.0) + runs.count() - runs.count_before(|value| z(value) <= 3.0)
}

/// The most frequent floats. Floats have no total order in Rust's types, but their rank in the runs has.
fn frequent_floats(runs: &Runs<f64>, limit: usize) -> Vec<(f64, u64)> {
    let ranked = runs.iter().enumerate().map(|(rank, (_, count))| (rank, count));
    let frequent = most_frequent(ranked, limit).into_iter();
    frequent.filter_map(|(rank, count)| runs.distinct_at(rank).map(|value| (value, count))).collect()
}
