//! Changes of level: the segmentation of least cost, found by pruned dynamic programming (PELT).

use crate::compare::sample::median;

/// A segment has at least so many values.
const LEAST: usize = 2;
/// The median of |z| for a standard normal z.
const NORMAL_MAD: f64 = 0.674_489_750_196_081_7;

/// The first positions of all segments but the first. The cost of a segment is its squared deviations from its mean in units
/// of `variance`; every segment costs `penalty` more.
pub(crate) fn change_points(values: &[f64], variance: f64, penalty: f64) -> Vec<usize> {
    if values.len() < 2 * LEAST || variance.is_nan() {
        return Vec::new();
    }
    let costs = Costs::of(values, variance);
    let n = values.len();
    let mut best = vec![f64::INFINITY; n + 1];
    best[0] = -penalty;
    let mut previous = vec![0; n + 1];
    // Where the last segment may start, and the last end for which that may still be best.
    let mut candidates: Vec<(usize, usize)> = vec![(0, n)];
    for end in LEAST..=n {
        let reach = |start: usize, best: &[f64]| best[start] + costs.of_segment(start, end);
        for (start, _) in &candidates {
            let cost = reach(*start, &best) + penalty;
            if cost < best[end] {
                (best[end], previous[end]) = (cost, *start);
            }
        }
        // What is worse now by more than a penalty stays worse, once a segment that starts here is long enough
        // (Killick, Fearnhead and Eckley 2012).
        for (start, last) in &mut candidates {
            if reach(*start, &best) > best[end] {
                *last = (*last).min(end + LEAST - 1);
            }
        }
        candidates.retain(|(_, last)| *last > end);
        if end + 1 >= 2 * LEAST {
            candidates.push((end + 1 - LEAST, n));
        }
    }
    let mut found = Vec::new();
    let mut end = n;
    while previous[end] > 0 {
        end = previous[end];
        found.push(end);
    }
    found.reverse();
    found
}

/// The variance of the noise, by the differences of neighbours: changes of level hardly touch their median.
pub(crate) fn noise_variance(values: &[f64]) -> f64 {
    let mut steps: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let spread = median(&mut steps) / NORMAL_MAD;
    if spread > 0.0 {
        return 0.5 * spread * spread;
    }
    // More than half of the steps are 0: their mean square is what is left.
    let squares: f64 = values.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
    0.5 * squares / (values.len() as f64 - 1.0)
}

/// Sums over beginnings of the series: the cost of any segment in constant time.
struct Costs {
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Costs {
    fn of(values: &[f64], variance: f64) -> Self {
        let middle = values.iter().sum::<f64>() / values.len() as f64;
        let unit = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        let (mut sums, mut squares) = (vec![0.0], vec![0.0]);
        for (at, value) in values.iter().enumerate() {
            let scaled = (value - middle) / unit;
            sums.push(sums[at] + scaled);
            squares.push(squares[at] + scaled * scaled);
        }
        Self { sums, squares }
    }

    fn of_segment(&self, start: usize, end: usize) -> f64 {
        let sum = self.sums[end] - self.sums[start];
        (self.squares[end] - self.squares[start] - sum * sum / (end - start) as f64).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least cost over all segmentations, without pruning.
    fn least_cost(values: &[f64], variance: f64, penalty: f64) -> f64 {
        let costs = Costs::of(values, variance);
        let mut best = vec![f64::INFINITY; values.len() + 1];
        best[0] = -penalty;
        for end in LEAST..=values.len() {
            for start in 0..=end - LEAST {
                best[end] = best[end].min(best[start] + costs.of_segment(start, end) + penalty);
            }
        }
        best[values.len()]
    }

    fn cost(values: &[f64], found: &[usize], variance: f64, penalty: f64) -> f64 {
        let costs = Costs::of(values, variance);
        let starts = std::iter::once(0).chain(found.iter().copied());
        let ends = found.iter().copied().chain([values.len()]);
        starts.zip(ends).map(|(start, end)| costs.of_segment(start, end) + penalty).sum::<f64>() - penalty
    }

    proptest! {
        #[test]
        fn pruning_finds_the_best_of_all_segmentations(values in proptest::collection::vec(-20_i32..20, 4..60), penalty in 1_u32..60) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let penalty = f64::from(penalty);
            let found = change_points(&values, 4.0, penalty);
            let expected = least_cost(&values, 4.0, penalty);
            prop_assert!((cost(&values, &found, 4.0, penalty) - expected).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn a_step_is_found_and_a_constant_has_none() {
        let noise = |i: usize| ((i * 7919) % 13) as f64 / 13.0;
        let step: Vec<f64> = (0..60).map(|i| noise(i) + if i < 25 { 0.0 } else { 8.0 }).collect();
        assert_eq!(change_points(&step, noise_variance(&step), 3.0 * 60.0_f64.ln()), [25]);
        assert_eq!(change_points(&[5.0; 40], noise_variance(&[5.0; 40]), 10.0), [0_usize; 0]);
        assert_eq!(change_points(&[1.0, 2.0], 1.0, 1.0), [0_usize; 0]);
    }
}
