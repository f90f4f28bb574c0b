//! Relations that correlations and distributions must keep whatever the data: order, shift, scale and duplication.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Version, ingest, outcome};

type Row = (i32, i32, u8, bool);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((-200_i32..200, -9_i32..9, 0_u8..3, any::<bool>()), 9..60)
}

/// Two numbers and two categories, the first number changed; a last row without a number keeps the filter busy.
fn table(rows: &[Row], change: impl Fn(f64) -> f64) -> Version {
    let line = |(x, y, g, b): &Row| format!("{},{y}.5,g{g},{b}\n", change(f64::from(*x) * 0.25));
    ingest(format!("x,y,g,b\n{}NA,NA,g0,true\n", rows.iter().map(line).collect::<String>()))
}

fn correlated(version: &Version) -> Vec<Value> {
    let methods = ["pearson", "spearman", "kendall", "point_biserial", "cramers_v", "mutual_information"];
    let filter = json!([{ "column": "x", "op": "not_null" }]);
    let answer = outcome(version, "correlation", json!({ "methods": methods, "filter": filter })).unwrap();
    answer["methods"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|method| method["pairs"].as_array().unwrap().clone())
        .collect()
}

fn looked_at(version: &Version) -> Value {
    outcome(version, "distribution", json!({ "column": "x", "histogram": "sturges", "outlier_rows": 0 })).unwrap()
}

fn close(left: &Value, right: &Value, tolerance: f64) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => (left - right).abs() <= tolerance * left.abs().max(right.abs()).max(1.0),
        (left, right) => left == right,
    }
}

fn fit<'a>(answer: &'a Value, name: &str) -> &'a Value {
    answer["fits"].as_array().unwrap().iter().find(|fit| fit["distribution"] == name).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_order_of_rows_changes_nothing(rows in rows(), turn in 1_usize..8) {
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        let (one, other) = (table(&rows, |x| x), table(&turned, |x| x));
        for (one, other) in correlated(&one).iter().zip(&correlated(&other)) {
            for figure in ["n", "value", "p_value", "ci_low", "corrected"] {
                prop_assert!(close(&one[figure], &other[figure], 1e-11), "{figure}: {one} {other}");
            }
        }
        prop_assert_eq!(looked_at(&one), looked_at(&other));
    }

    #[test]
    fn shift_and_scale_change_units_alone(rows in rows(), shift in -50_i32..50) {
        let shift = f64::from(shift);
        let (base, shifted, turned) = (table(&rows, |x| x), table(&rows, |x| x + shift), table(&rows, |x| x * -4.0));
        let (before, after) = (correlated(&base), correlated(&shifted));
        for ((one, moved), mirrored) in before.iter().zip(&after).zip(&correlated(&turned)) {
            prop_assert!(close(&one["value"], &moved["value"], 1e-11) && close(&one["p_value"], &moved["p_value"], 1e-9), "{one} {moved}");
            prop_assert!(close(&one["p_value"], &mirrored["p_value"], 1e-9), "{one} {mirrored}");
            let sign = if one["left"] == "x" || one["right"] == "x" { -1.0 } else { 1.0 };
            prop_assert!(close(&json!(one["value"].as_f64().map(|r| r * sign)), &mirrored["value"], 1e-11), "{one} {mirrored}");
        }
        let (before, after, mirrored) = (looked_at(&base), looked_at(&shifted), looked_at(&turned));
        for test in 0..4 {
            for other in [&after, &mirrored] {
                let (one, other) = (&before["tests"][test], &other["tests"][test]);
                prop_assert!(close(&one["statistic"], &other["statistic"], 1e-9), "{one} {other}");
                prop_assert!(close(&one["p_value"], &other["p_value"], 1e-9), "{one} {other}");
            }
        }
        let moved = |name: &str, by: f64| json!(fit(&before, "normal")["parameters"][name].as_f64().map(|value| value + by));
        prop_assert!(close(&moved("mean", shift), &fit(&after, "normal")["parameters"]["mean"], 1e-11));
        prop_assert!(close(&moved("std", 0.0), &fit(&after, "normal")["parameters"]["std"], 1e-11));
        prop_assert!(close(&fit(&before, "normal")["ks"], &fit(&after, "normal")["ks"], 1e-9));
        prop_assert_eq!(&before["ecdf"]["shares"], &after["ecdf"]["shares"]);
        for rule in ["iqr", "z_score", "mad"] {
            prop_assert!(close(&json!(before["outliers"][rule]["low"].as_f64().map(|low| low + shift)), &after["outliers"][rule]["low"], 1e-11));
            prop_assert!(close(&json!(before["outliers"][rule]["low"].as_f64().map(|low| low * -4.0)), &mirrored["outliers"][rule]["high"], 1e-11));
        }
    }

    #[test]
    fn doubling_every_row_keeps_every_coefficient_and_fit(rows in rows()) {
        let doubled: Vec<Row> = rows.iter().chain(&rows).copied().collect();
        let (one, two) = (table(&rows, |x| x), table(&doubled, |x| x));
        for (one, two) in correlated(&one).iter().zip(&correlated(&two)) {
            prop_assert!(close(&one["value"], &two["value"], 1e-11), "{one} {two}");
            prop_assert_eq!(one["n"].as_u64().map(|n| 2 * n), two["n"].as_u64());
            let smaller = two["p_value"].as_f64().zip(one["p_value"].as_f64()).is_none_or(|(two, one)| two <= one + 1e-12);
            prop_assert!(smaller, "{one} {two}");
        }
        let (one, two) = (looked_at(&one), looked_at(&two));
        prop_assert_eq!(&one["ecdf"], &two["ecdf"]);
        for family in ["normal", "uniform", "shifted_exponential"] {
            let (one, two) = (fit(&one, family), fit(&two, family));
            for name in one["parameters"].as_object().unwrap().keys() {
                prop_assert!(close(&one["parameters"][name], &two["parameters"][name], 1e-11), "{one} {two}");
            }
            prop_assert!(close(&one["ks"], &two["ks"], 1e-11));
            prop_assert!(close(&json!(one["log_likelihood"].as_f64().map(|ln| 2.0 * ln)), &two["log_likelihood"], 1e-11));
        }
    }
}
