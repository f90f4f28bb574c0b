//! Typed columns from cells, in batches that become the row groups of the Parquet file.

use contract::ingest::DateOrder;
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, Float64Type, Int32Type, Int64Type, Int128Type,
    IntoColumn, PrimitiveChunkedBuilder, StringChunkedBuilder, TimeUnit,
};

use super::block::{Block, CellKind};
use super::evidence::trimmed;
use super::fingerprint::Fingerprint;
use super::nulls::Nulls;
use super::numbers::NumberStyle;
use super::reading::{self, ColumnPlan, MAX_DIGITS, Reading};
use super::spelling::truth;
use crate::Result;
use crate::failures;

/// The batch that is being filled.
pub(crate) struct Batch {
    columns: Vec<ColumnPlan>,
    missing: Nulls,
    builders: Vec<Builder>,
    rows: usize,
    row_limit: usize,
}

impl Batch {
    pub(crate) fn new(columns: Vec<ColumnPlan>, missing: Nulls, row_limit: usize) -> Self {
        let mut batch = Self { columns, missing, builders: Vec::new(), rows: 0, row_limit };
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
            builder.append(block.column(column, from, to), &self.missing);
        }
        self.rows += to - from;
        to
    }

    /// Hands the batch over and begins the next one.
    pub(crate) fn take_frame(&mut self) -> Result<DataFrame> {
        let fresh = self.fresh_builders();
        let rows = std::mem::take(&mut self.rows);
        let full = std::mem::replace(&mut self.builders, fresh);
        let columns: Vec<Column> = full.into_iter().map(Builder::finish).collect();
        DataFrame::new(rows, columns).map_err(|error| failures::polars("Building the table", &error))
    }

    /// As [`Batch::take_frame`]; the values go into the fingerprint.
    pub(crate) fn take(&mut self, fingerprint: &mut Fingerprint) -> Result<DataFrame> {
        let frame = self.take_frame()?;
        fingerprint.add(frame.columns())?;
        Ok(frame)
    }

    fn fresh_builders(&self) -> Vec<Builder> {
        let capacity = self.row_limit.min(1 << 16);
        self.columns.iter().map(|column| Builder::new(column, capacity)).collect()
    }
}

enum Builder {
    Integer(PrimitiveChunkedBuilder<Int64Type>, NumberStyle),
    Float(PrimitiveChunkedBuilder<Float64Type>, NumberStyle),
    Decimal(PrimitiveChunkedBuilder<Int128Type>, NumberStyle, usize),
    Boolean(BooleanChunkedBuilder, u32),
    Date(PrimitiveChunkedBuilder<Int32Type>, DateOrder),
    Datetime(PrimitiveChunkedBuilder<Int64Type>, DateOrder),
    /// In nanoseconds, the only unit of times in the columnar format.
    Time(PrimitiveChunkedBuilder<Int64Type>),
    Text(StringChunkedBuilder),
}

impl Builder {
    fn new(column: &ColumnPlan, capacity: usize) -> Self {
        let name = column.name.clone();
        match column.reading {
            Reading::Integer(style) => Self::Integer(PrimitiveChunkedBuilder::new(name, capacity), style),
            Reading::Float(style) => Self::Float(PrimitiveChunkedBuilder::new(name, capacity), style),
            Reading::Decimal(style, scale) => Self::Decimal(PrimitiveChunkedBuilder::new(name, capacity), style, scale),
            Reading::Boolean(pairs) => Self::Boolean(BooleanChunkedBuilder::new(name, capacity), pairs),
            Reading::Date(order) => Self::Date(PrimitiveChunkedBuilder::new(name, capacity), order),
            Reading::Datetime(order) => Self::Datetime(PrimitiveChunkedBuilder::new(name, capacity), order),
            Reading::Time => Self::Time(PrimitiveChunkedBuilder::new(name, capacity)),
            Reading::Text => Self::Text(StringChunkedBuilder::new(name, capacity)),
        }
    }

    /// The types were decided over the same cells, so a cell that does not parse here is a missing one.
    fn append<'a>(&mut self, cells: impl Iterator<Item = (CellKind, &'a [u8])>, missing: &Nulls) {
        let asked = missing.is_asked();
        let values = |(kind, bytes): (CellKind, &'a [u8])| match (kind, trimmed(bytes)) {
            (CellKind::Missing, _) => &b""[..],
            (CellKind::Bare | CellKind::Quoted, text) if asked && missing.holds(text) => &b""[..],
            (_, text) => text,
        };
        match self {
            Self::Integer(builder, style) => {
                cells.for_each(|cell| builder.append_option(reading::integer(values(cell), *style)));
            }
            Self::Float(builder, style) => {
                cells.for_each(|cell| builder.append_option(reading::float(values(cell), *style)));
            }
            Self::Decimal(builder, style, scale) => {
                cells.for_each(|cell| builder.append_option(reading::decimal(values(cell), *style, *scale)));
            }
            Self::Boolean(builder, pairs) => {
                cells.for_each(|cell| builder.append_option(truth(values(cell), *pairs)));
            }
            Self::Date(builder, order) => {
                cells.for_each(|cell| builder.append_option(reading::days(values(cell), *order)));
            }
            Self::Datetime(builder, order) => {
                cells.for_each(|cell| builder.append_option(reading::micros(values(cell), *order)));
            }
            Self::Time(builder) => cells.for_each(|cell| builder.append_option(reading::nanos(values(cell)))),
            Self::Text(builder) => cells.for_each(|cell| builder.append_option(text(cell, missing))),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Integer(builder, _) => builder.finish().into_column(),
            Self::Float(builder, _) => builder.finish().into_column(),
            Self::Decimal(builder, _, scale) => {
                builder.finish().into_decimal_unchecked(MAX_DIGITS, scale).into_column()
            }
            Self::Boolean(builder, _) => builder.finish().into_column(),
            Self::Date(builder, _) => builder.finish().into_date().into_column(),
            Self::Datetime(builder, _) => builder.finish().into_datetime(TimeUnit::Microseconds, None).into_column(),
            Self::Time(builder) => builder.finish().into_time().into_column(),
            Self::Text(builder) => builder.finish().into_column(),
        }
    }
}

/// What a cell of a text column says. Rows whose bytes are no text do not come here, so the conversion does not fail.
fn text<'a>((kind, bytes): (CellKind, &'a [u8]), missing: &Nulls) -> Option<&'a str> {
    match kind {
        CellKind::Missing => None,
        CellKind::Bare if missing.holds(bytes) => None,
        _ => std::str::from_utf8(bytes).ok(),
    }
}
