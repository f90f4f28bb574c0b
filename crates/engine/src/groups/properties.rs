//! Groups against the plainest computation of each figure, on random tables.

use std::collections::BTreeMap;

use contract::analyses::grouped::{Function, GroupBy, Measure};
use contract::columns::{ColumnType, Scalar};
use polars::prelude::{Column, IntoColumn, NamedFrom, Series};
use proptest::prelude::*;

use super::cells::Cells;
use super::figures::{of_column, row_counts};
use super::keys::{Groups, group, together};
use crate::filters::Mask;

fn cells(column: Series, column_type: ColumnType) -> Cells {
    let column: Column = column.into_column();
    Cells::of(&column, column_type).unwrap()
}

fn by(count: usize) -> Vec<GroupBy> {
    (0..count).map(|i| GroupBy { column: format!("k{i}"), every: None }).collect()
}

fn measure(function: Function) -> Measure {
    Measure { function, column: Some("v".to_owned()), quantile: Some(0.3), name: None, share: false }
}

const ALL: [Function; 13] = [
    Function::Sum,
    Function::Mean,
    Function::Median,
    Function::Mode,
    Function::Count,
    Function::NUnique,
    Function::Min,
    Function::Max,
    Function::Std,
    Function::Var,
    Function::Quantile,
    Function::First,
    Function::Last,
];

/// The definition, written as plainly as it can be.
fn plain(function: Function, values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let h = (n - 1.0) * share;
        let (low, high) = (sorted[h.floor() as usize], sorted[h.ceil() as usize]);
        low + (high - low) * (h - h.floor())
    };
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    match function {
        Function::Count => return Some(n),
        Function::Sum => return Some(values.iter().sum()),
        Function::NUnique => {
            sorted.dedup();
            return Some(sorted.len() as f64);
        }
        _ if values.is_empty() => return None,
        Function::Std | Function::Var if values.len() < 2 => return None,
        _ => {}
    }
    Some(match function {
        Function::Mean => mean,
        Function::Median => at(0.5),
        Function::Quantile => at(0.3),
        Function::Min => sorted[0],
        Function::Max => sorted[sorted.len() - 1],
        Function::First => values[0],
        Function::Last => values[values.len() - 1],
        Function::Var => variance,
        Function::Std => variance.sqrt(),
        _ => {
            let times = |value: &f64| values.iter().filter(|other| *other == value).count();
            let most = sorted.iter().map(times).max().unwrap_or(0);
            sorted.iter().copied().find(|value| times(value) == most)?
        }
    })
}

fn check(groups: &Groups, values: &[Option<f64>], cells: &Cells) {
    let measures: Vec<Measure> = ALL.into_iter().map(measure).collect();
    let measures: Vec<&Measure> = measures.iter().collect();
    let found = of_column(&measures, cells, &groups.of_row, groups.keys.len());
    for group in 0..groups.keys.len() {
        let rows = groups.of_row.iter().zip(values).filter(|(of_row, _)| **of_row as usize == group);
        let values: Vec<f64> = rows.filter_map(|(_, value)| *value).collect();
        for (function, found) in ALL.into_iter().zip(&found) {
            let expected = plain(function, &values);
            let found = found[group].as_f64();
            let near = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                (found, expected) => found == expected,
            };
            assert!(near, "{function:?} of {values:?}: {found:?} is not {expected:?}");
        }
    }
}

proptest! {
    #[test]
    fn every_figure_equals_its_plain_definition(
        rows in proptest::collection::vec((proptest::option::of(0_usize..4), -3_i64..3, proptest::option::of(-9_i64..9), any::<bool>()), 1..60),
    ) {
        let names = ["b", "a", "", "longer than twelve bytes"];
        let texts: Vec<Option<&str>> = rows.iter().map(|row| row.0.map(|at| names[at])).collect();
        let numbers: Vec<i64> = rows.iter().map(|row| row.1).collect();
        let integers: Vec<Option<i64>> = rows.iter().map(|row| row.2).collect();
        let floats: Vec<Option<f64>> = integers.iter().map(|value| value.map(|value| value as f64 * 0.5)).collect();
        let mask = Mask::of(rows.iter().map(|row| row.3).collect());
        let keys = || vec![cells(Series::new("k0".into(), &texts), ColumnType::Text), cells(Series::new("k1".into(), &numbers), ColumnType::Integer)];
        let groups = group(&by(2), keys(), rows.len(), Some(&mask));
        let mut expected: BTreeMap<(bool, &str, i64), u64> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.3) {
            *expected.entry((row.0.is_none(), row.0.map_or("", |at| names[at]), row.1)).or_default() += 1;
        }
        prop_assert_eq!(row_counts(&groups.of_row, groups.keys.len()), expected.values().copied().collect::<Vec<_>>());
        let keys: Vec<Vec<Scalar>> = expected.keys().map(|(missing, text, number)| {
            vec![if *missing { Scalar::Null } else { Scalar::from(*text) }, Scalar::from(*number)]
        }).collect();
        prop_assert_eq!(&groups.keys, &keys);
        let as_floats: Vec<Option<f64>> = integers.iter().map(|value| value.map(|value| value as f64)).collect();
        for groups in [&groups, &together(&groups, |_| true)] {
            check(groups, &as_floats, &cells(Series::new("v".into(), &integers), ColumnType::Integer));
            check(groups, &floats, &cells(Series::new("v".into(), &floats), ColumnType::Float));
        }
    }

    #[test]
    fn keys_far_apart_are_grouped_like_near_ones(rows in proptest::collection::vec((any::<i64>(), any::<f64>(), 0_u8..3), 1..80)) {
        let far: Vec<i64> = rows.iter().map(|row| if row.2 == 0 { row.0 } else { i64::from(row.2) }).collect();
        let floats: Vec<f64> = rows.iter().map(|row| if row.2 == 1 { row.1 } else { f64::from(row.2) }).collect();
        let columns = vec![cells(Series::new("k0".into(), &far), ColumnType::Integer), cells(Series::new("k1".into(), &floats), ColumnType::Float)];
        let groups = group(&by(2), columns, rows.len(), None);
        for (i, left) in groups.of_row.iter().enumerate() {
            for (j, right) in groups.of_row.iter().enumerate() {
                let equal = far[i] == far[j] && (floats[i] == floats[j] || (floats[i].is_nan() && floats[j].is_nan() && floats[i].to_bits() == floats[j].to_bits()));
                prop_assert_eq!(left == right, equal);
            }
        }
    }
}

#[test]
fn texts_dates_and_truth_values_have_figures_too() {
    let all = Groups { of_row: vec![0; 4], keys: vec![Vec::new()] };
    let wanted = [Function::Min, Function::Max, Function::Mode, Function::First, Function::Last, Function::NUnique];
    let measures: Vec<Measure> = wanted.into_iter().map(measure).collect();
    let measures: Vec<&Measure> = measures.iter().collect();
    let figures = |cells: &Cells| -> Vec<Scalar> {
        of_column(&measures, cells, &all.of_row, 1).into_iter().map(|mut found| found.remove(0)).collect()
    };
    let texts = cells(Series::new("v".into(), [Some("pear"), None, Some("apple"), Some("pear")]), ColumnType::Text);
    assert_eq!(
        figures(&texts),
        [Scalar::from("apple"), "pear".into(), "pear".into(), "pear".into(), "pear".into(), 2.into()]
    );
    let truths = cells(Series::new("v".into(), [Some(true), None, Some(false), Some(true)]), ColumnType::Boolean);
    assert_eq!(figures(&truths)[..3], [Scalar::Bool(false), Scalar::Bool(true), Scalar::Bool(true)]);
}

#[test]
fn edges_of_numbers() {
    let all = Groups { of_row: vec![0; 3], keys: vec![Vec::new()] };
    let one =
        |function: Function, cells: &Cells| of_column(&[&measure(function)], cells, &all.of_row, 1).remove(0).remove(0);
    let huge = cells(Series::new("v".into(), [f64::MAX, f64::MAX, f64::MAX]), ColumnType::Float);
    assert_eq!((one(Function::Sum, &huge), one(Function::Var, &huge)), (Scalar::Null, Scalar::from(0.0)));
    let tiny = cells(Series::new("v".into(), [1e-200, 2e-200, 3e-200]), ColumnType::Float);
    assert!((one(Function::Std, &tiny).as_f64().unwrap() / 1e-200 - 1.0).abs() < 1e-12);
    let odd = cells(Series::new("v".into(), [f64::NAN, f64::INFINITY, 2.0]), ColumnType::Float);
    assert_eq!((one(Function::Count, &odd), one(Function::Mean, &odd)), (Scalar::from(3), Scalar::from(2.0)));
    assert_eq!(one(Function::NUnique, &odd), Scalar::from(3));
    let large = cells(Series::new("v".into(), [i64::MAX, i64::MAX, i64::MAX - 3]), ColumnType::Integer);
    assert_eq!(one(Function::Sum, &large), Scalar::from((3 * i128::from(i64::MAX) - 3).to_string()));
    assert_eq!(one(Function::Std, &large), Scalar::from(3.0_f64.sqrt()));
    let nothing = cells(Series::new("v".into(), [None::<f64>, None, None]), ColumnType::Float);
    assert_eq!((one(Function::Sum, &nothing), one(Function::Median, &nothing)), (Scalar::from(0.0), Scalar::Null));
}
