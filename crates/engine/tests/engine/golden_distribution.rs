//! Tests of normality, fits, densities and outliers against SciPy and statsmodels (scripts/golden/statistics.py).

use contract::analyses::Analysis;
use contract::analyses::distribution::{DistributionOutcome, KdeMethod};
use contract::analyses::kind;
use serde_json::{Value, json as body};

use crate::support::{Version, answer, close, fixture, ingest, ingest_file, json};

fn look(version: &Version, mut parameters: Value) -> DistributionOutcome {
    parameters["dataset_id"] = body!(uuid::Uuid::nil());
    let analysis: Analysis = (kind("distribution").unwrap().parse)(&parameters).unwrap();
    answer(version, &analysis)
}

fn version_of(case: &Value) -> Version {
    match case["file"].as_str() {
        Some(file) => ingest_file(&fixture(&format!("real/{file}"))).unwrap(),
        None => {
            let values = case["values"].as_array().unwrap();
            ingest(format!("v,w\n{}", values.iter().map(|value| format!("{value},x\n")).collect::<String>()))
        }
    }
}

#[test]
fn every_part_agrees_with_scipy() {
    for case in json("golden/statistics.json")["distribution"].as_array().unwrap() {
        let version = version_of(case);
        let outcome = look(&version, body!({ "column": case["column"] }));
        let what = format!("{} {}", case["file"], case["column"]);
        assert_eq!(Some(outcome.count), case["n"].as_u64(), "{what}");
        for test in outcome.tests.as_ref().unwrap() {
            let expected = &case["tests"][&test.name];
            close(&format!("{what} {}", test.name), test.statistic, &expected[0], 1e-9);
            // SciPy's Shapiro-Wilk takes normal quantiles from AS 111, which is within 1e-9 or so; ours have all digits.
            let tolerance = if test.name == "shapiro_wilk" { 2e-8 } else { 1e-9 };
            close(&format!("{what} {} p", test.name), test.p_value, &expected[1], tolerance);
        }
        check_fits(&what, &outcome, &case["fits"]);
        check_steps(&what, &outcome, &case["ecdf"]);
        let outliers = outcome.outliers.as_ref().unwrap();
        for (name, rule) in [("iqr", &outliers.iqr), ("z_score", &outliers.z_score), ("mad", &outliers.mad)] {
            assert_eq!(Some(rule.count), case["outliers"][name].as_u64(), "{what} {name}");
            assert_eq!(rule.rows.len() as u64, rule.count.min(100), "{what} {name}");
        }
        if let Some(expected) = case["qq"].as_object() {
            let qq = outcome.qq.as_ref().unwrap();
            let ends = [qq.theoretical.first().copied(), qq.theoretical.last().copied()];
            let found =
                [("first", ends[0]), ("last", ends[1]), ("slope", qq.slope), ("intercept", qq.intercept), ("r", qq.r)];
            found.iter().for_each(|(name, found)| close(&format!("{what} {name}"), *found, &expected[*name], 1e-9));
        }
        for rule in ["scott", "silverman"] {
            check_density(&what, &version, case, rule);
        }
        for rule in ["freedman_diaconis", "scott", "sturges"] {
            let parameters = body!({ "column": case["column"], "parts": ["histogram"], "histogram": rule });
            let histogram = look(&version, parameters).histogram.unwrap();
            let counts = histogram.counts.iter().sum::<u64>();
            assert_eq!(
                (Some(histogram.counts.len() as u64), counts),
                (case["bins"][rule].as_u64(), outcome.count),
                "{what} {rule}"
            );
        }
    }
}

/// AS R94 with exact normal quantiles and tails, as R's `shapiro.test` has them: 0.7888, 0.006704 and 0.97343, 0.04072.
#[test]
fn shapiro_wilk_has_all_digits_of_its_algorithm() {
    let cells: String = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236].map(|v| format!("{v},x\n")).concat();
    let weights = ingest(format!("volume,w\n{cells}"));
    let nile = ingest_file(&fixture("real/sm_nile.csv")).unwrap();
    for (version, w, p) in [
        (weights, 0.788_814_694_835_387_4, 0.006_703_814_056_502_93),
        (nile, 0.973_434_999_402_608_4, 0.040_724_474_587_705_38),
    ] {
        let outcome = look(&version, body!({ "column": "volume", "parts": ["tests"] }));
        let tests = outcome.tests.unwrap();
        let test = tests.iter().find(|test| test.name == "shapiro_wilk").unwrap();
        close("W", test.statistic, &body!(w), 1e-13);
        close("p", test.p_value, &body!(p), 1e-12);
    }
}

fn check_fits(what: &str, outcome: &DistributionOutcome, expected: &Value) {
    let fits = outcome.fits.as_ref().unwrap();
    assert!(fits.windows(2).all(|pair| pair[1].rank.is_none() || pair[0].aic <= pair[1].aic), "{what}: ranked");
    for fit in fits {
        let name = serde_json::to_value(fit.distribution).unwrap();
        let expected = &expected[name.as_str().unwrap()];
        let Some(likelihood) = expected["log_likelihood"].as_f64() else {
            assert!(fit.note.is_some(), "{what} {name}: fitted where SciPy has nothing");
            continue;
        };
        let found = fit.log_likelihood.unwrap_or_else(|| panic!("{what} {name}: {:?}", fit.note));
        assert!(found >= likelihood - 1e-6, "{what} {name}: {found} is less likely than {likelihood}");
        assert!(found <= likelihood + 1e-3 * likelihood.abs(), "{what} {name}: {found} is too good for {likelihood}");
        let golden = expected["parameters"].as_object().unwrap();
        assert_eq!(fit.parameters.len(), golden.len(), "{what} {name}");
        for (parameter, expected) in golden {
            close(&format!("{what} {name} {parameter}"), fit.parameters.get(parameter).copied(), expected, 1e-9);
        }
        for (figure, found) in [("aic", fit.aic), ("bic", fit.bic), ("ks", fit.ks), ("p", fit.p_value)] {
            close(&format!("{what} {name} {figure}"), found, &expected[figure], 1e-9);
        }
        let (k, n) = (fit.parameters.len() as f64, outcome.count as f64);
        close(&format!("{what} {name} 2k - 2 ln L"), fit.aic, &body!(2.0 * k - 2.0 * found), 1e-12);
        close(&format!("{what} {name} k ln n - 2 ln L"), fit.bic, &body!(k * n.ln() - 2.0 * found), 1e-12);
    }
}

/// The empirical distribution function, where all of its steps are told.
fn check_steps(what: &str, outcome: &DistributionOutcome, expected: &Value) {
    let ecdf = outcome.ecdf.as_ref().unwrap();
    assert_eq!(ecdf.complete, !expected.is_null(), "{what}");
    assert_eq!(ecdf.shares.last(), Some(&1.0), "{what}");
    let Some(steps) = expected["at"].as_object() else { return };
    assert_eq!(Some(ecdf.values.len() as u64), expected["count"].as_u64(), "{what}");
    for (place, step) in steps {
        let place: usize = place.parse().unwrap();
        close(&format!("{what} value {place}"), ecdf.values.get(place).copied(), &step[0], 1e-15);
        close(&format!("{what} share {place}"), ecdf.shares.get(place).copied(), &step[1], 1e-12);
    }
}

fn check_density(what: &str, version: &Version, case: &Value, rule: &str) {
    let parameters = body!({ "column": case["column"], "parts": ["kde"], "bandwidth": rule });
    let kde = look(version, parameters).kde.unwrap();
    assert_eq!(kde.method, KdeMethod::Direct);
    close(&format!("{what} {rule}"), kde.bandwidth, &case["density"][rule]["bandwidth"], 1e-12);
    for (place, expected) in case["density"][rule]["at"].as_object().unwrap() {
        let found = kde.densities[place.parse::<usize>().unwrap()];
        close(&format!("{what} {rule} {place}"), Some(found), expected, 1e-9);
    }
}

#[test]
fn outliers_are_told_with_their_rows_also_under_a_filter() {
    let rows: String = (0..40).map(|row| format!("{},{}\n", if row == 31 { 900 } else { row }, row % 2)).collect();
    let version = ingest(format!("v,odd\n{rows}"));
    let filter = body!([{ "column": "odd", "op": "eq", "value": 1 }]);
    let outcome = look(&version, body!({ "column": "v", "parts": ["outliers"], "filter": filter }));
    let outliers = outcome.outliers.unwrap();
    assert_eq!((outcome.rows, outliers.iqr.count), (20, 1));
    assert_eq!((outliers.iqr.rows[0].row, outliers.iqr.rows[0].value), (31, 900.0));
    assert_eq!(outliers.mad.rows, outliers.iqr.rows);
    assert!(outcome.fits.is_none() && outcome.kde.is_none());
}

#[test]
fn columns_of_nothing_one_value_and_extremes_are_answered() {
    for cells in ["NA\nNA\n", "5\n", "5\n5\n5\n", "1e308\n-1e308\n3\n", "1e-310\n2e-310\n7e-310\n", "inf\n1.5\n-inf\n"]
    {
        let cells: String = cells.lines().map(|cell| format!("{cell},1.5\n")).collect();
        let version = ingest(format!("v,w\n{cells}1.25,0.5\n"));
        let filter = body!([{ "column": "w", "op": "gt", "value": 1 }]);
        let outcome = look(&version, body!({ "column": "v", "filter": filter }));
        let text = serde_json::to_string(&outcome).unwrap();
        assert!(!text.contains("NaN"), "{text}");
        let counted = outcome.histogram.map_or(0, |histogram| histogram.counts.iter().sum::<u64>());
        assert_eq!(counted, outcome.count, "{cells}");
        assert!(outcome.tests.unwrap().iter().all(|test| test.p_value.is_none_or(|p| (0.0..=1.0).contains(&p))));
    }
}
