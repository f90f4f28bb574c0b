//! Figures that one pass over the values gives: counts, sums, extremes, first and last, and squares in a second one.

use super::cells::{Cells, Values};
use super::keys::LEFT_OUT;
use crate::scaling::scale_for;
use crate::summary::ExactSum;

/// What a pass over floats leaves of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunningFloats {
    pub(super) count: u64,
    /// Values that are neither NaN nor infinite; all figures are of these.
    pub(super) finite: u64,
    pub(super) sum: ExactSum,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) first: f64,
    pub(super) last: f64,
}

/// What a pass over integers leaves of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunningIntegers {
    pub(super) count: u64,
    pub(super) sum: i128,
    pub(super) min: i64,
    pub(super) max: i64,
    pub(super) first: i64,
    pub(super) last: i64,
}

/// Calls `visit` with row, group and value of each cell that is there and in a group.
pub(super) fn visit<T: Copy>(values: &[T], cells: &Cells, of_row: &[u32], mut visit: impl FnMut(usize, T)) {
    match &cells.present {
        None => {
            for (value, group) in values.iter().zip(of_row) {
                if *group != LEFT_OUT {
                    visit(*group as usize, *value);
                }
            }
        }
        Some(present) => {
            for ((value, group), present) in values.iter().zip(of_row).zip(present) {
                if *group != LEFT_OUT && *present {
                    visit(*group as usize, *value);
                }
            }
        }
    }
}

pub(super) fn floats(values: &[f64], cells: &Cells, of_row: &[u32], groups: usize) -> Vec<RunningFloats> {
    let empty = RunningFloats {
        count: 0,
        finite: 0,
        sum: ExactSum::default(),
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
        first: f64::NAN,
        last: f64::NAN,
    };
    let mut running = vec![empty; groups];
    visit(values, cells, of_row, |group, value| {
        let group = &mut running[group];
        group.count += 1;
        if !value.is_finite() {
            return;
        }
        if group.finite == 0 {
            group.first = value;
        }
        group.finite += 1;
        group.sum.add(value);
        group.min = group.min.min(value);
        group.max = group.max.max(value);
        group.last = value;
    });
    running
}

pub(super) fn integers(values: &[i64], cells: &Cells, of_row: &[u32], groups: usize) -> Vec<RunningIntegers> {
    let empty = RunningIntegers { count: 0, sum: 0, min: i64::MAX, max: i64::MIN, first: 0, last: 0 };
    let mut running = vec![empty; groups];
    visit(values, cells, of_row, |group, value| {
        let group = &mut running[group];
        if group.count == 0 {
            group.first = value;
        }
        group.count += 1;
        group.sum += i128::from(value);
        group.min = group.min.min(value);
        group.max = group.max.max(value);
        group.last = value;
    });
    running
}

/// Standard deviation (n − 1) by group: the corrected two-pass algorithm. `means` are mean and what its float leaves.
/// Values are brought near 1 where squares would over- or underflow.
pub(super) fn deviations(cells: &Cells, of_row: &[u32], means: &[(f64, f64)], counts: &[u64]) -> Vec<f64> {
    let mut sums = vec![(ExactSum::default(), ExactSum::default()); means.len()];
    let scale = scale_of(cells);
    let mut add = |group: usize, deviation: f64| {
        sums[group].0.add(deviation);
        sums[group].1.add(deviation * deviation);
    };
    match &cells.values {
        Values::Floats(values) => visit(values, cells, of_row, |group, value| {
            if value.is_finite() {
                let (mean, rest) = means[group];
                add(group, ((value - mean) - rest) * scale);
            }
        }),
        // The difference is exact, also where the integers themselves are beyond what a float holds.
        Values::Integers(values) => visit(values, cells, of_row, |group, value| {
            let (mean, rest) = means[group];
            add(group, (i128::from(value) - mean as i128) as f64 - rest);
        }),
    }
    let deviation = |((first, second), count): (&(ExactSum, ExactSum), &u64)| {
        let n = *count as f64;
        if *count < 2 {
            return f64::NAN;
        }
        ((second.value() - first.value() * first.value() / n).max(0.0) / (n - 1.0)).sqrt() / scale
    };
    sums.iter().zip(counts).map(deviation).collect()
}

fn scale_of(cells: &Cells) -> f64 {
    let Values::Floats(values) = &cells.values else { return 1.0 };
    scale_for(values.iter().filter(|value| value.is_finite()).fold(0.0_f64, |size, value| size.max(value.abs())))
}
