//! Long columns of numbers, dates and times.

use std::cell::{Cell, RefCell};

use contract::columns::{ColumnType, Encoding, Scalar};
use contract::profile::{NonFinite, TopValue};
use polars::prelude::Column;

use super::super::exact_sum::ExactSum;
use super::super::moments::{self, CentralSums, Moments};
use super::super::runs;
use super::super::{Options, Summary, histogram, numeric, temporal};
use super::{Counted, Long, LongSummary, Told, count_non_finite, sketch};
use crate::ordering::{from_signed_key, signed_key};
use crate::scalars::{self, figure};
use crate::scaling::scale_for;
use crate::{Result, failures::internal};

pub(super) fn summary(column: &Long<'_>, options: &Options) -> Result<LongSummary> {
    if column.column_type == ColumnType::Decimal {
        return decimals(column, options);
    }
    let (mut counted, mut nulls, mut non_finite) = (Counted::new(), 0, NonFinite::default());
    column.groups(&mut |group| {
        nulls += group.null_count() as u64;
        keys(group, column.column_type, &mut |key| counted.add(key), &mut |value| {
            count_non_finite(value, &mut non_finite);
        })?;
        Ok(!counted.is_too_large())
    })?;
    if !counted.is_too_large() {
        let runs = counted.runs();
        let summary = match column.column_type {
            ColumnType::Integer => numeric::integers(&runs, options),
            ColumnType::Float => numeric::floats(&runs::from_keys(runs), non_finite, options),
            ColumnType::Date => temporal::dates(&runs, options),
            ColumnType::Datetime => temporal::datetimes(&runs, options),
            _ => temporal::times(&runs, options),
        };
        return Ok(LongSummary { summary, nulls, bounds: None });
    }
    drop(counted);
    let seen = RefCell::new((0, NonFinite::default()));
    let values = |show: &mut dyn FnMut(i64)| -> Result<()> {
        *seen.borrow_mut() = (0, NonFinite::default());
        column.groups(&mut |group| {
            let (nulls, non_finite) = &mut *seen.borrow_mut();
            *nulls += group.null_count() as u64;
            keys(group, column.column_type, show, &mut |value| count_non_finite(value, non_finite))?;
            Ok(true)
        })
    };
    match column.column_type {
        ColumnType::Integer => integers(&values, options, &seen),
        ColumnType::Float => floats(&values, options, &seen),
        _ => times(&values, column.column_type, options, &seen),
    }
}

/// Missing cells, and values that are no finite number.
type Seen = RefCell<(u64, NonFinite)>;
type Values<'a, K> = dyn Fn(&mut dyn FnMut(K)) -> Result<()> + 'a;

/// The values as integers in the same order; floats that are not finite are shown apart.
fn keys(
    group: &Column,
    column_type: ColumnType,
    show: &mut dyn FnMut(i64),
    other: &mut dyn FnMut(f64),
) -> polars::prelude::PolarsResult<()> {
    let series = group.as_materialized_series();
    match column_type {
        ColumnType::Integer => series.i64()?.iter().flatten().for_each(show),
        ColumnType::Float => {
            for value in series.f64()?.iter().flatten() {
                if value.is_finite() { show(signed_key(value)) } else { other(value) }
            }
        }
        ColumnType::Date => series.date()?.physical().iter().flatten().for_each(|days| show(i64::from(days))),
        ColumnType::Datetime => series.datetime()?.physical().iter().flatten().for_each(show),
        _ => series.time()?.physical().iter().flatten().for_each(|nanos| show(nanos / 1000)),
    }
    Ok(())
}

fn integers(values: &Values<'_, i64>, options: &Options, seen: &Seen) -> Result<LongSummary> {
    let (mut sum, mut count) = (0_i128, 0_i128);
    let total = Cell::new((0_i128, 0_i128));
    let (mut passed, mut central) = (Passed::default(), CentralSums::default());
    let told = sketch(
        values,
        options,
        &mut |value| {
            sum += i128::from(value);
            count += 1;
            total.set((sum, count));
            passed.add(value as f64);
        },
        || moments::mean_of_integers(total.get().0, total.get().1),
        &mut |(whole, fraction), value| central.add((i128::from(value) - whole) as f64 - fraction, 1),
    )?;
    let (whole, fraction) = moments::mean_of_integers(sum, count);
    let moments = central.moments(count as f64, 1.0, Some(whole as f64 + fraction), None, false);
    let (Some(min), Some(max)) = (told.runs.first(), told.runs.last()) else { return Err(nothing()) };
    let encoding = scalars::encoding_of(min, max);
    let value = |value: i64| scalars::integer(value, encoding);
    let exact = numeric::Exact {
        mode: told.top.first().map_or(Scalar::Null, |(mode, _)| value(*mode)),
        min: value(min),
        max: value(max),
        range: scalars::wide_integer(i128::from(max) - i128::from(min)),
        sum: scalars::wide_integer(sum),
    };
    Ok(numbers(&told, moments, exact, encoding, &passed, options, seen, &value, |value| value as f64))
}

fn floats(values: &Values<'_, i64>, options: &Options, seen: &Seen) -> Result<LongSummary> {
    let (mut passed, mut central) = (Passed::default(), CentralSums::default());
    // The scale must be known before the first sum, so the extremes have a pass of their own.
    let mut extremes = (f64::INFINITY, f64::NEG_INFINITY);
    values(&mut |key| {
        let value = from_signed_key(key);
        extremes = (extremes.0.min(value), extremes.1.max(value));
    })?;
    let scale = scale_for(extremes.0.abs().max(extremes.1.abs()));
    let sum = RefCell::new((ExactSum::default(), 0_u64));
    let told = sketch(
        values,
        options,
        &mut |key| {
            let value = from_signed_key(key);
            let (sum, count) = &mut *sum.borrow_mut();
            sum.add(value * scale);
            *count += 1;
            passed.add(value);
        },
        || {
            let (sum, count) = *sum.borrow();
            sum.divided(count as f64)
        },
        &mut |(mean, rest), key| central.add((from_signed_key(key) * scale - mean) - rest, 1),
    )?;
    let (sum, count) = *sum.borrow();
    let (mean, _) = sum.divided(count as f64);
    let mean = figure((mean / scale).clamp(extremes.0, extremes.1));
    let total = figure(sum.value() / scale);
    let moments = central.moments(count as f64, scale, mean, total, false);
    let value = |value: f64| scalars::float(value);
    let exact = numeric::Exact {
        mode: told.top.first().map_or(Scalar::Null, |(mode, _)| value(from_signed_key(*mode))),
        min: value(extremes.0),
        max: value(extremes.1),
        range: value(extremes.1 - extremes.0),
        sum: total.map_or(Scalar::Null, value),
    };
    let told = Told {
        top: told.top.iter().map(|(key, count)| (from_signed_key(*key), *count)).collect(),
        runs: runs::from_keys(told.runs),
        distinct: told.distinct,
        bounds: told.bounds,
    };
    Ok(numbers(&told, moments, exact, Encoding::Plain, &passed, options, seen, &value, |value| value))
}

fn decimals(column: &Long<'_>, options: &Options) -> Result<LongSummary> {
    let (mut counted, mut nulls, mut scale) = (Counted::new(), 0, 0);
    column.groups(&mut |group| {
        nulls += group.null_count() as u64;
        let values = group.as_materialized_series().decimal()?;
        scale = values.scale();
        values.physical().iter().flatten().for_each(|value| counted.add(value));
        Ok(!counted.is_too_large())
    })?;
    if !counted.is_too_large() {
        return Ok(LongSummary { summary: numeric::decimals(&counted.runs(), scale, options), nulls, bounds: None });
    }
    drop(counted);
    let seen = RefCell::new((0, NonFinite::default()));
    let values = |show: &mut dyn FnMut(i128)| -> Result<()> {
        seen.borrow_mut().0 = 0;
        column.groups(&mut |group| {
            seen.borrow_mut().0 += group.null_count() as u64;
            group.as_materialized_series().decimal()?.physical().iter().flatten().for_each(&mut *show);
            Ok(true)
        })
    };
    let unit = 10_f64.powi(i32::try_from(scale).unwrap_or(0));
    let (mut passed, mut central) = (Passed::default(), CentralSums::default());
    let sums = RefCell::new((ExactSum::default(), 0_u64, Some(0_i128)));
    let told = sketch(
        &values,
        options,
        &mut |value: i128| {
            let (sum, count, whole) = &mut *sums.borrow_mut();
            sum.add(value as f64 / unit);
            *count += 1;
            *whole = whole.and_then(|whole| whole.checked_add(value));
            passed.add(value as f64 / unit);
        },
        || {
            let (sum, count, _) = *sums.borrow();
            sum.divided(count as f64)
        },
        &mut |(mean, rest), value| central.add((value as f64 / unit - mean) - rest, 1),
    )?;
    let (sum, count, whole) = *sums.borrow();
    let (Some(min), Some(max)) = (told.runs.first(), told.runs.last()) else { return Err(nothing()) };
    let moments = central.moments(count as f64, 1.0, figure(sum.divided(count as f64).0), figure(sum.value()), false);
    let text = |value: i128| Scalar::String(scalars::decimal_text(value, scale));
    let exact = numeric::Exact {
        mode: told.top.first().map_or(Scalar::Null, |(mode, _)| text(*mode)),
        min: text(min),
        max: text(max),
        range: max.checked_sub(min).map_or(Scalar::Null, text),
        sum: whole.map_or_else(|| figure(sum.value()).map_or(Scalar::Null, scalars::float), text),
    };
    let top = told.top.iter().map(|(value, count)| TopValue { value: text(*value), count: *count }).collect();
    let floats = Told {
        runs: told.runs.map(|value| value as f64 / unit),
        top: Vec::new(),
        distinct: told.distinct,
        bounds: told.bounds,
    };
    let value = |value: f64| scalars::float(value);
    let mut found = numbers(&floats, moments, exact, Encoding::String, &passed, options, &seen, &value, |value| value);
    found.summary.top = top;
    Ok(found)
}

fn times(values: &Values<'_, i64>, column_type: ColumnType, options: &Options, seen: &Seen) -> Result<LongSummary> {
    let (mut sum, mut count) = (0_i128, 0_i128);
    let told = sketch(
        values,
        options,
        &mut |value| {
            sum += i128::from(value);
            count += 1;
        },
        || (),
        &mut |(), _| (),
    )?;
    let mut summary = match column_type {
        ColumnType::Date => temporal::dates_about(&told.runs, &told.top, sum, options),
        ColumnType::Datetime => temporal::datetimes_about(&told.runs, &told.top, sum, options),
        _ => temporal::times_about(&told.runs, &told.top, sum, options),
    };
    summary.distinct = told.distinct;
    Ok(LongSummary { summary, nulls: seen.borrow().0, bounds: Some(told.bounds) })
}

/// Figures that a pass finds exactly.
#[derive(Default)]
struct Passed {
    zeros: u64,
    negatives: u64,
    least_positive: Option<f64>,
    logs: ExactSum,
    inverses: ExactSum,
}

impl Passed {
    fn add(&mut self, value: f64) {
        self.zeros += u64::from(value == 0.0);
        self.negatives += u64::from(value < 0.0);
        if value > 0.0 {
            self.least_positive = Some(self.least_positive.map_or(value, |least| least.min(value)));
        }
        if self.zeros == 0 && self.negatives == 0 {
            self.logs.add(value.ln());
            self.inverses.add(1.0 / value);
        }
    }
}

/// The summary of a column of numbers from what was passed and what was sketched.
#[expect(clippy::too_many_arguments, reason = "the parts of one summary, from three kinds of columns")]
fn numbers<T: super::super::quantiles::Interpolate>(
    told: &Told<T>,
    moments: Moments,
    exact: numeric::Exact,
    encoding: Encoding,
    passed: &Passed,
    options: &Options,
    seen: &Seen,
    value: &dyn Fn(T) -> Scalar,
    to_float: impl Fn(T) -> f64 + Copy,
) -> LongSummary {
    let (nulls, non_finite) = *seen.borrow();
    let mut numeric = numeric::numeric_summary(&told.runs, moments, exact, non_finite, options, to_float);
    (numeric.zeros, numeric.negatives) = (passed.zeros, passed.negatives);
    numeric.least_positive = passed.least_positive;
    let n = told.runs.count() as f64;
    let all_positive = passed.zeros + passed.negatives == 0;
    numeric.geometric_mean = if all_positive { figure((passed.logs.value() / n).exp()) } else { None };
    numeric.harmonic_mean = if all_positive { figure(n / passed.inverses.value()) } else { None };
    let others = [non_finite.nan, non_finite.positive_infinity, non_finite.negative_infinity];
    let top = told.top.iter().take(options.top);
    let summary = Summary {
        encoding,
        distinct: told.distinct + others.iter().filter(|count| **count > 0).count() as u64,
        top: top.map(|(one, count)| TopValue { value: value(*one), count: *count }).collect(),
        histogram: super::super::histogram_if(options, || histogram::histogram(&told.runs, numeric.iqr, to_float)),
        numeric: Some(numeric),
        ..Summary::default()
    };
    LongSummary { summary, nulls, bounds: Some(told.bounds.clone()) }
}

fn nothing() -> contract::errors::Failure {
    internal("A long column held no value.")
}
