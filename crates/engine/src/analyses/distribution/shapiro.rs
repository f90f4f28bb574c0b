//! The test of Shapiro and Wilk, by the algorithm AS R94 of Royston (1995), for 3 to 5,000 values.

use crate::probability::{normal_quantile, normal_upper};

const LAST: [f64; 6] = [0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const LAST_BUT_ONE: [f64; 6] = [0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const SMALL_MEAN: [f64; 4] = [0.544, -0.39978, 0.025054, -6.714e-4];
const SMALL_SPREAD: [f64; 4] = [1.3822, -0.77857, 0.062767, -0.0020322];
const LARGE_MEAN: [f64; 4] = [-1.5861, -0.31082, -0.083751, 0.0038915];
const LARGE_SPREAD: [f64; 3] = [-0.4803, -0.082676, 0.0030302];

/// W and its p-value. The values are sorted and vary.
pub(super) fn wilk(sorted: &[f64]) -> (f64, f64) {
    let n = sorted.len() as f64;
    let weights = weights(sorted.len());
    let half = weights.len();
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    let middle = sorted[sorted.len() / 2];
    // Halves keep the range within a float.
    let range = high * 0.5 - low * 0.5;
    let scaled = |value: f64| (value * 0.5 - middle * 0.5) / range;
    let weight = |i: usize| {
        if i < half {
            -weights[i]
        } else if i >= sorted.len() - half {
            weights[sorted.len() - 1 - i]
        } else {
            0.0
        }
    };
    let mean = sorted.iter().map(|value| scaled(*value)).sum::<f64>() / n;
    let (mut ssa, mut ssx, mut sax) = (0.0, 0.0, 0.0);
    for (i, value) in sorted.iter().enumerate() {
        let (a, x) = (weight(i), scaled(*value) - mean);
        ssa += a * a;
        ssx += x * x;
        sax += a * x;
    }
    // 1 − W is computed as such, since W is close to 1.
    let root = (ssa * ssx).sqrt();
    let rest = (root - sax) * (root + sax) / (ssa * ssx);
    (1.0 - rest, p_value(rest.max(0.0), n))
}

/// Of the first half of the values; the second half has the same with the other sign.
fn weights(count: usize) -> Vec<f64> {
    if count == 3 {
        return vec![0.5_f64.sqrt()];
    }
    let n = count as f64;
    let half = count / 2;
    let m: Vec<f64> = (1..=half).map(|i| normal_quantile((i as f64 - 0.375) / (n + 0.25))).collect();
    let sum = 2.0 * m.iter().map(|m| m * m).sum::<f64>();
    let root = 1.0 / n.sqrt();
    let last = polynomial(&LAST, root) - m[0] / sum.sqrt();
    let mut weights: Vec<f64>;
    if count > 5 {
        let next = polynomial(&LAST_BUT_ONE, root) - m[1] / sum.sqrt();
        let factor =
            ((sum - 2.0 * m[0] * m[0] - 2.0 * m[1] * m[1]) / (1.0 - 2.0 * last * last - 2.0 * next * next)).sqrt();
        weights = m.iter().map(|m| -m / factor).collect();
        weights[1] = next;
    } else {
        let factor = ((sum - 2.0 * m[0] * m[0]) / (1.0 - 2.0 * last * last)).sqrt();
        weights = m.iter().map(|m| -m / factor).collect();
    }
    weights[0] = last;
    weights
}

fn p_value(rest: f64, n: f64) -> f64 {
    if n == 3.0 {
        let w: f64 = 1.0 - rest;
        return (6.0 / std::f64::consts::PI * (w.sqrt().asin() - 0.75_f64.sqrt().asin())).clamp(0.0, 1.0);
    }
    let mut y = rest.ln();
    let (mean, spread) = if n <= 11.0 {
        let gamma = 0.459 * n - 2.273;
        if y >= gamma {
            return 0.0;
        }
        y = -(gamma - y).ln();
        (polynomial(&SMALL_MEAN, n), polynomial(&SMALL_SPREAD, n).exp())
    } else {
        let x = n.ln();
        (polynomial(&LARGE_MEAN, x), polynomial(&LARGE_SPREAD, x).exp())
    };
    normal_upper((y - mean) / spread)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}
