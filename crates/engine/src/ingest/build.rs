//! Typed columns from cells, in batches that become the row groups of the Parquet file.

use contract::columns::ColumnType;
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, DataType, Float64Type, Int32Type, Int64Type, Int128Type,
    IntoColumn, PlSmallStr, PrimitiveChunkedBuilder, StringChunkedBuilder, TimeUnit,
};

use super::block::{Block, CellKind};
use super::fingerprint::Fingerprint;
use super::parse;
use super::types::{is_missing_spelling, trimmed};
use crate::Result;
use crate::failures;

/// The polars type that stores a column.
pub(crate) fn stored_type(column_type: ColumnType) -> DataType {
    match column_type {
        ColumnType::Integer => DataType::Int64,
        ColumnType::Float => DataType::Float64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Date => DataType::Date,
        ColumnType::Datetime => DataType::Datetime(TimeUnit::Microseconds, None),
        ColumnType::Text => DataType::String,
        ColumnType::Decimal => DataType::Decimal(38, 0),
        ColumnType::Time => DataType::Time,
    }
}

/// The batch that is being filled.
pub(crate) struct Batch {
    columns: Vec<(PlSmallStr, ColumnType)>,
    builders: Vec<Builder>,
    rows: usize,
    row_limit: usize,
}

impl Batch {
    pub(crate) fn new(columns: Vec<(PlSmallStr, ColumnType)>, row_limit: usize) -> Self {
        let mut batch = Self { columns, builders: Vec::new(), rows: 0, row_limit };
        batch.builders = batch.fresh_builders();
        batch
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn is_full(&self) -> bool {
        self.rows >= self.row_limit
    }

    /// Appends rows of the block from row `from` until the batch is full; returns the first row not taken.
    pub(crate) fn append(&mut self, block: &Block, from: usize) -> usize {
        let to = block.rows().min(from + (self.row_limit - self.rows));
        for (column, builder) in self.builders.iter_mut().enumerate() {
            builder.append(block, column, from, to);
        }
        self.rows += to - from;
        to
    }

    /// Hands the batch over and begins the next one; the values go into the fingerprint.
    pub(crate) fn take(&mut self, fingerprint: &mut Fingerprint) -> Result<DataFrame> {
        let fresh = self.fresh_builders();
        let rows = std::mem::take(&mut self.rows);
        let full = std::mem::replace(&mut self.builders, fresh);
        let columns: Vec<Column> = full.into_iter().map(Builder::finish).collect();
        fingerprint.add(&columns)?;
        DataFrame::new(rows, columns).map_err(|error| failures::polars("Building the table", &error))
    }

    fn fresh_builders(&self) -> Vec<Builder> {
        let capacity = self.row_limit.min(1 << 16);
        self.columns.iter().map(|(name, column_type)| Builder::new(name.clone(), *column_type, capacity)).collect()
    }
}

enum Builder {
    Integer(PrimitiveChunkedBuilder<Int64Type>),
    Float(PrimitiveChunkedBuilder<Float64Type>),
    Boolean(BooleanChunkedBuilder),
    Date(PrimitiveChunkedBuilder<Int32Type>),
    Datetime(PrimitiveChunkedBuilder<Int64Type>),
    Text(StringChunkedBuilder),
    Decimal(PrimitiveChunkedBuilder<Int128Type>),
    /// In nanoseconds, the only unit of times in the columnar format.
    Time(PrimitiveChunkedBuilder<Int64Type>),
}

impl Builder {
    fn new(name: PlSmallStr, column_type: ColumnType, capacity: usize) -> Self {
        match column_type {
            ColumnType::Integer => Self::Integer(PrimitiveChunkedBuilder::new(name, capacity)),
            ColumnType::Float => Self::Float(PrimitiveChunkedBuilder::new(name, capacity)),
            ColumnType::Boolean => Self::Boolean(BooleanChunkedBuilder::new(name, capacity)),
            ColumnType::Date => Self::Date(PrimitiveChunkedBuilder::new(name, capacity)),
            ColumnType::Datetime => Self::Datetime(PrimitiveChunkedBuilder::new(name, capacity)),
            ColumnType::Text => Self::Text(StringChunkedBuilder::new(name, capacity)),
            ColumnType::Decimal => Self::Decimal(PrimitiveChunkedBuilder::new(name, capacity)),
            ColumnType::Time => Self::Time(PrimitiveChunkedBuilder::new(name, capacity)),
        }
    }

    /// The types were decided over the same cells, so a cell that does not parse here is a missing one.
    fn append(&mut self, block: &Block, column: usize, from: usize, to: usize) {
        let cells = block.column(column, from, to);
        match self {
            Self::Integer(builder) => cells.for_each(|cell| builder.append_option(parse::integer(value_text(cell)))),
            Self::Float(builder) => cells.for_each(|cell| builder.append_option(parse::float(value_text(cell)))),
            Self::Boolean(builder) => cells.for_each(|cell| builder.append_option(parse::boolean(value_text(cell)))),
            Self::Date(builder) => cells.for_each(|cell| builder.append_option(parse::date(value_text(cell)))),
            Self::Datetime(builder) => cells.for_each(|cell| builder.append_option(micros(value_text(cell)))),
            Self::Text(builder) => cells.for_each(|cell| builder.append_option(text(cell))),
            Self::Decimal(builder) => cells.for_each(|_| builder.append_null()),
            Self::Time(builder) => cells.for_each(|_| builder.append_null()),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Integer(builder) => builder.finish().into_column(),
            Self::Float(builder) => builder.finish().into_column(),
            Self::Boolean(builder) => builder.finish().into_column(),
            Self::Date(builder) => builder.finish().into_date().into_column(),
            Self::Datetime(builder) => builder.finish().into_datetime(TimeUnit::Microseconds, None).into_column(),
            Self::Text(builder) => builder.finish().into_column(),
            Self::Decimal(builder) => builder.finish().into_decimal_unchecked(38, 0).into_column(),
            Self::Time(builder) => builder.finish().into_time().into_column(),
        }
    }
}

/// What a cell of a column that is not text says; blanks around it do not count.
fn value_text((kind, bytes): (CellKind, &[u8])) -> &[u8] {
    match kind {
        CellKind::Missing => b"",
        _ => trimmed(bytes),
    }
}

fn micros(text: &[u8]) -> Option<i64> {
    if let Some(days) = parse::date(text) {
        return Some(i64::from(days) * crate::calendar::MICROS_PER_DAY);
    }
    parse::datetime(text).map(|instant| instant.micros)
}

/// What a cell of a text column says. The file was checked as UTF-8, so the conversion does not fail.
fn text((kind, bytes): (CellKind, &[u8])) -> Option<&str> {
    match kind {
        CellKind::Missing => None,
        CellKind::Bare if is_missing_spelling(bytes) => None,
        _ => std::str::from_utf8(bytes).ok(),
    }
}
