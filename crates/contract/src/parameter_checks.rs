//! Checks that the parameters of several analyses share.

use crate::columns::{Column, ColumnType};
use crate::errors::FieldError;
use crate::filters::unknown_column;

/// The level of confidence intervals unless a request says otherwise.
pub const fn default_confidence() -> f64 {
    0.95
}

/// An error if this is no level of confidence.
pub fn confidence_error(confidence: f64) -> Option<FieldError> {
    let usable = confidence > 0.0 && confidence < 1.0;
    (!usable).then(|| FieldError::new("/confidence", format!("{confidence} is not between 0 and 1.")))
}

/// The column of this name, of any type.
pub fn any_column<'a>(
    name: &str,
    columns: &'a [Column],
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Option<&'a Column> {
    let found = columns.iter().find(|column| column.name == name);
    if found.is_none() {
        errors.push(unknown_column(name, columns, pointer));
    }
    found
}

/// The column of this name, which must hold numbers.
pub fn numeric_column(name: &str, columns: &[Column], pointer: &str, errors: &mut Vec<FieldError>) {
    let Some(column) = any_column(name, columns, pointer, errors) else { return };
    if !column.column_type.is_numeric() {
        errors.push(FieldError::new(pointer, format!("Column \"{name}\" holds no numbers.")));
    }
}

/// The column of this name, which must hold dates or datetimes.
pub fn time_column(name: &str, columns: &[Column], pointer: &str, errors: &mut Vec<FieldError>) {
    let Some(column) = any_column(name, columns, pointer, errors) else { return };
    if !matches!(column.column_type, ColumnType::Date | ColumnType::Datetime) {
        errors.push(FieldError::new(pointer, format!("Column \"{name}\" holds neither dates nor datetimes.")));
    }
}
