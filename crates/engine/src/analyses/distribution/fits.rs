//! Distributions fitted to the values by maximum likelihood, and ranked.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use contract::analyses::distribution::{Family, Fit};

use super::maximum_likelihood::{beta_shapes, gamma_shape, weibull_shape, weibull_sums};
use super::{Sample, kolmogorov, mean_of};
use crate::Result;
use crate::probability::{beta_lower, gamma_lower, gamma_upper, ln_gamma, normal_upper};
use crate::scalars::figure;
use crate::workers;

/// A fitted distribution.
struct Fitted {
    parameters: Vec<(&'static str, f64)>,
    log_likelihood: f64,
    cdf: Box<dyn Fn(f64) -> f64 + Sync + Send>,
}

impl Fitted {
    fn new(
        parameters: &[(&'static str, f64)],
        log_likelihood: f64,
        cdf: impl Fn(f64) -> f64 + Sync + Send + 'static,
    ) -> Self {
        Self { parameters: parameters.to_vec(), log_likelihood, cdf: Box::new(cdf) }
    }
}

/// Each family once, best first by AIC; those that the values do not allow at the end, with the reason.
pub(super) fn ranked(sample: &Sample, families: &[Family]) -> Result<Vec<Fit>> {
    let mut wanted: Vec<Family> = Vec::new();
    families.iter().for_each(|family| {
        if !wanted.contains(family) {
            wanted.push(*family);
        }
    });
    let mut fits = workers::map(wanted.len(), |i| Ok(told(sample, wanted[i], fitted(sample, wanted[i]))))?;
    let key = |fit: &Fit| fit.aic.unwrap_or(f64::INFINITY);
    fits.sort_by(|left, right| key(left).total_cmp(&key(right)));
    let with_figures = fits.iter_mut().filter(|fit| fit.aic.is_some());
    with_figures.zip(1..).for_each(|(fit, rank)| fit.rank = Some(rank));
    Ok(fits)
}

fn told(sample: &Sample, family: Family, fitted: std::result::Result<Fitted, &str>) -> Fit {
    let mut fit = Fit {
        distribution: family,
        parameters: BTreeMap::new(),
        log_likelihood: None,
        aic: None,
        bic: None,
        ks: None,
        p_value: None,
        rank: None,
        note: None,
    };
    match fitted {
        Err(note) => fit.note = Some(note.to_owned()),
        Ok(found)
            if !found.parameters.iter().all(|(_, value)| value.is_finite()) || !found.log_likelihood.is_finite() =>
        {
            fit.note = Some("the likelihood has no largest value within the range of a float".to_owned());
        }
        Ok(found) => {
            let free = found.parameters.len() as f64;
            fit.log_likelihood = figure(found.log_likelihood);
            fit.aic = figure(2.0 * free - 2.0 * found.log_likelihood);
            fit.bic = figure(free * sample.n().ln() - 2.0 * found.log_likelihood);
            let distance = kolmogorov::distance(&sample.sorted, &found.cdf);
            fit.ks = figure(distance);
            fit.p_value = figure(kolmogorov::p_value(sample.sorted.len(), distance));
            fit.parameters = found.parameters.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        }
    }
    fit
}

/// Logarithms are taken anew each time, since keeping them would take as much memory as the values.
fn fitted(sample: &Sample, family: Family) -> std::result::Result<Fitted, &'static str> {
    if sample.sorted.len() < 2 {
        return Err("needs two values or more");
    }
    if !sample.varies() {
        return Err("the values do not vary");
    }
    let positive = || if sample.low() > 0.0 { Ok(()) } else { Err("needs values above 0") };
    match family {
        Family::Normal => Ok(normal(sample)),
        Family::LogNormal => positive().map(|()| log_normal(sample)),
        Family::Exponential if sample.low() < 0.0 => Err("needs values of 0 or more"),
        Family::Exponential => Ok(exponential(sample, None)),
        Family::ShiftedExponential => Ok(exponential(sample, Some(sample.low()))),
        Family::Gamma => positive().map(|()| gamma(sample)),
        Family::Weibull => positive().map(|()| weibull(sample)),
        Family::Uniform => Ok(uniform(sample)),
        Family::Beta if sample.low() > 0.0 && sample.high() < 1.0 => Ok(beta(sample)),
        Family::Beta => Err("needs values between 0 and 1"),
    }
}

fn normal(sample: &Sample) -> Fitted {
    let n = sample.n();
    let mean = sample.mean;
    let std = sample.std * ((n - 1.0) / n).sqrt();
    let likelihood = -n * (0.5 * (2.0 * PI).ln() + std.ln() + 0.5);
    Fitted::new(&[("mean", mean), ("std", std)], likelihood, move |x| normal_upper((mean - x) / std))
}

fn log_normal(sample: &Sample) -> Fitted {
    let n = sample.n();
    let mu = mean_of(&sample.sorted, f64::ln);
    let sigma = mean_of(&sample.sorted, |value| (value.ln() - mu).powi(2)).sqrt();
    let likelihood = -n * (0.5 * (2.0 * PI).ln() + sigma.ln() + 0.5 + mu);
    Fitted::new(&[("mu", mu), ("sigma", sigma)], likelihood, move |x| normal_upper((mu - x.ln()) / sigma))
}

/// Without a location it begins at 0 and has one parameter, otherwise two.
fn exponential(sample: &Sample, begin: Option<f64>) -> Fitted {
    let location = begin.unwrap_or(0.0);
    let scale = mean_of(&sample.sorted, |value| value - location);
    let likelihood = -sample.n() * (scale.ln() + 1.0);
    let cdf = move |x: f64| -((location - x) / scale).exp_m1();
    if begin.is_none() {
        return Fitted::new(&[("scale", scale)], likelihood, cdf);
    }
    Fitted::new(&[("location", location), ("scale", scale)], likelihood, cdf)
}

fn uniform(sample: &Sample) -> Fitted {
    let (low, high) = (sample.low(), sample.high());
    let likelihood = -sample.n() * (high - low).ln();
    Fitted::new(&[("low", low), ("high", high)], likelihood, move |x| (x - low) / (high - low))
}

fn gamma(sample: &Sample) -> Fitted {
    let (n, mean) = (sample.n(), sample.mean);
    let mean_log = mean_of(&sample.sorted, f64::ln);
    // ln(mean) − mean(ln x), by deviations from the mean, which keeps its digits for narrow columns.
    let s = -mean_of(&sample.sorted, |value| ((value - mean) / mean).ln_1p());
    let shape = gamma_shape(s);
    let scale = mean / shape;
    let likelihood = n * ((shape - 1.0) * mean_log - shape * (1.0 + scale.ln()) - ln_gamma(shape));
    let cdf = move |x: f64| {
        let t = x / scale;
        if t > shape + 1.0 { 1.0 - gamma_upper(shape, t) } else { gamma_lower(shape, t) }
    };
    Fitted::new(&[("scale", scale), ("shape", shape)], likelihood, cdf)
}

fn weibull(sample: &Sample) -> Fitted {
    let n = sample.n();
    let top = sample.high().ln();
    let mean = mean_of(&sample.sorted, |value| value.ln() - top);
    let spread = mean_of(&sample.sorted, |value| (value.ln() - top - mean).powi(2)).sqrt();
    let shape = weibull_shape(&sample.sorted, top, mean, spread);
    let ln_scale = (weibull_sums(&sample.sorted, top, shape)[0] / n).ln() / shape;
    let likelihood = n * (shape.ln() - ln_scale - top + (shape - 1.0) * (mean - ln_scale) - 1.0);
    let scale = (ln_scale + top).exp();
    let cdf = move |x: f64| -(-(shape * (x.ln() - top - ln_scale)).exp()).exp_m1();
    Fitted::new(&[("scale", scale), ("shape", shape)], likelihood, cdf)
}

fn beta(sample: &Sample) -> Fitted {
    let n = sample.n();
    let ln_x = mean_of(&sample.sorted, f64::ln);
    let ln_rest = mean_of(&sample.sorted, |value| (-value).ln_1p());
    let (a, b) = beta_shapes(ln_x, ln_rest, sample.mean, sample.std * sample.std);
    let likelihood = n * ((a - 1.0) * ln_x + (b - 1.0) * ln_rest - ln_gamma(a) - ln_gamma(b) + ln_gamma(a + b));
    Fitted::new(&[("a", a), ("b", b)], likelihood, move |x| beta_lower(a, b, x, 1.0 - x))
}
