//! How large a difference is: effect sizes beside the tests.

use super::sample::Spread;
use super::variances::Variances;
use crate::probability::{ln_gamma, normal_quantile};

/// Cohen's d with the pooled deviation.
pub(crate) fn cohens_d(left: &Spread, right: &Spread) -> f64 {
    let pooled = (left.squares + right.squares) / (left.n + right.n - 2.0);
    left.mean_less(right) / pooled.sqrt()
}

/// The factor that frees d of its bias (Hedges 1981): Γ(df/2) / (√(df/2) Γ((df − 1)/2)).
pub(crate) fn hedges_factor(df: f64) -> f64 {
    if df <= 1.0 {
        return f64::NAN;
    }
    (ln_gamma(0.5 * df) - ln_gamma(0.5 * (df - 1.0))).exp() / (0.5 * df).sqrt()
}

/// The share of the variance that the samples explain.
pub(crate) fn eta_squared(variances: &Variances) -> f64 {
    variances.between / (variances.between + variances.within)
}

/// The same, corrected for chance (Hays 1963).
pub(crate) fn omega_squared(variances: &Variances) -> f64 {
    let mean_square = variances.within / variances.df_within;
    let total = variances.between + variances.within;
    (variances.between - variances.df_between * mean_square) / (total + mean_square)
}

/// U as a correlation: the share of pairs in which the first is larger, less the share in which it is smaller.
pub(crate) fn rank_biserial(u: f64, left: f64, right: f64) -> f64 {
    2.0 * u / (left * right) - 1.0
}

/// ε² of Kruskal and Wallis's H.
pub(crate) fn epsilon_squared(h: f64, n: f64) -> f64 {
    h / (n - 1.0)
}

/// Cramér's V of an uncorrected chi-square.
pub(crate) fn cramers_v(chi_square: f64, n: f64, rows: usize, columns: usize) -> f64 {
    let least = rows.min(columns) as f64 - 1.0;
    if least <= 0.0 { f64::NAN } else { (chi_square / (n * least)).sqrt().min(1.0) }
}

/// The odds ratio of a 2 × 2 table with Woolf's interval (1955). With a zero cell the interval is unbounded.
pub(crate) fn odds_ratio(table: [[u64; 2]; 2], confidence: f64) -> (f64, f64, f64) {
    let [[a, b], [c, d]] = table.map(|row| row.map(|count| count as f64));
    let ratio = (a * d) / (b * c);
    if table.iter().flatten().any(|count| *count == 0) {
        return (ratio, f64::NAN, f64::NAN);
    }
    let error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    let reach = normal_quantile(0.5 + 0.5 * confidence) * error;
    (ratio, ratio * (-reach).exp(), ratio * reach.exp())
}
