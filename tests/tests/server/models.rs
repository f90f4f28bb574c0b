//! Comparisons, regressions and time series through the API, and what `GET /analysis/kinds` tells of every kind.

use serde_json::{Value, json};
use tests::shared;

#[track_caller]
fn near(actual: &Value, expected: f64) {
    let number = actual.as_f64().unwrap_or(f64::NAN);
    assert!((number - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{actual} instead of {expected}");
}

#[test]
fn every_kind_tells_its_parameters_and_methods() {
    let server = shared();
    let kinds = server.viewer().get("/api/v1/analysis/kinds").expect(200).json();
    let kinds = kinds["items"].as_array().unwrap();
    let names: Vec<&str> = kinds.iter().filter_map(|kind| kind["name"].as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted, "the registry is in alphabetical order");
    let document = server.anonymous().get("/api/openapi.json").expect(200).json();
    for kind in kinds {
        let name = kind["name"].as_str().unwrap();
        assert!(kind["parameters"]["properties"]["dataset_id"].is_object(), "{kind}");
        let methods = kind["methods"].as_str().unwrap();
        assert!(methods.len() > 100, "{name}");
        let shown = document["paths"][format!("/api/v1/analysis/{name}")]["post"]["description"].as_str().unwrap();
        assert!(shown.ends_with(methods), "{name}");
        let figures = kind["figures"].as_object().unwrap();
        assert!(
            figures.len() > 8 && figures.values().all(|text| text.as_str().is_some_and(|text| text.len() > 3)),
            "{name}"
        );
    }
    let of = |name: &str| kinds.iter().find(|kind| kind["name"] == name).map(|kind| kind["figures"].clone()).unwrap();
    assert_eq!(of("descriptive")["std"], "Square root of the variance. null or edge: *n* < 2.");
    assert!(of("compare")["hedges_g"].as_str().is_some_and(|text| text.contains("without its bias")));
}

#[test]
fn figures_travel_with_seventeen_digits() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("x,y\n0.1,1\n0.2,2\n");
    let body = json!({ "dataset_id": id, "exact": true, "columns": ["x"] });
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30").json(&body);
    let text = request.send().expect(200).text();
    // The float nearest to 0.1 + 0.2 of floats.
    assert!(text.contains("\"sum\":0.30000000000000004"), "{text}");
}

/// SciPy 1.17: ttest_ind(a, b, equal_var=False), mannwhitneyu(a, b), f_oneway, kruskal.
#[test]
fn comparisons_of_two_groups() {
    let server = shared();
    let anna = server.analyst();
    let id =
        anna.dataset("g,x,y\na,1.5,1\na,2.25,2\nb,0.5,4\na,7,8\nb,2.5,16\nb,3.5,32\nb,9.75,64\nb,12,128\n,3,\nb,,1\n");
    let compare =
        |test: &str| anna.analyse("compare", &json!({ "dataset_id": id, "test": test, "value": "x", "by": "g" }));
    let welch = compare("welch");
    assert_eq!((&welch["rows"], &welch["rows_left_out"]), (&json!(8), &json!(2)));
    near(&welch["statistic"]["value"], -0.736_440_211_687_470_3);
    near(&welch["p_value"], 0.489_468_296_253_891_54);
    assert_eq!(welch["samples"][0]["sample"], "a");
    assert!(welch["assumptions"].as_array().is_some_and(|list| !list.is_empty()));
    near(&compare("mann_whitney")["p_value"], 0.571_428_571_428_571_4);
    near(&compare("anova")["statistic"]["value"], 0.414_253_897_550_111_3);
    let wrong = json!({ "dataset_id": id, "test": "paired", "value": "x", "by": "g" });
    anna.post("/api/v1/analysis/compare", &wrong).problem(422, "validation_failed");
    let two = json!([{ "column": "g", "op": "eq", "value": "a" }, { "column": "y", "op": "le", "value": 2 }]);
    let body = json!({ "dataset_id": id, "test": "fisher_exact", "columns": ["g", "y"], "filter": two });
    let table = anna.analyse("compare", &body);
    assert!(table["p_value"].is_null() && !table["notes"].as_array().unwrap().is_empty(), "{table}");
}

#[test]
fn a_line_through_points() {
    let server = shared();
    let anna = server.analyst();
    let id = anna
        .dataset("x,y,team,won\n1,3,r,true\n2,5,s,false\n3,7.5,r,true\n4,8.5,s,false\n5,11,r,false\n6,13.5,s,true\n");
    let fit = anna.analyse("regression", &json!({ "dataset_id": id, "target": "y", "columns": ["x", "team"] }));
    let terms: Vec<&Value> = fit["coefficients"].as_array().unwrap().iter().map(|found| &found["term"]).collect();
    assert_eq!(terms, ["(intercept)", "x", "team[s]"]);
    near(&fit["coefficients"][1]["estimate"], 2.062_5);
    assert!(fit["linear"]["r_squared"].as_f64().is_some_and(|share| share > 0.98));
    let odds = anna
        .analyse("regression", &json!({ "dataset_id": id, "model": "logistic", "target": "won", "columns": ["x"] }));
    assert_eq!((&odds["logistic"]["success"], &odds["logistic"]["successes"]), (&json!(true), &json!(3)));
    assert!(odds["logistic"]["separation"].is_null() && odds["coefficients"][1]["odds_ratio"]["value"].is_number());
    let body = json!({ "dataset_id": id, "target": "y", "columns": ["x", "y"], "powers": { "team": 2 } });
    let problem = anna.post("/api/v1/analysis/regression", &body).problem(422, "validation_failed");
    let pointers: Vec<&Value> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/columns/1", "/powers/team"]);
}

#[test]
fn a_series_of_months() {
    let server = shared();
    let anna = server.analyst();
    let rows: String = (0..36)
        .map(|month| {
            format!(
                "{}-{:02}-15,{}\n",
                2021 + month / 12,
                month % 12 + 1,
                month * 2 + if month % 12 == 6 { 50 } else { 0 }
            )
        })
        .collect();
    let id = anna.dataset(format!("day,n\n{rows}"));
    let series = anna.analyse("timeseries", &json!({ "dataset_id": id, "time": "day", "value": "n" }));
    assert_eq!((&series["every"], &series["gaps"]), (&json!("month"), &json!(0)));
    assert_eq!(series["points"][0]["time"], "2021-01-01");
    assert_eq!(series["seasonality"]["season"], 12);
    assert!(
        series["seasonality"]["strength"].as_f64().is_some_and(|strength| strength > 0.9),
        "{}",
        series["seasonality"]
    );
    assert!(series["trend"]["mann_kendall"]["p_value"].as_f64().is_some_and(|p| p < 1e-6));
    let wrong = json!({ "dataset_id": id, "time": "n", "value": "n" });
    let problem = anna.post("/api/v1/analysis/timeseries", &wrong).problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/time");
}

/// All cells missing, a constant, a single row: every kind answers, and no figure is a number that is not defined.
#[test]
fn edges_are_answered_and_not_refused() {
    let server = shared();
    let anna = server.analyst();
    let empty = anna.dataset("day,g,x,y\n2024-01-01,a,,1\n2024-01-02,b,,1\n");
    let single = anna.dataset("day,g,x,y\n2024-01-01,a,5,1\n");
    let constant = anna.dataset("day,g,x,y\n2024-01-01,a,5,1\n2024-01-02,b,5,1\n2024-01-03,a,5,1\n2024-01-04,b,5,1\n");
    for id in [single, constant] {
        for test in ["student", "welch", "mann_whitney", "anova", "kruskal_wallis"] {
            let found = anna.analyse("compare", &json!({ "dataset_id": id, "test": test, "value": "x", "by": "g" }));
            assert!(!found["notes"].as_array().unwrap().is_empty(), "{test}: {found}");
        }
        let fit = anna.analyse("regression", &json!({ "dataset_id": id, "target": "y", "columns": ["x"] }));
        assert!(fit["coefficients"][1]["estimate"].is_null(), "{fit}");
        let series = anna.analyse("timeseries", &json!({ "dataset_id": id, "time": "day", "value": "x" }));
        assert!(series["autocorrelation"].is_null() && !series["notes"].as_array().unwrap().is_empty(), "{series}");
    }
    let found = anna.analyse("grouped", &json!({ "dataset_id": empty, "by": [{ "column": "g" }], "measures": [{ "function": "count", "column": "x" }] }));
    assert_eq!(found["items"][0]["values"], json!([0]));
}

#[test]
fn the_documentation_for_reading_is_served_with_its_own_policy() {
    let server = shared();
    let page = server.anonymous().get("/api/redoc").expect(200);
    assert!(page.text().contains("<redoc spec-url=\"/api/openapi.json\">"));
    assert!(page.need("content-security-policy").contains("worker-src blob:"));
    let script = server.anonymous().get("/api/redoc/redoc.standalone.js").expect(200);
    assert!(script.need("content-type").starts_with("text/javascript") && script.text().len() > 1_000_000);
    assert!(!script.text().contains("cdn.redoc.ly"), "nothing comes from elsewhere");
    server.anonymous().get("/api/redoc/other.js").problem(404, "not_found");
}
