//! The Parquet file of a version: zstd, one row group a batch, statistics a row group.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use polars::io::parquet::write::BatchedWriter;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{DataFrame, Field, ParquetCompression, ParquetWriter, Schema};

use super::reading::ColumnPlan;
use crate::Result;
use crate::failures;

pub(crate) struct VersionWriter {
    writer: BatchedWriter<BufWriter<File>>,
}

impl VersionWriter {
    pub(crate) fn create(path: &Path, columns: &[ColumnPlan]) -> Result<Self> {
        let file = File::create(path).map_err(|error| failures::writing(&error))?;
        let fields = columns.iter().map(|column| Field::new(column.name.clone(), column.reading.stored_type()));
        // Level 1 is nearly as small as level 3 on tables, and clearly quicker.
        let level = ZstdLevel::try_new(1).ok();
        let schema = Arc::new(Schema::from_iter(fields));
        let writer = ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
            .with_compression(ParquetCompression::Zstd(level))
            .batched(&schema)
            .map_err(|error| failures::polars("Creating the table", &error))?;
        Ok(Self { writer })
    }

    pub(crate) fn write(&mut self, batch: &DataFrame) -> Result<()> {
        self.writer.write_batch(batch).map_err(|error| failures::polars("Storing the table", &error))
    }

    /// Writes the footer; returns the file's size in bytes.
    pub(crate) fn finish(self) -> Result<u64> {
        self.writer.finish().map_err(|error| failures::polars("Storing the table", &error))
    }
}
