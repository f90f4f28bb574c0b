//! What residuals tell about a fit: correlation, normality, variance, and the rows that pull most.

use crate::probability::chi_square_upper;

/// Σ (eᵢ − eᵢ₋₁)² / Σ eᵢ² (Durbin and Watson 1950).
pub(crate) fn durbin_watson(residuals: &[f64]) -> f64 {
    let steps: f64 = residuals.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
    steps / residuals.iter().map(|residual| residual * residual).sum::<f64>()
}

/// n R² of the squared residuals on the columns (Breusch and Pagan 1979 in the form of Koenker 1981).
pub(crate) fn breusch_pagan(explained: f64, rows: usize, rank: usize) -> (f64, f64) {
    let statistic = rows as f64 * explained;
    (statistic, chi_square_upper(statistic, rank as f64 - 1.0))
}

/// How far a row pulls the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Influence {
    pub(crate) position: usize,
    pub(crate) studentized: f64,
    pub(crate) cooks_distance: f64,
}

/// The `top` rows of the largest Cook's distance (1977), largest first, equal ones by position.
pub(crate) fn influential(
    residuals: &[f64],
    leverages: &[f64],
    mean_square: f64,
    rank: usize,
    top: usize,
) -> Vec<Influence> {
    let (n, p) = (residuals.len() as f64, rank as f64);
    let all = residuals.iter().zip(leverages).enumerate().map(|(position, (residual, leverage))| {
        let rest = 1.0 - leverage;
        let square = residual * residual / (mean_square * rest);
        let studentized = residual.signum() * (square * (n - p - 1.0) / (n - p - square)).sqrt();
        Influence { position, studentized, cooks_distance: square * leverage / (rest * p) }
    });
    let mut all: Vec<Influence> = all.filter(|row| row.cooks_distance.is_finite()).collect();
    let order =
        |a: &Influence, b: &Influence| b.cooks_distance.total_cmp(&a.cooks_distance).then(a.position.cmp(&b.position));
    if all.len() > top && top > 0 {
        all.select_nth_unstable_by(top - 1, order);
    }
    all.truncate(top);
    all.sort_unstable_by(order);
    all
}
