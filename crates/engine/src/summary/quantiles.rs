//! Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996).

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

/// The quantile at `share` (0 to 1) of the column; `None` of nothing.
pub(crate) fn quantile<T: Interpolate>(runs: &Runs<T>, share: f64) -> Option<f64> {
    let last = runs.count().checked_sub(1)?;
    let position = last as f64 * share;
    let below = (position.floor() as u64).min(last);
    let left = runs.at(below)?;
    let right = runs.at((below + 1).min(last))?;
    Some(T::between(left, right, position - below as f64))
}

/// The same of floats in ascending order.
pub(crate) fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * share;
    let below = (position.floor() as usize).min(last);
    Some(f64::between(sorted[below], sorted[(below + 1).min(last)], position - below as f64))
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

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
    fn gaps_beyond_the_range_of_a_float_do_not_overflow() {
        let column = runs::of_floats([f64::MAX, -f64::MAX].into_iter());
        assert_eq!(quantile(&column, 0.5), Some(0.0));
        let column = runs::of_integers(vec![i64::MAX, i64::MIN]);
        assert!(quantile(&column, 0.5).unwrap().abs() <= 1.0);
    }
}
