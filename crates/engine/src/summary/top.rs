//! The most frequent values: by falling count, equal counts by rising value.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The first `limit` of the values in that order. Memory depends on `limit` only.
pub(crate) fn most_frequent<T: Ord>(values: impl Iterator<Item = (T, u64)>, limit: usize) -> Vec<(T, u64)> {
    // The heap's top is the value that falls out next: the rarest one, of these the largest.
    let mut kept: BinaryHeap<(Reverse<u64>, T)> = BinaryHeap::with_capacity(limit + 1);
    if limit == 0 {
        return Vec::new();
    }
    for (value, count) in values {
        let candidate = (Reverse(count), value);
        if kept.len() < limit {
            kept.push(candidate);
        } else if kept.peek().is_some_and(|worst| candidate < *worst) {
            kept.pop();
            kept.push(candidate);
        }
    }
    kept.into_sorted_vec().into_iter().map(|(Reverse(count), value)| (value, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_smaller_value() {
        let values = [("d", 2), ("a", 1), ("c", 5), ("b", 2), ("e", 2)];
        assert_eq!(most_frequent(values.into_iter(), 3), [("c", 5), ("b", 2), ("d", 2)]);
        assert_eq!(most_frequent(values.into_iter(), 0), []);
        assert_eq!(most_frequent(values.into_iter(), 99).len(), 5);
    }
}
