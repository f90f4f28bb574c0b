//! Figures of rows that count by a weight.

use contract::errors::{ErrorCode, Failure};
use contract::profile::{Percentile, WeightedSummary};
use polars::prelude::IdxSize;

use crate::Result;
use crate::columns::Floats;
use crate::scalars::figure;

/// The weights, none of which may be below 0.
pub(super) fn checked(weights: Floats, name: &str) -> Result<Floats> {
    match weights.values.iter().position(|weight| *weight < 0.0) {
        None => Ok(weights),
        Some(row) => {
            let message =
                format!("The weight in row {row} of \"{name}\" is {}, which is below 0.", weights.values[row]);
            Err(Failure::new(ErrorCode::InvalidParameters, message).column(name))
        }
    }
}

/// Rows without a finite value or without a weight above 0 take no part.
pub(super) fn summary(values: &Floats, weights: &Floats, rows: &[IdxSize], percentiles: &[f64]) -> WeightedSummary {
    let pair = |row: &IdxSize| (values.values[*row as usize], weights.values[*row as usize]);
    let mut pairs: Vec<(f64, f64)> =
        rows.iter().map(pair).filter(|(value, weight)| !value.is_nan() && *weight > 0.0).collect();
    pairs.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    let squares: f64 = pairs.iter().map(|(_, weight)| weight * weight).sum();
    // As shares of the whole, sums stay within the range of a float.
    let mean = pairs.iter().map(|(value, weight)| value * (weight / total)).sum::<f64>();
    let spread: f64 = pairs.iter().map(|(value, weight)| weight * (value - mean) * (value - mean)).sum();
    let freedom = total - squares / total;
    let mut running = 0.0;
    let ends: Vec<f64> = pairs
        .iter()
        .map(|(_, weight)| {
            running += weight;
            running
        })
        .collect();
    let at = |share: f64| {
        let place = ends.partition_point(|end| *end < share * running);
        pairs.get(place.min(pairs.len().saturating_sub(1))).map(|(value, _)| *value)
    };
    let some = |value: f64| if pairs.is_empty() { None } else { figure(value) };
    WeightedSummary {
        count: pairs.len() as u64,
        sum_of_weights: total,
        effective_count: some(total * total / squares),
        mean: some(mean),
        std: if freedom > 0.0 { figure((spread / freedom).sqrt()) } else { None },
        sum: some(mean * total),
        median: at(0.5),
        percentiles: percentiles.iter().map(|p| Percentile { percentile: *p, value: at(p / 100.0) }).collect(),
    }
}
