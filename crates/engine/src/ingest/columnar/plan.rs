//! Columns of a Parquet or Arrow file as columns of a table: structs taken apart, each type mapped to one of ours.

use contract::errors::Failure;
use contract::limits::IngestLimits;
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field, TimeUnit};

use crate::Result;
use crate::failures::invalid;
use crate::ingest::dialect::too_many_columns;

/// How the values of a column come out of their arrays.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Integer,
    /// Unsigned 64 bits: integers, or decimals if one of them is beyond the signed range.
    Unsigned,
    Float,
    Boolean,
    Date,
    DateMilliseconds,
    Datetime(TimeUnit),
    Time(TimeUnit),
    /// With so many digits after the point.
    Decimal(usize),
    Text,
    /// As base64.
    Binary,
    /// Labels by number.
    Dictionary(Box<Kind>),
    /// Lists and maps, as JSON text.
    Nested,
    Missing,
}

/// A column of the table to be.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) name: String,
    /// The column of the file, then the position within each struct.
    pub(super) path: Vec<usize>,
    pub(super) kind: Kind,
    /// The values had a time zone, and are in UTC now.
    pub(super) utc: bool,
    pub(super) unit: Option<&'static str>,
}

/// What the columns of the file become, and what a person should know about it.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    pub(super) columns: Vec<Output>,
    pub(super) warnings: Vec<String>,
}

pub(super) fn outputs(schema: &ArrowSchema, limits: &IngestLimits) -> Result<Outputs> {
    let mut outputs = Outputs::default();
    for (position, field) in schema.iter_values().enumerate() {
        outputs.add(field, field.name.to_string(), vec![position], limits)?;
    }
    if outputs.columns.is_empty() {
        return Err(invalid("The file has no columns.").advice("Write a table with at least one column."));
    }
    Ok(outputs)
}

impl Outputs {
    fn add(&mut self, field: &Field, name: String, path: Vec<usize>, limits: &IngestLimits) -> Result<()> {
        if path.len() > limits.nesting as usize {
            return Err(invalid(format!("The column \"{name}\" is nested deeper than {} levels.", limits.nesting))
                .column(name)
                .advice("Flatten it, or ask the operator to raise PLOTLINE_INGEST_NESTING."));
        }
        if let ArrowDataType::Struct(fields) = field.dtype.to_storage() {
            for (position, inner) in fields.iter().enumerate() {
                let path = [path.as_slice(), &[position]].concat();
                self.add(inner, format!("{name}.{}", inner.name), path, limits)?;
            }
            return Ok(());
        }
        if self.columns.len() >= limits.columns as usize {
            return Err(too_many_columns(self.columns.len() + 1, limits.columns, 1));
        }
        let dtype = field.dtype.to_storage();
        let Some(kind) = kind_of(dtype, limits.nesting) else { return Err(unsupported(&name, dtype)) };
        if matches!(
            dtype,
            ArrowDataType::Timestamp(TimeUnit::Nanosecond, _) | ArrowDataType::Time64(TimeUnit::Nanosecond)
        ) {
            self.warnings.push(format!("The column \"{name}\" is in nanoseconds; they are cut to microseconds."));
        }
        let mut utc = false;
        if let ArrowDataType::Timestamp(_, Some(zone)) = dtype {
            utc = true;
            if !matches!(zone.as_str(), "UTC" | "+00:00" | "Z") {
                self.warnings
                    .push(format!("The column \"{name}\" has the time zone {zone}; its values are kept in UTC."));
            }
        }
        let unit = duration_unit(dtype);
        if let Some(unit) = unit {
            self.warnings.push(format!("The column \"{name}\" holds durations; they are kept as integers in {unit}."));
        }
        self.columns.push(Output { name, path, kind, utc, unit });
        Ok(())
    }
}

fn kind_of(dtype: &ArrowDataType, nesting: u32) -> Option<Kind> {
    use ArrowDataType as A;
    Some(match dtype {
        A::Null => Kind::Missing,
        A::Boolean => Kind::Boolean,
        A::Int8 | A::Int16 | A::Int32 | A::Int64 | A::UInt8 | A::UInt16 | A::UInt32 | A::Duration(_) => Kind::Integer,
        A::UInt64 => Kind::Unsigned,
        A::Float32 | A::Float64 => Kind::Float,
        A::Date32 => Kind::Date,
        A::Date64 => Kind::DateMilliseconds,
        A::Timestamp(unit, _) => Kind::Datetime(*unit),
        A::Time32(unit) | A::Time64(unit) => Kind::Time(*unit),
        A::Decimal(digits, scale) | A::Decimal32(digits, scale) | A::Decimal64(digits, scale) if *digits <= 38 => {
            Kind::Decimal(*scale)
        }
        A::Utf8 | A::LargeUtf8 | A::Utf8View => Kind::Text,
        A::Binary | A::LargeBinary | A::BinaryView | A::FixedSizeBinary(_) => Kind::Binary,
        A::Dictionary(_, values, _) => {
            Kind::Dictionary(Box::new(kind_of(values.to_storage(), nesting.checked_sub(1)?)?))
        }
        A::List(inner) | A::LargeList(inner) | A::FixedSizeList(inner, _) | A::Map(inner, _) => {
            nests(inner.dtype.to_storage(), nesting.checked_sub(1)?).then_some(Kind::Nested)?
        }
        _ => return None,
    })
}

/// Whether values of this type can be written as JSON text.
fn nests(dtype: &ArrowDataType, nesting: u32) -> bool {
    match dtype {
        ArrowDataType::Struct(fields) => {
            nesting > 0 && fields.iter().all(|field| nests(field.dtype.to_storage(), nesting - 1))
        }
        other => kind_of(other, nesting).is_some(),
    }
}

fn duration_unit(dtype: &ArrowDataType) -> Option<&'static str> {
    match dtype {
        ArrowDataType::Duration(TimeUnit::Second) => Some("s"),
        ArrowDataType::Duration(TimeUnit::Millisecond) => Some("ms"),
        ArrowDataType::Duration(TimeUnit::Microsecond) => Some("us"),
        ArrowDataType::Duration(TimeUnit::Nanosecond) => Some("ns"),
        _ => None,
    }
}

fn unsupported(name: &str, dtype: &ArrowDataType) -> Failure {
    use ArrowDataType as A;
    let (what, advice) = match dtype {
        A::Float16 => ("numbers of 16 bits", "Write the column as float32."),
        A::Decimal(_, _) | A::Decimal256(_, _) => {
            ("decimals of more than 38 digits", "Write the column with fewer digits, or as text.")
        }
        A::Int128 | A::UInt128 => {
            ("integers of 128 bits", "Write the column as a decimal of up to 38 digits, or as text.")
        }
        A::Interval(_) => ("calendar intervals", "Write the column as a number of days or months."),
        A::Union(_) => ("values of several types", "Write the column as text, or as one column for each type."),
        _ => ("values of a type that is not supported", "Leave the column out, or write it as text."),
    };
    invalid(format!("The column \"{name}\" holds {what}.")).column(name).advice(advice)
}
