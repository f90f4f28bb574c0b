//! Columns of decimals give the figures that the same numbers give as floats, in every kind that computes with floats.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{Version, fixture, ingest, ingest_file, outcome};

/// `formats/decimals.parquet` (made by `formats/make.py`), and the same table as text.
fn both() -> (Version, Version) {
    let mut csv = "day,team,price,amount\n".to_owned();
    for i in 0..40_i64 {
        let (team, price) = (["red", "blue"][(i % 2) as usize], 1999 + 137 * i * i % 4001);
        let amount = if i % 9 == 4 { String::new() } else { format!("-{}.{:03}", i * 7, i * 311 % 1000) };
        let _ = writeln!(
            csv,
            "2024-{:02}-{:02},{team},{}.{:02},{amount}",
            1 + i / 20,
            1 + i % 20,
            price / 100,
            price % 100
        );
    }
    (ingest_file(&fixture("formats/decimals.parquet")).unwrap(), ingest(csv))
}

#[test]
fn tests_models_and_series_take_decimals_as_the_floats_nearest_to_them() {
    let (decimals, floats) = both();
    assert_eq!(decimals.column("price").column_type.as_str(), "decimal");
    assert_eq!(floats.column("price").column_type.as_str(), "float");
    let requests = [
        ("compare", json!({ "test": "welch", "value": "price", "by": "team" })),
        ("compare", json!({ "test": "mann_whitney", "value": "amount", "by": "team" })),
        ("compare", json!({ "test": "kruskal_wallis", "columns": ["price", "amount"] })),
        ("compare", json!({ "test": "paired", "columns": ["price", "amount"] })),
        ("regression", json!({ "target": "price", "columns": ["amount", "team"], "powers": { "amount": 2 } })),
        ("regression", json!({ "model": "logistic", "target": "team", "columns": ["price", "amount"] })),
        ("timeseries", json!({ "time": "day", "value": "price", "every": "day" })),
        ("timeseries", json!({ "time": "day", "value": "amount", "aggregate": "mean", "gaps": "linear" })),
        ("correlation", json!({ "columns": ["price", "amount"], "methods": ["pearson", "spearman", "kendall"] })),
        ("distribution", json!({ "column": "price" })),
    ];
    for (kind, body) in requests {
        let (found, expected) = (outcome(&decimals, kind, body.clone()), outcome(&floats, kind, body.clone()));
        assert_eq!(found.unwrap(), expected.unwrap(), "{kind} {body}");
    }
}

#[test]
fn decimals_are_categories_with_all_their_digits() {
    let (decimals, _) = both();
    let body = json!({ "test": "anova", "value": "amount", "by": "price", "groups": ["19.99", "21.36"] });
    let answer = outcome(&decimals, "compare", body).unwrap();
    let names: Vec<&Value> = answer["samples"].as_array().unwrap().iter().map(|sample| &sample["sample"]).collect();
    assert_eq!(names, ["19.99", "21.36"]);
    let measures = json!([{ "function": "sum", "column": "price" }, { "function": "max", "column": "price" }]);
    let grouped = outcome(&decimals, "grouped", json!({ "by": [{ "column": "team" }], "measures": measures })).unwrap();
    assert_eq!(grouped["items"][0]["key"], json!(["blue"]));
    assert!(grouped["items"][0]["values"][0].as_f64().is_some_and(|sum| sum > 100.0), "{grouped}");
}
