//! Column summaries: the profile of a version, and the answer of the analysis `descriptive`.

mod boolean;
mod exact_sum;
mod extended;
mod histogram;
mod moments;
mod numeric;
mod patterns;
mod personal;
mod quality;
mod quantiles;
mod runs;
mod sketched;
mod temporal;
mod text;
mod top;

pub(crate) use exact_sum::ExactSum;
pub(crate) use quantiles::{Interpolate, quantile_by_selection, quantile_of_sorted};

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::analyses::correlation::default_confidence;
use contract::analyses::descriptive::{QuantileType, default_percentiles, default_top, default_trim};
use contract::columns::{ColumnType, Encoding};
use contract::profile::{
    BooleanSummary, ColumnSummary, Histogram, NonFinite, NoteKind, NumericSummary, PersonalData, Profile,
    TemporalSummary, TextSummary, TopValue,
};
use polars::prelude::{Column, Float64Chunked, PolarsResult};

use crate::Result;
use crate::failures::{self, internal};
use crate::progress::Stage;
use crate::table::Table;
use crate::workers;

/// Narrow reads cost a look at the file's footer each, so columns of short tables are read together.
const CELLS_PER_READ: usize = 1 << 20;

/// Columns of more rows are described one at a time: while it is sorted and counted, a column takes several times its
/// size, and the server promises to stay below a gigabyte.
const ROWS_OF_ONE: usize = 4_000_000;

/// What to compute.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) percentiles: Vec<f64>,
    pub(crate) top: usize,
    /// Histograms, patterns and notes are of profiles alone.
    pub(crate) profile: bool,
    pub(crate) quantiles: QuantileType,
    pub(crate) confidence: f64,
    pub(crate) trim: f64,
    /// Up to so many rows everything is exact.
    pub(crate) exact_rows: u64,
}

impl Options {
    pub(crate) fn profile() -> Self {
        Self {
            percentiles: default_percentiles(),
            top: default_top() as usize,
            profile: true,
            quantiles: QuantileType::Linear,
            confidence: default_confidence(),
            trim: default_trim(),
            exact_rows: u64::MAX,
        }
    }
}

/// The figures of a column that depend on its type.
#[derive(Default)]
struct Summary {
    encoding: Encoding,
    distinct: u64,
    entropy: Option<f64>,
    top: Vec<TopValue>,
    numeric: Option<NumericSummary>,
    boolean: Option<BooleanSummary>,
    temporal: Option<TemporalSummary>,
    text: Option<TextSummary>,
    histogram: Option<Histogram>,
    /// How many texts look like data about a person, by kind.
    personal: Vec<(PersonalData, u64)>,
}

/// The profile of a stored version, exact up to so many rows.
pub(crate) fn profile(parquet: &Path, exact_rows: u64, stage: &Stage) -> Result<Profile> {
    let table = Table::open(parquet)?;
    let positions: Vec<usize> = (0..table.columns().len()).collect();
    let options = Options { exact_rows, ..Options::profile() };
    let columns = summaries(&table, &positions, &options, stage)?;
    Ok(Profile { rows: table.rows() as u64, columns })
}

/// Summaries of the columns at these positions, which must be ascending.
pub(crate) fn summaries(
    table: &Table,
    positions: &[usize],
    options: &Options,
    stage: &Stage,
) -> Result<Vec<ColumnSummary>> {
    // A few reads for each thread, so that none waits long for the others at the end.
    let fair = positions.len().div_ceil(4 * workers::WORKERS).max(1);
    let per_read = (CELLS_PER_READ / table.rows().max(1)).clamp(1, fair);
    let groups: Vec<&[usize]> = positions.chunks(per_read).collect();
    let done = AtomicUsize::new(0);
    stage.report(0, groups.len() as u64, 0);
    let threads = if table.rows() > ROWS_OF_ONE { 1 } else { workers::WORKERS };
    let found = workers::map_among(threads, groups.len(), |group| {
        let found = group_summaries(table, groups[group], options)?;
        let finished = done.fetch_add(1, Ordering::Relaxed) + 1;
        stage.report(finished as u64, groups.len() as u64, table.rows() as u64);
        Ok(found)
    })?;
    Ok(found.into_iter().flatten().collect())
}

fn group_summaries(table: &Table, positions: &[usize], options: &Options) -> Result<Vec<ColumnSummary>> {
    if table.rows() as u64 > options.exact_rows {
        return positions.iter().map(|position| long_summary(table, *position, options)).collect();
    }
    let frame = table.read(positions)?;
    let mut summaries = Vec::with_capacity(positions.len());
    for (column, position) in frame.columns().iter().zip(positions) {
        let Some((name, column_type)) = table.columns().get(*position) else {
            return Err(internal("A column of the table is gone."));
        };
        let summary = column_summary(column, name, *column_type, options);
        summaries.push(summary.map_err(|error| failures::polars("Describing a column", &error))?);
    }
    Ok(summaries)
}

/// The summary of a column that is not held in memory as a whole.
fn long_summary(table: &Table, position: usize, options: &Options) -> Result<ColumnSummary> {
    let Some((name, column_type)) = table.columns().get(position) else {
        return Err(internal("A column of the table is gone."));
    };
    let found = sketched::summary(table, position, options)?;
    let mut summary = found.summary.told(name, *column_type, table.rows() as u64, found.nulls, options);
    // Estimates cannot say that every row has a value of its own.
    if found.bounds.is_some() {
        summary.notes.retain(|note| note.kind != NoteKind::CandidateKey);
    }
    (summary.approximate, summary.error_bounds) = (found.bounds.is_some(), found.bounds);
    Ok(summary)
}

pub(crate) fn column_summary(
    column: &Column,
    name: &str,
    column_type: ColumnType,
    options: &Options,
) -> PolarsResult<ColumnSummary> {
    let nulls = column.null_count() as u64;
    let series = column.as_materialized_series();
    let summary = match column_type {
        ColumnType::Integer => {
            let values = series.i64()?.iter().flatten().collect();
            numeric::integers(&runs::of_integers(values), options)
        }
        ColumnType::Float => {
            let values = series.f64()?;
            let finite = values.iter().flatten().filter(|value| value.is_finite());
            numeric::floats(&runs::of_floats(finite), non_finite(values), options)
        }
        ColumnType::Boolean => {
            let trues = series.bool()?.iter().flatten().filter(|value| *value).count() as u64;
            boolean::booleans(trues, column.len() as u64 - nulls - trues, options)
        }
        ColumnType::Date => {
            let days = series.date()?.physical().iter().flatten().map(i64::from).collect();
            temporal::dates(&runs::of_integers(days), options)
        }
        ColumnType::Datetime => {
            let micros = series.datetime()?.physical().iter().flatten().collect();
            temporal::datetimes(&runs::of_integers(micros), options)
        }
        ColumnType::Text => text::texts(series.str()?, options),
        ColumnType::Decimal => {
            let values = series.decimal()?;
            let mut digits: Vec<i128> = values.physical().iter().flatten().collect();
            digits.sort_unstable();
            let runs = runs::Runs::of_weighted(digits.into_iter().map(|value| (value, 1)));
            numeric::decimals(&runs, values.scale(), options)
        }
        ColumnType::Time => {
            let micros = series.time()?.physical().iter().flatten().map(|nanos| nanos / 1000).collect();
            temporal::times(&runs::of_integers(micros), options)
        }
    };
    Ok(summary.told(name, column_type, column.len() as u64, nulls, options))
}

impl Summary {
    /// The summary of the column of this name, of whose rows so many are missing.
    fn told(self, name: &str, column_type: ColumnType, rows: u64, nulls: u64, options: &Options) -> ColumnSummary {
        let mut found = ColumnSummary {
            name: name.to_owned(),
            column_type,
            encoding: self.encoding,
            count: rows - nulls,
            nulls,
            distinct: self.distinct,
            entropy: self.entropy,
            top: self.top,
            numeric: self.numeric,
            boolean: self.boolean,
            temporal: self.temporal,
            text: self.text,
            histogram: self.histogram,
            approximate: false,
            error_bounds: None,
            notes: Vec::new(),
        };
        if options.profile {
            found.notes = quality::notes(&found, &self.personal);
        }
        found
    }
}

fn non_finite(values: &Float64Chunked) -> NonFinite {
    let mut counts = NonFinite::default();
    for value in values.iter().flatten().filter(|value| !value.is_finite()) {
        match value {
            f64::INFINITY => counts.positive_infinity += 1,
            f64::NEG_INFINITY => counts.negative_infinity += 1,
            _ => counts.nan += 1,
        }
    }
    counts
}

fn histogram_if(options: &Options, compute: impl FnOnce() -> Option<Histogram>) -> Option<Histogram> {
    if options.profile { compute() } else { None }
}
