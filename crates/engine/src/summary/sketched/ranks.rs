//! Quantiles of a column of any length in little memory, with a bound that always holds.
//!
//! Buffers of sorted values are merged in pairs, and every other value is kept with twice the weight (Munro and Paterson
//! 1980; Manku, Rajagopalan and Lindsay 1998). Nothing is left to chance, so equal columns have equal figures; the sketches
//! that toss a coin (KLL) would need less room for the same bound.

use super::super::runs::Runs;

/// Values of a buffer.
const BUFFER: usize = 1 << 15;

pub(crate) struct Ranks<K> {
    /// A full buffer of each weight 1, 2, 4, …, where there is one.
    levels: Vec<Option<Vec<K>>>,
    filling: Vec<K>,
    /// Whether the next merge of each level keeps the second of each two.
    keeps_second: Vec<bool>,
    buffer: usize,
    count: u64,
    error: u64,
    extremes: Option<(K, K)>,
}

impl<K: Copy + Ord> Ranks<K> {
    pub(crate) fn new() -> Self {
        Self::with_buffer(BUFFER)
    }

    fn with_buffer(buffer: usize) -> Self {
        Self {
            levels: Vec::new(),
            filling: Vec::with_capacity(buffer),
            keeps_second: Vec::new(),
            buffer,
            count: 0,
            error: 0,
            extremes: None,
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, value: K) {
        self.count += 1;
        self.extremes = match self.extremes {
            None => Some((value, value)),
            Some((min, max)) => Some((min.min(value), max.max(value))),
        };
        self.filling.push(value);
        if self.filling.len() == self.buffer {
            let mut full = std::mem::replace(&mut self.filling, Vec::with_capacity(self.buffer));
            full.sort_unstable();
            self.carry(full);
        }
    }

    /// Merges as long as there is a buffer of the same weight, as a carry runs through a binary number.
    fn carry(&mut self, mut buffer: Vec<K>) {
        let mut level = 0;
        loop {
            if self.levels.len() == level {
                self.levels.push(None);
                self.keeps_second.push(false);
            }
            let Some(other) = self.levels.get_mut(level).and_then(Option::take) else {
                if let Some(place) = self.levels.get_mut(level) {
                    *place = Some(buffer);
                }
                return;
            };
            let second = self.keeps_second.get_mut(level).is_some_and(|second| std::mem::replace(second, !*second));
            buffer = every_other(&other, &buffer, second);
            // Among the kept values, the number up to any value is off by at most one of the old weight.
            self.error += 1 << level;
            level += 1;
        }
    }

    /// The largest difference between the rank that [`Ranks::runs`] gives a value and its rank in the column, as a share of
    /// all values.
    pub(crate) fn rank_error(&self) -> f64 {
        if self.count == 0 { 0.0 } else { (self.error + 1) as f64 / self.count as f64 }
    }

    /// A column of as many values that stands for the whole one: its extremes are those of the column.
    pub(crate) fn runs(self) -> Runs<K> {
        let mut weighted: Vec<(K, u64)> = self.filling.into_iter().map(|value| (value, 1)).collect();
        for (level, buffer) in self.levels.into_iter().enumerate() {
            weighted.extend(buffer.into_iter().flatten().map(|value| (value, 1 << level)));
        }
        weighted.sort_unstable();
        // Each extreme takes one of the weight of its neighbour.
        if let (Some((min, max)), true) = (self.extremes, weighted.len() > 1) {
            if let Some(first) = weighted.first_mut() {
                first.1 -= 1;
            }
            if let Some(last) = weighted.last_mut() {
                last.1 -= 1;
            }
            weighted.insert(0, (min, 1));
            weighted.push((max, 1));
        }
        Runs::of_weighted(weighted.into_iter().filter(|(_, weight)| *weight > 0))
    }
}

/// Of two sorted buffers merged, the first or the second of each two.
fn every_other<K: Copy + Ord>(left: &[K], right: &[K], second: bool) -> Vec<K> {
    let (mut at_left, mut at_right) = (0, 0);
    let mut kept = Vec::with_capacity((left.len() + right.len()).div_ceil(2));
    for place in 0..left.len() + right.len() {
        let from_left = match (left.get(at_left), right.get(at_right)) {
            (Some(left), Some(right)) => left <= right,
            (found, _) => found.is_some(),
        };
        let (source, at) = if from_left { (left, &mut at_left) } else { (right, &mut at_right) };
        if (place % 2 == 1) == second {
            kept.extend(source.get(*at));
        }
        *at += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error of any rank, as a share.
    fn worst(values: &[i64], buffer: usize) -> (f64, f64) {
        let mut ranks = Ranks::with_buffer(buffer);
        values.iter().for_each(|value| ranks.add(*value));
        let stated = ranks.rank_error();
        let runs = ranks.runs();
        assert_eq!(runs.count(), values.len() as u64);
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        assert_eq!((runs.first(), runs.last()), (sorted.first().copied(), sorted.last().copied()));
        let mut worst = 0;
        for place in (0..sorted.len()).step_by(7) {
            let found = runs.at(place as u64).unwrap();
            let below = sorted.partition_point(|value| *value < found);
            let up_to = sorted.partition_point(|value| *value <= found);
            worst = worst.max(below.saturating_sub(place)).max((place + 1).saturating_sub(up_to));
        }
        (worst as f64 / values.len() as f64, stated)
    }

    #[test]
    fn no_rank_is_further_off_than_stated() {
        let mut state = 7_u64;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as i64
        };
        let shuffled: Vec<i64> = (0..200_000).map(|_| random()).collect();
        let rising: Vec<i64> = (0..200_000).collect();
        let falling: Vec<i64> = (0..200_000).rev().collect();
        let few: Vec<i64> = (0..200_000).map(|i| i * i % 11).collect();
        let saw: Vec<i64> = (0..200_000).map(|i| i % 64 * 1000 + i / 64).collect();
        for values in [shuffled, rising, falling, few, saw] {
            let (worst, stated) = worst(&values, 64);
            assert!(worst <= stated && stated < 0.1, "{worst} against {stated}");
        }
    }

    #[test]
    fn few_values_are_all_kept() {
        let mut ranks = Ranks::new();
        [3_i64, 1, 2].into_iter().for_each(|value| ranks.add(value));
        assert!(ranks.rank_error() <= 1.0);
        assert_eq!(ranks.runs().iter().collect::<Vec<_>>(), [(1, 1), (2, 1), (3, 1)]);
        assert_eq!(Ranks::<i64>::new().runs().count(), 0);
    }
}
