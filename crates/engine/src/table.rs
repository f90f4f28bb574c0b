//! A stored version: its columns, and reading some of them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::columns::ColumnType;
use contract::errors::Failure;
use polars::prelude::{
    DataFrame, DataType, Field, FileMetadataRef, ParallelStrategy, ParquetReader, PlSmallStr, PolarsResult, Schema,
    SerReader,
};

use crate::Result;
use crate::failures::{self, internal, reading};

pub(crate) struct Table {
    path: PathBuf,
    /// Read once, since it is large for a wide table.
    metadata: FileMetadataRef,
    columns: Vec<(String, ColumnType)>,
}

impl Table {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| reading(&error))?;
        let (metadata, schema) = schema_of(file).map_err(|error| failures::polars("Opening the table", &error))?;
        let mut columns = Vec::with_capacity(schema.len());
        for (name, stored) in schema {
            let Some(column_type) = column_type(&stored) else {
                return Err(internal(format!("The stored column \"{name}\" has the unknown type {stored}.")));
            };
            columns.push((name.to_string(), column_type));
        }
        Ok(Self { path: path.to_path_buf(), metadata, columns })
    }

    pub(crate) fn rows(&self) -> usize {
        self.metadata.num_rows
    }

    pub(crate) fn columns(&self) -> &[(String, ColumnType)] {
        &self.columns
    }

    /// Reads only the columns at these positions, in ascending order of position.
    pub(crate) fn read(&self, positions: &[usize]) -> Result<DataFrame> {
        let file = File::open(&self.path).map_err(|error| reading(&error))?;
        let mut reader = ParquetReader::new(file);
        reader.set_metadata(self.metadata.clone());
        reader
            .with_projection(Some(positions.to_vec()))
            .read_parallel(ParallelStrategy::None)
            .finish()
            .map_err(|error| failures::polars("Reading the table", &error))
    }

    /// As [`Self::read`], but only a window of the rows: other row groups are not touched.
    pub(crate) fn read_window(&self, positions: &[usize], offset: usize, limit: usize) -> Result<DataFrame> {
        let file = File::open(&self.path).map_err(|error| reading(&error))?;
        let mut reader = ParquetReader::new(file);
        reader.set_metadata(self.metadata.clone());
        // Row by row group, since the other strategies look into every group before the window.
        reader
            .with_projection(Some(positions.to_vec()))
            .with_slice(Some((offset.min(self.rows()), limit)))
            .read_parallel(ParallelStrategy::RowGroups)
            .finish()
            .map_err(|error| failures::polars("Reading the table", &error))
    }

    /// How many rows each row group holds.
    pub(crate) fn group_rows(&self) -> Vec<usize> {
        self.metadata.row_groups.iter().map(|group| group.num_rows()).collect()
    }

    /// The schema of these columns, in this order.
    pub(crate) fn schema_of(&self, columns: &[&str]) -> Result<Arc<Schema>> {
        let file = File::open(&self.path).map_err(|error| reading(&error))?;
        let (_, stored) = schema_of(file).map_err(|error| failures::polars("Opening the table", &error))?;
        let find = |name: &&str| {
            let found = stored.iter().find(|(known, _)| known == name).ok_or_else(|| gone(name))?;
            Ok(Field::new(found.0.clone(), found.1.clone()))
        };
        let fields: Result<Vec<Field>> = columns.iter().map(find).collect();
        Ok(Arc::new(Schema::from_iter(fields?)))
    }

    /// Reads `count` rows from row `first` on, of these columns in this order.
    pub(crate) fn read_rows(&self, columns: &[&str], first: usize, count: usize) -> Result<DataFrame> {
        let position = |name: &&str| self.columns.iter().position(|(known, _)| known == name).ok_or_else(|| gone(name));
        let mut positions = columns.iter().map(position).collect::<Result<Vec<usize>>>()?;
        positions.sort_unstable();
        let window = self.read_window(&positions, first, count)?;
        window.select(columns.iter().copied()).map_err(|error| failures::polars("Reading the table", &error))
    }
}

fn gone(name: &str) -> Failure {
    internal(format!("The table has no column \"{name}\"."))
}

fn schema_of(file: File) -> PolarsResult<(FileMetadataRef, Vec<(PlSmallStr, DataType)>)> {
    let mut reader = ParquetReader::new(file);
    let schema = reader.schema()?;
    let fields = schema.iter().map(|(name, field)| (name.clone(), DataType::from_arrow_field(field))).collect();
    Ok((reader.get_metadata()?.clone(), fields))
}

pub(crate) fn column_type(stored: &DataType) -> Option<ColumnType> {
    match stored {
        DataType::Int64 => Some(ColumnType::Integer),
        DataType::Float64 => Some(ColumnType::Float),
        DataType::Boolean => Some(ColumnType::Boolean),
        DataType::Date => Some(ColumnType::Date),
        DataType::Datetime(_, _) => Some(ColumnType::Datetime),
        DataType::String => Some(ColumnType::Text),
        DataType::Decimal(_, _) => Some(ColumnType::Decimal),
        DataType::Time => Some(ColumnType::Time),
        _ => None,
    }
}
