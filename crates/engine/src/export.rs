//! A stored version on its way out: in chunks of cells for text and workbooks, or batch by batch as Parquet and Arrow.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use contract::cells::Cell;
use contract::columns::Column;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{
    CompatLevel, DataFrame, DataType, Field, IntoColumn as _, IntoSeries as _, IpcWriter, ParquetCompression,
    ParquetWriter, PolarsResult, Schema, SerWriter, TimeZone,
};

use crate::progress::Stage;
use crate::table::Table;
use crate::{Reporter, Result, failures, values};

/// Rows in a chunk, and cells: cells take some forty bytes besides their text.
const CHUNK_ROWS: usize = 2_048;
const CHUNK_CELLS: usize = 65_536;

/// Hands all rows of the table at `parquet` to `take`, in chunks with one list of cells a column, in the order of
/// `columns`. Memory holds one row group at a time.
pub fn each_chunk(
    parquet: &Path,
    columns: &[Column],
    reporter: &dyn Reporter,
    take: &mut dyn FnMut(&[Vec<Cell<'_>>]) -> Result<()>,
) -> Result<()> {
    let rows_per_chunk = (CHUNK_CELLS / columns.len().max(1)).clamp(1, CHUNK_ROWS);
    each_group(parquet, &names(columns), reporter, &mut |group| {
        for start in (0..group.height()).step_by(rows_per_chunk) {
            let chunk = group.slice(start as i64, rows_per_chunk);
            let stored = chunk.columns().iter().zip(columns);
            let cells: PolarsResult<Vec<_>> =
                stored.map(|(stored, column)| values::cells(stored, column.time_zone.is_some())).collect();
            take(&cells.map_err(|error| failures::polars("Reading the table", &error))?)?;
        }
        Ok(())
    })
}

/// Writes these columns as a Parquet file of their own. Points in time with a zone say so in the file.
pub fn to_parquet(parquet: &Path, target: &Path, columns: &[Column], reporter: &dyn Reporter) -> Result<()> {
    let writing = |error| failures::polars("Writing the export", &error);
    let schema = zoned_schema(parquet, columns)?;
    let writer = ParquetWriter::new(create(target)?)
        .with_compression(ParquetCompression::Zstd(ZstdLevel::try_new(1).ok()))
        .batched(&schema);
    let mut writer = writer.map_err(writing)?;
    each_group(parquet, &names(columns), reporter, &mut |group| {
        writer.write_batch(&zoned(group, columns).map_err(writing)?).map_err(writing)
    })?;
    writer.finish().map(drop).map_err(writing)
}

/// Writes these columns as an Arrow IPC file, with the types that every reader of Arrow knows; zones as for [`to_parquet`].
pub fn to_arrow(parquet: &Path, target: &Path, columns: &[Column], reporter: &dyn Reporter) -> Result<()> {
    let writing = |error| failures::polars("Writing the export", &error);
    let schema = zoned_schema(parquet, columns)?;
    let writer = IpcWriter::new(create(target)?)
        .with_compat_level(CompatLevel::oldest())
        .batched(&schema, vec![Default::default(); schema.len()]);
    let mut writer = writer.map_err(writing)?;
    each_group(parquet, &names(columns), reporter, &mut |group| {
        writer.write_batch(&zoned(group, columns).map_err(writing)?).map_err(writing)
    })?;
    writer.finish().map_err(writing)
}

fn names(columns: &[Column]) -> Vec<&str> {
    columns.iter().map(|column| column.name.as_str()).collect()
}

/// The stored types of these columns; a version stores points in time as UTC without saying so, a file of its own says it.
fn zoned_schema(parquet: &Path, columns: &[Column]) -> Result<Arc<Schema>> {
    let stored = Table::open(parquet)?.schema_of(&names(columns))?;
    let fields = stored.iter().zip(columns).map(|((name, stored), column)| match stored {
        DataType::Datetime(unit, _) if column.time_zone.is_some() => {
            Field::new(name.clone(), DataType::Datetime(*unit, Some(TimeZone::UTC)))
        }
        other => Field::new(name.clone(), other.clone()),
    });
    Ok(Arc::new(Schema::from_iter(fields)))
}

fn zoned(group: DataFrame, columns: &[Column]) -> PolarsResult<DataFrame> {
    let height = group.height();
    let cells = group.columns().iter().zip(columns).map(|(cells, column)| {
        if column.time_zone.is_none() {
            return Ok(cells.clone());
        }
        let times = cells.as_materialized_series().datetime()?;
        let zoned = times.physical().clone().into_datetime(times.time_unit(), Some(TimeZone::UTC));
        Ok(zoned.into_series().into_column())
    });
    DataFrame::new(height, cells.collect::<PolarsResult<Vec<_>>>()?)
}

fn create(target: &Path) -> Result<BufWriter<File>> {
    let file = File::create(target).map_err(|error| failures::writing(&error))?;
    Ok(BufWriter::with_capacity(1 << 20, file))
}

/// Reads row group after row group, the columns in the order asked for.
fn each_group(
    parquet: &Path,
    columns: &[&str],
    reporter: &dyn Reporter,
    take: &mut dyn FnMut(DataFrame) -> Result<()>,
) -> Result<()> {
    let table = Table::open(parquet)?;
    let stage = Stage::new(reporter, "exporting", 0.0, 1.0);
    let mut done = 0;
    for rows in table.group_rows() {
        let group = table.read_rows(columns, done, rows)?;
        take(group)?;
        done += rows;
        stage.report(done as u64, table.rows() as u64, done as u64);
    }
    Ok(())
}
