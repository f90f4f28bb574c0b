//! Filters: which rows of a table satisfy all conditions.

use std::cmp::Ordering;

use contract::filters::{Condition, FilterValue, Operator};
use polars::prelude::{Column, DataType, PolarsResult};

use crate::Result;
use crate::columns::position;
use crate::failures::{self, internal};
use crate::table::Table;

/// The rows that a filter keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Mask {
    rows: Vec<bool>,
    count: usize,
}

impl Mask {
    pub(crate) fn of(rows: Vec<bool>) -> Self {
        let count = rows.iter().filter(|kept| **kept).count();
        Self { rows, count }
    }

    pub(crate) fn keeps(&self, row: usize) -> bool {
        self.rows.get(row).copied().unwrap_or(false)
    }

    /// How many rows are kept.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// One truth value for each row of the table.
    pub(crate) fn rows(&self) -> &[bool] {
        &self.rows
    }
}

/// The rows of the table that satisfy all conditions; `None` if there is no condition. Reads each column named, one at
/// a time.
pub(crate) fn mask(conditions: &[Condition], table: &Table) -> Result<Option<Mask>> {
    if conditions.is_empty() {
        return Ok(None);
    }
    let mut rows = vec![true; table.rows()];
    for condition in conditions {
        let position = position(table, &condition.column)?;
        let frame = table.read(&[position])?;
        let column = frame.columns().first().ok_or_else(|| internal("A column of the table is gone."))?;
        narrow(&mut rows, column, condition, table, position)?;
    }
    Ok(Some(Mask::of(rows)))
}

/// Clears the rows that do not satisfy the condition; `rows` are those of the column.
fn narrow(rows: &mut [bool], column: &Column, condition: &Condition, table: &Table, position: usize) -> Result<()> {
    let operands =
        condition.operands(crate::columns::column_type(table, position)).map_err(|(_, detail)| internal(detail))?;
    keep(rows, column, condition.op, &operands).map_err(|error| failures::polars("Filtering a column", &error))
}

fn keep(rows: &mut [bool], column: &Column, op: Operator, operands: &[FilterValue]) -> PolarsResult<()> {
    let series = column.as_materialized_series();
    match series.dtype() {
        DataType::String => {
            each(rows, series.str()?.iter(), op, |text| text_holds(text, op, operands));
        }
        DataType::Int64 => each(rows, series.i64()?.iter(), op, |value| integer_holds(value, op, operands)),
        DataType::Boolean => each(rows, series.bool()?.iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Boolean(wanted) => Some(value.cmp(wanted)),
                _ => None,
            })
        }),
        DataType::Date => each(rows, series.date()?.physical().iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Date(wanted) => Some(value.cmp(wanted)),
                _ => None,
            })
        }),
        DataType::Datetime(_, _) => each(rows, series.datetime()?.physical().iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Datetime(wanted) => Some(value.cmp(wanted)),
                _ => None,
            })
        }),
        DataType::Time => each(rows, series.time()?.physical().iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Time(wanted) => Some((value / 1000).cmp(wanted)),
                _ => None,
            })
        }),
        DataType::Decimal(_, scale) => each(rows, series.decimal()?.physical().iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Decimal { digits, scale: wanted } => compare_decimals((value, *scale), (*digits, *wanted)),
                _ => None,
            })
        }),
        _ => each(rows, series.f64()?.iter(), op, |value| {
            holds(op, operands, |operand| match operand {
                FilterValue::Float(wanted) => value.partial_cmp(wanted),
                _ => None,
            })
        }),
    }
    Ok(())
}

/// Exact where both fit 128 bits with the same number of digits after the point, otherwise by the nearest floats.
fn compare_decimals(left: (i128, usize), right: (i128, usize)) -> Option<Ordering> {
    let scale = left.1.max(right.1);
    let widened = |(digits, own): (i128, usize)| {
        let zeros = u32::try_from(scale - own).ok()?;
        digits.checked_mul(10_i128.checked_pow(zeros)?)
    };
    match (widened(left), widened(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => {
            let float = |(digits, own): (i128, usize)| digits as f64 / 10_f64.powi(i32::try_from(own).unwrap_or(0));
            float(left).partial_cmp(&float(right))
        }
    }
}

fn each<T>(rows: &mut [bool], cells: impl Iterator<Item = Option<T>>, op: Operator, test: impl Fn(T) -> bool) {
    for (kept, cell) in rows.iter_mut().zip(cells) {
        *kept &= match (op, cell) {
            (Operator::IsNull, cell) => cell.is_none(),
            (Operator::NotNull, cell) => cell.is_some(),
            (_, None) => false,
            (_, Some(value)) => *kept && test(value),
        };
    }
}

fn text_holds(text: &str, op: Operator, operands: &[FilterValue]) -> bool {
    if let Some(FilterValue::Text(part)) = operands.first() {
        match op {
            Operator::Contains => return text.contains(part.as_str()),
            Operator::StartsWith => return text.starts_with(part.as_str()),
            Operator::EndsWith => return text.ends_with(part.as_str()),
            _ => {}
        }
    }
    holds(op, operands, |operand| match operand {
        FilterValue::Text(wanted) => Some(text.cmp(wanted.as_str())),
        _ => None,
    })
}

fn integer_holds(value: i64, op: Operator, operands: &[FilterValue]) -> bool {
    holds(op, operands, |operand| match operand {
        FilterValue::Integer(wanted) => Some(value.cmp(wanted)),
        FilterValue::Float(wanted) => Some(compare_with_float(value, *wanted)),
        _ => None,
    })
}

/// Exact, also where the integer is beyond 2^53: the float is compared as the integer below it and its fraction.
fn compare_with_float(value: i64, wanted: f64) -> Ordering {
    if wanted >= 9_223_372_036_854_775_808.0 {
        return Ordering::Less;
    }
    if wanted < -9_223_372_036_854_775_808.0 {
        return Ordering::Greater;
    }
    let below = wanted.floor();
    value.cmp(&(below as i64)).then(if wanted > below { Ordering::Less } else { Ordering::Equal })
}

/// A value that cannot be compared (NaN) equals nothing.
fn holds(op: Operator, operands: &[FilterValue], compare: impl Fn(&FilterValue) -> Option<Ordering>) -> bool {
    let first = || operands.first().and_then(&compare);
    match op {
        Operator::Eq => first() == Some(Ordering::Equal),
        Operator::Ne => first() != Some(Ordering::Equal),
        Operator::Lt => first() == Some(Ordering::Less),
        Operator::Le => first().is_some_and(Ordering::is_le),
        Operator::Gt => first() == Some(Ordering::Greater),
        Operator::Ge => first().is_some_and(Ordering::is_ge),
        Operator::In => operands.iter().any(|operand| compare(operand) == Some(Ordering::Equal)),
        Operator::NotIn => operands.iter().all(|operand| compare(operand) != Some(Ordering::Equal)),
        Operator::Between => {
            first().is_some_and(Ordering::is_ge) && operands.get(1).and_then(&compare).is_some_and(Ordering::is_le)
        }
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => false,
        Operator::IsNull => false,
        Operator::NotNull => true,
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoColumn, NamedFrom, Series};
    use serde_json::json;

    use super::*;

    fn kept(series: Series, column_type: contract::columns::ColumnType, condition: serde_json::Value) -> Vec<usize> {
        let condition: Condition = serde_json::from_value(condition).unwrap();
        let operands = condition.operands(column_type).unwrap();
        let mut rows = vec![true; series.len()];
        keep(&mut rows, &series.into_column(), condition.op, &operands).unwrap();
        rows.iter().enumerate().filter(|(_, kept)| **kept).map(|(row, _)| row).collect()
    }

    #[test]
    fn every_operator_on_numbers() {
        use contract::columns::ColumnType::Float;
        let values = || Series::new("a".into(), [Some(1.0), None, Some(f64::NAN), Some(-2.5), Some(f64::INFINITY)]);
        for (op, expected) in [
            ("eq", vec![0]),
            ("ne", vec![2, 3, 4]),
            ("lt", vec![3]),
            ("le", vec![0, 3]),
            ("gt", vec![4]),
            ("ge", vec![0, 4]),
        ] {
            assert_eq!(kept(values(), Float, json!({ "column": "a", "op": op, "value": 1 })), expected, "{op}");
        }
        for (op, expected) in [("in", vec![0, 3]), ("not_in", vec![2, 4]), ("between", vec![0, 3])] {
            let values_given = json!({ "column": "a", "op": op, "values": [-2.5, 1] });
            assert_eq!(kept(values(), Float, values_given), expected, "{op}");
        }
        assert_eq!(kept(values(), Float, json!({ "column": "a", "op": "is_null" })), [1]);
        assert_eq!(kept(values(), Float, json!({ "column": "a", "op": "not_null" })), [0, 2, 3, 4]);
    }

    #[test]
    fn texts_by_part_and_order() {
        use contract::columns::ColumnType::Text;
        let values = || Series::new("a".into(), [Some("Team A"), Some("team b"), None, Some("")]);
        for (op, value, expected) in [
            ("contains", "eam", vec![0, 1]),
            ("starts_with", "Team", vec![0]),
            ("ends_with", " b", vec![1]),
            ("ne", "", vec![0, 1]),
            ("gt", "Team A", vec![1]),
        ] {
            assert_eq!(kept(values(), Text, json!({ "column": "a", "op": op, "value": value })), expected, "{op}");
        }
    }

    #[test]
    fn integers_beyond_a_float_keep_their_last_digit() {
        use contract::columns::ColumnType::Integer;
        let values = || Series::new("a".into(), [9_007_199_254_740_992_i64, 9_007_199_254_740_993, i64::MAX, i64::MIN]);
        assert_eq!(kept(values(), Integer, json!({ "column": "a", "op": "eq", "value": "9007199254740993" })), [1]);
        assert_eq!(kept(values(), Integer, json!({ "column": "a", "op": "lt", "value": 1e300 })), [0, 1, 2, 3]);
        assert_eq!(kept(values(), Integer, json!({ "column": "a", "op": "gt", "value": -0.5 })), [0, 1, 2]);
        assert_eq!(compare_with_float(2, 2.5), Ordering::Less);
        assert_eq!(compare_with_float(-3, -2.5), Ordering::Less);
        assert_eq!(compare_with_float(3, 3.0), Ordering::Equal);
    }
}
