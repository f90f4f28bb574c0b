//! Which cells are missing together.

use std::cmp::Reverse;

use contract::analyses::correlation::{CorrelationMethod, MissingPattern};

use super::significance::{Spread, linear as judged};
use super::{Related, Request, pairs_of};
use crate::Result;
use crate::columns::gaps;
use crate::filters::Mask;

/// How many patterns are told.
const PATTERNS: usize = 20;

/// The correlation of "is missing" between the columns that have both, missing cells and others; and the patterns.
pub(super) fn relate(request: &Request<'_>) -> Result<Related> {
    let taken = request.params.taken(CorrelationMethod::Missing, request.columns);
    let rows = request.mask.map_or(request.table.rows(), Mask::count);
    let (mut names, mut missing) = (Vec::new(), Vec::new());
    for position in taken {
        let column = gaps(request.table, position, request.mask)?;
        if column.iter().any(|gap| *gap) {
            names.push(request.columns[position].name.clone());
            missing.push(column);
        }
    }
    let counts: Vec<u64> = missing.iter().map(|column| column.iter().filter(|gap| **gap).count() as u64).collect();
    let pairs = pairs_of(names.len()).into_iter().map(|(left, right)| {
        let both = missing[left].iter().zip(&missing[right]).filter(|(x, y)| **x && **y).count() as u64;
        let phi = phi(rows as f64, counts[left] as f64, counts[right] as f64, both as f64);
        (left, right, judged(phi, rows as u64, 0, Spread::Fisher, request.params.confidence))
    });
    Ok(Related {
        diagonal: counts.iter().map(|count| (*count < rows as u64).then_some(1.0)).collect(),
        pairs: pairs.collect(),
        patterns: Some(patterns(&names, &missing, rows)),
        columns: names,
        control: Vec::new(),
    })
}

/// The correlation of two truth values, of which one is true `left` times, the other `right` times and both `both`
/// times among `n`.
fn phi(n: f64, left: f64, right: f64, both: f64) -> Option<f64> {
    let spread = left * (n - left) * right * (n - right);
    (spread > 0.0).then(|| ((n * both - left * right) / spread.sqrt()).clamp(-1.0, 1.0))
}

/// Rows of one pattern share a number: that of the columns before, with or without a gap in the next.
fn patterns(names: &[String], missing: &[Vec<bool>], rows: usize) -> Vec<MissingPattern> {
    let mut numbers = vec![0_u32; rows];
    let mut known: Vec<Vec<usize>> = vec![Vec::new()];
    for (column, gaps) in missing.iter().enumerate() {
        // Where each number goes on with and without a gap.
        let mut next: Vec<[Option<u32>; 2]> = vec![[None; 2]; known.len()];
        let mut found: Vec<Vec<usize>> = Vec::new();
        for (number, gap) in numbers.iter_mut().zip(gaps) {
            let slot = &mut next[*number as usize][usize::from(*gap)];
            *number = *slot.get_or_insert_with(|| {
                let mut pattern = known[*number as usize].clone();
                if *gap {
                    pattern.push(column);
                }
                found.push(pattern);
                found.len() as u32 - 1
            });
        }
        known = found;
    }
    let mut counts = vec![0_u64; known.len()];
    numbers.iter().for_each(|number| counts[*number as usize] += 1);
    let mut order: Vec<usize> = (0..known.len()).filter(|number| counts[*number] > 0).collect();
    order.sort_by_key(|number| (Reverse(counts[*number]), known[*number].clone()));
    let pattern = |number: usize| MissingPattern {
        columns: known[number].iter().map(|column| names[*column].clone()).collect(),
        rows: counts[number],
    };
    order.into_iter().take(PATTERNS).map(pattern).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_counted_and_sorted() {
        let names = ["a", "b"].map(str::to_owned);
        let missing = [vec![true, false, true, false, true], vec![true, false, false, false, true]];
        let found = patterns(&names, &missing, 5);
        let told: Vec<(Vec<&str>, u64)> =
            found.iter().map(|pattern| (pattern.columns.iter().map(String::as_str).collect(), pattern.rows)).collect();
        assert_eq!(told, [(vec![], 2), (vec!["a", "b"], 2), (vec!["a"], 1)]);
        assert_eq!(patterns(&[], &[], 3), [MissingPattern { columns: Vec::new(), rows: 3 }]);
        assert_eq!(phi(4.0, 2.0, 2.0, 2.0), Some(1.0));
        assert_eq!(phi(4.0, 4.0, 2.0, 2.0), None);
    }
}
