//! Every figure of a regression as it is delivered, against statsmodels and SciPy (scripts/golden/regression.py).

use serde_json::{Value, json as body};

use crate::support::{Version, ingest, json, outcome};

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

/// A figure agrees to nine digits; what is nothing there is nothing here.
fn same(what: &str, found: &Value, expected: &Value) {
    let (Some(found), Some(expected)) = (found.as_f64(), expected.as_f64()) else {
        assert!(found.is_null() && expected.is_null(), "{what}: {found} instead of {expected}");
        return;
    };
    assert!((found - expected).abs() <= 1e-9 * expected.abs() + 1e-12, "{what}: {found:e} is not {expected:e}");
}

fn all_same(what: &str, outcome: &Value, expected: &Value, pairs: &[(&str, &str)]) {
    for (pointer, name) in pairs {
        assert!(expected.get(*name).is_some(), "{what}: the golden values have no {name}");
        let found = outcome.pointer(pointer).unwrap_or_else(|| panic!("{what}: no {pointer} in {outcome}"));
        same(&format!("{what} {pointer}"), found, &expected[*name]);
    }
}

fn table(case: &Value) -> (Version, Vec<String>) {
    let columns: Vec<Vec<f64>> = serde_json::from_value(case["columns"].clone()).unwrap();
    let names: Vec<String> = (0..columns.len()).map(|column| format!("x{column}")).collect();
    let mut text = format!("{},y\n", names.join(","));
    for (row, y) in numbers(&case["y"]).iter().enumerate() {
        columns.iter().for_each(|column| text.push_str(&format!("{},", column[row])));
        text.push_str(&format!("{y}\n"));
    }
    (ingest(text), names)
}

fn answer(case: &Value) -> Value {
    let (version, names) = table(case);
    let request = body!({
        "model": case["model"], "target": "y", "columns": names, "intercept": case["intercept"],
        "confidence": 0.9, "top": 1000,
    });
    outcome(&version, "regression", request).unwrap()
}

fn cases(model: &str) -> Vec<(String, Value, Value)> {
    let cases = json("golden/regression.json");
    let of_model = cases.as_array().unwrap().iter().filter(|case| case["model"] == model);
    of_model.map(|case| (format!("{model} {}", case["name"]), case.clone(), answer(case))).collect()
}

fn check_coefficients(what: &str, case: &Value, found: &Value, statistic: &str) {
    let coefficients = found["coefficients"].as_array().unwrap();
    assert_eq!(coefficients.len(), numbers(&case["params"]).len(), "{what}");
    for (term, coefficient) in coefficients.iter().enumerate() {
        for (name, golden) in [
            ("estimate", "params"),
            ("std_error", "bse"),
            ("statistic", statistic),
            ("p_value", "p"),
            ("low", "low"),
            ("high", "high"),
        ] {
            same(&format!("{what} {name} of {}", coefficient["term"]), &coefficient[name], &case[golden][term]);
        }
    }
}

/// Both criteria are those of the likelihood that stands beside them.
fn check_criteria(what: &str, found: &Value) {
    let likelihood = found["log_likelihood"].as_f64().unwrap();
    let (k, n) = (found["coefficients"].as_array().unwrap().len() as f64, found["rows"].as_f64().unwrap());
    same(&format!("{what} aic"), &found["aic"], &body!(2.0 * k - 2.0 * likelihood));
    same(&format!("{what} bic"), &found["bic"], &body!(k * n.ln() - 2.0 * likelihood));
}

#[test]
fn every_figure_of_least_squares_equals_statsmodels() {
    let cases = cases("linear");
    assert_eq!(cases.len(), 5);
    for (what, case, found) in &cases {
        check_coefficients(what, case, found, "t");
        check_criteria(what, found);
        all_same(
            what,
            found,
            case,
            &[
                ("/log_likelihood", "llf"),
                ("/aic", "aic"),
                ("/bic", "bic"),
                ("/linear/r_squared", "r2"),
                ("/linear/adjusted_r_squared", "adjusted"),
                ("/linear/f", "f"),
                ("/linear/f_p_value", "f_p"),
                ("/linear/residual_std_error", "s"),
                ("/linear/residual_squares", "rss"),
                ("/linear/model_squares", "ess"),
                ("/linear/diagnostics/durbin_watson", "dw"),
                ("/linear/diagnostics/condition_number", "condition"),
            ],
        );
        let linear = &found["linear"];
        assert_eq!(linear["f_degrees_of_freedom"], case["df"], "{what}");
        same(what, &found["residual_degrees_of_freedom"], &case["df"][1]);
        let diagnostics = &linear["diagnostics"];
        for (quartile, expected) in numbers(&case["residuals"]).iter().enumerate() {
            same(&format!("{what} residuals"), &diagnostics["residuals"][quartile]["value"], &body!(expected));
        }
        let influential = diagnostics["influential"].as_array().unwrap();
        assert_eq!(influential.len(), numbers(&case["y"]).len(), "{what}");
        let cooks: Vec<f64> = influential.iter().map(|row| row["cooks_distance"].as_f64().unwrap()).collect();
        assert!(cooks.windows(2).all(|pair| pair[0] >= pair[1]), "{what}: largest first");
        for row in influential {
            let at = row["row"].as_u64().unwrap() as usize;
            for (name, golden) in
                [("leverage", "hat"), ("cooks_distance", "cooks"), ("studentized_residual", "student")]
            {
                same(&format!("{what} {name} of row {at}"), &row[name], &case[golden][at]);
            }
        }
        if case["intercept"] != true {
            continue;
        }
        for (test, golden) in [("jarque_bera", "jb"), ("breusch_pagan", "bp")] {
            same(&format!("{what} {test}"), &diagnostics[test]["statistic"], &case[golden][0]);
            same(&format!("{what} {test} p"), &diagnostics[test]["p_value"], &case[golden][1]);
        }
        for (column, expected) in numbers(&case["vif"]).iter().enumerate() {
            same(&format!("{what} vif"), &found["coefficients"][column + 1]["vif"], &body!(expected));
        }
    }
}

#[test]
fn every_figure_of_logistic_regression_equals_statsmodels() {
    let cases = cases("logistic");
    assert_eq!(cases.len(), 4);
    for (what, case, found) in &cases {
        check_coefficients(what, case, found, "z");
        check_criteria(what, found);
        all_same(
            what,
            found,
            case,
            &[
                ("/log_likelihood", "llf"),
                ("/aic", "aic"),
                ("/bic", "bic"),
                ("/logistic/pseudo_r_squared/mcfadden", "mcfadden"),
                ("/logistic/pseudo_r_squared/cox_snell", "cox_snell"),
                ("/logistic/pseudo_r_squared/nagelkerke", "nagelkerke"),
                ("/logistic/auc", "auc"),
                ("/logistic/accuracy", "accuracy"),
                ("/residual_degrees_of_freedom", "df"),
            ],
        );
        let logistic = &found["logistic"];
        same(what, &logistic["deviance"], &body!(-2.0 * case["llf"].as_f64().unwrap()));
        same(what, &logistic["null_deviance"], &body!(-2.0 * case["llnull"].as_f64().unwrap()));
        let y = numbers(&case["y"]);
        let successes = y.iter().filter(|y| **y == 1.0).count();
        assert_eq!((&logistic["successes"], &logistic["failures"]), (&body!(successes), &body!(y.len() - successes)));
        for (term, odds) in case["odds"].as_array().unwrap().iter().enumerate() {
            let ratio = &found["coefficients"][term]["odds_ratio"];
            for (place, name) in ["value", "low", "high"].into_iter().enumerate() {
                same(&format!("{what} odds ratio {term} {name}"), &ratio[name], &odds[place]);
            }
        }
        if case["intercept"] == true {
            same(&format!("{what} ratio"), &logistic["likelihood_ratio"]["statistic"], &case["llr"]);
            same(&format!("{what} ratio p"), &logistic["likelihood_ratio"]["p_value"], &case["llr_p"]);
        } else {
            assert!(logistic["likelihood_ratio"].is_null(), "{what}: against a model that is no part of it");
        }
    }
}
