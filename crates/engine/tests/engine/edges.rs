//! Every kind on what is hard to compute with: nothing, one row, constants, and values at both ends of the floats.

use contract::errors::ErrorCode;
use serde_json::{Value, json};

use crate::support::{Version, ingest, outcome};

/// The cells as column `v` of rows that the filter keeps; a few other rows give each column its type.
fn table(cells: &[String]) -> Version {
    let mut csv = "keep,v,w,g,b,d\n".to_owned();
    for (i, cell) in cells.iter().enumerate() {
        let (w, day) = ((i * i) as f64 % 7.0 + i as f64 * 0.5, i + 1);
        let (group, truth) = (["a", "b"][i % 2], ["true", "false", "false"][i % 3]);
        csv.push_str(&format!("in,{cell},{w},{group},{truth},2024-01-{day:02}\n"));
    }
    csv.push_str("out,1.5,2.5,a,true,2024-03-01\nout,2.25,0.5,b,false,2024-03-05\n");
    ingest(csv)
}

fn requests() -> Vec<(&'static str, Value)> {
    let functions = ["sum", "mean", "median", "mode", "count", "n_unique", "min", "max", "std", "var", "first", "last"];
    let measures: Vec<Value> = functions.iter().map(|name| json!({ "function": name, "column": "v" })).collect();
    let methods = ["pearson", "spearman", "kendall", "point_biserial", "cramers_v", "mutual_information", "missing"];
    let mut requests = vec![
        ("descriptive", json!({ "exact": true })),
        ("descriptive", json!({ "by": ["g"], "columns": ["v"] })),
        ("descriptive", json!({ "weights": "w", "columns": ["v"], "quantiles": "weibull" })),
        ("correlation", json!({ "columns": ["v", "w", "g", "b"], "methods": methods, "correction": "holm" })),
        ("correlation", json!({ "columns": ["v", "b"], "methods": ["pearson", "spearman"], "control": ["w"] })),
        ("correlation", json!({ "methods": methods, "cases": "complete" })),
        ("distribution", json!({ "column": "v" })),
        ("grouped", json!({ "by": [{ "column": "g" }], "measures": measures, "totals": true })),
        ("grouped", json!({ "by": [{ "column": "v" }], "measures": [{ "function": "count" }] })),
        ("regression", json!({ "target": "v", "columns": ["w", "g"] })),
        ("regression", json!({ "target": "w", "columns": ["v"], "powers": { "v": 2 } })),
        ("regression", json!({ "model": "logistic", "target": "b", "columns": ["v"] })),
        ("timeseries", json!({ "time": "d", "value": "v", "every": "day" })),
        ("timeseries", json!({ "time": "d", "value": "v", "aggregate": "median", "gaps": "linear" })),
    ];
    for test in ["student", "welch", "mann_whitney", "anova", "kruskal_wallis"] {
        requests.push(("compare", json!({ "test": test, "value": "v", "by": "g" })));
    }
    requests.push(("compare", json!({ "test": "paired", "columns": ["v", "w"] })));
    requests.push(("compare", json!({ "test": "chi_square", "columns": ["g", "b"] })));
    requests.push(("compare", json!({ "test": "fisher_exact", "columns": ["g", "b"] })));
    requests
}

fn kept(mut body: Value) -> Value {
    body["filter"] = json!([{ "column": "keep", "op": "eq", "value": "in" }]);
    body
}

/// Calls `visit` with the name and value of every field at any depth.
fn fields(value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(named) => named.iter().for_each(|(name, value)| {
            visit(name, value);
            fields(value, visit);
        }),
        Value::Array(items) => items.iter().for_each(|item| fields(item, visit)),
        _ => {}
    }
}

/// What holds of every answer: probabilities are probabilities and intervals have their ends in order.
fn check(what: &str, answer: &Value) {
    fields(answer, &mut |name, value| {
        if ["p_value", "p_adjusted", "f_p_value", "shares"].contains(&name) && value.is_number() {
            let p = value.as_f64().unwrap();
            assert!((0.0..=1.0).contains(&p), "{what}: {name} is {p}");
        }
        for (low, high) in [("low", "high"), ("ci_low", "ci_high"), ("q1", "q3")] {
            if let (Some(low), Some(high)) = (value[low].as_f64(), value[high].as_f64()) {
                assert!(low <= high, "{what}: {name} {value}");
            }
        }
    });
}

fn floats(values: &[f64]) -> Vec<String> {
    values.iter().map(|value| format!("{value:e}")).collect()
}

#[test]
fn every_kind_answers_whatever_the_column_holds() {
    let missing = vec!["NA".to_owned(); 9];
    let columns: Vec<(&str, Vec<String>)> = vec![
        ("no rows", Vec::new()),
        ("all missing", missing.clone()),
        ("one row", floats(&[7.25])),
        ("one value among missing ones", missing.into_iter().chain(floats(&[7.25])).collect()),
        ("two rows", floats(&[7.25, -1.0])),
        ("constant", floats(&[0.1; 24])),
        ("constant zero", floats(&[0.0; 24])),
        ("huge", (0..24).map(|i| format!("{:e}", 1e307 * f64::from(i % 11 + 1))).collect()),
        ("both ends", (0..24).map(|i| if i % 2 == 0 { "1.7e308" } else { "-1.7e308" }.to_owned()).collect()),
        ("tiny", (0..24).map(|i| format!("{:e}", 1e-308 * f64::from(i % 11 + 1))).collect()),
        ("subnormal", (0..24).map(|i| format!("{:e}", 5e-324 * f64::from(i % 5))).collect()),
        ("tiny beside huge", (0..24).map(|i| if i == 5 { "1e300" } else { "1e-300" }.to_owned()).collect()),
        ("not finite", (0..24).map(|i| ["inf", "-inf", "1.5"][i % 3].to_owned()).collect()),
    ];
    for (what, cells) in columns {
        let version = table(&cells);
        let mut answered = 0;
        for (kind, body) in requests() {
            let what = format!("{what}: {kind} {body}");
            match outcome(&version, kind, kept(body)) {
                Ok(answer) => {
                    check(&what, &answer);
                    answered += 1;
                }
                Err(failure) => {
                    assert_eq!(failure.code, ErrorCode::InvalidParameters, "{what}: {failure:?}");
                    assert!(!failure.message.is_empty() && failure.advice.is_some(), "{what}: {failure:?}");
                }
            }
        }
        assert!(answered >= requests().len() - 2, "{what}: {answered} requests were answered");
    }
}

#[test]
fn figures_of_nothing_are_null_and_constants_do_not_vary() {
    let empty = table(&vec!["NA".to_owned(); 9]);
    let described = outcome(&empty, "descriptive", kept(json!({ "columns": ["v"] }))).unwrap();
    let column = &described["columns"][0];
    assert_eq!((&column["count"], &column["nulls"], &column["distinct"]), (&json!(0), &json!(9), &json!(0)));
    for figure in ["mean", "median", "std", "min", "skewness", "gini", "mad"] {
        assert!(column["numeric"][figure].is_null(), "{figure}: {column}");
    }
    let related = outcome(&empty, "correlation", kept(json!({ "columns": ["v", "w"] }))).unwrap();
    let pair = &related["methods"][0]["pairs"][0];
    assert_eq!((&pair["n"], &pair["value"], &pair["p_value"]), (&json!(0), &Value::Null, &Value::Null));

    let constant = table(&floats(&[0.1; 24]));
    let described = outcome(&constant, "descriptive", kept(json!({ "columns": ["v"] }))).unwrap();
    let numeric = &described["columns"][0]["numeric"];
    assert_eq!((&numeric["mean"], &numeric["std"], &numeric["skewness"]), (&json!(0.1), &json!(0.0), &Value::Null));
    let methods = json!(["pearson", "spearman", "kendall"]);
    let related =
        outcome(&constant, "correlation", kept(json!({ "columns": ["v", "w"], "methods": methods }))).unwrap();
    for method in related["methods"].as_array().unwrap() {
        assert!(method["pairs"][0]["value"].is_null() && method["matrix"][0][0].is_null(), "{method}");
        assert_eq!(method["matrix"][1][1], json!(1.0), "{method}");
    }
    let looked = outcome(&constant, "distribution", kept(json!({ "column": "v" }))).unwrap();
    assert_eq!(looked["histogram"]["rule"], "single_value");
    assert!(looked["tests"].as_array().unwrap().iter().all(|test| test["statistic"].is_null()), "{looked}");
}

/// Figures without a unit do not change when a column is multiplied, and no size makes them overflow or vanish.
#[test]
fn figures_without_a_unit_are_the_same_at_every_size() {
    let base: Vec<f64> = (0..26_u32).map(|i| f64::from(i * 7919 % 101) / 4.0 + f64::from(i % 4)).collect();
    let at = |factor: f64| table(&floats(&base.iter().map(|value| value * factor).collect::<Vec<f64>>()));
    let cases = [
        (
            "descriptive",
            json!({ "columns": ["v"] }),
            vec![
                "/columns/0/numeric/skewness",
                "/columns/0/numeric/kurtosis",
                "/columns/0/numeric/gini",
                "/columns/0/entropy",
                "/columns/0/numeric/outliers_iqr",
            ],
        ),
        (
            "correlation",
            json!({ "columns": ["v", "w"], "methods": ["pearson", "spearman", "kendall"] }),
            vec![
                "/methods/0/pairs/0/value",
                "/methods/0/pairs/0/p_value",
                "/methods/1/pairs/0/value",
                "/methods/2/pairs/0/p_value",
            ],
        ),
        (
            "correlation",
            json!({ "columns": ["v", "b"], "methods": ["pearson"], "control": ["w"] }),
            vec!["/methods/0/pairs/0/value"],
        ),
        (
            "distribution",
            json!({ "column": "v" }),
            vec![
                "/tests/0/statistic",
                "/tests/1/statistic",
                "/tests/2/p_value",
                "/tests/3/statistic",
                "/histogram/counts/0",
                "/outliers/mad/count",
                "/qq/r",
                "/ecdf/shares/3",
            ],
        ),
        (
            "compare",
            json!({ "test": "welch", "value": "v", "by": "g" }),
            vec!["/statistic/value", "/p_value", "/effects/0/value"],
        ),
        ("compare", json!({ "test": "anova", "value": "v", "by": "g" }), vec!["/statistic/value", "/p_value"]),
        ("compare", json!({ "test": "mann_whitney", "value": "v", "by": "g" }), vec!["/statistic/value", "/p_value"]),
        (
            "regression",
            json!({ "target": "v", "columns": ["w", "g"] }),
            vec![
                "/coefficients/1/statistic",
                "/linear/r_squared",
                "/linear/f",
                "/linear/diagnostics/durbin_watson",
                "/linear/diagnostics/jarque_bera/statistic",
            ],
        ),
        (
            "regression",
            json!({ "target": "w", "columns": ["v"] }),
            vec!["/coefficients/1/statistic", "/linear/r_squared"],
        ),
        (
            "regression",
            json!({ "model": "logistic", "target": "b", "columns": ["v"] }),
            vec!["/coefficients/1/statistic", "/logistic/auc"],
        ),
        (
            "timeseries",
            json!({ "time": "d", "value": "v", "every": "day" }),
            vec![
                "/trend/mann_kendall/tau",
                "/trend/p_value",
                "/trend/r_squared",
                "/autocorrelation/lags/1/autocorrelation",
                "/seasonality/strength",
            ],
        ),
        (
            "grouped",
            json!({ "by": [{ "column": "g" }], "measures": [{ "function": "sum", "column": "v", "share": true }] }),
            vec!["/items/0/shares/0"],
        ),
    ];
    let plain = at(1.0);
    for exponent in [-1000, -300, 300, 1000] {
        let scaled = at(2.0_f64.powi(exponent));
        for (kind, body, pointers) in &cases {
            let expected = outcome(&plain, kind, kept(body.clone())).unwrap();
            let found = outcome(&scaled, kind, kept(body.clone())).unwrap();
            for pointer in pointers {
                let number = |answer: &Value| answer.pointer(pointer).and_then(Value::as_f64);
                let (found, expected) = (number(&found), number(&expected));
                let expected = expected.unwrap_or_else(|| panic!("{kind} {body} has no {pointer}"));
                let close = found.is_some_and(|found| (found - expected).abs() <= 1e-9 * expected.abs().max(1e-6));
                assert!(close, "{kind} {body} times 2^{exponent} {pointer}: {found:?} instead of {expected}");
            }
        }
    }
}
