//! One-way analysis of variance, and Brown and Forsythe's test of equal variances.

use super::sample::{Spread, median};
use crate::probability::f_upper;
use crate::summary::ExactSum;

/// Sums of squares between and within samples, and F.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variances {
    pub(crate) between: f64,
    pub(crate) within: f64,
    pub(crate) df_between: f64,
    pub(crate) df_within: f64,
    pub(crate) f: f64,
    pub(crate) p: f64,
}

/// F is infinite if only the means differ, and NaN if nothing does.
pub(crate) fn anova(spreads: &[Spread]) -> Variances {
    let n: f64 = spreads.iter().map(|spread| spread.n).sum();
    let (df_between, df_within) = (spreads.len() as f64 - 1.0, n - spreads.len() as f64);
    // Deviations of the means from the first one are small beside the means: digits that all values share drop out.
    let origin = spreads.first().copied().unwrap_or_default();
    let mut shift = ExactSum::default();
    spreads.iter().for_each(|spread| shift.add(spread.n * spread.mean_less(&origin)));
    let centre = shift.value() / n;
    let (mut between, mut within) = (ExactSum::default(), ExactSum::default());
    for spread in spreads {
        let deviation = spread.mean_less(&origin) - centre;
        between.add(spread.n * deviation * deviation);
        within.add(spread.squares);
    }
    let (between, within) = (between.value(), within.value());
    let f = (between / df_between) / (within / df_within);
    Variances { between, within, df_between, df_within, f, p: f_upper(f, df_between, df_within) }
}

/// Levene's test around medians (Brown and Forsythe 1974): F and its p-value.
pub(crate) fn brown_forsythe(samples: &[Vec<f64>]) -> Option<(f64, f64)> {
    let spreads = samples.iter().map(|values| {
        let middle = median(&mut values.clone());
        let distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
        Spread::of(&distances)
    });
    let variances = anova(&spreads.collect::<Vec<_>>());
    variances.f.is_finite().then_some((variances.f, variances.p))
}
