//! Series against SciPy and statsmodels (`scripts/golden/series.py`), and what holds of any series.

use serde_json::Value;

use super::autocorrelation::{autocorrelations, ljung_box, partial};
use super::seasonality::decompose;
use super::trend::{line, mann_kendall, theil_sen};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect()
}

fn each(found: &[f64], expected: &Value, what: &str) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let near = (found - expected).abs() <= 1e-9 * expected.abs() + 1e-12 || (found.is_nan() && expected.is_nan());
        assert!(near, "{what} {i}: {found:e} is not {expected:e}");
    }
}

#[test]
fn figures_equal_scipy_and_statsmodels() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../../../../tests/fixtures/golden/series.json")).unwrap();
    assert_eq!(cases.len(), 4);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let values = numbers(&case["values"]);
        let positions: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
        let found = line(&positions, &values, 0.9);
        each(&[found.slope, found.low, found.high, found.intercept, found.p, found.r_squared], &case["line"], name);
        let found = mann_kendall(&values);
        each(&[found.s, found.tau, found.z, found.p], &case["kendall"], name);
        each(&theil_sen(&positions, &values, 0.9).unwrap(), &case["theil_sen"], name);
        let correlations = autocorrelations(&values, 15);
        each(&correlations, &case["acf"], name);
        each(&partial(&correlations), &case["pacf"], name);
        let (statistic, p) = ljung_box(&correlations, values.len(), 10);
        each(&[statistic, p], &case["ljung_box"], name);
        let parts = decompose(&values, case["season"].as_u64().unwrap() as usize).unwrap();
        each(&parts.trend, &case["trend"], name);
        each(&parts.pattern, &case["pattern"], name);
        each(&parts.rest, &case["rest"], name);
        each(&[parts.strength, parts.trend_strength], &case["strengths"], name);
    }
}

#[test]
fn constants_and_short_series() {
    let constant = [4.0; 12];
    assert!(autocorrelations(&constant, 5).is_empty());
    assert_eq!(mann_kendall(&constant).s, 0.0);
    assert!(decompose(&constant, 12).is_none());
    let flat = decompose(&constant, 4).unwrap();
    assert!(flat.pattern.iter().all(|value| *value == 0.0));
    assert!(line(&[0.0, 1.0], &[1.0, 2.0], 0.9).p.is_nan());
    assert!(theil_sen(&[0.0], &[1.0], 0.9).is_none());
    assert_eq!(partial(&[]), [0.0_f64; 0]);
}

#[test]
fn shifting_and_scaling_a_series_changes_no_correlation() {
    let values: Vec<f64> = (0..40).map(|i| f64::from((i * 37) % 17)).collect();
    let changed: Vec<f64> = values.iter().map(|value| value * 1024.0 - 300.0).collect();
    let (before, after) = (autocorrelations(&values, 10), autocorrelations(&changed, 10));
    assert!(before.iter().zip(&after).all(|(a, b)| (a - b).abs() < 1e-12));
    assert_eq!(mann_kendall(&values).s, mann_kendall(&changed).s);
    let reversed: Vec<f64> = values.iter().rev().copied().collect();
    assert_eq!(mann_kendall(&values).s, -mann_kendall(&reversed).s);
}
