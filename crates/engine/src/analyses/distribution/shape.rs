//! The histogram and the empirical distribution function.

use contract::analyses::distribution::{Bins, EcdfPart, HistogramPart, MAX_BINS};
use contract::errors::{ErrorCode, Failure};

use super::Sample;
use crate::Result;

/// How many points the empirical distribution function has at most.
const STEPS: usize = 1000;

/// What the rules for classes need to know of values. Of `std` and the quartiles, only what the rule uses.
pub(crate) struct Facts {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) n: f64,
    /// With n − 1.
    pub(crate) std: f64,
    pub(crate) quartiles: [f64; 2],
}

/// The edges that a rule finds, and its name.
pub(crate) struct Edges {
    rule: &'static str,
    pub(crate) edges: Vec<f64>,
    /// Whether the rule wanted more classes than there may be.
    capped: bool,
}

/// `None` of nothing, unless edges are given.
pub(crate) fn histogram(sample: &Sample, bins: &Bins) -> Result<Option<HistogramPart>> {
    if sample.sorted.is_empty() && !matches!(bins, Bins::Edges(_)) {
        return Ok(None);
    }
    let facts = Facts {
        low: sample.low(),
        high: sample.high(),
        n: sample.n(),
        std: sample.std,
        quartiles: [sample.quantile(0.25), sample.quantile(0.75)],
    };
    Ok(Some(counted(sample, edges(&facts, bins)?)))
}

/// The edges of classes of at least one value.
pub(crate) fn edges(facts: &Facts, bins: &Bins) -> Result<Edges> {
    let &Facts { low, high, n, .. } = facts;
    match bins {
        Bins::Edges(edges) => return Ok(Edges { rule: "edges", edges: edges.clone(), capped: false }),
        Bins::Width(width) => return aligned(facts, *width),
        _ => {}
    }
    if low == high {
        let reach = (0.5_f64).max(low.abs() * f64::EPSILON);
        return Ok(Edges { rule: "single_value", edges: vec![low - reach, high + reach], capped: false });
    }
    let sturges = n.log2() + 1.0;
    // The range is divided by the width without forming it, since it may be beyond a float.
    let by_width = |width: f64| high / width - low / width;
    let (rule, wanted) = match bins {
        Bins::Sturges => ("sturges", sturges),
        Bins::Count(count) => ("count", f64::from(*count)),
        Bins::Scott => {
            ("scott", by_width((24.0 * std::f64::consts::PI.sqrt() / n).cbrt() * facts.std * ((n - 1.0) / n).sqrt()))
        }
        _ => ("freedman_diaconis", by_width(2.0 * (facts.quartiles[1] - facts.quartiles[0]) / n.cbrt())),
    };
    let (rule, wanted) = if wanted.is_finite() && wanted > 0.0 { (rule, wanted) } else { ("sturges", sturges) };
    let count = wanted.ceil().clamp(1.0, MAX_BINS as f64);
    let edge = |i: usize| {
        let share = i as f64 / count;
        if i as f64 == count { high } else { low * (1.0 - share) + high * share }
    };
    Ok(Edges { rule, edges: (0..=count as usize).map(edge).collect(), capped: wanted > MAX_BINS as f64 })
}

/// Edges at multiples of the width.
fn aligned(facts: &Facts, width: f64) -> Result<Edges> {
    let first = (facts.low / width).floor();
    let count = ((facts.high / width).floor() - first) + 1.0;
    if count.is_nan() || count > MAX_BINS as f64 || first.abs() > 9e15 {
        let message =
            format!("Bins of width {width} over {} to {} would be more than {MAX_BINS}.", facts.low, facts.high);
        return Err(Failure::new(ErrorCode::InvalidParameters, message).advice("Choose a larger width."));
    }
    let edges = (0..=count as usize).map(|i| (first + i as f64) * width).collect();
    Ok(Edges { rule: "width", edges, capped: false })
}

fn counted(sample: &Sample, found: Edges) -> HistogramPart {
    let Edges { rule, edges, capped } = found;
    let before = |edge: f64| sample.sorted.partition_point(|value| *value < edge) as u64;
    let last = edges.len().saturating_sub(1);
    let mut ends: Vec<u64> = edges.iter().map(|edge| before(*edge)).collect();
    let below = ends.first().copied().unwrap_or(0);
    if let (Some(end), Some(edge)) = (ends.get_mut(last), edges.last()) {
        *end = sample.sorted.partition_point(|value| value <= edge) as u64;
    }
    let above = sample.sorted.len() as u64 - ends.last().copied().unwrap_or(0);
    let counts = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
    HistogramPart { rule: rule.to_owned(), edges, counts, below, above, capped }
}

pub(super) fn ecdf(sample: &Sample) -> EcdfPart {
    let n = sample.sorted.len();
    let mut ends: Vec<usize> = Vec::new();
    let mut complete = true;
    let mut end = 0;
    for run in sample.sorted.chunk_by(|left, right| left == right) {
        end += run.len();
        ends.push(end);
        if ends.len() > STEPS {
            complete = false;
            break;
        }
    }
    if !complete {
        let at = |step: usize| {
            let place = (n - 1) * step / (STEPS - 1);
            sample.sorted.partition_point(|value| *value <= sample.sorted[place])
        };
        ends = (0..STEPS).map(at).collect();
        ends.dedup();
    }
    EcdfPart {
        values: ends.iter().map(|end| sample.sorted[end - 1]).collect(),
        shares: ends.iter().map(|end| *end as f64 / n as f64).collect(),
        complete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::of(crate::ordering::sorted(values.to_vec()))
    }

    #[test]
    fn bins_by_width_lie_at_its_multiples() {
        let found = histogram(&sample(&[-0.3, 0.0, 0.9, 1.0, 2.0]), &Bins::Width(1.0)).unwrap().unwrap();
        assert_eq!((found.edges, found.counts), (vec![-1.0, 0.0, 1.0, 2.0, 3.0], vec![1, 2, 1, 1]));
        let failure = histogram(&sample(&[0.0, 1e9]), &Bins::Width(0.1)).unwrap_err();
        assert_eq!(failure.code, ErrorCode::InvalidParameters);
    }

    #[test]
    fn values_outside_of_given_edges_are_counted_beside() {
        let found =
            histogram(&sample(&[-1.0, 0.0, 1.0, 2.0, 5.0]), &Bins::Edges(vec![0.0, 1.0, 2.0])).unwrap().unwrap();
        assert_eq!((found.counts, found.below, found.above), (vec![1, 2], 1, 1));
    }

    #[test]
    fn rules_without_a_width_fall_back_and_nothing_overflows() {
        let found = histogram(&sample(&[1.0, 1.0, 1.0, 1.0, 1.0, 9.0]), &Bins::FreedmanDiaconis).unwrap().unwrap();
        assert_eq!((found.rule.as_str(), found.counts.iter().sum::<u64>()), ("sturges", 6));
        let wide = histogram(&sample(&[-f64::MAX, 0.0, f64::MAX]), &Bins::Scott).unwrap().unwrap();
        assert!(wide.edges.iter().all(|edge| edge.is_finite()) && wide.counts.iter().sum::<u64>() == 3);
        assert!(histogram(&sample(&[]), &Bins::Scott).unwrap().is_none());
        let steps = ecdf(&sample(&(0..5000).map(f64::from).collect::<Vec<_>>()));
        assert!(!steps.complete && steps.values.len() == 1000);
        assert_eq!((steps.values[999], steps.shares[999]), (4999.0, 1.0));
    }
}
