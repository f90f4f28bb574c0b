//! Outliers by quartiles, by standard deviations and by the median absolute deviation, with their rows.

use contract::analyses::distribution::{DistributionParams, OutlierRow, OutlierRule, OutliersPart};

use super::{Sample, quantile};
use crate::ordering::sorted;
use crate::scalars::figure;

/// What makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(3/4).
const MAD_SCALE: f64 = 1.482_602_218_505_602;

/// `values` are of the kept rows, `kept` says which these are.
pub(super) fn find(
    values: &[f64],
    sample: &Sample,
    kept: Option<&[bool]>,
    params: &DistributionParams,
) -> OutliersPart {
    let (q1, q3) = (sample.quantile(0.25), sample.quantile(0.75));
    let median = sample.quantile(0.5);
    let deviations: Vec<f64> = sample.sorted.iter().map(|value| (value - median).abs()).collect();
    let mad = quantile(&sorted(&deviations), 0.5);
    let fences = |middle_low: f64, middle_high: f64, reach: f64| (middle_low - reach, middle_high + reach);
    let limits = [
        fences(q1, q3, params.iqr_factor * (q3 - q1)),
        fences(sample.mean, sample.mean, if sample.varies() { params.z_limit * sample.std } else { f64::NAN }),
        fences(median, median, if mad > 0.0 { params.mad_limit * MAD_SCALE * mad } else { f64::NAN }),
    ];
    let [iqr, z_score, mad] = limits.map(|limits| rule(values, sample, kept, limits, params.outlier_rows as usize));
    OutliersPart { iqr, z_score, mad }
}

fn rule(values: &[f64], sample: &Sample, kept: Option<&[bool]>, (low, high): (f64, f64), most: usize) -> OutlierRule {
    let below = sample.sorted.partition_point(|value| *value < low);
    let above = sample.sorted.len() - sample.sorted.partition_point(|value| high.is_nan() || *value <= high);
    let count = below + above;
    let mut rows = Vec::with_capacity(count.min(most));
    if count > 0 && most > 0 {
        let numbers: Box<dyn Iterator<Item = usize>> = match kept {
            None => Box::new(0..values.len()),
            Some(kept) => Box::new(kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(row, _)| row)),
        };
        let beyond = numbers.zip(values).filter(|(_, value)| **value < low || **value > high);
        rows.extend(beyond.take(most).map(|(row, value)| OutlierRow { row: row as u64, value: *value }));
    }
    OutlierRule { low: figure(low), high: figure(high), count: count as u64, rows }
}
