//! Quantiles: the nine types of Hyndman and Fan (1996), type 7 unless another is asked for.

use contract::analyses::descriptive::QuantileType;

use super::runs::Runs;

/// A value between two neighbours of the sorted column.
pub(crate) trait Interpolate: Copy {
    /// `left + share · (right − left)`, with `share` from 0 to 1.
    fn between(left: Self, right: Self, share: f64) -> f64;
}

impl Interpolate for f64 {
    fn between(left: Self, right: Self, share: f64) -> f64 {
        let gap = right - left;
        if !gap.is_finite() {
            return left * (1.0 - share) + right * share;
        }
        from_nearer_end(left, right, gap, share)
    }
}

impl Interpolate for i64 {
    fn between(left: Self, right: Self, share: f64) -> f64 {
        from_nearer_end(left as f64, right as f64, (i128::from(right) - i128::from(left)) as f64, share)
    }
}

/// Counting from the nearer end makes the formula symmetric and exact at both ends, as NumPy does.
fn from_nearer_end(left: f64, right: f64, gap: f64, share: f64) -> f64 {
    if share < 0.5 { left + gap * share } else { right - gap * (1.0 - share) }
}

/// The quantile at `share` (0 to 1) of the column, of any of the nine types; `None` of nothing.
pub(crate) fn quantile_of_type<T: Interpolate>(runs: &Runs<T>, share: f64, kind: QuantileType) -> Option<f64> {
    let n = runs.count() as f64;
    let place = |alpha: f64, beta: f64| (n * share + alpha + share * (1.0 - alpha - beta) - 1.0, false);
    let (place, averaged) = match kind {
        QuantileType::InvertedCdf => ((n * share).ceil() - 1.0, false),
        QuantileType::AveragedInvertedCdf => {
            let product = n * share;
            let whole = product.floor();
            (if product > whole { whole } else { whole - 0.5 }, product == whole)
        }
        // Halfway, the value of even rank counts; ranks are from 1 on.
        QuantileType::ClosestObservation => {
            let product = n * share - 0.5;
            let below = product.floor();
            let even = below.rem_euclid(2.0) == 0.0;
            (if product > below || !even { below } else { below - 1.0 }, false)
        }
        QuantileType::InterpolatedInvertedCdf => place(0.0, 1.0),
        QuantileType::Hazen => place(0.5, 0.5),
        QuantileType::Weibull => place(0.0, 0.0),
        QuantileType::Linear => ((n - 1.0) * share, false),
        QuantileType::MedianUnbiased => place(1.0 / 3.0, 1.0 / 3.0),
        QuantileType::NormalUnbiased => place(3.0 / 8.0, 3.0 / 8.0),
    };
    let last = runs.count().checked_sub(1)?;
    let place = place.clamp(0.0, last as f64);
    let below = (place.floor() as u64).min(last);
    let left = runs.at(below)?;
    let right = runs.at((below + 1).min(last))?;
    let part = if averaged && place > below as f64 { 0.5 } else { place - below as f64 };
    Some(T::between(left, right, part))
}

/// The same of floats in ascending order.
pub(crate) fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * share;
    let below = (position.floor() as usize).min(last);
    Some(f64::between(sorted[below], sorted[(below + 1).min(last)], position - below as f64))
}

/// The same by selection, of values that need not be in order; reorders them. `between` interpolates.
pub(crate) fn quantile_by_selection<T: Copy>(
    values: &mut [T],
    share: f64,
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
    between: impl Fn(T, T, f64) -> f64,
) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let position = last as f64 * share;
    let below = (position.floor() as usize).min(last);
    let (_, left, above) = values.select_nth_unstable_by(below, &order);
    let left = *left;
    let right = above.iter().min_by(|a, b| order(a, b)).copied().unwrap_or(left);
    Some(between(left, right, position - below as f64))
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    fn quantile<T: Interpolate>(runs: &Runs<T>, share: f64) -> Option<f64> {
        quantile_of_type(runs, share, QuantileType::Linear)
    }

    #[test]
    fn type_7_of_the_r_documentation() {
        // R: quantile(c(1, 3, 4, 10), c(0, .1, .25, .5, .9, 1))
        let column = runs::of_integers(vec![10, 1, 4, 3]);
        for (share, expected) in [(0.0, 1.0), (0.1, 1.6), (0.25, 2.5), (0.5, 3.5), (0.9, 8.2), (1.0, 10.0)] {
            let found = quantile(&column, share).unwrap();
            assert!((found - expected).abs() < 1e-14, "{share}: {found}");
        }
        assert_eq!(quantile(&runs::of_integers(Vec::new()), 0.5), None);
    }

    #[test]
    fn the_nine_types_as_numpy_has_them() {
        use QuantileType::{
            AveragedInvertedCdf, ClosestObservation, Hazen, InterpolatedInvertedCdf, InvertedCdf, Linear,
            MedianUnbiased, NormalUnbiased, Weibull,
        };
        let column = runs::of_floats([2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0, 89.0, 144.0].into_iter());
        let shares = [0.05, 0.1, 0.25, 0.35, 0.5, 0.75, 0.92, 1.0];
        for (kind, expected) in [
            (InvertedCdf, [2.0, 2.0, 5.0, 8.0, 13.0, 55.0, 144.0, 144.0]),
            (AveragedInvertedCdf, [2.0, 2.5, 5.0, 8.0, 17.0, 55.0, 144.0, 144.0]),
            (ClosestObservation, [2.0, 2.0, 3.0, 8.0, 13.0, 55.0, 89.0, 144.0]),
            (InterpolatedInvertedCdf, [2.0, 2.0, 4.0, 6.5, 13.0, 44.5, 100.00000000000006, 144.0]),
            (Hazen, [2.0, 2.5, 5.0, 8.0, 17.0, 55.0, 127.50000000000006, 144.0]),
            (Weibull, [2.0, 2.1, 4.5, 7.550000000000001, 17.0, 63.5, 144.0, 144.0]),
            (Linear, [2.45, 2.9, 5.75, 8.75, 17.0, 49.75, 104.40000000000006, 144.0]),
            (
                MedianUnbiased,
                [
                    2.0,
                    2.3666666666666667,
                    4.833333333333333,
                    7.8500000000000005,
                    17.0,
                    57.83333333333336,
                    135.2000000000001,
                    144.0,
                ],
            ),
            (NormalUnbiased, [2.0, 2.4, 4.875, 7.887499999999999, 17.0, 57.125, 133.2750000000001, 144.0]),
        ] {
            for (share, expected) in shares.iter().zip(expected) {
                let found = quantile_of_type(&column, *share, kind).unwrap();
                assert!((found - expected).abs() < 1e-12, "{kind:?} {share}: {found} instead of {expected}");
            }
        }
    }

    #[test]
    fn gaps_beyond_the_range_of_a_float_do_not_overflow() {
        let column = runs::of_floats([f64::MAX, -f64::MAX].into_iter());
        assert_eq!(quantile(&column, 0.5), Some(0.0));
        let column = runs::of_integers(vec![i64::MAX, i64::MIN]);
        assert!(quantile(&column, 0.5).unwrap().abs() <= 1.0);
    }
}
