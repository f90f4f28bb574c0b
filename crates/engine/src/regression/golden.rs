//! Regressions against the certified values of NIST StRD and statsmodels (`scripts/golden/regression.py`).

use serde_json::Value;

use super::design::Design;
use super::diagnostics::{breusch_pagan, durbin_watson, influential};
use super::linear::{Fit, fit};
use super::logistic;
use crate::compare::sample::jarque_bera;
use crate::probability::{Tail, f_upper, normal_p, normal_quantile, t_p, t_quantile};

const STATSMODELS: &str = include_str!("../../../../tests/fixtures/golden/regression.json");

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn same(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs() + 1e-12, "{what}: {found:e} is not {expected:e}");
}

fn each(found: impl IntoIterator<Item = f64>, expected: &Value, what: &str) {
    let found: Vec<f64> = found.into_iter().collect();
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{what}");
    found
        .iter()
        .zip(&expected)
        .enumerate()
        .for_each(|(i, (found, expected))| same(*found, *expected, &format!("{what} {i}")));
}

fn design(case: &Value) -> Design {
    let columns: Vec<Vec<f64>> = serde_json::from_value(case["columns"].clone()).unwrap();
    let mut design = Design::new(columns[0].len(), case["intercept"] == true);
    columns.into_iter().enumerate().for_each(|(i, column)| design.add_numbers(&format!("x{i}"), column, 1));
    design
}

#[test]
fn least_squares_equals_statsmodels() {
    let cases: Vec<Value> = serde_json::from_str(STATSMODELS).unwrap();
    let mut seen = 0;
    for case in cases.iter().filter(|case| case["model"] == "linear") {
        let name = case["name"].as_str().unwrap();
        let (design, y) = (design(case), numbers(&case["y"]));
        let fit = fit(&design, &y).unwrap();
        let (n, p) = (y.len() as f64, fit.rank as f64);
        let df = n - p;
        let mean_square = fit.residual_squares / df;
        let estimates: Vec<(f64, f64)> = fit.estimates.iter().map(|found| found.unwrap()).collect();
        let errors: Vec<f64> = estimates.iter().map(|(_, inverse)| (inverse * mean_square).sqrt()).collect();
        each(estimates.iter().map(|(estimate, _)| *estimate), &case["params"], name);
        each(errors.iter().copied(), &case["bse"], name);
        let t: Vec<f64> = estimates.iter().zip(&errors).map(|((estimate, _), error)| estimate / error).collect();
        each(t.iter().map(|t| t_p(*t, df, Tail::Both)), &case["p"], name);
        let reach = t_quantile(0.95, df);
        each(estimates.iter().zip(&errors).map(|((estimate, _), error)| estimate - reach * error), &case["low"], name);
        same(fit.residual_squares, case["rss"].as_f64().unwrap(), name);
        let r_squared = 1.0 - fit.residual_squares / fit.total_squares;
        same(r_squared, case["r2"].as_f64().unwrap(), name);
        let df_model = p - f64::from(u8::from(design.intercept));
        let f = (fit.total_squares - fit.residual_squares) / df_model / mean_square;
        same(f, case["f"].as_f64().unwrap(), name);
        same(f_upper(f, df_model, df), case["f_p"].as_f64().unwrap(), name);
        check_diagnostics(case, &fit, &design, mean_square, name);
        seen += 1;
    }
    assert_eq!(seen, 5);
}

fn check_diagnostics(case: &Value, fit: &Fit, design: &Design, mean_square: f64, name: &str) {
    let rows = fit.residuals.len();
    same(durbin_watson(&fit.residuals), case["dw"].as_f64().unwrap(), name);
    same(fit.condition_number, case["condition"].as_f64().unwrap(), name);
    each(fit.leverages.iter().copied(), &case["hat"], name);
    let mut rows_found = influential(&fit.residuals, &fit.leverages, mean_square, fit.rank, rows);
    let largest = numbers(&case["cooks"]).into_iter().fold(0.0, f64::max);
    same(rows_found[0].cooks_distance, largest, name);
    rows_found.sort_by_key(|row| row.position);
    each(rows_found.iter().map(|row| row.cooks_distance), &case["cooks"], name);
    each(rows_found.iter().map(|row| row.studentized), &case["student"], name);
    if !design.intercept {
        return;
    }
    let (statistic, p) = jarque_bera(&fit.residuals).unwrap();
    each([statistic, p], &case["jb"], name);
    let (statistic, p) = breusch_pagan(fit.squared_residuals_explained, rows, fit.rank);
    each([statistic, p], &case["bp"], name);
    let inflation = |term: usize| fit.estimates[term].unwrap().1 * design.centred_squares(term);
    each((1..design.width()).map(inflation), &case["vif"], name);
}

#[test]
fn logistic_regression_equals_statsmodels() {
    let cases: Vec<Value> = serde_json::from_str(STATSMODELS).unwrap();
    let mut seen = 0;
    for case in cases.iter().filter(|case| case["model"] == "logistic") {
        let name = case["name"].as_str().unwrap();
        let (design, y) = (design(case), numbers(&case["y"]));
        let fit = logistic::fit(&design, &y).unwrap();
        assert!(fit.converged, "{name}");
        let estimates: Vec<(f64, f64)> = fit.estimates.iter().map(|found| found.unwrap()).collect();
        each(estimates.iter().map(|(estimate, _)| *estimate), &case["params"], name);
        each(estimates.iter().map(|(_, error)| *error), &case["bse"], name);
        each(estimates.iter().map(|(estimate, error)| normal_p(estimate / error, Tail::Both)), &case["p"], name);
        each(estimates.iter().map(|(estimate, error)| estimate - normal_quantile(0.95) * error), &case["low"], name);
        same(-0.5 * fit.deviance, case["llf"].as_f64().unwrap(), name);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

/// One certified file: the number of columns to read (target first), the highest power, and whether there is an intercept.
struct Certified {
    name: &'static str,
    text: &'static str,
    highest: u32,
    intercept: bool,
    /// Digits of agreement that are demanded of every coefficient, and of every standard deviation of one.
    digits: (f64, f64),
}

/// The least number of digits that agree, over all coefficients and over all of their standard deviations.
fn digits(certified: &Certified) -> (f64, f64) {
    let (mut wanted, mut rows) = (Vec::new(), Vec::new());
    for line in certified.text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let parsed: Vec<f64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
        let label = cells.first().is_some_and(|cell| cell.starts_with('B') && cell[1..].parse::<u32>().is_ok());
        if label && parsed.len() == 2 && rows.is_empty() {
            wanted.push((parsed[0], parsed[1]));
        } else if parsed.len() == cells.len() && parsed.len() >= 2 && !wanted.is_empty() {
            rows.push(parsed);
        }
    }
    let width = rows[0].len();
    let column = |i: usize| rows.iter().map(|row| row[i]).collect::<Vec<f64>>();
    let mut design = Design::new(rows.len(), certified.intercept);
    (1..width).for_each(|i| design.add_numbers(&format!("x{i}"), column(i), certified.highest));
    let y = column(0);
    let fit = fit(&design, &y).unwrap();
    assert_eq!(fit.rank, wanted.len(), "{}", certified.name);
    let mean_square = fit.residual_squares / (y.len() - fit.rank) as f64;
    let agreement = |found: f64, expected: f64| {
        let error = if expected == 0.0 { found.abs() } else { (found / expected - 1.0).abs() };
        -error.max(1e-16).log10()
    };
    let mut least = (f64::INFINITY, f64::INFINITY);
    for ((term, found), (estimate, error)) in fit.estimates.iter().enumerate().zip(&wanted) {
        let (value, inverse) = found.unwrap();
        least.0 = least.0.min(agreement(value * design.unit(term), *estimate));
        least.1 = least.1.min(agreement((inverse * mean_square).sqrt() * design.unit(term), *error));
    }
    least
}

#[test]
fn regressions_are_those_of_nist() {
    macro_rules! certified {
        ($name:literal, $highest:literal, $intercept:literal, $digits:expr) => {
            Certified {
                name: $name,
                text: include_str!(concat!("../../../../tests/fixtures/nist/", $name, ".dat")),
                highest: $highest,
                intercept: $intercept,
                digits: $digits,
            }
        };
    }
    let sets = [
        certified!("Norris", 1, true, (13.0, 13.0)),
        certified!("Pontius", 2, true, (13.0, 13.0)),
        certified!("NoInt1", 1, false, (13.0, 13.0)),
        certified!("NoInt2", 1, false, (13.0, 13.0)),
        certified!("Longley", 1, true, (13.0, 13.0)),
        certified!("Filip", 10, true, (12.0, 12.0)),
        certified!("Wampler1", 5, true, (14.0, 14.0)),
        certified!("Wampler2", 5, true, (13.0, 14.0)),
        certified!("Wampler3", 5, true, (13.0, 13.0)),
        certified!("Wampler4", 5, true, (13.0, 13.0)),
        certified!("Wampler5", 5, true, (13.0, 13.0)),
    ];
    let found: Vec<_> = sets.iter().map(digits).collect();
    let enough = |(set, found): (&Certified, &(f64, f64))| found.0 >= set.digits.0 && found.1 >= set.digits.1;
    let names: Vec<_> = sets.iter().map(|set| set.name).collect();
    assert!(sets.iter().zip(&found).all(enough), "{:?}", names.iter().zip(&found).collect::<Vec<_>>());
}
