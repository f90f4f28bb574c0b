//! Means of other kinds, the median absolute deviation, the Gini coefficient and entropy, from the runs of a column.

use contract::profile::MeanInterval;

use super::exact_sum::ExactSum;
use super::moments::Moments;
use super::quantiles::Interpolate;
use super::runs::Runs;
use crate::probability::t_quantile;
use crate::scalars::figure;

/// The interval of the mean by Student's t; `None` below two values.
pub(crate) fn mean_interval(moments: &Moments, count: u64, confidence: f64) -> Option<MeanInterval> {
    let (mean, std) = moments.mean.zip(moments.std)?;
    let reach = t_quantile(0.5 + 0.5 * confidence, count as f64 - 1.0) * std / (count as f64).sqrt();
    let (low, high) = figure(mean - reach).zip(figure(mean + reach))?;
    Some(MeanInterval { confidence, low, high })
}

/// The mean of what is left without the share `trim`, rounded down to whole values, at each end.
pub(crate) fn trimmed_mean<T: Copy>(runs: &Runs<T>, trim: f64, to_float: impl Fn(T) -> f64) -> Option<f64> {
    let cut = (runs.count() as f64 * trim).floor() as u64;
    let (first, last) = (cut, runs.count().checked_sub(cut)?);
    let left = last.checked_sub(first).filter(|left| *left > 0)?;
    let (mut sum, mut start) = (ExactSum::default(), 0);
    for (value, count) in runs.iter() {
        let end = start + count;
        let kept = end.min(last).saturating_sub(start.max(first));
        if kept > 0 {
            // Shares of the mean stay within the range of a float where sums would not.
            sum.add(to_float(value) * (kept as f64 / left as f64));
        }
        start = end;
    }
    figure(sum.value())
}

/// Geometric and harmonic mean; `None` unless all values are above 0.
pub(crate) fn positive_means<T: Copy>(runs: &Runs<T>, to_float: impl Fn(T) -> f64) -> (Option<f64>, Option<f64>) {
    if runs.first().is_none_or(|first| to_float(first).is_nan() || to_float(first) <= 0.0) {
        return (None, None);
    }
    let n = runs.count() as f64;
    let (mut logs, mut inverses) = (ExactSum::default(), ExactSum::default());
    for (value, count) in runs.iter() {
        let value = to_float(value);
        logs.add(value.ln() * count as f64);
        inverses.add(count as f64 / value);
    }
    (figure((logs.value() / n).exp()), figure(n / inverses.value()))
}

/// The median of the distances from the median: both halves are walked outwards at once.
pub(crate) fn mad<T: Interpolate>(runs: &Runs<T>, median: Option<f64>, to_float: impl Fn(T) -> f64) -> Option<f64> {
    let median = median?;
    let middle = [(runs.count() - 1) / 2, runs.count() / 2];
    let pairs: Vec<(f64, u64)> = runs.iter().map(|(value, count)| ((to_float(value) - median).abs(), count)).collect();
    let mut right = runs.distinct_before(|value| to_float(value) < median);
    let mut left = right;
    let (mut seen, mut found) = (0, [None; 2]);
    while found[1].is_none() {
        let below = left.checked_sub(1).and_then(|left| pairs.get(left));
        let above = pairs.get(right);
        let (distance, count) = match (below, above) {
            (Some(below), Some(above)) if below.0 < above.0 => (below.0, below.1),
            (Some(below), None) => (below.0, below.1),
            (_, Some(above)) => (above.0, above.1),
            (None, None) => return None,
        };
        if below.is_some_and(|below| above.is_none_or(|above| below.0 < above.0)) {
            left -= 1;
        } else {
            right += 1;
        }
        seen += count;
        for (found, place) in found.iter_mut().zip(middle) {
            if found.is_none() && seen > place {
                *found = Some(distance);
            }
        }
    }
    let [low, high] = found;
    low.zip(high).and_then(|(low, high)| figure(low + 0.5 * (high - low)))
}

/// Σ (2i − n − 1) xᵢ / (n Σ x) over the sorted values; `None` with a negative value or a sum of 0.
pub(crate) fn gini<T: Copy>(runs: &Runs<T>, to_float: impl Fn(T) -> f64) -> Option<f64> {
    let n = runs.count() as f64;
    let top = to_float(runs.last()?);
    if to_float(runs.first()?) < 0.0 || top == 0.0 {
        return None;
    }
    let (mut weighted, mut sum, mut start) = (ExactSum::default(), ExactSum::default(), 0);
    for (value, count) in runs.iter() {
        // The largest value as the unit keeps sums within the range of a float.
        let share = to_float(value) / top * count as f64;
        weighted.add(share * ((2 * start + count) as f64 - n));
        sum.add(share);
        start += count;
    }
    figure((weighted.value() / n / sum.value()).clamp(0.0, 1.0))
}

/// −Σ p ln p in nats of categories that stand so often; `None` of nothing.
pub(crate) fn entropy(counts: impl Iterator<Item = u64>) -> Option<f64> {
    let (mut n, mut sum) = (0_u64, ExactSum::default());
    for count in counts.filter(|count| *count > 0) {
        n += count;
        if count > 1 {
            sum.add(count as f64 * (count as f64).ln());
        }
    }
    let n = n as f64;
    (n > 0.0).then(|| (n.ln() - sum.value() / n).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    #[test]
    fn figures_that_scipy_gives() {
        // SciPy 1.17: trim_mean(x, .1), gmean, hmean, median_abs_deviation, entropy of value counts.
        let column = runs::of_floats([1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 120.0].into_iter());
        let same = |value: f64| value;
        let close = |found: Option<f64>, expected: f64| {
            assert!((found.unwrap() - expected).abs() < 1e-12 * expected.abs(), "{found:?} instead of {expected}");
        };
        close(trimmed_mean(&column, 0.1, same), 11.0);
        close(positive_means(&column, same).0, 7.461160884464874);
        close(positive_means(&column, same).1, 3.545319124555976);
        close(mad(&column, Some(6.5), same), 5.0);
        close(entropy(column.iter().map(|(_, count)| count)), 2.163955656882057);
        close(gini(&column, same), 0.6808612440191387);
        let interval = mean_interval(&super::super::moments::of_floats(&column), 10, 0.95).unwrap();
        close(Some(interval.low), -5.11743003089229);
        close(Some(interval.high), 46.91743003089229);
    }

    #[test]
    fn figures_that_do_not_exist_are_none() {
        let nothing = runs::of_integers(Vec::new());
        let to_float = |value: i64| value as f64;
        assert_eq!((trimmed_mean(&nothing, 0.1, to_float), gini(&nothing, to_float)), (None, None));
        assert_eq!((mad(&nothing, None, to_float), entropy([].into_iter())), (None, None));
        let zeros = runs::of_integers(vec![0, 0, 4]);
        assert_eq!(positive_means(&zeros, to_float), (None, None));
        assert_eq!(gini(&runs::of_integers(vec![-1, 5]), to_float), None);
        assert_eq!(mad(&zeros, Some(0.0), to_float), Some(0.0));
        let huge = runs::of_floats([1e308, 1.5e308].into_iter());
        assert_eq!(trimmed_mean(&huge, 0.0, |value| value), Some(1.25e308));
        assert!(gini(&huge, |value| value).is_some());
    }
}
