//! A sample and its first two moments, kept to twice the precision of a float.

use crate::scaling;
use crate::summary::{ExactSum, Interpolate, quantile_by_selection};

/// Count, mean and sum of squared deviations. `mean + rest` is the mean to about 32 digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) n: f64,
    pub(crate) mean: f64,
    pub(crate) rest: f64,
    pub(crate) squares: f64,
}

impl Spread {
    pub(crate) fn of(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let n = values.len() as f64;
        let mut sum = ExactSum::default();
        values.iter().for_each(|value| sum.add(*value));
        let (mean, rest) = sum.divided(n);
        let (mut first, mut second) = (ExactSum::default(), ExactSum::default());
        for value in values {
            let deviation = (value - mean) - rest;
            first.add(deviation);
            second.add(deviation * deviation);
        }
        let constant = values.iter().all(|value| *value == values[0]);
        let squares = if constant { 0.0 } else { (second.value() - first.value() * first.value() / n).max(0.0) };
        Self { n, mean, rest, squares }
    }

    /// With n − 1; NaN below two values.
    pub(crate) fn variance(&self) -> f64 {
        if self.n < 2.0 { f64::NAN } else { self.squares / (self.n - 1.0) }
    }

    /// This mean less another, without losing what the floats of the means leave.
    pub(crate) fn mean_less(&self, other: &Self) -> f64 {
        (self.mean - other.mean) + (self.rest - other.rest)
    }
}

/// The median; NaN of nothing. Reorders the values.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    quantile_by_selection(values, 0.5, f64::total_cmp, f64::between).unwrap_or(f64::NAN)
}

/// A power of two that brings the largest value near 1, where squares of the values would over- or underflow.
pub(crate) fn scale_for(samples: &[Vec<f64>]) -> f64 {
    scaling::scale_for(samples.iter().flatten().fold(0.0_f64, |size, value| size.max(value.abs())))
}

/// Jarque and Bera's test: statistic and p-value; `None` below three values or for a constant sample.
pub(crate) fn jarque_bera(values: &[f64]) -> Option<(f64, f64)> {
    let spread = Spread::of(values);
    if spread.n < 3.0 || spread.squares <= 0.0 {
        return None;
    }
    let (mut third, mut fourth) = (ExactSum::default(), ExactSum::default());
    for value in values {
        let deviation = (value - spread.mean) - spread.rest;
        let square = deviation * deviation;
        third.add(square * deviation);
        fourth.add(square * square);
    }
    let central = [spread.squares, third.value(), fourth.value()].map(|sum| sum / spread.n);
    let (statistic, p) = jarque_bera_of(spread.n, central);
    statistic.is_finite().then_some((statistic, p))
}

/// The same from the second, third and fourth central moment (with n) of `n` values.
pub(crate) fn jarque_bera_of(n: f64, [second, third, fourth]: [f64; 3]) -> (f64, f64) {
    let (skewness, excess) = (third / second.powf(1.5), fourth / (second * second) - 3.0);
    let statistic = n / 6.0 * (skewness * skewness + 0.25 * excess * excess);
    (statistic, (-0.5 * statistic).exp())
}
