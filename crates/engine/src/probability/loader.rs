//! Saddle-point forms of binomial and Poisson terms (C. Loader, 2000), which lose no digits to large arguments.

use std::f64::consts::PI;

/// The logarithm of the gamma function for x > 0.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x < 10.0 {
        return statrs::function::gamma::ln_gamma(x);
    }
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + stirling_series(x)
}

/// ln Γ(n + 1) less Stirling's formula for it.
fn stirling_error(n: f64) -> f64 {
    if n <= 0.0 {
        return 0.0;
    }
    if n < 16.0 {
        return statrs::function::gamma::ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - 0.5 * (2.0 * PI).ln();
    }
    stirling_series(n)
}

fn stirling_series(n: f64) -> f64 {
    let square = n * n;
    let series = 1.0 / 1188.0 - 691.0 / 360_360.0 / square;
    let series = 1.0 / 1680.0 - series / square;
    let series = 1.0 / 1260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / n
}

/// x ln(x / m) + m − x without cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let ratio = (x - m) / (x + m);
    let mut sum = (x - m) * ratio;
    let (mut term, square) = (2.0 * x * ratio, ratio * ratio);
    for j in 1..1000 {
        term *= square;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// Γ(n + 1) / (Γ(x + 1) Γ(n − x + 1)) · p^x · q^(n − x), for whole and for broken n and x.
pub(crate) fn binomial_term(x: f64, n: f64, p: f64, q: f64) -> f64 {
    if n == 0.0 || p == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if q == 0.0 {
        return if x == n { 1.0 } else { 0.0 };
    }
    let rest = n - x;
    if x == 0.0 {
        return if p < 0.1 { (-deviance(n, n * q) - n * p).exp() } else { (n * q.ln()).exp() };
    }
    if rest == 0.0 {
        return if q < 0.1 { (-deviance(n, n * p) - n * q).exp() } else { (n * p.ln()).exp() };
    }
    if x < 0.0 || rest < 0.0 {
        return 0.0;
    }
    let exponent =
        stirling_error(n) - stirling_error(x) - stirling_error(rest) - deviance(x, n * p) - deviance(rest, n * q);
    let scale = (2.0 * PI * x * (rest / n)).sqrt();
    exponent.exp() / scale
}

/// m^x e^−m / Γ(x + 1), for whole and for broken x.
pub(super) fn poisson_term(x: f64, m: f64) -> f64 {
    if m == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return (-m).exp();
    }
    (-stirling_error(x) - deviance(x, m)).exp() / (2.0 * PI * x).sqrt()
}

/// The chance of `k` marked among `drawn`, from `marked` marked and `plain` unmarked.
pub(crate) fn hypergeometric(k: f64, marked: f64, plain: f64, drawn: f64) -> f64 {
    if k < 0.0 || k > marked || drawn - k < 0.0 || drawn - k > plain {
        return 0.0;
    }
    let total = marked + plain;
    if drawn == 0.0 || drawn == total {
        return 1.0;
    }
    let (p, q) = (drawn / total, (total - drawn) / total);
    binomial_term(k, marked, p, q) * binomial_term(drawn - k, plain, p, q) / binomial_term(drawn, total, p, q)
}
