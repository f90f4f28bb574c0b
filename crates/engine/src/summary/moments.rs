//! Mean, variance, skewness and kurtosis by two passes over the runs, with sums that carry their rounding error.

use super::exact_sum::ExactSum;
use super::runs::Runs;
use crate::scalars::figure;
use crate::scaling::scale_for;

/// Figures that are not defined are `None`: see `docs/methods.md`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Moments {
    pub(crate) mean: Option<f64>,
    /// Of floats only; integers have an exact sum of their own.
    pub(crate) sum: Option<f64>,
    pub(crate) variance: Option<f64>,
    pub(crate) std: Option<f64>,
    pub(crate) skewness: Option<f64>,
    pub(crate) kurtosis: Option<f64>,
}

/// The moments of finite floats. Values are scaled by a power of two first, so that no square over- or underflows.
pub(crate) fn of_floats(runs: &Runs<f64>) -> Moments {
    let (Some(min), Some(max)) = (runs.first(), runs.last()) else {
        return Moments::default();
    };
    let scale = scale_for(min.abs().max(max.abs()));
    let mut sum = ExactSum::default();
    runs.iter().for_each(|(value, times)| sum.add_times(value * scale, times));
    let count = runs.count() as f64;
    let (mean, rest) = sum.divided(count);
    let deviations = runs.iter().map(|(value, times)| ((value * scale - mean) - rest, times));
    let central = CentralSums::of(deviations);
    // A mean can leave the values' range by its last rounding.
    let mean = figure((mean / scale).clamp(min, max));
    central.moments(count, scale, mean, figure(sum.value() / scale), runs.distinct() == 1)
}

/// The moments of integers; the mean comes from an exact sum.
pub(crate) fn of_integers(runs: &Runs<i64>) -> Moments {
    if runs.count() == 0 {
        return Moments::default();
    }
    let sum = sum_of_integers(runs);
    let count = i128::from(runs.count());
    let (whole, fraction) = mean_of_integers(sum, count);
    let deviations = runs.iter().map(|(value, times)| ((i128::from(value) - whole) as f64 - fraction, times));
    let central = CentralSums::of(deviations);
    let mean = whole as f64 + fraction;
    central.moments(count as f64, 1.0, Some(mean), None, runs.distinct() == 1)
}

/// The whole part of the mean of so many integers with this sum, and the rest.
pub(crate) fn mean_of_integers(sum: i128, count: i128) -> (i128, f64) {
    let count = count.max(1);
    (sum.div_euclid(count), sum.rem_euclid(count) as f64 / count as f64)
}

/// The exact sum: 2^63 values of 64 bits fit 128 bits.
pub(crate) fn sum_of_integers(runs: &Runs<i64>) -> i128 {
    runs.iter().map(|(value, times)| i128::from(value) * i128::from(times)).sum()
}

/// Sums of powers of the deviations from the mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CentralSums {
    powers: [ExactSum; 4],
}

impl CentralSums {
    fn of(deviations: impl Iterator<Item = (f64, u64)>) -> Self {
        let mut sums = Self::default();
        deviations.for_each(|(deviation, times)| sums.add(deviation, times));
        sums
    }

    #[inline]
    pub(crate) fn add(&mut self, deviation: f64, times: u64) {
        let times = times as f64;
        let square = deviation * deviation;
        let [first, second, third, fourth] = &mut self.powers;
        first.add(deviation * times);
        second.add(square * times);
        third.add(square * deviation * times);
        fourth.add(square * square * times);
    }

    /// The moments of `n` values that were multiplied by `scale`.
    pub(crate) fn moments(&self, n: f64, scale: f64, mean: Option<f64>, sum: Option<f64>, constant: bool) -> Moments {
        let [first, second, third, fourth] = self.powers.map(ExactSum::value);
        // What the rounding of the mean left in the deviations (the corrected two-pass algorithm).
        let second = if constant { 0.0 } else { (second - first * first / n).max(0.0) };
        let scaled_variance = second / (n - 1.0);
        let varies = !constant && second > 0.0;
        Moments {
            mean,
            sum,
            variance: if n > 1.0 { figure(scaled_variance / scale / scale) } else { None },
            std: if n > 1.0 { figure(scaled_variance.sqrt() / scale) } else { None },
            skewness: if n > 2.0 && varies { figure(skewness(n, second, third)) } else { None },
            kurtosis: if n > 3.0 && varies { figure(kurtosis(n, second, fourth)) } else { None },
        }
    }
}

/// Adjusted Fisher–Pearson coefficient G1 (Joanes and Gill 1998).
fn skewness(n: f64, second: f64, third: f64) -> f64 {
    let g1 = (third / n) / (second / n).powf(1.5);
    (n * (n - 1.0)).sqrt() / (n - 2.0) * g1
}

/// Bias corrected excess kurtosis G2 (Joanes and Gill 1998).
fn kurtosis(n: f64, second: f64, fourth: f64) -> f64 {
    let g2 = n * fourth / (second * second) - 3.0;
    (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0)
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    fn floats(values: &[f64]) -> Moments {
        of_floats(&runs::of_floats(values.iter().copied()))
    }

    #[test]
    fn figures_that_do_not_exist_are_none() {
        assert_eq!(floats(&[]), Moments::default());
        let single = floats(&[3.5]);
        assert_eq!((single.mean, single.sum, single.variance, single.skewness), (Some(3.5), Some(3.5), None, None));
        let constant = floats(&[0.1; 7]);
        assert_eq!(
            (constant.mean, constant.std, constant.skewness, constant.kurtosis),
            (Some(0.1), Some(0.0), None, None)
        );
    }

    #[test]
    fn known_values() {
        // SciPy: skew([1,2,3,10], bias=False) and kurtosis([1,2,3,10,4], bias=False).
        let skewed = of_integers(&runs::of_integers(vec![1, 2, 3, 10]));
        assert!((skewed.skewness.unwrap() - 1.763_632_614_803_888).abs() < 1e-14);
        let peaked = floats(&[1.0, 2.0, 3.0, 10.0, 4.0]);
        assert!((peaked.kurtosis.unwrap() - 3.152_000_000_000_001).abs() < 1e-12);
    }

    #[test]
    fn huge_and_tiny_values_keep_their_figures() {
        for size in [1e308, 1e300, 1e-300, 1e-308, 5e-324] {
            let base = floats(&[1.0, 2.0, 4.0, 8.0]);
            let values = [size / 8.0, size / 4.0, size / 2.0, size];
            if values[0] == 0.0 {
                continue;
            }
            let scaled = floats(&values);
            assert!((scaled.skewness.unwrap() - base.skewness.unwrap()).abs() < 1e-9, "{size}");
            assert!((scaled.std.unwrap() / size * 8.0 / base.std.unwrap() - 1.0).abs() < 1e-9, "{size}");
        }
        let overflow = floats(&[f64::MAX, f64::MAX]);
        assert_eq!((overflow.mean, overflow.sum), (Some(f64::MAX), None));
    }

    #[test]
    fn integers_near_the_edge_have_an_exact_mean() {
        let moments = of_integers(&runs::of_integers(vec![i64::MAX, i64::MAX - 2, i64::MIN, i64::MIN + 2]));
        assert_eq!(moments.mean, Some(-0.5));
    }
}
