//! Parameters that make the values most likely, for families without a closed form, each from a few sums over the values.

use statrs::function::gamma::digamma;

/// Newton's method is quadratic: it is at its end long before.
const STEPS: usize = 200;

/// The shape of a gamma distribution, from ln(mean) − mean(ln x) (Minka 2002).
pub(super) fn gamma_shape(s: f64) -> f64 {
    let mut k = (3.0 - s + ((s - 3.0) * (s - 3.0) + 24.0 * s).sqrt()) / (12.0 * s);
    for _ in 0..STEPS {
        let inverse = 1.0 / k + (gap(k) - s) / (k * k * (1.0 / k - trigamma(k)));
        let next = 1.0 / inverse;
        if next.is_nan() || next <= 0.0 || (next - k).abs() <= 1e-14 * k {
            break;
        }
        k = next;
    }
    k
}

/// ln k − ψ(k), without cancellation for large k.
fn gap(k: f64) -> f64 {
    if k < 20.0 {
        return k.ln() - digamma(k);
    }
    let square = 1.0 / (k * k);
    0.5 / k + square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
}

/// The derivative of the digamma function for x > 0 (NIST DLMF 5.15.8 after raising the argument).
fn trigamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < 12.0 {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series =
        1.0 / 6.0 - square * (1.0 / 30.0 - square * (1.0 / 42.0 - square * (1.0 / 30.0 - square * 5.0 / 66.0)));
    sum + 1.0 / x + 0.5 * square + series * square / x
}

/// The shape of a Weibull distribution, from values above 0, the logarithm `top` of the largest, and mean and spread of
/// the logarithms less it.
///
/// The equation for the shape rises, so Newton's method within a bracket finds its only zero. A thousandth of many
/// values gives the place to start from, so that all of them are looked at a few times only.
pub(super) fn weibull_shape(values: &[f64], top: f64, mean: f64, spread: f64) -> f64 {
    let mut k = std::f64::consts::PI / (6.0_f64.sqrt() * spread);
    if values.len() > 100_000 {
        let some: Vec<f64> = values.iter().copied().step_by(values.len() / 2048).collect();
        let some_mean = some.iter().map(|value| value.ln() - top).sum::<f64>() / some.len() as f64;
        k = solved(&some, top, some_mean, k, 1e-4);
    }
    solved(values, top, mean, k, 1e-13)
}

fn solved(values: &[f64], top: f64, mean: f64, start: f64, tolerance: f64) -> f64 {
    let (mut low, mut high, mut k) = (0.0, f64::INFINITY, start);
    for _ in 0..STEPS {
        let [s0, s1, s2] = weibull_sums(values, top, k);
        let value = s1 / s0 - 1.0 / k - mean;
        let slope = (s2 * s0 - s1 * s1) / (s0 * s0) + 1.0 / (k * k);
        if value > 0.0 {
            high = k;
        } else {
            low = k;
        }
        let newton = k - value / slope;
        let next = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            2.0 * k
        };
        let done = (next - k).abs() <= tolerance * k;
        k = next;
        if done {
            break;
        }
    }
    k
}

/// Σ yᵏ, Σ yᵏ ln y and Σ yᵏ ln² y of the values as parts y of the largest, whose logarithm is `top`.
pub(super) fn weibull_sums(values: &[f64], top: f64, k: f64) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for block in values.chunks(256) {
        let mut part = [0.0; 3];
        for value in block {
            let log = value.ln() - top;
            let power = (k * log).exp();
            part[0] += power;
            part[1] += power * log;
            part[2] += power * log * log;
        }
        sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    sums
}

/// Both shapes of a beta distribution, from the means of ln x and ln(1 − x) and from mean and variance to start with.
pub(super) fn beta_shapes(ln_x: f64, ln_rest: f64, mean: f64, variance: f64) -> (f64, f64) {
    let common = (mean * (1.0 - mean) / variance - 1.0).max(1e-3);
    let (mut a, mut b) = ((mean * common).max(1e-6), ((1.0 - mean) * common).max(1e-6));
    for _ in 0..STEPS {
        let both = digamma(a + b);
        let (f, g) = (digamma(a) - both - ln_x, digamma(b) - both - ln_rest);
        let shared = trigamma(a + b);
        let (fa, gb) = (trigamma(a) - shared, trigamma(b) - shared);
        let determinant = fa * gb - shared * shared;
        let (da, db) = ((f * gb + g * shared) / determinant, (g * fa + f * shared) / determinant);
        // A step that would leave the positive numbers is shortened.
        let longest = (da / a).max(db / b);
        let share = if longest >= 1.0 { 0.9 / longest } else { 1.0 };
        let (next_a, next_b) = (a - share * da, b - share * db);
        if !(next_a > 0.0 && next_b > 0.0) {
            break;
        }
        let done = (next_a - a).abs() <= 1e-13 * a && (next_b - b).abs() <= 1e-13 * b;
        (a, b) = (next_a, next_b);
        if done {
            break;
        }
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_solve_their_equations() {
        for k in [0.01, 0.3, 1.0, 7.5, 400.0, 1e6] {
            assert!((gamma_shape(gap(k)) / k - 1.0).abs() < 1e-8, "{k}");
        }
        for (a, b) in [(0.5, 0.5), (2.0, 7.0), (300.0, 0.2)] {
            let both = digamma(a + b);
            let variance = a * b / ((a + b) * (a + b) * (a + b + 1.0));
            let found = beta_shapes(digamma(a) - both, digamma(b) - both, a / (a + b), variance);
            assert!((found.0 / a - 1.0).abs() < 1e-8 && (found.1 / b - 1.0).abs() < 1e-8, "{a} {b}: {found:?}");
        }
        assert!((trigamma(1.0) - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-14);
    }
}
