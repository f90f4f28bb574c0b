//! A column's values in ascending order, equal ones together: what quantiles, modes, counts and moments are read from.

use crate::ordering::{from_signed_key, signed_key};

/// Distinct values in ascending order, and how many values stand up to and including each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Runs<T> {
    values: Vec<T>,
    ends: Vec<u64>,
}

impl<T: Copy> Runs<T> {
    /// How many values there are.
    pub(crate) fn count(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    pub(crate) fn distinct(&self) -> u64 {
        self.values.len() as u64
    }

    pub(crate) fn first(&self) -> Option<T> {
        self.values.first().copied()
    }

    pub(crate) fn last(&self) -> Option<T> {
        self.values.last().copied()
    }

    /// The distinct value of this rank, counted from 0.
    pub(crate) fn distinct_at(&self, rank: usize) -> Option<T> {
        self.values.get(rank).copied()
    }

    /// The value at a position of the sorted column, counted from 0.
    pub(crate) fn at(&self, position: u64) -> Option<T> {
        self.values.get(self.ends.partition_point(|end| *end <= position)).copied()
    }

    /// How many values come before the first that `is_before` denies; it must hold for a beginning of the order only.
    pub(crate) fn count_before(&self, is_before: impl Fn(T) -> bool) -> u64 {
        let position = self.values.partition_point(|value| is_before(*value));
        position.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0)
    }

    /// How many distinct values come before the first that `is_before` denies.
    pub(crate) fn distinct_before(&self, is_before: impl Fn(T) -> bool) -> usize {
        self.values.partition_point(|value| is_before(*value))
    }

    /// The first value that `is_reached` accepts; it must hold for an end of the order only.
    pub(crate) fn first_from(&self, is_reached: impl Fn(T) -> bool) -> Option<T> {
        self.distinct_at(self.distinct_before(|value| !is_reached(value)))
    }

    /// Each distinct value and how often it stands in the column.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (T, u64)> {
        let starts = std::iter::once(&0).chain(&self.ends);
        self.values.iter().zip(self.ends.iter().zip(starts)).map(|(value, (end, start))| (*value, end - start))
    }

    /// Values in ascending order with their weights; equal ones are put together.
    pub(crate) fn of_weighted(weighted: impl Iterator<Item = (T, u64)>) -> Self
    where
        T: PartialEq,
    {
        let (mut runs, mut end) = (Self { values: Vec::new(), ends: Vec::new() }, 0);
        for (value, weight) in weighted {
            end += weight;
            match runs.ends.last_mut() {
                Some(last) if runs.values.last() == Some(&value) => *last = end,
                _ => {
                    runs.values.push(value);
                    runs.ends.push(end);
                }
            }
        }
        runs
    }

    pub(crate) fn map<U>(self, change: impl Fn(T) -> U) -> Runs<U> {
        Runs { values: self.values.into_iter().map(change).collect(), ends: self.ends }
    }
}

/// The runs of integers, by counting where they lie close together and by sorting elsewhere.
pub(crate) fn of_integers(mut values: Vec<i64>) -> Runs<i64> {
    let (Some(min), Some(max)) = (values.iter().min().copied(), values.iter().max().copied()) else {
        return Runs::default();
    };
    let span = max.abs_diff(min);
    if span <= values.len() as u64 * 2 + 1024 {
        return counted(&values, min, span as usize);
    }
    values.sort_unstable();
    let mut runs = Runs { values: Vec::new(), ends: Vec::new() };
    for chunk in values.chunk_by(|left, right| left == right) {
        runs.values.extend(chunk.first());
        runs.ends.push(runs.ends.last().copied().unwrap_or(0) + chunk.len() as u64);
    }
    runs
}

fn counted(values: &[i64], min: i64, span: usize) -> Runs<i64> {
    let mut counts = vec![0_u32; span + 1];
    for value in values {
        counts[value.abs_diff(min) as usize] += 1;
    }
    let (mut runs, mut end) = (Runs { values: Vec::new(), ends: Vec::new() }, 0);
    for (value, count) in (min..=i64::MAX).zip(counts).filter(|(_, count)| *count > 0) {
        end += u64::from(count);
        runs.values.push(value);
        runs.ends.push(end);
    }
    runs
}

/// The runs of finite floats; −0.0 counts as 0.0. Integers in the same order are quicker to sort than floats.
pub(crate) fn of_floats(values: impl Iterator<Item = f64>) -> Runs<f64> {
    from_keys(of_integers(values.map(signed_key).collect()))
}

/// The runs of the floats that have these keys.
pub(crate) fn from_keys(keys: Runs<i64>) -> Runs<f64> {
    keys.map(from_signed_key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn integers_far_and_near_give_the_sorted_column(near in proptest::collection::vec(-5_i64..5, 0..50), far in proptest::collection::vec(any::<i64>(), 0..50)) {
            for values in [near, far] {
                let mut sorted = values.clone();
                sorted.sort_unstable();
                let runs = of_integers(values);
                let expanded: Vec<i64> = (0..runs.count()).map(|i| runs.at(i).unwrap()).collect();
                prop_assert_eq!(&expanded, &sorted);
                prop_assert_eq!(runs.at(runs.count()), None);
                for cut in [-3, 0, 4] {
                    prop_assert_eq!(runs.count_before(|value| value < cut), sorted.iter().filter(|value| **value < cut).count() as u64);
                }
            }
        }

        #[test]
        fn floats_are_sorted_by_value(values in proptest::collection::vec(-1e300_f64..1e300, 0..50)) {
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let runs = of_floats(values.into_iter());
            let expanded: Vec<f64> = (0..runs.count()).map(|i| runs.at(i).unwrap()).collect();
            prop_assert_eq!(expanded, sorted);
        }
    }

    #[test]
    fn extremes_and_negative_zero() {
        let runs = of_integers(vec![i64::MAX, i64::MIN, i64::MAX]);
        assert_eq!(runs.iter().collect::<Vec<_>>(), [(i64::MIN, 1), (i64::MAX, 2)]);
        assert_eq!(
            of_integers(vec![i64::MAX, i64::MAX - 1]).iter().collect::<Vec<_>>(),
            [(i64::MAX - 1, 1), (i64::MAX, 1)]
        );
        let zeros = of_floats([0.0, -0.0, f64::MIN_POSITIVE, -f64::MAX].into_iter());
        assert_eq!(zeros.iter().collect::<Vec<_>>(), [(-f64::MAX, 1), (0.0, 2), (f64::MIN_POSITIVE, 1)]);
    }
}
