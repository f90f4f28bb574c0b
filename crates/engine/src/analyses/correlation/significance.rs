//! What a coefficient is worth: test statistic, p-value and confidence interval.

use crate::probability::{Tail, beta_lower, normal_quantile};

/// What was found for one pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Finding {
    pub(super) n: u64,
    pub(super) value: Option<f64>,
    pub(super) statistic: Option<f64>,
    pub(super) df: Option<f64>,
    pub(super) p_value: Option<f64>,
    pub(super) ci_low: Option<f64>,
    pub(super) ci_high: Option<f64>,
    pub(super) corrected: Option<f64>,
    pub(super) positive: Option<String>,
}

/// How the spread of the Fisher-transformed coefficient depends on n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// 1 / (n − 3).
    Fisher,
    /// (1 + r²/2) / (n − 3), Bonett and Wright 2000.
    BonettWright,
}

/// A coefficient of linear dependence of `n` pairs, with `controls` columns held constant: t with n − 2 − controls
/// degrees of freedom. Two points always lie on a line, so their p-value is 1.
pub(super) fn linear(r: Option<f64>, n: u64, controls: usize, spread: Spread, confidence: f64) -> Finding {
    let Some(r) = r else {
        return Finding { n, ..Finding::default() };
    };
    let df = n as f64 - 2.0 - controls as f64;
    let mut finding = Finding { n, value: Some(r), ..Finding::default() };
    if df < 1.0 {
        finding.p_value = (df == 0.0).then_some(1.0);
        return finding;
    }
    // (1 − r)(1 + r) keeps the digits that 1 − r² loses near 1.
    let rest = (1.0 - r) * (1.0 + r);
    let t = r * (df / rest).sqrt();
    finding.statistic = t.is_finite().then_some(t);
    finding.df = Some(df);
    finding.p_value = Some(beta_lower(0.5 * df, 0.5, rest, r * r).min(1.0));
    let freedom = df - 1.0;
    if freedom > 0.0 {
        let variance = match spread {
            Spread::Fisher => 1.0 / freedom,
            Spread::BonettWright => (1.0 + 0.5 * r * r) / freedom,
        };
        (finding.ci_low, finding.ci_high) = interval(r, variance.sqrt(), confidence);
    } else {
        (finding.ci_low, finding.ci_high) = (Some(-1.0), Some(1.0));
    }
    finding
}

/// The interval of a coefficient from −1 to 1 by Fisher's transformation.
pub(super) fn interval(r: f64, spread: f64, confidence: f64) -> (Option<f64>, Option<f64>) {
    let reach = normal_quantile(0.5 + 0.5 * confidence) * spread;
    let middle = r.atanh();
    (Some((middle - reach).tanh()), Some((middle + reach).tanh()))
}

/// A statistic that is standard normal without dependence.
pub(super) fn normal(finding: &mut Finding, z: f64) {
    finding.statistic = Some(z);
    finding.p_value = Some(crate::probability::normal_p(z, Tail::Both));
}
