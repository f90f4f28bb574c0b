//! Histograms: equal-width bins over the finite values of a numeric column.

use contract::profile::Histogram;

use super::runs::Runs;

const MAX_BINS: f64 = 50.0;

/// Bins by Freedman and Diaconis (1981), or by Sturges (1926) where the quartiles coincide; at most 50. A constant
/// column has one bin of width 1 around its value. `None` of nothing.
pub(crate) fn histogram<T: Copy>(runs: &Runs<T>, iqr: Option<f64>, to_float: impl Fn(T) -> f64) -> Option<Histogram> {
    let (min, max) = (to_float(runs.first()?), to_float(runs.last()?));
    if min == max {
        return Some(Histogram { edges: vec![min - 0.5, max + 0.5], counts: vec![runs.count()] });
    }
    let bins = bin_count(min, max, iqr.unwrap_or(0.0), runs.count() as f64);
    let edges: Vec<f64> = (0..=bins).map(|i| edge(min, max, i as f64 / bins as f64)).collect();
    let inner = edges.get(1..bins).unwrap_or_default();
    let mut counts = Vec::with_capacity(bins);
    let mut before = 0;
    for right in inner {
        let up_to = runs.count_before(|value| to_float(value) < *right);
        counts.push(up_to - before);
        before = up_to;
    }
    counts.push(runs.count() - before);
    Some(Histogram { edges, counts })
}

fn bin_count(min: f64, max: f64, iqr: f64, count: f64) -> usize {
    let width = 2.0 * iqr / count.cbrt();
    let by_width = (max / width - min / width).ceil();
    let bins = if width > 0.0 && by_width.is_finite() { by_width } else { count.log2().ceil() + 1.0 };
    bins.clamp(1.0, MAX_BINS) as usize
}

/// Written so that the difference of the ends need not be a finite float.
fn edge(min: f64, max: f64, share: f64) -> f64 {
    if share == 1.0 { max } else { min * (1.0 - share) + max * share }
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    #[test]
    fn every_value_is_in_one_bin() {
        let column = runs::of_integers((0..1000).map(|i| i * i % 317).collect());
        let histogram = histogram(&column, Some(150.0), |value| value as f64).unwrap();
        assert_eq!(histogram.edges.len(), histogram.counts.len() + 1);
        assert_eq!(histogram.counts.iter().sum::<u64>(), 1000);
        assert!(histogram.edges.is_sorted());
    }

    #[test]
    fn constants_nothing_and_extremes() {
        let one = histogram(&runs::of_integers(vec![7, 7]), Some(0.0), |value| value as f64).unwrap();
        assert_eq!((one.edges, one.counts), (vec![6.5, 7.5], vec![2]));
        assert!(histogram(&runs::of_integers(Vec::new()), None, |value| value as f64).is_none());
        let wide =
            histogram(&runs::of_floats([-f64::MAX, 0.0, f64::MAX].into_iter()), Some(f64::MAX), |value| value).unwrap();
        assert!(wide.edges.iter().all(|edge| edge.is_finite()));
        assert_eq!(wide.counts.iter().sum::<u64>(), 3);
    }
}
