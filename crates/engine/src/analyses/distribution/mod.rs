//! The analysis `distribution`: the values are sorted once, in place, and every part reads the sorted column.

pub(crate) mod density;
mod fits;
mod kolmogorov;
mod maximum_likelihood;
mod normality;
mod outliers;
mod quantile_plot;
pub(crate) mod shape;
mod shapiro;

use contract::analyses::distribution::{DistributionOutcome, DistributionParams, Part};

use crate::Result;
use crate::columns::{floats, position};
use crate::filters;
use crate::ordering::sorted;
use crate::progress::Stage;
use crate::scaling::power_near;
use crate::summary::quantile_of_sorted;
use crate::table::Table;
use outliers::Cells;

/// The finite values of the column in ascending order, and their centre and spread.
pub(crate) struct Sample {
    pub(crate) sorted: Vec<f64>,
    /// Not defined of nothing.
    pub(crate) mean: f64,
    /// With n − 1; not defined below two values.
    pub(crate) std: f64,
    /// Central moments with n, in units of `scale`.
    pub(crate) central: [f64; 3],
}

impl Sample {
    pub(crate) fn of(sorted: Vec<f64>) -> Self {
        let n = sorted.len() as f64;
        let reach = sorted.first().map_or(0.0, |low| low.abs()).max(sorted.last().map_or(0.0, |high| high.abs()));
        // A power of two changes no digit, and fourth powers stay within the range of a float.
        let scale = power_near(reach);
        let mean = mean_of(&sorted, |value| value * scale);
        let mut sums = [0.0; 4];
        for block in sorted.chunks(256) {
            let mut parts = [0.0; 4];
            for value in block {
                let d = value * scale - mean;
                let square = d * d;
                parts[0] += d;
                parts[1] += square;
                parts[2] += square * d;
                parts[3] += square * square;
            }
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        let varies = sorted.first() < sorted.last();
        let second = if varies { sums[1] - sums[0] * sums[0] / n } else { 0.0 };
        Self {
            mean: if varies { mean / scale } else { sorted.first().copied().unwrap_or(f64::NAN) },
            std: (second / (n - 1.0)).sqrt() / scale,
            central: [second / n, sums[2] / n, sums[3] / n],
            sorted,
        }
    }

    pub(crate) fn n(&self) -> f64 {
        self.sorted.len() as f64
    }

    pub(crate) fn low(&self) -> f64 {
        self.sorted.first().copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn high(&self) -> f64 {
        self.sorted.last().copied().unwrap_or(f64::NAN)
    }

    /// Whether there are two different values.
    pub(crate) fn varies(&self) -> bool {
        self.low() < self.high()
    }

    /// Type 7; not defined of nothing.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        quantile(&self.sorted, share)
    }
}

pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    quantile_of_sorted(sorted, share).unwrap_or(f64::NAN)
}

/// The mean of changed values, summed in blocks so that rounding errors do not pile up.
pub(super) fn mean_of(values: &[f64], change: impl Fn(f64) -> f64) -> f64 {
    let sum: f64 = values.chunks(256).map(|block| block.iter().map(|value| change(*value)).sum::<f64>()).sum();
    sum / values.len() as f64
}

pub(super) fn run(params: &DistributionParams, table: &Table, stage: &Stage) -> Result<DistributionOutcome> {
    let mask = filters::mask(&params.filter, table)?;
    let position = position(table, &params.column)?;
    let values = floats(table, position, mask.as_ref())?.values;
    let rows = values.len() as u64;
    let sample = Sample::of(sorted(values));
    stage.report(1, 4, rows);
    let wanted = |part| params.parts.contains(&part);
    let fits = if wanted(Part::Fits) { Some(fits::ranked(&sample, &params.fits)?) } else { None };
    stage.report(2, 4, rows);
    let kde = if wanted(Part::Kde) {
        Some(density::estimate(&sample, params.bandwidth, params.points as usize)?)
    } else {
        None
    };
    stage.report(3, 4, rows);
    let histogram = if wanted(Part::Histogram) { shape::histogram(&sample, &params.histogram)? } else { None };
    let outliers = if wanted(Part::Outliers) {
        Some(outliers::find(&Cells { table, position, mask: mask.as_ref() }, &sample, params)?)
    } else {
        None
    };
    let outcome = DistributionOutcome {
        column: params.column.clone(),
        rows,
        count: sample.sorted.len() as u64,
        histogram,
        ecdf: wanted(Part::Ecdf).then(|| shape::ecdf(&sample)),
        kde,
        tests: wanted(Part::Tests).then(|| normality::tests(&sample)),
        fits,
        outliers,
        qq: wanted(Part::Qq).then(|| quantile_plot::points(&sample)),
    };
    stage.report(4, 4, rows);
    Ok(outcome)
}
