//! Filters: conditions that keep rows of a table, checked against the types of its columns.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::columns::{Column, ColumnType};
use crate::errors::FieldError;

/// How many conditions one filter may have.
pub const MAX_CONDITIONS: usize = 100;
/// How many values one condition may list.
pub const MAX_VALUES: usize = 10_000;

/// One condition on the cells of one column. A row is kept if all conditions hold.
///
/// A missing cell satisfies `is_null` alone, neither `ne` nor `not_in`. NaN satisfies `ne`, `not_in` and `not_null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub column: String,
    pub op: Operator,
    /// For `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `contains`, `starts_with` and `ends_with`: a value of the column's type.
    /// Dates and datetimes are ISO 8601 strings; integers beyond 2^53 may be strings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub value: Option<Value>,
    /// For `in` and `not_in` the list, for `between` the lowest and the highest value, both kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Value>>, max_items = 10_000)]
    pub values: Option<Vec<Value>>,
}

/// Text is compared byte by byte and with regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    NotIn,
    Between,
    Contains,
    StartsWith,
    EndsWith,
    IsNull,
    NotNull,
}

/// A value of a filter in the type of its column.
#[derive(Clone, Debug, PartialEq)]
pub enum FilterValue {
    Integer(i64),
    Float(f64),
    /// `digits` without its last `scale` digits stands before the point.
    Decimal {
        digits: i128,
        scale: usize,
    },
    /// Microseconds since midnight.
    Time(i64),
    Boolean(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00:00.
    Datetime(i64),
    Text(String),
}

/// What is wrong with these conditions on a table of these columns; `pointer` is where the list stands in the request.
pub fn check(conditions: &[Condition], columns: &[Column], pointer: &str) -> Vec<FieldError> {
    if conditions.len() > MAX_CONDITIONS {
        return vec![FieldError::new(pointer, format!("At most {MAX_CONDITIONS} conditions."))];
    }
    let checked = conditions.iter().enumerate();
    checked.filter_map(|(i, condition)| check_one(condition, columns, &format!("{pointer}/{i}")).err()).collect()
}

fn check_one(condition: &Condition, columns: &[Column], pointer: &str) -> Result<(), FieldError> {
    let Some(column) = columns.iter().find(|column| column.name == condition.column) else {
        return Err(unknown_column(&condition.column, columns, format!("{pointer}/column")));
    };
    condition.operands(column.column_type).map(|_| ()).map_err(|(field, detail)| {
        FieldError::new(format!("{pointer}/{field}"), format!("Column \"{}\": {detail}", column.name))
    })
}

/// The error about a column that a table does not have.
pub fn unknown_column(name: &str, columns: &[Column], pointer: impl Into<String>) -> FieldError {
    let known = columns.iter().map(|column| column.name.as_str());
    FieldError::new(pointer, crate::columns::unknown_column(name, known))
}

impl Condition {
    /// The values to compare with, in the column's type; otherwise the field that is wrong and why.
    pub fn operands(&self, column_type: ColumnType) -> Result<Vec<FilterValue>, (&'static str, String)> {
        use Operator::{Between, Contains, EndsWith, Eq, Ge, Gt, In, IsNull, Le, Lt, Ne, NotIn, NotNull, StartsWith};
        if matches!(self.op, Contains | StartsWith | EndsWith) && column_type != ColumnType::Text {
            return Err(("op", "only text can be searched for a part.".to_owned()));
        }
        if matches!(self.op, Lt | Le | Gt | Ge | Between) && column_type == ColumnType::Boolean {
            return Err(("op", "truth values have no order.".to_owned()));
        }
        match self.op {
            IsNull | NotNull if self.value.is_some() => Err(("value", "this operator takes no value.".to_owned())),
            _ if self.value.is_some() && self.values.is_some() => {
                Err(("values", "give either `value` or `values`.".to_owned()))
            }
            IsNull | NotNull if self.values.is_some() => Err(("values", "this operator takes no values.".to_owned())),
            IsNull | NotNull => Ok(Vec::new()),
            Eq | Ne | Lt | Le | Gt | Ge | Contains | StartsWith | EndsWith => {
                let value = self.value.as_ref().ok_or(("value", "this operator needs a `value`.".to_owned()))?;
                Ok(vec![typed(value, column_type).map_err(|detail| ("value", detail))?])
            }
            In | NotIn | Between => {
                let values = self.values.as_ref().ok_or(("values", "this operator needs `values`.".to_owned()))?;
                if self.op == Between && values.len() != 2 {
                    return Err(("values", "give the lowest and the highest value.".to_owned()));
                }
                if values.is_empty() || values.len() > MAX_VALUES {
                    return Err(("values", format!("give 1 to {MAX_VALUES} values.")));
                }
                values.iter().map(|value| typed(value, column_type).map_err(|detail| ("values", detail))).collect()
            }
        }
    }
}

fn typed(value: &Value, column_type: ColumnType) -> Result<FilterValue, String> {
    let found = match column_type {
        ColumnType::Integer => integer(value),
        ColumnType::Float => {
            let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
            number.filter(|number| !number.is_nan()).map(FilterValue::Float)
        }
        ColumnType::Boolean => {
            let truth = value.as_bool().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
            truth.map(FilterValue::Boolean)
        }
        ColumnType::Date => value.as_str().and_then(days).map(FilterValue::Date),
        ColumnType::Datetime => value.as_str().and_then(micros).map(FilterValue::Datetime),
        ColumnType::Text => value.as_str().map(|text| FilterValue::Text(text.to_owned())),
        ColumnType::Decimal => decimal(value),
        ColumnType::Time => value.as_str().and_then(time).map(FilterValue::Time),
    };
    found.ok_or_else(|| format!("{value} is not {}.", wanted(column_type)))
}

/// An integer column can be compared with a fraction: `> 2.5` means what it says.
fn integer(value: &Value) -> Option<FilterValue> {
    if let Some(whole) = value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok())) {
        return Some(FilterValue::Integer(whole));
    }
    let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))?;
    (!number.is_nan()).then_some(FilterValue::Float(number))
}

const fn wanted(column_type: ColumnType) -> &'static str {
    match column_type {
        ColumnType::Integer | ColumnType::Float => "a number",
        ColumnType::Decimal => "a number without exponent",
        ColumnType::Time => "a time of day (\"23:59:59\")",
        ColumnType::Boolean => "true or false",
        ColumnType::Date => "a date (\"2024-12-31\")",
        ColumnType::Datetime => "a date and time (\"2024-12-31T23:59:59\")",
        ColumnType::Text => "a text",
    }
}

/// A decimal is taken by its digits, so that nothing is rounded.
fn decimal(value: &Value) -> Option<FilterValue> {
    let text = value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string()))?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    (!fraction.contains(['+', '-'])).then_some(FilterValue::Decimal { digits, scale: fraction.len() })
}

/// Microseconds since midnight.
fn time(text: &str) -> Option<i64> {
    let time = NaiveTime::parse_from_str(text, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"));
    (time.ok()? - NaiveTime::MIN).num_microseconds()
}

fn days(text: &str) -> Option<i32> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    i32::try_from((date - NaiveDate::default()).num_days()).ok()
}

/// With an offset the time is turned to UTC; without one it is taken as written; a date is its midnight.
fn micros(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_micros());
    }
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let time = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let time = time.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?;
    Some(time.and_utc().timestamp_micros())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn column(name: &str, column_type: ColumnType) -> Column {
        Column::new(name, column_type)
    }

    fn condition(body: Value) -> Condition {
        serde_json::from_value(body).unwrap()
    }

    #[test]
    fn what_is_wrong_is_named_by_pointer() {
        let columns = [column("revenue", ColumnType::Float), column("paid", ColumnType::Boolean)];
        let conditions = [
            condition(json!({ "column": "revenu", "op": "eq", "value": 1 })),
            condition(json!({ "column": "revenue", "op": "gt", "value": "much" })),
            condition(json!({ "column": "revenue", "op": "between", "values": [1] })),
            condition(json!({ "column": "revenue", "op": "contains", "value": "1" })),
            condition(json!({ "column": "paid", "op": "lt", "value": true })),
            condition(json!({ "column": "paid", "op": "is_null", "value": true })),
            condition(json!({ "column": "paid", "op": "eq" })),
            condition(json!({ "column": "paid", "op": "in", "values": [] })),
            condition(json!({ "column": "revenue", "op": "ge", "value": 1.5 })),
        ];
        let errors = check(&conditions, &columns, "/filter");
        let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/filter/0/column",
                "/filter/1/value",
                "/filter/2/values",
                "/filter/3/op",
                "/filter/4/op",
                "/filter/5/value",
                "/filter/6/value",
                "/filter/7/values"
            ]
        );
        assert_eq!(errors[0].detail, "There is no column \"revenu\". Did you mean \"revenue\"?");
        assert_eq!(errors[1].detail, "Column \"revenue\": \"much\" is not a number.");
    }

    #[test]
    fn values_take_the_type_of_their_column() {
        let typed = |op: &str, value: Value, column_type| {
            condition(json!({ "column": "a", "op": op, "value": value })).operands(column_type).unwrap().remove(0)
        };
        assert_eq!(
            typed("eq", json!("9007199254740993"), ColumnType::Integer),
            FilterValue::Integer(9_007_199_254_740_993)
        );
        assert_eq!(typed("lt", json!(2.5), ColumnType::Integer), FilterValue::Float(2.5));
        assert_eq!(typed("eq", json!("1970-01-02"), ColumnType::Date), FilterValue::Date(1));
        assert_eq!(typed("eq", json!("1970-01-01T01:00:00+01:00"), ColumnType::Datetime), FilterValue::Datetime(0));
        assert_eq!(typed("eq", json!("1970-01-02"), ColumnType::Datetime), FilterValue::Datetime(86_400_000_000));
        assert_eq!(typed("eq", json!("1970-01-01 00:00:00.5"), ColumnType::Datetime), FilterValue::Datetime(500_000));
    }
}
