//! Columns and values: the types a column can have and how its values travel in JSON.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A single value in JSON: number, string, boolean or null, as the column's `type` and `encoding` say.
/// NaN and infinities travel as null.
pub type Scalar = serde_json::Value;

/// The largest integer that every JSON reader keeps exact (2^53).
pub const EXACT_INTEGER_LIMIT: u64 = 1 << 53;

/// An integer as JSON: a number where every reader keeps it exact, otherwise a string.
pub fn integer_to_json(value: i64) -> Scalar {
    if value.unsigned_abs() > EXACT_INTEGER_LIMIT {
        return Scalar::String(value.to_string());
    }
    Scalar::from(value)
}

/// The type of a column, decided over the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// 64-bit signed.
    Integer,
    /// IEEE 754 double.
    Float,
    Boolean,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
    /// A point in time to the microsecond; UTC where the file gives an offset, otherwise as written.
    Datetime,
    Text,
    // The position is part of content hashes: new types stand at the end.
    /// Up to 38 digits, none of them lost; for integers beyond 64 bits and for decimals that a float would round.
    Decimal,
    /// A time of day to the microsecond.
    Time,
}

impl ColumnType {
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Decimal)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Text => "text",
            Self::Decimal => "decimal",
            Self::Time => "time",
        }
    }
}

/// How a column's values travel in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Numbers as JSON numbers, dates as ISO 8601 strings, text as strings.
    #[default]
    Plain,
    /// Integers as strings, since the column holds a value beyond 2^53; decimals always.
    String,
}

/// One column of a dataset version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Column {
    /// The header, made unique within the table (`name`, `name_2`, …).
    pub name: String,
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    #[serde(default)]
    pub encoding: Encoding,
    /// How many cells are missing.
    pub nulls: u64,
    /// What the numbers are written with: a currency (`USD`, `€`) or `percent`. The values are as written: 12.5 for 12.5 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `UTC` where the file gives offsets; the values are in UTC then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether the column holds few different values, each again and again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub category: bool,
}

impl Column {
    /// A column of which nothing more is known.
    pub fn new(name: impl Into<String>, column_type: ColumnType) -> Self {
        Self {
            name: name.into(),
            column_type,
            encoding: if column_type == ColumnType::Decimal { Encoding::String } else { Encoding::Plain },
            nulls: 0,
            unit: None,
            time_zone: None,
            category: false,
        }
    }
}

/// The known name nearest to `wanted`, for "did you mean …" in an error message;
/// `None` when nothing is near enough to be helpful.
pub fn nearest_name<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1) + 1;
    known
        .map(|name| (edit_distance(&wanted, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// What to say of a column that is not there, with the nearest name that is.
pub fn unknown_column<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest_name(wanted, known) {
        Some(near) => format!("There is no column \"{wanted}\". Did you mean \"{near}\"?"),
        None => format!("There is no column \"{wanted}\"."),
    }
}

/// Levenshtein distance in characters.
fn edit_distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name_ignores_case_and_forgives_typing_errors() {
        let known = ["revenue", "country", "order_id"];
        assert_eq!(nearest_name("Revenu", known.into_iter()), Some("revenue"));
        assert_eq!(nearest_name("oder_id", known.into_iter()), Some("order_id"));
        assert_eq!(nearest_name("zzzzzz", known.into_iter()), None);
    }

    #[test]
    fn integers_beyond_two_to_the_53_travel_as_strings() {
        assert_eq!(integer_to_json(1 << 53), Scalar::from(1_i64 << 53));
        assert_eq!(integer_to_json((1 << 53) + 1), Scalar::from("9007199254740993"));
        assert_eq!(integer_to_json(i64::MIN), Scalar::from("-9223372036854775808"));
    }
}
