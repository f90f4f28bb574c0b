//! Trends: least squares on time, Mann and Kendall's test, Theil and Sen's slope.

use crate::compare::sample::{Spread, median};
use crate::probability::{Tail, normal_p, normal_quantile, t_p, t_quantile};
use crate::summary::{ExactSum, quantile_of_sorted};

/// A line through positions and values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) slope: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) intercept: f64,
    pub(crate) p: f64,
    pub(crate) r_squared: f64,
}

/// Least squares; NaN where two values or more do not suffice.
pub(crate) fn line(positions: &[f64], values: &[f64], confidence: f64) -> Line {
    let (x, y) = (Spread::of(positions), Spread::of(values));
    let mut along = ExactSum::default();
    positions
        .iter()
        .zip(values)
        .for_each(|(position, value)| along.add((position - x.mean) * ((value - y.mean) - y.rest)));
    let slope = along.value() / x.squares;
    let intercept = y.mean - slope * x.mean;
    let mut squares = ExactSum::default();
    for (position, value) in positions.iter().zip(values) {
        let residual = ((value - y.mean) - y.rest) - slope * (position - x.mean);
        squares.add(residual * residual);
    }
    let df = x.n - 2.0;
    let error = (squares.value() / df / x.squares).sqrt();
    let reach = t_quantile(0.5 + 0.5 * confidence, df) * error;
    let t = slope / error;
    Line {
        slope,
        low: slope - reach,
        high: slope + reach,
        intercept,
        p: if t.is_nan() { f64::NAN } else { t_p(t, df, Tail::Both) },
        r_squared: 1.0 - squares.value() / y.squares,
    }
}

/// Mann and Kendall's S, τ, z and two-sided p-value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kendall {
    pub(crate) s: f64,
    pub(crate) tau: f64,
    pub(crate) z: f64,
    pub(crate) p: f64,
}

pub(crate) fn mann_kendall(values: &[f64]) -> Kendall {
    let n = values.len() as f64;
    let mut sorted: Vec<f64> = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let ties: f64 =
        sorted.chunk_by(|a, b| a == b).map(|equal| equal.len() as f64).map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum();
    sorted.dedup();
    let s = rising_less_falling(values, &sorted);
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - ties) / 18.0;
    let z = (s - s.signum() * f64::from(u8::from(s != 0.0))) / variance.sqrt();
    Kendall { s, tau: s / (0.5 * n * (n - 1.0)), z, p: if z.is_nan() { f64::NAN } else { normal_p(z, Tail::Both) } }
}

/// Counts pairs with a tree of counts over the distinct values (Fenwick 1994), in n log n.
fn rising_less_falling(values: &[f64], distinct: &[f64]) -> f64 {
    let mut tree = vec![0_i64; distinct.len() + 1];
    let mut s = 0_i64;
    for (seen, value) in values.iter().enumerate() {
        let rank = distinct.partition_point(|other| other < value) + 1;
        let up_to = |mut at: usize| {
            let mut sum = 0;
            while at > 0 {
                sum += tree[at];
                at &= at - 1;
            }
            sum
        };
        let (below, through) = (up_to(rank - 1), up_to(rank));
        s += below - (seen as i64 - through);
        let mut at = rank;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    s as f64
}

/// The median of the slopes of all pairs, its interval (Sen 1968), and the line's intercept (Conover 1980).
pub(crate) fn theil_sen(positions: &[f64], values: &[f64], confidence: f64) -> Option<[f64; 4]> {
    let n = values.len();
    let mut slopes = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        slopes.extend((i + 1..n).map(|j| (values[j] - values[i]) / (positions[j] - positions[i])));
    }
    if slopes.is_empty() {
        return None;
    }
    slopes.sort_unstable_by(f64::total_cmp);
    let all = slopes.len();
    let slope = quantile_of_sorted(&slopes, 0.5)?;
    let intercept = median(&mut values.to_vec()) - slope * median(&mut positions.to_vec());
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = n as f64;
    let ties: f64 =
        sorted.chunk_by(|a, b| a == b).map(|equal| equal.len() as f64).map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum();
    let sigma = ((n * (n - 1.0) * (2.0 * n + 5.0) - ties) / 18.0).sqrt();
    let z = normal_quantile(0.5 - 0.5 * confidence);
    let (low, high) = ((all as f64 + z * sigma) / 2.0, (all as f64 - z * sigma) / 2.0);
    let high = (high.round_ties_even() as usize).min(all - 1);
    let low = (low.round_ties_even() - 1.0).max(0.0) as usize;
    Some([slope, intercept, slopes[low], slopes[high]])
}
