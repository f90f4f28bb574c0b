//! How the cells of a column are read and stored.

use contract::columns::ColumnType;
use contract::ingest::DateOrder;
use polars::prelude::{DataType, PlSmallStr, TimeUnit};

use super::block::CellKind;
use super::dates;
use super::evidence::trimmed;
use super::nulls::Nulls;
use super::numbers::{self, NumberStyle, PLAIN};
use super::parse;
use super::spelling::truth;

/// The most digits of a decimal.
pub(crate) const MAX_DIGITS: usize = 38;

/// A type together with how its values are written in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Integer(NumberStyle),
    Float(NumberStyle),
    /// With so many digits after the point.
    Decimal(NumberStyle, usize),
    /// The pairs of words, as bits of `spelling`.
    Boolean(u32),
    Date(DateOrder),
    Datetime(DateOrder),
    Time,
    Text,
}

/// A column of the table to be.
#[derive(Clone, Debug)]
pub(crate) struct ColumnPlan {
    pub(crate) name: PlSmallStr,
    pub(crate) reading: Reading,
    pub(crate) unit: Option<String>,
    /// Whether the datetimes had offsets, and so are in UTC.
    pub(crate) utc: bool,
}

impl ColumnPlan {
    pub(crate) fn new(name: &str, reading: Reading) -> Self {
        Self { name: name.into(), reading, unit: None, utc: false }
    }
}

impl Reading {
    pub(crate) const fn column_type(self) -> ColumnType {
        match self {
            Self::Integer(_) => ColumnType::Integer,
            Self::Float(_) => ColumnType::Float,
            Self::Decimal(_, _) => ColumnType::Decimal,
            Self::Boolean(_) => ColumnType::Boolean,
            Self::Date(_) => ColumnType::Date,
            Self::Datetime(_) => ColumnType::Datetime,
            Self::Time => ColumnType::Time,
            Self::Text => ColumnType::Text,
        }
    }

    /// The polars type that stores the column.
    pub(crate) fn stored_type(self) -> DataType {
        match self {
            Self::Integer(_) => DataType::Int64,
            Self::Float(_) => DataType::Float64,
            Self::Decimal(_, scale) => DataType::Decimal(MAX_DIGITS, scale),
            Self::Boolean(_) => DataType::Boolean,
            Self::Date(_) => DataType::Date,
            Self::Datetime(_) => DataType::Datetime(TimeUnit::Microseconds, None),
            Self::Time => DataType::Time,
            Self::Text => DataType::String,
        }
    }

    /// Whether a cell is missing or has a value of this type.
    pub(crate) fn fits(self, kind: CellKind, bytes: &[u8], missing: &Nulls) -> bool {
        if kind == CellKind::Missing || self == Self::Text {
            return true;
        }
        let text = trimmed(bytes);
        if text.is_empty() || missing.holds(text) || missing.candidate(text).is_some() {
            return true;
        }
        match self {
            Self::Integer(style) => integer(text, style).is_some(),
            Self::Float(style) => float(text, style).is_some(),
            Self::Decimal(style, scale) => decimal(text, style, scale).is_some(),
            Self::Boolean(pairs) => truth(text, pairs).is_some(),
            Self::Date(order) => days(text, order).is_some(),
            Self::Datetime(order) => micros(text, order).is_some(),
            Self::Time => dates::time(text).is_some(),
            Self::Text => true,
        }
    }
}

pub(crate) fn integer(text: &[u8], style: NumberStyle) -> Option<i64> {
    if let Some(value) = parse::integer(text) {
        return Some(value);
    }
    let plain = numbers::normal(text, style)?;
    if plain.scale > 0 || plain.exponent { None } else { parse::integer(plain.text()) }
}

pub(crate) fn float(text: &[u8], style: NumberStyle) -> Option<f64> {
    if style == PLAIN
        && let Some(value) = parse::float(text)
    {
        return Some(value);
    }
    let word = text.strip_prefix(b"-").unwrap_or(text);
    if word.first().is_some_and(|byte| matches!(byte, b'i' | b'I')) {
        return parse::float(text);
    }
    parse::float_of_any_size(numbers::normal(text, style)?.text())
}

pub(crate) fn decimal(text: &[u8], style: NumberStyle, scale: usize) -> Option<i128> {
    numbers::normal(text, style).and_then(|plain| numbers::decimal(plain.text(), scale))
}

pub(crate) fn days(text: &[u8], order: DateOrder) -> Option<i32> {
    if order == DateOrder::Ymd
        && let Some(days) = parse::date(text)
    {
        return Some(days);
    }
    dates::moment(text, order).filter(|moment| moment.time.is_none()).map(|moment| moment.days)
}

pub(crate) fn micros(text: &[u8], order: DateOrder) -> Option<i64> {
    if order == DateOrder::Ymd
        && let Some(instant) = parse::datetime(text)
    {
        return Some(instant.micros);
    }
    dates::moment(text, order).map(dates::Moment::micros)
}

/// Nanoseconds since midnight.
pub(crate) fn nanos(text: &[u8]) -> Option<i64> {
    dates::time(text).map(|micros| micros * 1000)
}
