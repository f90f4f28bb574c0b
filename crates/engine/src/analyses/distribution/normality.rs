//! Tests of normality: D'Agostino and Pearson, Jarque and Bera, Anderson and Darling, Shapiro and Wilk.

use contract::analyses::distribution::NormalityTest;

use super::{Sample, shapiro};
use crate::compare::sample::jarque_bera_of;
use crate::probability::ln_tails;
use crate::scalars::figure;

pub(super) fn tests(sample: &Sample) -> Vec<NormalityTest> {
    vec![
        judged("dagostino_k2", sample, 8, usize::MAX, k_squared),
        judged("jarque_bera", sample, 2, usize::MAX, |sample| jarque_bera_of(sample.n(), sample.central)),
        judged("anderson_darling", sample, 8, usize::MAX, anderson_darling),
        judged("shapiro_wilk", sample, 3, 5000, |sample| shapiro::wilk(&sample.sorted)),
    ]
}

fn judged(
    name: &str,
    sample: &Sample,
    least: usize,
    most: usize,
    test: impl Fn(&Sample) -> (f64, f64),
) -> NormalityTest {
    let count = sample.sorted.len();
    let note = if count < least {
        Some(format!("needs {least} values or more"))
    } else if count > most {
        Some(format!("is defined for at most {most} values"))
    } else if !sample.varies() {
        Some("the values do not vary".to_owned())
    } else {
        None
    };
    let (statistic, p_value) = if note.is_none() { test(sample) } else { (f64::NAN, f64::NAN) };
    NormalityTest { name: name.to_owned(), statistic: figure(statistic), p_value: figure(p_value), note }
}

/// Skewness and kurtosis with n, the latter 3 for a normal distribution.
fn shape(sample: &Sample) -> (f64, f64) {
    let [second, third, fourth] = sample.central;
    (third / second.powf(1.5), fourth / (second * second))
}

/// The sum of the squared z of skewness (D'Agostino 1970) and kurtosis (Anscombe and Glynn 1983).
fn k_squared(sample: &Sample) -> (f64, f64) {
    let n = sample.n();
    let (skewness, kurtosis) = shape(sample);
    let statistic = z_of_skewness(n, skewness).powi(2) + z_of_kurtosis(n, kurtosis).powi(2);
    (statistic, (-0.5 * statistic).exp())
}

fn z_of_skewness(n: f64, skewness: f64) -> f64 {
    let y = skewness * ((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0))).sqrt();
    let beta =
        3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0) / ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0));
    let w = (2.0 * (beta - 1.0)).sqrt() - 1.0;
    (y / (2.0 / (w - 1.0)).sqrt()).asinh() / (0.5 * w.ln()).sqrt()
}

fn z_of_kurtosis(n: f64, kurtosis: f64) -> f64 {
    let mean = 3.0 * (n - 1.0) / (n + 1.0);
    let variance = 24.0 * n * (n - 2.0) * (n - 3.0) / ((n + 1.0).powi(2) * (n + 3.0) * (n + 5.0));
    let x = (kurtosis - mean) / variance.sqrt();
    let beta = 6.0 * (n * n - 5.0 * n + 2.0) / ((n + 7.0) * (n + 9.0))
        * (6.0 * (n + 3.0) * (n + 5.0) / (n * (n - 2.0) * (n - 3.0))).sqrt();
    let a = 6.0 + 8.0 / beta * (2.0 / beta + (1.0 + 4.0 / (beta * beta)).sqrt());
    let ratio = (1.0 - 2.0 / a) / (1.0 + x * (2.0 / (a - 4.0)).sqrt());
    (1.0 - 2.0 / (9.0 * a) - ratio.cbrt()) / (2.0 / (9.0 * a)).sqrt()
}

/// Mean and deviation estimated; the p-value by the formulas of D'Agostino and Stephens 1986, table 4.9.
fn anderson_darling(sample: &Sample) -> (f64, f64) {
    let n = sample.n();
    let mut sum = 0.0;
    let mut first = 1.0;
    for block in sample.sorted.chunks(256) {
        let mut part = 0.0;
        for value in block {
            let (lower, upper) = ln_tails((value - sample.mean) / sample.std);
            // Each value stands once from below with 2i − 1 and once from above with 2(n − i) + 1.
            part += first * lower + (2.0 * n - first) * upper;
            first += 2.0;
        }
        sum += part;
    }
    let statistic = -n - sum / n;
    let a = statistic * (1.0 + 0.75 / n + 2.25 / (n * n));
    let p = if a >= 0.6 {
        (1.2937 - 5.709 * a + 0.0186 * a * a).exp()
    } else if a >= 0.34 {
        (0.9177 - 4.279 * a - 1.38 * a * a).exp()
    } else if a > 0.2 {
        1.0 - (-8.318 + 42.796 * a - 59.938 * a * a).exp()
    } else {
        1.0 - (-13.436 + 101.14 * a - 223.73 * a * a).exp()
    };
    // Beyond this the published parabola turns upwards again.
    (statistic, if a > 13.0 { 0.0 } else { p.clamp(0.0, 1.0) })
}
