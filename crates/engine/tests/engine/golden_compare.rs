//! Every figure of a comparison as it is delivered, effect sizes among them, against SciPy (scripts/golden/compare.py).

use std::collections::BTreeMap;

use serde_json::{Value, json as body};

use crate::support::{Version, ingest, json, outcome};

/// A figure agrees to nine digits; what is nothing there is nothing here.
fn same(what: &str, found: &Value, expected: &Value) {
    let (Some(found), Some(expected)) = (found.as_f64(), expected.as_f64()) else {
        assert!(found.is_null() && expected.is_null(), "{what}: {found} instead of {expected}");
        return;
    };
    let close = (found - expected).abs() <= 1e-9 * expected.abs().max(1e-290) + 1e-14;
    assert!(close, "{what}: {found:e} is not {expected:e}");
}

fn samples(case: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(case["samples"].clone()).unwrap()
}

/// The samples below each other, each under its letter.
fn stacked(samples: &[Vec<f64>]) -> Version {
    let rows = samples.iter().zip('a'..).flat_map(|(values, name)| values.iter().map(move |value| (value, name)));
    ingest(format!("v,g\n{}", rows.map(|(value, name)| format!("{value},{name}\n")).collect::<String>()))
}

/// Two samples side by side, with a column that is no part of the question.
fn paired(samples: &[Vec<f64>]) -> Version {
    let rows = samples[0].iter().zip(&samples[1]).map(|(x, y)| format!("{x},{y},z\n"));
    ingest(format!("x,y,w\n{}", rows.collect::<String>()))
}

fn answer(case: &Value) -> Option<Value> {
    let name = case["test"].as_str().unwrap();
    let samples = samples(case);
    let mut request = body!({ "alternative": case["alternative"], "confidence": 0.9 });
    let version = match name {
        // Those that look at the assumptions of others are compared beside the code.
        "brown_forsythe" | "jarque_bera" => return None,
        "paired" => {
            request["columns"] = body!(["x", "y"]);
            paired(&samples)
        }
        _ => {
            request["value"] = body!("v");
            request["by"] = body!("g");
            stacked(&samples)
        }
    };
    request["test"] = body!(name.trim_end_matches("_exact"));
    if name.starts_with("mann_whitney") {
        request["method"] = body!(if name.ends_with("exact") { "exact" } else { "asymptotic" });
        request["correction"] = body!(case["correction"] != false);
    }
    Some(outcome(&version, "compare", request).unwrap())
}

#[test]
fn every_figure_of_samples_equals_scipy() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for case in json("golden/compare.json").as_array().unwrap().iter().filter(|case| case.get("samples").is_some()) {
        let Some(found) = answer(case) else { continue };
        let what = format!("{} {} {}", case["test"], case["case"], case["alternative"]);
        *seen.entry(case["test"].as_str().unwrap().to_owned()).or_default() += 1;
        same(&what, &found["statistic"]["value"], &case["statistic"]);
        same(&format!("{what} p"), &found["p_value"], &case["p"]);
        if case.get("df").is_some() {
            same(&format!("{what} df"), &found["degrees_of_freedom"][0], &case["df"]);
            same(&format!("{what} low"), &found["estimate"]["low"], &case["low"]);
            same(&format!("{what} high"), &found["estimate"]["high"], &case["high"]);
        }
        check_effects(&what, case, &found);
        check_samples(&what, case, &found);
        for (name, expected) in case["variance_table"].as_object().into_iter().flatten() {
            same(&format!("{what} {name}"), &found["variance_table"][name], expected);
        }
    }
    let tests: Vec<&str> = seen.keys().map(String::as_str).collect();
    let all = ["anova", "kruskal_wallis", "mann_whitney", "mann_whitney_exact", "paired", "student", "welch"];
    assert_eq!(tests, all);
    assert!(seen.values().sum::<usize>() > 100, "{seen:?}");
}

/// Each effect size that is told has its golden value, and the other way round.
fn check_effects(what: &str, case: &Value, found: &Value) {
    let told: BTreeMap<&str, &Value> = found["effects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|effect| (effect["name"].as_str().unwrap(), &effect["value"]))
        .collect();
    let expected = case["effects"].as_object().unwrap();
    assert_eq!(told.len(), expected.len(), "{what}: {told:?}");
    assert!(!told.is_empty(), "{what}");
    for (name, expected) in expected {
        same(&format!("{what} {name}"), told[name.as_str()], expected);
    }
}

fn check_samples(what: &str, case: &Value, found: &Value) {
    let samples = samples(case);
    for (at, values) in samples.iter().enumerate() {
        let told = &found["samples"][at];
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let std = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        assert_eq!(told["count"].as_u64(), Some(values.len() as u64), "{what}");
        same(&format!("{what} mean"), &told["mean"], &body!(mean));
        same(&format!("{what} std"), &told["std"], &body!(std));
        if told.get("mean_rank").is_some() {
            same(&format!("{what} mean rank"), &told["mean_rank"], &case["mean_ranks"][at]);
        }
    }
}

/// Rows of two columns whose pairs of categories are as frequent as the table says.
fn counted(table: &[Vec<u64>]) -> Version {
    let mut text = String::from("row,column\n");
    for (row, counts) in table.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            text.push_str(&format!("r{row},c{column}\n").repeat(*count as usize));
        }
    }
    ingest(text)
}

#[test]
fn every_figure_of_categories_equals_scipy() {
    let (mut chi_squares, mut fishers) = (0, 0);
    for case in json("golden/compare.json").as_array().unwrap().iter().filter(|case| case.get("table").is_some()) {
        let table: Vec<Vec<u64>> = serde_json::from_value(case["table"].clone()).unwrap();
        let what = format!("{} {} {} {}", case["test"], case["table"], case["alternative"], case["correction"]);
        let mut request = body!({ "test": case["test"], "columns": ["row", "column"], "confidence": 0.9 });
        if case["test"] == "fisher_exact" {
            request["alternative"] = case["alternative"].clone();
            fishers += 1;
        } else {
            request["correction"] = case["correction"].clone();
            chi_squares += 1;
        }
        let found = outcome(&counted(&table), "compare", request).unwrap();
        same(&format!("{what} p"), &found["p_value"], &case["p"]);
        let effect = |name: &str| {
            let effects = found["effects"].as_array().unwrap();
            effects.iter().find(|effect| effect["name"] == name).cloned().unwrap_or(Value::Null)
        };
        if case["test"] == "fisher_exact" {
            let ratio = effect("odds_ratio");
            same(&format!("{what} odds ratio"), &ratio["value"], &case["statistic"]);
            let full = table.iter().flatten().all(|count| *count > 0);
            for side in ["low", "high"] {
                let expected = if full { case[side].clone() } else { Value::Null };
                same(&format!("{what} {side}"), &ratio[side], &expected);
            }
            continue;
        }
        same(&what, &found["statistic"]["value"], &case["statistic"]);
        same(&format!("{what} df"), &found["degrees_of_freedom"][0], &case["df"]);
        same(&format!("{what} v"), &effect("cramers_v")["value"], &case["v"]);
        let told = &found["contingency_table"];
        assert_eq!(told["observed"], case["table"], "{what}");
        for (row, counts) in table.iter().enumerate() {
            for column in 0..counts.len() {
                let place = format!("{what} {row} {column}");
                same(&place, &told["expected"][row][column], &case["expected"][row][column]);
                same(&place, &told["adjusted_residuals"][row][column], &case["residuals"][row][column]);
            }
        }
    }
    assert_eq!((chi_squares, fishers), (14, 15));
}
