//! Figures that need a group's values together: quantiles, modes and counts of different values.

use super::cells::Cells;
use super::running::visit;

/// The values of all groups, one group after another.
pub(super) struct Together<T> {
    values: Vec<T>,
    starts: Vec<usize>,
}

/// A bit for each pair of group and value is quicker than sorting while it fits a few megabytes.
const MOST_BITS: u64 = 1 << 27;

impl<T: Copy + Default> Together<T> {
    /// Values that `keep` refuses are left out.
    pub(super) fn of(values: &[T], cells: &Cells, of_row: &[u32], groups: usize, keep: impl Fn(T) -> bool) -> Self {
        let mut counts = vec![0_usize; groups + 1];
        visit(values, cells, of_row, |group, value| counts[group + 1] += usize::from(keep(value)));
        for group in 0..groups {
            counts[group + 1] += counts[group];
        }
        let starts = counts.clone();
        let mut together = vec![T::default(); starts.last().copied().unwrap_or(0)];
        visit(values, cells, of_row, |group, value| {
            if keep(value) {
                together[counts[group]] = value;
                counts[group] += 1;
            }
        });
        Self { values: together, starts }
    }

    /// The values of a group, to be put in any order.
    pub(super) fn group(&mut self, group: usize) -> &mut [T] {
        &mut self.values[self.starts[group]..self.starts[group + 1]]
    }
}

/// The most frequent value of sorted values, the first of equally frequent ones.
pub(super) fn mode<T: Copy + PartialEq>(sorted: &[T]) -> Option<T> {
    let mut best: Option<(T, usize)> = None;
    for run in sorted.chunk_by(|left, right| left == right) {
        if best.is_none_or(|(_, count)| run.len() > count) {
            best = Some((run[0], run.len()));
        }
    }
    best.map(|(value, _)| value)
}

/// How many different integers each group has.
pub(super) fn distinct(values: &[i64], cells: &Cells, of_row: &[u32], groups: usize) -> Vec<u64> {
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    visit(values, cells, of_row, |_, value| {
        least = least.min(value);
        most = most.max(value);
    });
    let width = if least > most { 0 } else { most.abs_diff(least).saturating_add(1) };
    if width.saturating_mul(groups as u64) <= MOST_BITS {
        return distinct_by_bits(values, cells, of_row, groups, least, width as usize);
    }
    let mut together = Together::of(values, cells, of_row, groups, |_| true);
    let count = |group: usize| {
        let values = together.group(group);
        values.sort_unstable();
        values.chunk_by(|left, right| left == right).count() as u64
    };
    (0..groups).map(count).collect()
}

fn distinct_by_bits(
    values: &[i64],
    cells: &Cells,
    of_row: &[u32],
    groups: usize,
    least: i64,
    width: usize,
) -> Vec<u64> {
    let mut seen = vec![0_u64; (width * groups).div_ceil(64)];
    let mut counts = vec![0; groups];
    visit(values, cells, of_row, |group, value| {
        let at = group * width + value.abs_diff(least) as usize;
        let (word, bit) = (&mut seen[at / 64], 1_u64 << (at % 64));
        counts[group] += u64::from(*word & bit == 0);
        *word |= bit;
    });
    counts
}
