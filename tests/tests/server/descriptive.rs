//! The analysis `descriptive` through the API: figures worked out by hand, and parameters that do not fit.

use serde_json::{Value, json};
use tests::shared;

/// `2, 4, 4, 4, 5, 5, 7, 9` has mean 5 and the sum of squared deviations 32.
const NUMBERS: &str = "x,word,on,flag\n2,b,2024-01-01,true\n4,a,2024-01-03,false\n4,a,,true\n4,c,2024-01-05,\n\
                       5,,2024-01-07,true\n5,b,2024-01-09,true\n7,a,2024-01-11,false\n9,c,2024-01-01,true\n";

#[track_caller]
fn near(actual: &Value, expected: f64) {
    let number = actual.as_f64().unwrap_or(f64::NAN);
    let tolerance = 1e-9 * expected.abs().max(1.0);
    assert!((number - expected).abs() <= tolerance, "{actual} instead of {expected}");
}

#[test]
fn numbers_equal_what_is_worked_out_by_hand() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(NUMBERS);
    let result = anna.analyse("descriptive", &json!({ "dataset_id": id, "columns": ["x"], "percentiles": [10, 90] }));
    assert_eq!(result["rows"], 8);
    let column = &result["columns"][0];
    assert_eq!((&column["count"], &column["nulls"], &column["distinct"]), (&json!(8), &json!(0), &json!(5)));
    let x = &column["numeric"];
    near(&x["mean"], 5.0);
    near(&x["median"], 4.5);
    near(&x["variance"], 32.0 / 7.0);
    near(&x["std"], (32.0_f64 / 7.0).sqrt());
    near(&x["q1"], 4.0);
    near(&x["q3"], 5.5);
    near(&x["iqr"], 1.5);
    assert_eq!((&x["mode"], &x["min"], &x["max"], &x["range"]), (&json!(4), &json!(2), &json!(9), &json!(7)));
    assert_eq!((&x["sum"], &x["zeros"], &x["negatives"]), (&json!(40), &json!(0), &json!(0)));
    // Type 7: position 0.7 between 2 and 4, and 6.3 between 7 and 9.
    assert_eq!(x["percentiles"][0]["percentile"], 10.0);
    near(&x["percentiles"][0]["value"], 3.4);
    near(&x["percentiles"][1]["value"], 7.6);
    // Σd³ = 42, Σd⁴ = 356 with n = 8: g1 = (42/8) / 4^1.5, G1 = g1·√(n(n−1))/(n−2).
    near(&x["skewness"], (42.0 / 8.0) / 8.0 * 56.0_f64.sqrt() / 6.0);
    // g2 = (356/8)/16 − 3, G2 = (n−1)/((n−2)(n−3)) · ((n+1)·g2 + 6).
    near(&x["kurtosis"], 7.0 / 30.0 * (9.0 * (356.0 / 8.0 / 16.0 - 3.0) + 6.0));
    // Fences at 4 − 2.25 and 5.5 + 2.25: only 9 lies outside.
    assert_eq!((&x["outliers_iqr"], &x["outliers_z"]), (&json!(1), &json!(0)));
}

#[test]
fn text_dates_and_booleans_get_their_own_figures() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(NUMBERS);
    let result = anna.analyse("descriptive", &json!({ "dataset_id": id, "columns": ["word", "on", "flag"], "top": 2 }));
    let (word, on, flag) = (&result["columns"][0], &result["columns"][1], &result["columns"][2]);
    assert_eq!(word["top"], json!([{ "value": "a", "count": 3 }, { "value": "b", "count": 2 }]));
    assert_eq!(
        (&word["text"]["mode"], &word["text"]["min"], &word["text"]["max"]),
        (&json!("a"), &json!("a"), &json!("c"))
    );
    assert_eq!((&word["nulls"], &word["distinct"]), (&json!(1), &json!(3)));
    let dates = &on["temporal"];
    assert_eq!(
        (&dates["min"], &dates["max"], &dates["mode"]),
        (&json!("2024-01-01"), &json!("2024-01-11"), &json!("2024-01-01"))
    );
    near(&dates["range_seconds"], 10.0 * 86_400.0);
    let yes = &flag["boolean"];
    assert_eq!((&yes["true"], &yes["false"], &yes["mode"]), (&json!(5), &json!(2), &json!(true)));
    near(&yes["share_true"], 5.0 / 7.0);
    for (column, own) in [(word, "text"), (on, "temporal"), (flag, "boolean")] {
        for part in ["numeric", "boolean", "temporal", "text"] {
            assert_eq!(column[part].is_object(), part == own, "{column}");
        }
    }
}

#[test]
fn a_hundred_thousand_rows_give_the_figures_their_rule_implies() {
    let server = shared();
    let anna = server.analyst();
    let rows = 100_000_u64;
    let id = anna.dataset(tests::files::orders(rows));
    let body = json!({ "dataset_id": id, "columns": ["quantity", "order_id", "discount"] });
    let result = anna.analyse("descriptive", &body);
    // quantity is 1 + i mod 9: 11,111 whole rounds of 1..9 and a last 1.
    let sum = 11_111 * 45 + 1;
    let quantity = &result["columns"][0]["numeric"];
    assert_eq!(quantity["sum"], sum);
    near(&quantity["mean"], sum as f64 / rows as f64);
    let id_column = &result["columns"][1];
    assert_eq!(id_column["distinct"], rows);
    near(&id_column["numeric"]["median"], 1_000_000.0 + (rows - 1) as f64 / 2.0);
    assert_eq!(result["columns"][2]["nulls"], rows / 20);
}

#[test]
fn an_unknown_column_is_named_with_the_nearest_one() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("revenue,country\n1,DE\n");
    let body = json!({ "dataset_id": id, "columns": ["country", "revenu"] });
    let problem = anna.post("/api/v1/analysis/descriptive", &body).problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/columns/1", "{problem}");
    assert!(problem["errors"][0]["detail"].as_str().is_some_and(|text| text.contains("\"revenue\"")), "{problem}");
    assert_eq!(anna.get("/api/v1/jobs?kind=descriptive").expect(200).json()["items"], json!([]), "no job was made");
}

#[test]
fn every_wrong_parameter_is_named() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("revenue,country\n1,DE\n");
    for (field, value, pointer) in [
        ("columns", json!([]), "/columns"),
        ("columns", json!("revenue"), "/columns"),
        ("columns", json!([1]), "/columns/0"),
        ("percentiles", json!([50, 101]), "/percentiles/1"),
        ("percentiles", json!([-1]), "/percentiles/0"),
        ("percentiles", json!(vec![1; 101]), "/percentiles"),
        ("top", json!(1001), "/top"),
        ("top", json!(-1), "/top"),
        ("dataset_id", json!("17"), "/dataset_id"),
    ] {
        let mut body = json!({ "dataset_id": id });
        body[field] = value.clone();
        let problem = anna.post("/api/v1/analysis/descriptive", &body).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{field} = {value}: {problem}");
    }
    let problem = anna.post("/api/v1/analysis/descriptive", &json!({ "dataset_id": id, "colums": [] }));
    assert!(problem.problem(422, "validation_failed").to_string().contains("colums"));
    anna.post("/api/v1/analysis/descriptive", &json!({})).problem(422, "validation_failed");
    anna.post("/api/v1/analysis/horoscope", &json!({ "dataset_id": id })).problem(404, "not_found");
}

#[test]
fn the_kinds_tell_an_example_that_works() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("order_date,revenue,country\n2024-01-01,1,DE\n");
    let kinds = anna.get("/api/v1/analysis/kinds").expect(200).json();
    let kinds = kinds["items"].as_array().or(kinds.as_array()).cloned().unwrap_or_default();
    assert!(!kinds.is_empty());
    for kind in kinds {
        let mut body = kind["example"].clone();
        body["dataset_id"] = json!(id);
        anna.analyse(kind["name"].as_str().unwrap_or_default(), &body);
    }
}
