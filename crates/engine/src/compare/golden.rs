//! The tests against SciPy (`scripts/golden/compare.py`) and the certified analyses of variance of NIST StRD.

use serde_json::Value;

use super::effects::{cramers_v, odds_ratio};
use super::ranks::{Ranks, kruskal_wallis, mann_whitney, mann_whitney_exact};
use super::sample::{Spread, jarque_bera};
use super::t_tests::{TTest, paired, student, welch};
use super::tables::{chi_square, fisher};
use super::variances::{anova, brown_forsythe};
use crate::probability::Tail;

const SCIPY: &str = include_str!("../../../../tests/fixtures/golden/compare.json");

fn same(found: f64, expected: &Value, what: &str) {
    let Some(expected) = expected.as_f64() else {
        assert!(!found.is_finite(), "{what}: {found:e} instead of nothing");
        return;
    };
    let scale = expected.abs().max(1e-290);
    assert!((found - expected).abs() <= 1e-9 * scale + 1e-14, "{what}: {found:e} is not {expected:e}");
}

fn tail(case: &Value) -> Tail {
    match case["alternative"].as_str() {
        Some("less") => Tail::Lower,
        Some("greater") => Tail::Upper,
        _ => Tail::Both,
    }
}

fn samples(case: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(case["samples"].clone()).unwrap_or_default()
}

fn check_t(test: &TTest, case: &Value, what: &str) {
    for (found, name) in [(test.t, "statistic"), (test.p, "p"), (test.df, "df"), (test.low, "low"), (test.high, "high")]
    {
        same(found, &case[name], &format!("{what} {name}"));
    }
}

#[test]
fn every_test_equals_scipy() {
    let cases: Vec<Value> = serde_json::from_str(SCIPY).unwrap();
    assert!(cases.len() > 100);
    for case in &cases {
        let name = case["test"].as_str().unwrap();
        let what = format!("{name} {} {} {}", case["case"], case["alternative"], case["table"]);
        match name {
            "chi_square" | "fisher_exact" => check_table(case, name, &what),
            _ => check_samples(case, name, &what),
        }
    }
}

fn check_samples(case: &Value, name: &str, what: &str) {
    let (samples, tail) = (samples(case), tail(case));
    let spreads: Vec<Spread> = samples.iter().map(|values| Spread::of(values)).collect();
    let counts: Vec<f64> = spreads.iter().map(|spread| spread.n).collect();
    let (statistic, p) = match name {
        "student" => return check_t(&student(&spreads[0], &spreads[1], tail, 0.9), case, what),
        "welch" => return check_t(&welch(&spreads[0], &spreads[1], tail, 0.9), case, what),
        "paired" => {
            let differences: Vec<f64> = samples[0].iter().zip(&samples[1]).map(|(x, y)| x - y).collect();
            return check_t(&paired(&Spread::of(&differences), tail, 0.9), case, what);
        }
        "mann_whitney" => {
            let correction = case["correction"] == true;
            let found = mann_whitney(&Ranks::of(&samples), counts[0], counts[1], tail, correction);
            (found.u, found.p)
        }
        "mann_whitney_exact" => {
            let found = mann_whitney_exact(&Ranks::of(&samples), samples[0].len(), samples[1].len(), tail);
            (found.u, found.p)
        }
        "anova" => {
            let found = anova(&spreads);
            (found.f, found.p)
        }
        "kruskal_wallis" => kruskal_wallis(&Ranks::of(&samples), &counts),
        "brown_forsythe" => brown_forsythe(&samples).unwrap(),
        "jarque_bera" => jarque_bera(&samples[0]).unwrap(),
        other => panic!("{other}"),
    };
    same(statistic, &case["statistic"], what);
    same(p, &case["p"], what);
}

fn check_table(case: &Value, name: &str, what: &str) {
    let table: Vec<Vec<u64>> = serde_json::from_value(case["table"].clone()).unwrap();
    if name == "fisher_exact" {
        let table = [[table[0][0], table[0][1]], [table[1][0], table[1][1]]];
        let (ratio, low, high) = odds_ratio(table, 0.9);
        same(fisher(table, tail(case)), &case["p"], what);
        same(ratio, &case["statistic"], what);
        if ratio > 0.0 {
            same(low, &case["low"], what);
            same(high, &case["high"], what);
        }
        return;
    }
    let found = chi_square(&table, case["correction"] == true);
    same(found.statistic, &case["statistic"], what);
    same(found.p, &case["p"], what);
    same(found.df, &case["df"], what);
    same(cramers_v(found.plain, found.n, table.len(), table[0].len()), &case["v"], what);
    for (i, row) in found.expected.iter().enumerate() {
        for (j, expected) in row.iter().enumerate() {
            same(*expected, &case["expected"][i][j], what);
        }
    }
}

/// The samples of a NIST file. The nine sets SmLs differ in length only: after the first value two alternate.
fn nist(text: &str, replicates: Option<usize>) -> Vec<Vec<f64>> {
    let data = text.rfind("Data:").map_or("", |at| &text[at..]);
    let mut samples: Vec<Vec<f64>> = Vec::new();
    for line in data.lines().skip(1) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [treatment, value] = cells[..] else { continue };
        let treatment: usize = treatment.parse().unwrap();
        samples.resize(samples.len().max(treatment), Vec::new());
        samples[treatment - 1].push(value.parse().unwrap());
    }
    if let Some(replicates) = replicates {
        for values in &mut samples {
            let (first, pair) = (values[0], [values[1], values[2]]);
            *values = std::iter::once(first).chain((1..replicates).map(|i| pair[(i - 1) % 2])).collect();
        }
    }
    samples
}

/// Certified F, F of the data as floats by rational arithmetic, and the digits of agreement with the former:
/// what a float loses of 1000000000000.4 nobody can compute back.
#[test]
fn analyses_of_variance_are_those_of_nist() {
    let low = include_str!("../../../../tests/fixtures/nist/SmLs01.dat");
    let average = include_str!("../../../../tests/fixtures/nist/SmLs04.dat");
    let high = include_str!("../../../../tests/fixtures/nist/SmLs07.dat");
    let silver = include_str!("../../../../tests/fixtures/nist/AtmWtAg.dat");
    let silicon = include_str!("../../../../tests/fixtures/nist/SiRstv.dat");
    let sets = [
        ("SiRstv", silicon, None, 1.180_462_374_402_55, f64::NAN, 12.0),
        ("SmLs01", low, Some(21), 21.0, f64::NAN, 14.0),
        ("SmLs02", low, Some(201), 201.0, f64::NAN, 14.0),
        ("SmLs03", low, Some(2001), 2001.0, f64::NAN, 14.0),
        ("AtmWtAg", silver, None, 15.946_733_567_793, 15.946_733_566_676_926, 9.0),
        ("SmLs04", average, Some(21), 21.0, 21.000_000_000_776_1, 10.0),
        ("SmLs05", average, Some(201), 201.0, 201.000_000_012_417_64, 10.0),
        ("SmLs06", average, Some(2001), 2001.0, 2_001.000_000_128_832_9, 10.0),
        ("SmLs07", high, Some(21), 21.0, 21.000_811_887_818_77, 4.0),
        ("SmLs08", high, Some(201), 201.0, 201.013_004_095_948_45, 4.0),
        ("SmLs09", high, Some(2001), 2001.0, 2_001.134_926_220_950_5, 4.0),
    ];
    for (name, text, replicates, certified, exact, digits) in sets {
        let spreads: Vec<Spread> = nist(text, replicates).iter().map(|values| Spread::of(values)).collect();
        let found = anova(&spreads).f;
        let right = -(found / certified - 1.0).abs().max(1e-16).log10();
        assert!(right >= digits, "{name}: {right:.1} digits");
        assert!(exact.is_nan() || (found / exact - 1.0).abs() < 1e-12, "{name}: {found:e} is not {exact:e}");
    }
}
