//! One value of a table on its way out, and the one place that says how it travels in JSON.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::columns::{Encoding, Scalar, integer_to_json};

/// A value as exports, rows and previews hand it on. The column tells the type; the cell carries the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Null,
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A decimal number, or an integer beyond 64 bits, as its digits: none is lost.
    Decimal(String),
    /// A day, a time or a point in time: ISO 8601, and days since 1970-01-01 (for a time: the part of a day) where a
    /// workbook can hold it without loss.
    Moment {
        text: String,
        days: Option<f64>,
    },
    Text(Cow<'a, str>),
    Binary(Cow<'a, [u8]>),
}

impl Cell<'_> {
    /// The value in JSON. Integers of a column with string encoding, decimals and moments are strings; NaN and
    /// infinities are null; binary is Base64 with padding (RFC 4648).
    pub fn to_json(&self, encoding: Encoding) -> Scalar {
        match self {
            Self::Null => Scalar::Null,
            Self::Integer(value) if encoding == Encoding::String => Scalar::String(value.to_string()),
            Self::Integer(value) => integer_to_json(*value),
            Self::Float(value) => serde_json::Number::from_f64(*value).map_or(Scalar::Null, Scalar::Number),
            Self::Boolean(value) => Scalar::Bool(*value),
            Self::Decimal(digits) => Scalar::String(digits.clone()),
            Self::Moment { text, .. } => Scalar::String(text.clone()),
            Self::Text(text) => Scalar::String(text.clone().into_owned()),
            Self::Binary(bytes) => Scalar::String(BASE64_STANDARD.encode(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_form_in_json() {
        let plain = |cell: Cell<'_>| cell.to_json(Encoding::Plain);
        assert_eq!(plain(Cell::Integer(5)), Scalar::from(5));
        assert_eq!(Cell::Integer(5).to_json(Encoding::String), Scalar::from("5"));
        assert_eq!(plain(Cell::Integer(i64::MIN)), Scalar::from("-9223372036854775808"));
        assert_eq!(plain(Cell::Float(f64::NAN)), Scalar::Null);
        assert_eq!(plain(Cell::Float(f64::NEG_INFINITY)), Scalar::Null);
        assert_eq!(plain(Cell::Float(0.1)).to_string(), "0.1");
        assert_eq!(plain(Cell::Decimal("12.30".to_owned())), Scalar::from("12.30"));
        assert_eq!(plain(Cell::Binary(b"foo".as_slice().into())), Scalar::from("Zm9v"));
    }
}
