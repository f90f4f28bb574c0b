//! Parquet and Arrow files, whose columns have types already: read batch by batch, mapped to our types, and stored.

mod arrow_file;
mod convert;
mod nested;
mod parquet_file;
mod plan;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use contract::errors::Failure;
use contract::ingest::{DateOrder, Dialect, SourceKind};
use contract::limits::IngestLimits;
use polars::prelude::{Column, DataFrame, PlSmallStr, PolarsError};
use polars_arrow::array::{Array, PrimitiveArray, StructArray};
use polars_arrow::compute::utils::combine_validities_and;
use polars_arrow::datatypes::ArrowSchema;

use self::arrow_file::ArrowFile;
use self::parquet_file::ParquetFile;
use self::plan::{Kind, Output, Outputs, outputs};
use super::fingerprint::Fingerprint;
use super::memory::ColumnMemory;
use super::names::unique_names;
use super::numbers::PLAIN;
use super::parquet::VersionWriter;
use super::passes::{GROUP_CELLS, GROUP_ROWS, Stored, write_all};
use super::preview;
use super::reading::{ColumnPlan, Reading};
use crate::Result;
use crate::failures::{self, invalid, lost_thread};
use crate::progress::Stage;

pub(crate) use self::arrow_file::FILE_MAGIC as ARROW_MAGIC;

/// A file of typed columns. Arrays are handed out for the columns asked for, all of them equally long.
trait ArrowSource: Send {
    fn schema(&self) -> &ArrowSchema;
    fn next(&mut self, columns: &[usize]) -> Result<Option<Vec<Box<dyn Array>>>>;
    fn rewind(&mut self) -> Result<()>;
    /// Rows handed out since the beginning.
    fn records(&self) -> u64;
    /// How much has been read, and of how much.
    fn progress(&self) -> (u64, u64);
}

/// A Parquet or Arrow file that is ready to be read.
pub(crate) struct Columnar {
    source: Box<dyn ArrowSource>,
    outputs: Vec<Output>,
    limits: IngestLimits,
    pub(crate) dialect: Dialect,
}

/// Opens a file that begins with `head`.
pub(crate) fn open(path: &Path, kind: SourceKind, head: &[u8], limits: &IngestLimits) -> Result<Columnar> {
    let mut source: Box<dyn ArrowSource> = match kind {
        SourceKind::Parquet => Box::new(ParquetFile::open(path)?),
        _ => Box::new(ArrowFile::open(path, head.starts_with(ARROW_MAGIC))?),
    };
    let Outputs { mut columns, mut warnings } = outputs(source.schema(), limits)?;
    widen_unsigned(source.as_mut(), &mut columns)?;
    let raw: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    for (output, name) in columns.iter_mut().zip(unique_names(&raw)) {
        if output.name.trim() != name {
            warnings.push(format!("A second column \"{}\" is named \"{name}\".", output.name));
        }
        output.name = name;
    }
    let dialect = Dialect { warnings, ..Dialect::of(kind) };
    Ok(Columnar { source, outputs: columns, limits: *limits, dialect })
}

/// Columns of unsigned 64 bits become decimals where a value is beyond the range of integers. That takes a look at all
/// their values, since the statistics in a file need not be true.
fn widen_unsigned(source: &mut dyn ArrowSource, outputs: &mut [Output]) -> Result<()> {
    let mut unsigned: Vec<&mut Output> = outputs.iter_mut().filter(|output| output.kind == Kind::Unsigned).collect();
    if unsigned.is_empty() {
        return Ok(());
    }
    let columns: Vec<usize> = unsigned.iter().filter_map(|output| output.path.first().copied()).collect();
    while let Some(arrays) = source.next(&columns)? {
        for (output, array) in unsigned.iter_mut().zip(arrays) {
            let array = within(array, &output.path)?;
            let values = convert::of::<PrimitiveArray<u64>>(array.as_ref())?;
            if values.iter().flatten().any(|value| *value > i64::MAX.unsigned_abs()) {
                output.kind = Kind::Decimal(0);
            }
        }
    }
    source.rewind()
}

impl Columnar {
    /// What the columns of the table are.
    pub(crate) fn plans(&self) -> Vec<ColumnPlan> {
        let plan = |output: &Output| ColumnPlan {
            utc: output.utc,
            unit: output.unit.map(str::to_owned),
            ..ColumnPlan::new(&output.name, reading(&output.kind))
        };
        self.outputs.iter().map(plan).collect()
    }

    /// At most `limit` of the first rows, and whether they are all; the file is at its beginning again.
    pub(crate) fn first_rows(&mut self, limit: usize) -> Result<(DataFrame, bool)> {
        let all: Vec<usize> = (0..self.source.schema().len()).collect();
        let Some(arrays) = self.source.next(&all)? else {
            return Ok((guarded("", || self.frame(&[], 0, 0))?, true));
        };
        let places = self.places(arrays)?;
        let rows = places.first().map_or(0, |array| array.len());
        let frame = guarded("", || self.frame(&places, 0, rows.min(limit)))?;
        let complete = rows <= limit && self.source.next(&all)?.is_none();
        self.source.rewind()?;
        Ok((frame, complete))
    }

    /// Values into the Parquet file of the version; reading and writing overlap.
    pub(crate) fn store(mut self, plans: &[ColumnPlan], target: &Path, stage: &Stage) -> Result<Stored> {
        let writer = VersionWriter::create(target, plans)?;
        let limit = (GROUP_CELLS / plans.len().max(1)).clamp(1, GROUP_ROWS);
        let mut fingerprint = Fingerprint::new(plans.iter().map(|plan| plan.reading.column_type()));
        let mut memory = ColumnMemory::new(plans.len(), &self.limits);
        let (mut rows, mut first) = (0_u64, None);
        let bytes = thread::scope(|scope| {
            let (sender, receiver) = sync_channel(1);
            let writing = scope.spawn(move || write_all(writer, &receiver));
            let reading = self.each_frame(limit, &mut |frame, progress| {
                rows += frame.height() as u64;
                memory.add(&frame)?;
                fingerprint.add(frame.columns())?;
                if first.is_none() {
                    first = Some(preview::rows(&frame)?);
                }
                stage.report(progress.0, progress.1, rows);
                // A closed channel means that writing failed; its own error is told below.
                let _ = sender.send(frame);
                Ok(())
            });
            drop(sender);
            let written = writing.join().map_err(|_| lost_thread())?;
            reading.and(written)
        })?;
        let names: Vec<String> = plans.iter().map(|plan| plan.name.to_string()).collect();
        let records = self.source.records();
        Ok(Stored {
            records,
            rows,
            bytes,
            content_hash: fingerprint.finish(&names),
            preview: first.unwrap_or_default(),
        })
    }

    /// Hands out all rows, at most `limit` at a time.
    fn each_frame(&mut self, limit: usize, work: &mut dyn FnMut(DataFrame, (u64, u64)) -> Result<()>) -> Result<()> {
        let all: Vec<usize> = (0..self.source.schema().len()).collect();
        let mut pending: Option<DataFrame> = None;
        while let Some(arrays) = self.source.next(&all)? {
            let places = self.places(arrays)?;
            let length = places.first().map_or(0, |array| array.len());
            let mut from = 0;
            while from < length {
                let rows = limit.min(length - from);
                let frame = guarded("", || self.frame(&places, from, rows))?;
                from += rows;
                // Small batches are gathered, so that a stream of them is a table of few row groups.
                let gathered = match pending.take() {
                    Some(before) => stacked(before, &frame)?,
                    None => frame,
                };
                if gathered.height() * 2 > limit {
                    work(in_one_piece(gathered), self.source.progress())?;
                } else {
                    pending = Some(gathered);
                }
            }
        }
        match pending {
            Some(frame) => work(in_one_piece(frame), self.source.progress()),
            None => Ok(()),
        }
    }

    /// The array of each column of the table.
    fn places(&self, arrays: Vec<Box<dyn Array>>) -> Result<Vec<Box<dyn Array>>> {
        let place = |output: &Output| {
            let array = output.path.first().and_then(|column| arrays.get(*column)).cloned();
            within(array.ok_or_else(lost_thread)?, &output.path)
        };
        self.outputs.iter().map(place).collect()
    }

    fn frame(&self, places: &[Box<dyn Array>], from: usize, rows: usize) -> Result<DataFrame> {
        let columns = self.outputs.iter().zip(places).map(|(output, array)| {
            let name = PlSmallStr::from_str(&output.name);
            convert::column(&name, array.sliced(from, rows).as_ref(), &output.kind, self.limits.cell_bytes)
        });
        let columns = columns.collect::<Result<Vec<Column>>>()?;
        DataFrame::new(rows, columns).map_err(|error| failures::polars("Building the table", &error))
    }
}

/// One frame below the other, in pieces.
fn stacked(mut above: DataFrame, below: &DataFrame) -> Result<DataFrame> {
    above.vstack_mut(below).map_err(|error| failures::polars("Building the table", &error))?;
    Ok(above)
}

fn in_one_piece(mut frame: DataFrame) -> DataFrame {
    frame.rechunk_mut();
    frame
}

/// How a column is stored; it has no spelling to be read.
fn reading(kind: &Kind) -> Reading {
    match kind {
        Kind::Integer | Kind::Unsigned => Reading::Integer(PLAIN),
        Kind::Float => Reading::Float(PLAIN),
        Kind::Boolean => Reading::Boolean(0),
        Kind::Date | Kind::DateMilliseconds => Reading::Date(DateOrder::Ymd),
        Kind::Datetime(_) => Reading::Datetime(DateOrder::Ymd),
        Kind::Time(_) => Reading::Time,
        Kind::Decimal(scale) => Reading::Decimal(PLAIN, *scale),
        Kind::Text | Kind::Binary | Kind::Nested | Kind::Missing => Reading::Text,
        Kind::Dictionary(inner) => reading(inner),
    }
}

/// The array at the end of a path through structs. Where a struct is missing, so is what is in it.
fn within(array: Box<dyn Array>, path: &[usize]) -> Result<Box<dyn Array>> {
    let mut array = array;
    for position in path.iter().skip(1) {
        let fields = convert::of::<StructArray>(array.as_ref())?;
        let inner = fields.values().get(*position).ok_or_else(lost_thread)?;
        let validity = combine_validities_and(fields.validity(), inner.validity());
        array = inner.with_validity(validity);
    }
    Ok(array)
}

/// The libraries that read these files panic on some damaged ones; that is the file's fault and ends nothing but the job.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let name = if name.is_empty() { "The file".to_owned() } else { format!("The {name} file") };
        Err(invalid(format!("{name} is damaged, or written in a way that is not supported."))
            .advice("Write the file again, with pyarrow for example, and upload it whole."))
    })
}

/// The failure of a file that a library refuses; its reason is shortened to one line.
fn damaged(name: &str, error: &PolarsError) -> Failure {
    let reason: String = error.to_string().lines().next().unwrap_or_default().chars().take(200).collect();
    invalid(format!("The {name} file cannot be read: {reason}."))
        .advice("Write the file again, with pyarrow for example, and upload it whole.")
}
