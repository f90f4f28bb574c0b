//! Appending: the rows of a stored version, then those of a file, as the next version.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use contract::columns::{Column, ColumnType, nearest_name};
use contract::errors::{ErrorCode, Failure};
use contract::ingest::{Dialect, IngestOutcome, ParseOptions, Quarantine};
use contract::limits::IngestLimits;
use polars::io::parquet::write::BatchedWriter;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{DataFrame, DataType, Field, ParquetCompression, ParquetWriter, PolarsError, Schema};

use crate::failures::{self, invalid};
use crate::ingest::fingerprint::Fingerprint;
use crate::ingest::{self, counting, preview};
use crate::progress::Stage;
use crate::table::{self, Table};
use crate::{Reporter, Result, Silent, summary, values};

/// Small groups are put together up to this size, so that many small appends do not lead to many small groups.
const GROUP_ROWS: usize = 131_072;

/// The files of one append. Paths are absolute.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The version that is continued.
    pub base: &'a Path,
    /// The file whose rows are added.
    pub source: &'a Path,
    /// Where those rows may lie as Parquet meanwhile.
    pub addition: &'a Path,
    /// Where the next version goes.
    pub target: &'a Path,
}

/// Writes the rows of the base, whose columns are `columns`, and those of the source, read with `asked`, to the target;
/// answers what was stored and how many rows were added. Columns of the source are found by name; one that it lacks is
/// missing in its rows. Types and the share of malformed rows, which is none, are not to be asked for.
///
/// # Errors
/// `invalid_file` for a column that the table does not have, and for a cell that does not fit the type of its column: with
/// line, column and value.
pub fn run(
    files: Files<'_>,
    columns: &[Column],
    asked: &ParseOptions,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<(IngestOutcome, u64)> {
    reporter.report(0.0, "reading", 0);
    let options = options_for(files.source, columns, asked, limits)?;
    let reading = ingest::Files { source: files.source, target: files.addition, quarantine: files.addition };
    let added = ingest::run(reading, &options, limits, &Silent).map_err(nothing_added)?;
    let outcome = join(files, columns, added.dialect, limits, reporter)?;
    Ok((outcome, added.rows))
}

/// The source is read with the types that its columns have in the table: `1.50` is a text among texts. A row that cannot
/// be read ends an append; nothing of the quarantine is written then.
fn options_for(source: &Path, columns: &[Column], asked: &ParseOptions, limits: &IngestLimits) -> Result<ParseOptions> {
    let any = ParseOptions { quarantine_percent: Some(100.0), ..asked.clone() };
    let found = ingest::preview(source, &any, limits)?.columns;
    let is_found = |column: &&Column| found.iter().any(|other| other.name == column.name);
    let known = columns.iter().filter(is_found);
    let columns = known.map(|column| (column.name.clone(), column.column_type)).collect();
    Ok(ParseOptions { columns, quarantine_percent: Some(0.0), ..asked.clone() })
}

/// What a person can do about it.
fn nothing_added(failure: Failure) -> Failure {
    if failure.code == ErrorCode::InvalidParameters {
        let failure = Failure { code: ErrorCode::InvalidFile, ..failure };
        return failure.advice(
            "Nothing was added. Say how the file is written with the options of reading, or write dates as 2024-01-31.",
        );
    }
    if failure.examples.is_empty() {
        return failure;
    }
    failure.advice("Nothing was added. Correct the value, or upload the file as a dataset of its own.")
}

/// The rows of the base and those of the addition, one after the other.
fn join(
    files: Files<'_>,
    columns: &[Column],
    dialect: Dialect,
    limits: &IngestLimits,
    reporter: &dyn Reporter,
) -> Result<IngestOutcome> {
    let target = files.target;
    let (base, addition) = (Table::open(files.base)?, Table::open(files.addition)?);
    check_columns(addition.columns(), columns)?;
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let schema = common_schema(&base, &addition, &names)?;
    let storing = Stage::new(reporter, "storing", 0.3, 0.75);
    let mut joined = Joined::create(target, &schema, columns)?;
    let total = (base.rows() + addition.rows()) as u64;
    let mut done = 0;
    for table in [&base, &addition] {
        let known: Vec<&str> = names.iter().copied().filter(|name| has(table, name)).collect();
        let mut first = 0;
        for rows in table.group_rows() {
            let group = table.read_rows(&known, first, rows)?;
            joined.add(aligned(&group, &schema, first)?)?;
            first += rows;
            done += rows as u64;
            storing.report(done, total, done);
        }
    }
    let stored = joined.finish(&names)?;
    let profile = summary::profile(target, limits.exact_rows, &Stage::new(reporter, "profiling", 0.75, 1.0))?;
    counting::check(total, profile.rows, 0)?;
    let described = profile.columns.iter().zip(columns);
    let columns: Vec<Column> = described
        .map(|(summary, column)| Column { encoding: summary.encoding, nulls: summary.nulls, ..column.clone() })
        .collect();
    let mut preview = stored.preview;
    preview::encode(&mut preview, &columns);
    Ok(IngestOutcome {
        rows: total,
        rows_in: total,
        quarantine: Quarantine::default(),
        columns,
        dialect,
        content_hash: stored.content_hash,
        bytes: stored.bytes,
        profile,
        preview,
    })
}

fn has(table: &Table, name: &str) -> bool {
    table.columns().iter().any(|(known, _)| known == name)
}

/// Every column of the addition must be one of the table's.
fn check_columns(added: &[(String, ColumnType)], columns: &[Column]) -> Result<()> {
    let known = || columns.iter().map(|column| column.name.as_str());
    let Some((unknown, _)) = added.iter().find(|(name, _)| known().all(|column| column != name)) else {
        return Ok(());
    };
    let failure = invalid(format!("The table has no column \"{unknown}\".")).line(1).column(unknown);
    Err(match nearest_name(unknown, known()) {
        Some(near) => failure.advice(format!("Did you mean \"{near}\"? Names must be those of the table.")),
        None => failure.advice("Leave the column out, or upload the file as a dataset of its own."),
    })
}

/// The types of the result: those of the base, with as many digits after the point as either side has.
fn common_schema(base: &Table, addition: &Table, names: &[&str]) -> Result<Arc<Schema>> {
    let stored = base.schema_of(names)?;
    let fields: Result<Vec<Field>> = stored
        .iter()
        .map(|(name, own)| {
            let both = match own {
                DataType::Decimal(precision, scale) if has(addition, name) => {
                    match addition.schema_of(&[name.as_str()])?.get(name) {
                        Some(DataType::Decimal(_, other)) => DataType::Decimal(*precision, *scale.max(other)),
                        _ => own.clone(),
                    }
                }
                _ => own.clone(),
            };
            Ok(Field::new(name.clone(), both))
        })
        .collect();
    Ok(Arc::new(Schema::from_iter(fields?)))
}

/// The rows of a group, of which the first is number `first` of its table, with exactly the columns and types of the schema.
fn aligned(group: &DataFrame, schema: &Schema, first: usize) -> Result<DataFrame> {
    let columns = schema.iter().map(|(name, wanted)| match group.column(name) {
        Ok(column) => fitted(column, wanted, first),
        Err(_) => Ok(polars::prelude::Column::full_null(name.clone(), group.height(), wanted)),
    });
    DataFrame::new(group.height(), columns.collect::<Result<_>>()?).map_err(|error| polars_error(&error))
}

/// The column in the type of the table, if every cell says the same in it.
fn fitted(column: &polars::prelude::Column, wanted: &DataType, first: usize) -> Result<polars::prelude::Column> {
    let own = column.dtype();
    if own == wanted {
        return Ok(column.clone());
    }
    let is_safe = match (own, wanted) {
        _ if column.null_count() == column.len() => true,
        (DataType::Int64, DataType::Float64 | DataType::Decimal(_, _) | DataType::String) => true,
        (DataType::Decimal(_, _), DataType::Decimal(_, _)) => true,
        (DataType::Date, DataType::Datetime(_, _) | DataType::String) => true,
        (DataType::String, DataType::Int64 | DataType::Float64) => true,
        _ => false,
    };
    let cast = if is_safe { Some(column.cast(wanted).map_err(|error| polars_error(&error))?) } else { None };
    let missing = |column: &polars::prelude::Column, row| column.get(row).is_ok_and(|value| value.is_null());
    let misfit =
        (0..column.len()).find(|row| !missing(column, *row) && cast.as_ref().is_none_or(|cast| missing(cast, *row)));
    match (misfit, cast) {
        (None, Some(cast)) => Ok(cast),
        (row, _) => Err(misfits(column, wanted, row.unwrap_or_default(), first)),
    }
}

fn misfits(column: &polars::prelude::Column, wanted: &DataType, row: usize, first: usize) -> Failure {
    let name = column.name().as_str();
    let value = column.get(row).map_or(contract::columns::Scalar::Null, |value| values::scalar(value, false));
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let kind = table::column_type(wanted).map_or("another type", ColumnType::as_str);
    invalid(format!("Row {} does not fit the table: column \"{name}\" is {kind}.", first + row + 1))
        .column(name)
        .value(value)
        .advice("Nothing was added. Correct the value, or upload the file as a dataset of its own.")
}

fn polars_error(error: &PolarsError) -> Failure {
    failures::polars("Joining the rows", error)
}

/// The version that is being written.
struct Joined {
    writer: BatchedWriter<BufWriter<File>>,
    fingerprint: Fingerprint,
    waiting: Option<DataFrame>,
    preview: Option<Vec<Vec<contract::columns::Scalar>>>,
}

struct Stored {
    bytes: u64,
    content_hash: String,
    preview: Vec<Vec<contract::columns::Scalar>>,
}

impl Joined {
    fn create(target: &Path, schema: &Schema, columns: &[Column]) -> Result<Self> {
        let file = File::create(target).map_err(|error| failures::writing(&error))?;
        let writer = ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
            .with_compression(ParquetCompression::Zstd(ZstdLevel::try_new(1).ok()))
            .batched(schema)
            .map_err(|error| polars_error(&error))?;
        let fingerprint = Fingerprint::new(columns.iter().map(|column| column.column_type));
        Ok(Self { writer, fingerprint, waiting: None, preview: None })
    }

    fn add(&mut self, rows: DataFrame) -> Result<()> {
        let together = match self.waiting.take() {
            None => rows,
            Some(waiting) if waiting.height() + rows.height() <= GROUP_ROWS => {
                waiting.vstack(&rows).map_err(|error| polars_error(&error))?
            }
            Some(waiting) => {
                self.write(waiting)?;
                rows
            }
        };
        self.waiting = Some(together);
        Ok(())
    }

    fn write(&mut self, mut rows: DataFrame) -> Result<()> {
        rows.rechunk_mut();
        self.fingerprint.add(rows.columns())?;
        if self.preview.is_none() {
            self.preview = Some(preview::rows(&rows)?);
        }
        self.writer.write_batch(&rows).map_err(|error| polars_error(&error))
    }

    fn finish(mut self, names: &[&str]) -> Result<Stored> {
        if let Some(waiting) = self.waiting.take() {
            self.write(waiting)?;
        }
        let bytes = self.writer.finish().map_err(|error| polars_error(&error))?;
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let content_hash = self.fingerprint.finish(&names);
        Ok(Stored { bytes, content_hash, preview: self.preview.unwrap_or_default() })
    }
}
