//! Correlation, distribution, and descriptive answers that come from the profile, over HTTP.

use serde_json::{Value, json};
use tests::shared;

const CSV: &str = "x,y,team\n1,2,A\n2,4.5,A\n3,5,B\n4,9,B\n5,8,A\n6,13,\n7,12.5,B\n8,18,A\n";

#[test]
fn what_the_profile_holds_is_answered_at_once_and_equals_what_is_computed() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(CSV);
    // No `Prefer`, and yet 200: nothing has to be waited for.
    let stored = anna.post("/api/v1/analysis/descriptive", &json!({ "dataset_id": id })).expect(200).json();
    assert_eq!(
        (&stored["status"], &stored["cached"], &stored["attempt"]),
        (&json!("succeeded"), &json!(true), &json!(0))
    );
    assert_eq!(stored["result"]["source"], "profile");
    let mut computed = anna.analyse("descriptive", &json!({ "dataset_id": id, "exact": true }));
    assert_eq!(computed["source"], "computed");
    computed["source"] = json!("profile");
    assert_eq!(stored["result"], computed);
    let path = format!("/api/v1/jobs/{}/results", stored["id"].as_str().unwrap());
    assert_eq!(anna.get(&path).expect(200).json()["result"], stored["result"]);
    let body = json!({ "dataset_id": id, "columns": ["y", "x"], "percentiles": [95, 5], "top": 2 });
    let chosen = anna.post("/api/v1/analysis/descriptive", &body).expect(200).json();
    let column = &chosen["result"]["columns"][0];
    assert_eq!((&column["name"], column["top"].as_array().unwrap().len()), (&json!("y"), 2));
    assert_eq!(column["numeric"]["percentiles"][0]["percentile"], 95.0);
}

#[test]
fn groups_weights_and_filters_are_computed() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(CSV);
    let filter = json!([{ "column": "x", "op": "between", "values": [2, 7] }]);
    let body = json!({ "dataset_id": id, "columns": ["y"], "by": ["team"], "filter": filter, "weights": "x" });
    let outcome = anna.analyse("descriptive", &body);
    let groups = outcome["groups"].as_array().unwrap();
    let keys: Vec<&Value> = groups.iter().map(|group| &group["key"][0]).collect();
    assert_eq!((&outcome["rows"], keys), (&json!(6), vec![&json!("A"), &json!("B"), &Value::Null]));
    let first = &groups[0]["columns"][0]["numeric"];
    assert_eq!((&first["mean"], &first["weighted"]["mean"]), (&json!(6.25), &json!(7.0)));
}

#[test]
fn correlation_and_distribution_run_over_http() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(CSV);
    let body = json!({ "dataset_id": id, "methods": ["pearson", "kendall"], "correction": "holm" });
    let outcome = anna.analyse("correlation", &body);
    let pair = &outcome["methods"][0]["pairs"][0];
    assert_eq!((&pair["left"], &pair["right"], &pair["n"]), (&json!("x"), &json!("y"), &json!(8)));
    // numpy.corrcoef
    assert!((pair["value"].as_f64().unwrap() - 0.965_628_392_637_857_4).abs() < 1e-12, "{pair}");
    let outcome = anna.analyse("distribution", &json!({ "dataset_id": id, "column": "y" }));
    assert_eq!(outcome["count"], 8);
    for part in ["histogram", "ecdf", "kde", "tests", "fits", "outliers", "qq"] {
        assert!(!outcome[part].is_null(), "{part}");
    }
}

#[test]
fn wrong_parameters_are_named() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(CSV);
    for (kind, body, pointer) in [
        ("correlation", json!({ "columns": ["x", "z"] }), "/columns/1"),
        ("correlation", json!({ "columns": ["team"], "methods": ["pearson"] }), "/methods/0"),
        ("correlation", json!({ "control": ["team"] }), "/control/0"),
        ("correlation", json!({ "confidence": 1.0 }), "/confidence"),
        ("correlation", json!({ "methods": ["person"] }), "/methods/0"),
        ("correlation", json!({ "filter": [{ "column": "x", "op": "gt", "value": "a" }] }), "/filter/0/value"),
        ("distribution", json!({ "column": "team" }), "/column"),
        ("distribution", json!({ "column": "x", "histogram": { "count": 0 } }), "/histogram"),
        ("distribution", json!({ "column": "x", "points": 1 }), "/points"),
        ("descriptive", json!({ "by": ["nobody"] }), "/by/0"),
        ("descriptive", json!({ "weights": "team" }), "/weights"),
        ("descriptive", json!({ "trim": 0.5 }), "/trim"),
        ("descriptive", json!({ "quantiles": "type7" }), "/quantiles"),
    ] {
        let mut body = body;
        body["dataset_id"] = json!(id);
        let problem = anna.post(&format!("/api/v1/analysis/{kind}"), &body).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
    }
}
