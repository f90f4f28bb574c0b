//! Summaries of columns that are longer than what is computed exactly: row group by row group, in bounded memory.
//!
//! A column of few different values is counted exactly all the same. Otherwise counts, extremes, sums, moments and zeros
//! are exact still, and sketches tell the rest, with the bounds of their errors.

mod numbers;
mod ranks;
mod sketches;
mod texts;

use std::hash::Hash;

use contract::columns::ColumnType;
use contract::profile::ErrorBounds;
use polars::prelude::{Column, InitHashMaps, PlHashMap, PolarsResult};

use self::ranks::Ranks;
use self::sketches::Sketches;
use super::runs::Runs;
use super::top::most_frequent;
use super::{NonFinite, Options, Summary, boolean};
use crate::failures;
use crate::table::Table;
use crate::{Result, failures::internal};

/// Up to so many different values a column is counted exactly, whatever its length.
const COUNTED: usize = 1 << 17;

/// A column of a stored table that is passed more than once.
struct Long<'a> {
    table: &'a Table,
    position: usize,
    name: &'a str,
    column_type: ColumnType,
}

/// The summary of a column, how many of its cells are missing, and the bounds of its errors if it is not exact.
pub(super) struct LongSummary {
    pub(super) summary: Summary,
    pub(super) nulls: u64,
    pub(super) bounds: Option<ErrorBounds>,
}

pub(super) fn summary(table: &Table, position: usize, options: &Options) -> Result<LongSummary> {
    let Some((name, column_type)) = table.columns().get(position) else {
        return Err(internal("A column of the table is gone."));
    };
    let column = Long { table, position, name, column_type: *column_type };
    let mut nulls = 0;
    match column_type {
        ColumnType::Boolean => {
            let (mut trues, mut falses) = (0, 0);
            column.groups(&mut |group| {
                nulls += group.null_count() as u64;
                let values = group.as_materialized_series().bool()?;
                let found = values.iter().flatten().filter(|value| *value).count() as u64;
                trues += found;
                falses += (values.len() - values.null_count()) as u64 - found;
                Ok(true)
            })?;
            Ok(LongSummary { summary: boolean::booleans(trues, falses, options), nulls, bounds: None })
        }
        ColumnType::Text => texts::summary(&column, options),
        _ => numbers::summary(&column, options),
    }
}

impl Long<'_> {
    /// Shows the column row group by row group, until one of them is answered with `false`.
    fn groups(&self, show: &mut dyn FnMut(&Column) -> PolarsResult<bool>) -> Result<()> {
        let mut first = 0;
        for rows in self.table.group_rows() {
            let group = self.table.read_rows(&[self.name], first, rows)?;
            let Some(column) = group.columns().first() else {
                return Err(internal(format!("Column {} of the table is gone.", self.position)));
            };
            let goes_on = show(column).map_err(|error| failures::polars("Describing a column", &error))?;
            if !goes_on {
                return Ok(());
            }
            first += rows;
        }
        Ok(())
    }
}

/// Different values and how often each stands, as long as they are few.
struct Counted<K> {
    counts: PlHashMap<K, u64>,
}

impl<K: Eq + Hash> Counted<K> {
    fn new() -> Self {
        Self { counts: PlHashMap::new() }
    }

    fn add(&mut self, value: K) {
        *self.counts.entry(value).or_insert(0) += 1;
    }

    fn is_too_large(&self) -> bool {
        self.counts.len() > COUNTED
    }
}

impl<K: Copy + Ord> Counted<K> {
    fn runs(self) -> Runs<K> {
        let mut counts: Vec<(K, u64)> = self.counts.into_iter().collect();
        counts.sort_unstable();
        Runs::of_weighted(counts.into_iter())
    }
}

/// What sketches tell about a column of numbers, dates or times.
struct Told<K> {
    runs: Runs<K>,
    distinct: u64,
    top: Vec<(K, u64)>,
    bounds: ErrorBounds,
}

/// Hands every value of a column to its argument, in order of row.
type Pass<'a, K> = &'a dyn Fn(&mut dyn FnMut(K)) -> Result<()>;

/// One pass for the sketches and one that counts the values that may be the most frequent ones; `first` and `between` see
/// the first pass and its end, `second` the second pass.
fn sketch<K: Copy + Ord + Hash, C>(
    values: Pass<'_, K>,
    options: &Options,
    first: &mut dyn FnMut(K),
    between: impl FnOnce() -> C,
    second: &mut dyn FnMut(&C, K),
) -> Result<Told<K>> {
    let (mut ranks, mut sketches) = (Ranks::new(), Sketches::new()?);
    values(&mut |value| {
        ranks.add(value);
        sketches.add(value);
        first(value);
    })?;
    let (context, mut counts) = (between(), sketches.candidates(options.top.max(1)));
    values(&mut |value| {
        if let Some(count) = counts.get_mut(&value) {
            *count += 1;
        }
        second(&context, value);
    })?;
    let bounds = sketches.bounds(Some(ranks.rank_error()));
    let top = most_frequent(counts.into_iter(), options.top.max(1));
    Ok(Told { runs: ranks.runs(), distinct: sketches.distinct(), top, bounds })
}

/// Values that are no finite number, counted while they are passed over.
fn count_non_finite(value: f64, counts: &mut NonFinite) {
    match value {
        f64::INFINITY => counts.positive_infinity += 1,
        f64::NEG_INFINITY => counts.negative_infinity += 1,
        _ => counts.nan += 1,
    }
}
