//! Ordinary least squares by QR: in numbers of 32 digits while that takes no more than a moment, otherwise in floats.

use super::design::Design;
use super::qr::Qr;
use super::twofold::{Number, Twofold};

/// Up to so many multiplications the decomposition has twice the digits, which is some 20 times slower.
const PRECISE_WORK: usize = 30_000_000;

/// A fit. Positions are those of the design's columns; left-out columns have no entry in `estimates`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fit {
    /// Estimate, the diagonal of (XᵀX)⁻¹, for each column that is kept.
    pub(crate) estimates: Vec<Option<(f64, f64)>>,
    pub(crate) rank: usize,
    pub(crate) residuals: Vec<f64>,
    pub(crate) residual_squares: f64,
    /// Of the deviations of the target from its mean, or of the target where there is no intercept.
    pub(crate) total_squares: f64,
    pub(crate) leverages: Vec<f64>,
    pub(crate) condition_number: f64,
    /// The share of the squared residuals' variance that the columns explain.
    pub(crate) squared_residuals_explained: f64,
}

/// `None` if no column has a coefficient or no row is there.
pub(crate) fn fit(design: &Design, target: &[f64]) -> Option<Fit> {
    let width = design.width();
    if target.is_empty() || width == 0 {
        return None;
    }
    let work = target.len().saturating_mul(width).saturating_mul(width);
    if work <= PRECISE_WORK { solve::<Twofold>(design, target) } else { solve::<f64>(design, target) }
}

fn solve<T: Number>(design: &Design, target: &[f64]) -> Option<Fit> {
    let qr = Qr::<T>::of(design.columns());
    if qr.rank() == 0 {
        return None;
    }
    let rows = target.len();
    let exact: Vec<T> = target.iter().map(|value| T::of(*value)).collect();
    let (solution, residuals) = project(&qr, &exact);
    let residual_squares = squares(&residuals);
    let mut estimates = vec![None; design.width()];
    for ((position, estimate), inverse) in qr.kept.iter().zip(&solution).zip(qr.inverse_squares()) {
        estimates[*position] = Some((estimate.float(), inverse.float()));
    }
    let residuals: Vec<f64> = residuals.into_iter().map(T::float).collect();
    Some(Fit {
        estimates,
        rank: qr.rank(),
        residual_squares,
        total_squares: total(&exact, design.intercept),
        leverages: qr.leverages(rows),
        condition_number: qr.condition_number(),
        squared_residuals_explained: explained(&qr, &residuals, design.intercept),
        residuals,
    })
}

/// The coefficients of the kept columns, and the residuals: Q times what QᵀY has below the triangle.
fn project<T: Number>(qr: &Qr<T>, target: &[T]) -> (Vec<T>, Vec<T>) {
    let mut reflected = target.to_vec();
    qr.reflect(&mut reflected);
    let solution = qr.solve(&reflected);
    reflected[..qr.rank()].fill(T::of(0.0));
    qr.reflect_back(&mut reflected);
    (solution, reflected)
}

fn squares<T: Number>(values: &[T]) -> f64 {
    values.iter().fold(T::of(0.0), |sum, value| sum.plus(value.times(*value))).float()
}

fn total<T: Number>(values: &[T], intercept: bool) -> f64 {
    if !intercept {
        return squares(values);
    }
    let sum = values.iter().fold(T::of(0.0), |sum, value| sum.plus(*value));
    let mean = sum.over(T::of(values.len() as f64));
    let deviations: Vec<T> = values.iter().map(|value| value.minus(mean)).collect();
    squares(&deviations)
}

fn explained<T: Number>(qr: &Qr<T>, residuals: &[f64], intercept: bool) -> f64 {
    let largest = residuals.iter().fold(0.0_f64, |largest, residual| largest.max(residual.abs()));
    let squared: Vec<T> = residuals.iter().map(|residual| T::of((residual / largest).powi(2))).collect();
    let (_, rest) = project(qr, &squared);
    1.0 - squares(&rest) / total(&squared, intercept)
}
