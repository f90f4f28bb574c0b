//! The regularised incomplete beta and gamma functions, each tail computed by itself.

use super::loader::{binomial_term, poisson_term};

/// Continued fractions need about the square root of their parameters; beyond this many steps nothing changes any more.
const STEPS: u32 = 200_000;
const TINY: f64 = 1e-300;

/// I_x(a, b), with y = 1 − x given by the caller, who may know it better.
pub(crate) fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    // How far x lies below the mean a / (a + b), from whichever of x and y loses fewer digits.
    let below = if a > b { (a + b) * y - b } else { a - (a + b) * x };
    if below >= 0.0 { beta_fraction(a, b, x, y, below) } else { 1.0 - beta_fraction(b, a, y, x, -below) }
}

/// The continued fraction of Didonato and Morris (1992), which takes the distance from the mean as a figure of its own.
fn beta_fraction(a: f64, b: f64, x: f64, y: f64, below: f64) -> f64 {
    let front = binomial_term(a, a + b, x, y) * a * (b / (a + b));
    if front == 0.0 {
        return 0.0;
    }
    let (c, c0, c1) = (1.0 + below, b / a, 1.0 + 1.0 / a);
    let (mut p, mut s) = (1.0, a + 1.0);
    let (mut an, mut bn, mut an_next, mut bn_next) = (0.0, 1.0, 1.0, c / c1);
    let mut ratio = c1 / c;
    for step in 1..STEPS {
        let n = f64::from(step);
        let t = n / a;
        let w = n * (b - n) * x;
        let e = a / s;
        let alpha = (p * (p + c0) * e * e) * (w * x);
        let e = (t + 1.0) / (c1 + t + t);
        let beta = n + w / s + e * (c + n * (y + 1.0));
        p = t + 1.0;
        s += 2.0;
        (an, an_next) = (an_next, alpha * an + beta * an_next);
        (bn, bn_next) = (bn_next, alpha * bn + beta * bn_next);
        let before = ratio;
        ratio = an_next / bn_next;
        if (ratio - before).abs() <= f64::EPSILON * ratio {
            break;
        }
        (an, bn, an_next, bn_next) = (an / bn_next, bn / bn_next, ratio, 1.0);
    }
    front * ratio
}

/// P(a, x).
pub(crate) fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x < a + 1.0 { gamma_series(a, x) } else { 1.0 - gamma_fraction(a, x) }
}

/// Q(a, x) = 1 − P(a, x).
pub(crate) fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x < a + 1.0 { 1.0 - gamma_series(a, x) } else { gamma_fraction(a, x) }
}

/// NIST DLMF 8.11.4.
fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut divisor) = (1.0, 1.0, a);
    for _ in 0..STEPS {
        divisor += 1.0;
        term *= x / divisor;
        sum += term;
        if term <= sum * 0.1 * f64::EPSILON {
            break;
        }
    }
    poisson_term(a, x) * sum
}

/// NIST DLMF 8.9.2, by Lentz's method.
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let front = poisson_term(a, x) * a;
    if front == 0.0 || x.is_infinite() {
        return 0.0;
    }
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for step in 1..STEPS {
        let n = f64::from(step);
        let an = -n * (n - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + an / c;
        c = if c.abs() < TINY { TINY } else { c };
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    front * fraction
}
