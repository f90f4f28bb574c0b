//! Student's, Welch's and the paired t-test.

use super::sample::Spread;
use crate::probability::{Tail, t_p, t_quantile};

/// A difference of means with its test. NaN where a figure is not defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TTest {
    pub(crate) t: f64,
    pub(crate) df: f64,
    pub(crate) p: f64,
    pub(crate) difference: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Two independent samples that share one variance (Student 1908).
pub(crate) fn student(left: &Spread, right: &Spread, tail: Tail, confidence: f64) -> TTest {
    let df = left.n + right.n - 2.0;
    let pooled = (left.squares + right.squares) / df;
    let error = (pooled * (1.0 / left.n + 1.0 / right.n)).sqrt();
    finish(left.mean_less(right), error, df, tail, confidence)
}

/// Two independent samples, degrees of freedom by Welch (1947) and Satterthwaite (1946).
pub(crate) fn welch(left: &Spread, right: &Spread, tail: Tail, confidence: f64) -> TTest {
    let (a, b) = (left.variance() / left.n, right.variance() / right.n);
    let df = (a + b) * (a + b) / (a * a / (left.n - 1.0) + b * b / (right.n - 1.0));
    finish(left.mean_less(right), (a + b).sqrt(), df, tail, confidence)
}

/// The mean of the differences of pairs against zero.
pub(crate) fn paired(differences: &Spread, tail: Tail, confidence: f64) -> TTest {
    let error = (differences.variance() / differences.n).sqrt();
    finish(differences.mean + differences.rest, error, differences.n - 1.0, tail, confidence)
}

fn finish(difference: f64, error: f64, df: f64, tail: Tail, confidence: f64) -> TTest {
    let t = difference / error;
    let share = if tail == Tail::Both { 0.5 + 0.5 * confidence } else { confidence };
    let reach = t_quantile(share, df) * error;
    let low = if tail == Tail::Lower { f64::NEG_INFINITY } else { difference - reach };
    let high = if tail == Tail::Upper { f64::INFINITY } else { difference + reach };
    let p = if t.is_nan() { f64::NAN } else { t_p(t, df, tail) };
    TTest { t, df, p, difference, low, high }
}
