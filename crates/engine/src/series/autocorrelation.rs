//! Autocorrelation, partial autocorrelation, and Ljung and Box's test.

use crate::compare::sample::Spread;
use crate::probability::chi_square_upper;

/// Correlations at the lags 0 to `most`; the sums are over the whole variance at every lag. Empty for a constant series.
pub(crate) fn autocorrelations(values: &[f64], most: usize) -> Vec<f64> {
    let spread = Spread::of(values);
    if spread.squares <= 0.0 {
        return Vec::new();
    }
    let deviations: Vec<f64> = values.iter().map(|value| (value - spread.mean) - spread.rest).collect();
    let at = |lag: usize| -> f64 { deviations.iter().zip(&deviations[lag..]).map(|(left, right)| left * right).sum() };
    (0..=most.min(values.len() - 1)).map(|lag| at(lag) / spread.squares).collect()
}

/// By the recursion of Durbin (1960) and Levinson (1947), at the same lags.
pub(crate) fn partial(correlations: &[f64]) -> Vec<f64> {
    let mut partial = vec![1.0; correlations.len().min(1)];
    let mut weights: Vec<f64> = Vec::new();
    let mut rest = 1.0;
    for lag in 1..correlations.len() {
        let known: f64 = weights.iter().enumerate().map(|(k, weight)| weight * correlations[lag - 1 - k]).sum();
        let next = (correlations[lag] - known) / rest;
        weights = weights.iter().enumerate().map(|(k, weight)| weight - next * weights[lag - 2 - k]).collect();
        weights.push(next);
        rest *= 1.0 - next * next;
        partial.push(next);
    }
    partial
}

/// n(n + 2) Σ r²/(n − lag), by chi-square (Ljung and Box 1978).
pub(crate) fn ljung_box(correlations: &[f64], n: usize, lags: usize) -> (f64, f64) {
    let n = n as f64;
    let sum: f64 = correlations.iter().enumerate().skip(1).take(lags).map(|(lag, r)| r * r / (n - lag as f64)).sum();
    let statistic = n * (n + 2.0) * sum;
    (statistic, chi_square_upper(statistic, lags as f64))
}
