//! Kendall's tau-b in n log n steps (Knight 1966), with the variance for ties (Kendall 1970) or the exact distribution.

use super::significance::{Finding, interval, normal};
use crate::ordering::radix_sort;

/// The exact distribution is taken up to so many pairs of values without ties.
const EXACT: u64 = 33;

/// Tau-b of two columns of ranks, gaps as NaN.
pub(super) fn pair(left: &[f64], right: &[f64], confidence: f64) -> Finding {
    // Ranks may be halves; doubled they are whole and stay below 2^32.
    let both = left.iter().zip(right).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let mut entries: Vec<u64> = both.map(|(x, y)| ((2.0 * x) as u64) << 32 | (2.0 * y) as u64).collect();
    let n = entries.len() as u64;
    let mut finding = Finding { n, ..Finding::default() };
    let bits = 64 - (2 * left.len() as u64).leading_zeros();
    radix_sort(&mut entries, 0, bits);
    radix_sort(&mut entries, 32, bits);
    let x_ties = Ties::of(entries.iter().map(|entry| entry >> 32));
    let joint = Ties::of(entries.iter().copied());
    let mut ys: Vec<u32> = entries.iter().map(|entry| *entry as u32).collect();
    drop(entries);
    let discordant = inversions(&mut ys);
    let y_ties = Ties::of(ys.iter().map(|y| u64::from(*y)));
    let total = pairs(n);
    if total == 0 || x_ties.pairs == total || y_ties.pairs == total {
        return finding;
    }
    let excess = (i128::from(total) - i128::from(x_ties.pairs) - i128::from(y_ties.pairs) + i128::from(joint.pairs)
        - 2 * i128::from(discordant)) as f64;
    let tau = excess / ((total - x_ties.pairs) as f64).sqrt() / ((total - y_ties.pairs) as f64).sqrt();
    let tau = tau.clamp(-1.0, 1.0);
    finding.value = Some(tau);
    let tied = x_ties.pairs > 0 || y_ties.pairs > 0;
    let fewer = discordant.min(total - discordant);
    if !tied && (n <= EXACT || fewer <= 1) {
        finding.p_value = Some(exact_p(n, fewer));
    } else {
        let z = excess / variance(n as f64, &x_ties, &y_ties).sqrt();
        normal(&mut finding, z);
    }
    if n > 4 {
        // Fieller, Hartley and Pearson 1957.
        (finding.ci_low, finding.ci_high) = interval(tau, (0.437 / (n as f64 - 4.0)).sqrt(), confidence);
    }
    finding
}

/// How many of `n` things can be paired.
fn pairs(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

/// Sums over the groups of equal values that the variance needs.
struct Ties {
    pairs: u64,
    triples: f64,
    weighted: f64,
}

impl Ties {
    /// Of values in order.
    fn of(values: impl Iterator<Item = u64>) -> Self {
        let mut ties = Self { pairs: 0, triples: 0.0, weighted: 0.0 };
        let (mut current, mut size) = (None, 0_u64);
        for value in values {
            if current == Some(value) {
                size += 1;
                continue;
            }
            ties.count(size);
            (current, size) = (Some(value), 1);
        }
        ties.count(size);
        ties
    }

    fn count(&mut self, size: u64) {
        if size > 1 {
            let t = size as f64;
            self.pairs += pairs(size);
            self.triples += t * (t - 1.0) * (t - 2.0);
            self.weighted += t * (t - 1.0) * (2.0 * t + 5.0);
        }
    }
}

fn variance(n: f64, x: &Ties, y: &Ties) -> f64 {
    let m = n * (n - 1.0);
    let both = 2.0 * x.pairs as f64 * y.pairs as f64 / m;
    let triples = if n > 2.0 { x.triples * y.triples / (9.0 * m * (n - 2.0)) } else { 0.0 };
    (m * (2.0 * n + 5.0) - x.weighted - y.weighted) / 18.0 + both + triples
}

/// The chance of `fewer` or fewer discordant pairs, or of as few concordant ones, among `n` values without ties.
fn exact_p(n: u64, fewer: u64) -> f64 {
    if n <= 2 || 4 * fewer == n * (n - 1) {
        return 1.0;
    }
    let factorial = |n: u64| (2..=n).map(|i| i as f64).product::<f64>();
    match fewer {
        0 => 2.0 / factorial(n),
        1 => 2.0 / factorial(n - 1),
        _ => {
            // How many orders of 2, 3, … n values have so many discordant pairs.
            let size = fewer as usize + 1;
            let mut orders = vec![0.0; size];
            orders.iter_mut().take(2).for_each(|count| *count = 1.0);
            for values in 3..=n as usize {
                let mut sum = 0.0;
                let running: Vec<f64> = orders
                    .iter()
                    .map(|count| {
                        sum += count;
                        sum
                    })
                    .collect();
                for (i, count) in orders.iter_mut().enumerate() {
                    *count = running[i] - if i >= values { running[i - values] } else { 0.0 };
                }
            }
            (2.0 * orders.iter().sum::<f64>() / factorial(n)).min(1.0)
        }
    }
}

/// How many pairs stand in falling order; sorts the values meanwhile. Short stretches by insertion, then by merging.
fn inversions(values: &mut Vec<u32>) -> u64 {
    const SHORT: usize = 16;
    let mut count = 0;
    for stretch in values.chunks_mut(SHORT) {
        for end in 1..stretch.len() {
            let value = stretch[end];
            let mut place = end;
            while place > 0 && stretch[place - 1] > value {
                stretch[place] = stretch[place - 1];
                place -= 1;
            }
            stretch[place] = value;
            count += (end - place) as u64;
        }
    }
    let mut other = vec![0_u32; values.len()];
    let mut width = SHORT;
    while width < values.len() {
        for (from, to) in values.chunks(2 * width).zip(other.chunks_mut(2 * width)) {
            let (left, right) = from.split_at(width.min(from.len()));
            count += merge(left, right, to);
        }
        std::mem::swap(values, &mut other);
        width *= 2;
    }
    count
}

/// Merges two sorted stretches; the answer is how often a value of the right one came before one of the left.
fn merge(left: &[u32], right: &[u32], target: &mut [u32]) -> u64 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    let mut slots = target.iter_mut();
    while i < left.len() && j < right.len() {
        let (a, b) = (left[i], right[j]);
        let falls = b < a;
        if let Some(slot) = slots.next() {
            *slot = if falls { b } else { a };
        }
        count += if falls { (left.len() - i) as u64 } else { 0 };
        i += usize::from(!falls);
        j += usize::from(falls);
    }
    let rest = left[i..].iter().chain(&right[j..]);
    slots.zip(rest).for_each(|(slot, value)| *slot = *value);
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ordering::rank_in_place;

    /// By the definition: every pair of rows.
    fn by_definition(x: &[f64], y: &[f64]) -> f64 {
        let (mut excess, mut x_pairs, mut y_pairs) = (0.0, 0.0, 0.0);
        for i in 0..x.len() {
            for j in 0..i {
                let (a, b) = (
                    (x[i] - x[j]).signum() * f64::from(x[i] != x[j]),
                    (y[i] - y[j]).signum() * f64::from(y[i] != y[j]),
                );
                excess += a * b;
                x_pairs += a * a;
                y_pairs += b * b;
            }
        }
        excess / f64::sqrt(x_pairs * y_pairs)
    }

    proptest! {
        #[test]
        fn tau_is_what_the_definition_says(pairs in proptest::collection::vec((-9_i32..9, -40_i32..40), 2..300)) {
            let (mut x, mut y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).unzip();
            let expected = by_definition(&x, &y);
            rank_in_place(&mut x);
            rank_in_place(&mut y);
            let found = pair(&x, &y, 0.95).value;
            prop_assert!(found.map_or(expected.is_nan(), |found| (found - expected).abs() < 1e-12), "{:?} {}", found, expected);
        }
    }
}
