//! The content hash: SHA-256 over names, types and values. Equal tables have equal hashes, however they were uploaded.

use contract::columns::ColumnType;
use polars::prelude::{
    BooleanChunked, Column, Float64Chunked, Int32Chunked, Int64Chunked, Int128Chunked, PolarsResult, StringChunked,
};
use sha2::{Digest, Sha256};

use crate::Result;
use crate::failures;

/// What the buffers of all columns may take together, about.
const BUFFERS_BYTES: usize = 16 << 20;

/// One hash a column, fed batch by batch, so that the size of batches does not matter.
///
/// A column's values are hashed as 8 bytes little-endian each (a float as its bits, a truth value as 0 or 1, a date
/// as days, a datetime as microseconds, a time as nanoseconds; a decimal as 16 bytes, its digits without point, and once for the column their number after it) or, for text, as a length of 4 bytes and the bytes; a null stands as zero or
/// as no text, and the row numbers of nulls are hashed besides.
pub(crate) struct Fingerprint {
    columns: Vec<ColumnHash>,
    rows: u64,
}

struct ColumnHash {
    column_type: ColumnType,
    /// Digits after the point, of decimals.
    scale: Option<u8>,
    values: Buffered,
    nulls: Buffered,
}

impl Fingerprint {
    pub(crate) fn new(types: impl ExactSizeIterator<Item = ColumnType>) -> Self {
        let limit = (BUFFERS_BYTES / 2 / types.len().max(1)).clamp(512, 1 << 16);
        let columns = types.map(|column_type| ColumnHash {
            column_type,
            scale: None,
            values: Buffered::new(limit),
            nulls: Buffered::new(limit),
        });
        Self { columns: columns.collect(), rows: 0 }
    }

    pub(crate) fn add(&mut self, batch: &[Column]) -> Result<()> {
        let first_row = self.rows;
        for (hash, column) in self.columns.iter_mut().zip(batch) {
            hash.add(column, first_row).map_err(|error| failures::polars("Hashing the table", &error))?;
        }
        self.rows += batch.first().map_or(0, Column::len) as u64;
        Ok(())
    }

    /// The hash of the whole table, in hex.
    pub(crate) fn finish(self, names: &[String]) -> String {
        let mut whole = Sha256::new();
        whole.update(b"plotline table 1\0");
        whole.update(self.rows.to_le_bytes());
        for (hash, name) in self.columns.into_iter().zip(names) {
            whole.update((name.len() as u64).to_le_bytes());
            whole.update(name.as_bytes());
            whole.update([hash.column_type as u8]);
            // 1.5 and 0.15 have the same digits.
            whole.update(hash.scale.as_slice());
            whole.update(hash.values.finish());
            whole.update(hash.nulls.finish());
        }
        hex::encode(whole.finalize())
    }
}

impl ColumnHash {
    fn add(&mut self, column: &Column, first_row: u64) -> PolarsResult<()> {
        let series = column.as_materialized_series();
        match self.column_type {
            ColumnType::Integer => self.add_integers(series.i64()?, first_row),
            ColumnType::Float => self.add_floats(series.f64()?, first_row),
            ColumnType::Boolean => self.add_booleans(series.bool()?, first_row),
            ColumnType::Date => self.add_dates(series.date()?.physical(), first_row),
            ColumnType::Datetime => self.add_integers(series.datetime()?.physical(), first_row),
            ColumnType::Text => self.add_texts(series.str()?, first_row),
            ColumnType::Decimal => {
                let values = series.decimal()?;
                self.scale = u8::try_from(values.scale()).ok();
                self.add_decimals(values.physical(), first_row);
            }
            ColumnType::Time => self.add_integers(series.time()?.physical(), first_row),
        }
        Ok(())
    }

    fn add_integers(&mut self, values: &Int64Chunked, first_row: u64) {
        self.add_fixed(values.iter().map(|value| value.map(i64::to_le_bytes)), first_row);
    }

    fn add_floats(&mut self, values: &Float64Chunked, first_row: u64) {
        self.add_fixed(values.iter().map(|value| value.map(f64::to_le_bytes)), first_row);
    }

    fn add_booleans(&mut self, values: &BooleanChunked, first_row: u64) {
        self.add_fixed(values.iter().map(|value| value.map(|value| u64::from(value).to_le_bytes())), first_row);
    }

    fn add_dates(&mut self, values: &Int32Chunked, first_row: u64) {
        self.add_fixed(values.iter().map(|value| value.map(|value| i64::from(value).to_le_bytes())), first_row);
    }

    fn add_decimals(&mut self, values: &Int128Chunked, first_row: u64) {
        for (row, value) in (first_row..).zip(values.iter()) {
            self.values.add(&value.unwrap_or_default().to_le_bytes());
            if value.is_none() {
                self.nulls.add(&row.to_le_bytes());
            }
        }
    }

    fn add_fixed(&mut self, values: impl Iterator<Item = Option<[u8; 8]>>, first_row: u64) {
        for (row, value) in (first_row..).zip(values) {
            self.values.add(&value.unwrap_or_default());
            if value.is_none() {
                self.nulls.add(&row.to_le_bytes());
            }
        }
    }

    fn add_texts(&mut self, values: &StringChunked, first_row: u64) {
        for (row, value) in (first_row..).zip(values.iter()) {
            match value {
                Some(text) => {
                    self.values.add(&(text.len() as u32).to_le_bytes());
                    self.values.add(text.as_bytes());
                }
                None => self.nulls.add(&row.to_le_bytes()),
            }
        }
    }
}

/// Gathers small pieces, since hashing each by itself would be slow.
struct Buffered {
    buffer: Vec<u8>,
    limit: usize,
    hash: Sha256,
}

impl Buffered {
    fn new(limit: usize) -> Self {
        Self { buffer: Vec::new(), limit, hash: Sha256::new() }
    }

    #[inline]
    fn add(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= self.limit {
            self.hash.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn finish(mut self) -> [u8; 32] {
        self.hash.update(&self.buffer);
        self.hash.finalize().into()
    }
}
