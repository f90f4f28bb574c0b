//! Tests of ranks: Mann–Whitney (exact and asymptotic) and Kruskal–Wallis.

use crate::ordering::order;
use crate::probability::{Tail, chi_square_upper, normal_upper};

/// Ranks of all values of all samples together, equal values sharing the mean of their ranks.
pub(crate) struct Ranks {
    /// The sum of ranks of each sample.
    pub(crate) sums: Vec<f64>,
    /// Σ (t³ − t) over the groups of t equal values.
    pub(crate) ties: f64,
    pub(crate) n: f64,
}

impl Ranks {
    pub(crate) fn of(samples: &[Vec<f64>]) -> Self {
        let all = samples.concat();
        let sample_of: Vec<usize> =
            samples.iter().enumerate().flat_map(|(sample, values)| std::iter::repeat_n(sample, values.len())).collect();
        let (mut sums, mut ties, mut before) = (vec![0.0; samples.len()], 0.0, 0.0);
        let order = order(&all);
        for equal in order.chunk_by(|left, right| all[*left as usize] == all[*right as usize]) {
            let t = equal.len() as f64;
            let rank = before + 0.5 * (t + 1.0);
            equal.iter().for_each(|place| sums[sample_of[*place as usize]] += rank);
            ties += t * t * t - t;
            before += t;
        }
        Self { sums, ties, n: before }
    }
}

/// Mann and Whitney's U of the first sample, and its p-value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MannWhitney {
    pub(crate) u: f64,
    pub(crate) p: f64,
}

/// U of the first sample from its sum of ranks.
pub(crate) fn u_of_first(ranks: &Ranks, left: f64) -> f64 {
    ranks.sums[0] - 0.5 * left * (left + 1.0)
}

/// By the normal distribution, corrected for ties and, if asked for, for continuity.
pub(crate) fn mann_whitney(ranks: &Ranks, left: f64, right: f64, tail: Tail, correction: bool) -> MannWhitney {
    let u = u_of_first(ranks, left);
    let larger = match tail {
        Tail::Both => u.max(left * right - u),
        Tail::Upper => u,
        Tail::Lower => left * right - u,
    };
    let n = ranks.n;
    let variance = left * right / 12.0 * ((n + 1.0) - ranks.ties / (n * (n - 1.0)));
    let excess = larger - 0.5 * left * right - if correction { 0.5 } else { 0.0 };
    if variance <= 0.0 {
        return MannWhitney { u, p: 1.0 };
    }
    let sides = if tail == Tail::Both { 2.0 } else { 1.0 };
    MannWhitney { u, p: (sides * normal_upper(excess / variance.sqrt())).min(1.0) }
}

/// Over all arrangements of the ranks, ties disregarded.
pub(crate) fn mann_whitney_exact(ranks: &Ranks, left: usize, right: usize, tail: Tail) -> MannWhitney {
    let u = u_of_first(ranks, left as f64);
    let all = (left * right) as f64;
    let larger = match tail {
        Tail::Both => u.max(all - u),
        Tail::Upper => u,
        Tail::Lower => all - u,
    };
    let chances = u_distribution(left, right);
    // Half a step is taken down: more arrangements count as at least as extreme.
    let from = (larger.floor().max(0.0) as usize).min(chances.len() - 1);
    // The smaller side is summed, from its small end; the other follows by symmetry.
    let upper: f64 = if larger.floor() > 0.5 * all {
        chances[from..].iter().rev().sum()
    } else {
        1.0 - chances[..from].iter().sum::<f64>()
    };
    let sides = if tail == Tail::Both { 2.0 } else { 1.0 };
    MannWhitney { u, p: (sides * upper).clamp(0.0, 1.0) }
}

/// The chance of each U from 0 to left · right: the largest of all values belongs to the one sample or to the other.
fn u_distribution(left: usize, right: usize) -> Vec<f64> {
    // chances[i] is for i values in the first sample; `j` of the second are there after round j.
    let mut chances: Vec<Vec<f64>> = vec![vec![1.0]; left + 1];
    for j in 1..=right {
        for i in 1..=left {
            let mut next = vec![0.0; i * j + 1];
            let (from_left, from_right) = (i as f64 / (i + j) as f64, j as f64 / (i + j) as f64);
            // The largest in the first sample: it exceeds all j of the second.
            for (u, chance) in chances[i - 1].iter().enumerate() {
                next[u + j] += from_left * chance;
            }
            for (u, chance) in chances[i].iter().enumerate() {
                next[u] += from_right * chance;
            }
            chances[i] = next;
        }
    }
    chances.pop().unwrap_or_default()
}

/// Kruskal and Wallis's H, corrected for ties, and its p-value by chi-square. NaN if all values are equal.
pub(crate) fn kruskal_wallis(ranks: &Ranks, counts: &[f64]) -> (f64, f64) {
    let n = ranks.n;
    let middle = 0.5 * (n + 1.0);
    let between: f64 = ranks.sums.iter().zip(counts).map(|(sum, count)| (sum / count - middle).powi(2) * count).sum();
    let correction = 1.0 - ranks.ties / (n * n * n - n);
    let h = 12.0 / (n * (n + 1.0)) * between / correction;
    if correction <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    (h, chi_square_upper(h, counts.len() as f64 - 1.0))
}
