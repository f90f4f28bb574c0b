//! The figures of every group, measure by measure; each column is passed over once for all figures that one pass gives.

use contract::analyses::grouped::{Function, Measure};
use contract::columns::Scalar;

use super::cells::{Cells, Values};
use super::keys::LEFT_OUT;
use super::ordered::{Together, distinct, mode};
use super::running::{RunningFloats, RunningIntegers, deviations, floats, integers};
use crate::ordering::signed_key;
use crate::scalars;
use crate::summary::{Interpolate, quantile_by_selection};

/// Rows of each group.
pub(crate) fn row_counts(of_row: &[u32], groups: usize) -> Vec<u64> {
    let mut counts = vec![0; groups];
    of_row.iter().filter(|group| **group != LEFT_OUT).for_each(|group| counts[*group as usize] += 1);
    counts
}

/// The figures of all measures of one column, one list of groups for each measure.
pub(crate) fn of_column(measures: &[&Measure], cells: &Cells, of_row: &[u32], groups: usize) -> Vec<Vec<Scalar>> {
    match &cells.values {
        Values::Floats(values) => OfFloats::new(values, cells, of_row, groups).measure(measures),
        Values::Integers(values) => OfIntegers::new(values, cells, of_row, groups).measure(measures),
    }
}

fn number(value: f64) -> Scalar {
    scalars::float(value)
}

struct OfFloats<'a> {
    values: &'a [f64],
    cells: &'a Cells,
    of_row: &'a [u32],
    running: Vec<RunningFloats>,
    sorted: Option<Together<f64>>,
}

impl<'a> OfFloats<'a> {
    fn new(values: &'a [f64], cells: &'a Cells, of_row: &'a [u32], groups: usize) -> Self {
        let running = floats(values, cells, of_row, groups);
        Self { values, cells, of_row, running, sorted: None }
    }

    fn measure(mut self, measures: &[&Measure]) -> Vec<Vec<Scalar>> {
        measures.iter().map(|measure| self.one(measure)).collect()
    }

    fn one(&mut self, measure: &Measure) -> Vec<Scalar> {
        let figure = |pick: fn(&RunningFloats) -> f64| -> Vec<Scalar> {
            let one = |group: &RunningFloats| if group.finite == 0 { Scalar::Null } else { number(pick(group)) };
            self.running.iter().map(one).collect()
        };
        match measure.function {
            Function::Count => self.running.iter().map(|group| Scalar::from(group.count)).collect(),
            Function::Sum => self.running.iter().map(|group| number(group.sum.value())).collect(),
            Function::Mean => figure(mean),
            Function::Min => figure(|group| group.min),
            Function::Max => figure(|group| group.max),
            Function::First => figure(|group| group.first),
            Function::Last => figure(|group| group.last),
            Function::Var => self.deviations().into_iter().map(|deviation| number(deviation * deviation)).collect(),
            Function::Std => self.deviations().into_iter().map(number).collect(),
            Function::Median => self.quantiles(0.5),
            Function::Quantile => self.quantiles(measure.quantile.unwrap_or(0.5)),
            Function::Mode => self.modes(),
            Function::NUnique => self.distinct(),
        }
    }

    fn deviations(&self) -> Vec<f64> {
        let means: Vec<(f64, f64)> = self.running.iter().map(|group| group.sum.divided(group.finite as f64)).collect();
        let counts: Vec<u64> = self.running.iter().map(|group| group.finite).collect();
        let mut found = deviations(self.cells, self.of_row, &means, &counts);
        // The mean of equal values can be off by its last rounding.
        found
            .iter_mut()
            .zip(&self.running)
            .filter(|(_, group)| group.finite > 1 && group.min == group.max)
            .for_each(|(v, _)| *v = 0.0);
        found
    }

    /// Each group's finite values side by side; made once for all figures that need it.
    fn together(&mut self) -> &mut Together<f64> {
        let groups = self.running.len();
        self.sorted.get_or_insert_with(|| Together::of(self.values, self.cells, self.of_row, groups, f64::is_finite))
    }

    fn quantiles(&mut self, share: f64) -> Vec<Scalar> {
        let groups = self.running.len();
        let together = self.together();
        let one = |group: usize| quantile_by_selection(together.group(group), share, f64::total_cmp, f64::between);
        (0..groups).map(one).map(|found| found.map_or(Scalar::Null, number)).collect()
    }

    fn modes(&mut self) -> Vec<Scalar> {
        let groups = self.running.len();
        let together = self.together();
        let mut found = Vec::with_capacity(groups);
        for group in 0..groups {
            let values = together.group(group);
            values.iter_mut().for_each(|value| *value += 0.0);
            values.sort_unstable_by(f64::total_cmp);
            found.push(mode(values).map_or(Scalar::Null, number));
        }
        found
    }

    fn distinct(&self) -> Vec<Scalar> {
        let canonical = |value: &f64| match *value {
            value if value.is_nan() => i64::MAX,
            value => signed_key(value),
        };
        let keys: Vec<i64> = self.values.iter().map(canonical).collect();
        distinct(&keys, self.cells, self.of_row, self.running.len()).into_iter().map(Scalar::from).collect()
    }
}

/// A mean can leave the values' range by its last rounding, and its sum can leave that of a float.
fn mean(group: &RunningFloats) -> f64 {
    let n = group.finite as f64;
    let plain = group.sum.divided(n).0;
    if plain.is_finite() { plain.clamp(group.min, group.max) } else { f64::NAN }
}

struct OfIntegers<'a> {
    values: &'a [i64],
    cells: &'a Cells,
    of_row: &'a [u32],
    running: Vec<RunningIntegers>,
    sorted: Option<Together<i64>>,
}

impl<'a> OfIntegers<'a> {
    fn new(values: &'a [i64], cells: &'a Cells, of_row: &'a [u32], groups: usize) -> Self {
        let running = integers(values, cells, of_row, groups);
        Self { values, cells, of_row, running, sorted: None }
    }

    fn measure(mut self, measures: &[&Measure]) -> Vec<Vec<Scalar>> {
        measures.iter().map(|measure| self.one(measure)).collect()
    }

    fn one(&mut self, measure: &Measure) -> Vec<Scalar> {
        let pick = |pick: fn(&RunningIntegers) -> i64| -> Vec<Scalar> {
            let one =
                |group: &RunningIntegers| if group.count == 0 { Scalar::Null } else { self.cells.scalar(pick(group)) };
            self.running.iter().map(one).collect()
        };
        match measure.function {
            Function::Count => self.running.iter().map(|group| Scalar::from(group.count)).collect(),
            Function::Sum => self.running.iter().map(|group| scalars::wide_integer(group.sum)).collect(),
            Function::Mean => self.running.iter().map(|group| number(exact_mean(group))).collect(),
            Function::Min => pick(|group| group.min),
            Function::Max => pick(|group| group.max),
            Function::First => pick(|group| group.first),
            Function::Last => pick(|group| group.last),
            Function::Var => self.deviations().into_iter().map(|deviation| number(deviation * deviation)).collect(),
            Function::Std => self.deviations().into_iter().map(number).collect(),
            Function::Median => self.quantiles(0.5),
            Function::Quantile => self.quantiles(measure.quantile.unwrap_or(0.5)),
            Function::Mode => self.modes(),
            Function::NUnique => {
                let found = distinct(self.values, self.cells, self.of_row, self.running.len());
                found.into_iter().map(Scalar::from).collect()
            }
        }
    }

    fn deviations(&self) -> Vec<f64> {
        let means: Vec<(f64, f64)> = self.running.iter().map(two_part_mean).collect();
        let counts: Vec<u64> = self.running.iter().map(|group| group.count).collect();
        let mut found = deviations(self.cells, self.of_row, &means, &counts);
        found
            .iter_mut()
            .zip(&self.running)
            .filter(|(_, group)| group.count > 1 && group.min == group.max)
            .for_each(|(v, _)| *v = 0.0);
        found
    }

    fn together(&mut self) -> &mut Together<i64> {
        let groups = self.running.len();
        self.sorted.get_or_insert_with(|| Together::of(self.values, self.cells, self.of_row, groups, |_| true))
    }

    fn quantiles(&mut self, share: f64) -> Vec<Scalar> {
        let groups = self.running.len();
        let together = self.together();
        let one = |group: usize| quantile_by_selection(together.group(group), share, i64::cmp, i64::between);
        (0..groups).map(one).map(|found| found.map_or(Scalar::Null, number)).collect()
    }

    fn modes(&mut self) -> Vec<Scalar> {
        let (groups, cells) = (self.running.len(), self.cells);
        let together = self.together();
        let mut found = Vec::with_capacity(groups);
        for group in 0..groups {
            let values = together.group(group);
            values.sort_unstable();
            found.push(mode(values).map_or(Scalar::Null, |value| cells.scalar(value)));
        }
        found
    }
}

/// Sum over count, of which the sum is exact.
fn exact_mean(group: &RunningIntegers) -> f64 {
    let (mean, rest) = two_part_mean(group);
    mean + rest
}

fn two_part_mean(group: &RunningIntegers) -> (f64, f64) {
    if group.count == 0 {
        return (f64::NAN, f64::NAN);
    }
    let count = i128::from(group.count);
    let whole = group.sum.div_euclid(count);
    let fraction = group.sum.rem_euclid(count) as f64 / count as f64;
    // The part of the whole that a float cannot hold goes to the rest.
    let high = whole as f64;
    (high, (whole - high as i128) as f64 + fraction)
}
