//! Real tables against the figures that pandas gives.

use contract::columns::ColumnType;
use contract::profile::ColumnSummary;
use serde_json::Value;

use crate::support::{fixture, ingest_file, json};

/// A figure agrees to 1e-9, relative where it is larger than one.
fn assert_close(what: &str, found: Option<f64>, expected: &Value) {
    let Some(expected) = expected.as_f64() else {
        assert_eq!(found, None, "{what}");
        return;
    };
    let found = found.unwrap_or_else(|| panic!("{what}: nothing instead of {expected}"));
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found} instead of {expected}");
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

fn check(what: &str, column: &ColumnSummary, truth: &Value) {
    assert_eq!(column.nulls, truth["nulls"].as_u64().unwrap(), "{what}: nulls");
    assert_eq!(column.distinct, truth["distinct"].as_u64().unwrap(), "{what}: distinct");
    let Some(numeric) = &column.numeric else {
        let is_text = truth.get("mean").is_none();
        assert!(is_text, "{what}: {:?} instead of a number", column.column_type);
        check_top(what, column, truth);
        return;
    };
    let type_fits = match truth["dtype"].as_str().unwrap() {
        "int64" => column.column_type == ColumnType::Integer,
        // pandas has no nulls among integers and reads such columns as floats.
        "float64" => column.column_type == ColumnType::Float || column.nulls > 0,
        _ => false,
    };
    assert!(type_fits, "{what}: {:?} instead of {}", column.column_type, truth["dtype"]);
    for (figure, found) in [
        ("mean", numeric.mean),
        ("std", numeric.std),
        ("min", number(&numeric.min)),
        ("25%", numeric.q1),
        ("50%", numeric.median),
        ("75%", numeric.q3),
        ("max", number(&numeric.max)),
        ("sum", number(&numeric.sum)),
        ("skew", numeric.skewness),
        ("kurtosis_excess", numeric.kurtosis),
    ] {
        assert_close(&format!("{what}: {figure}"), found, &truth[figure]);
    }
    assert_eq!(numeric.outliers_iqr, truth["iqr_outliers"].as_u64().unwrap(), "{what}: outliers_iqr");
    assert_eq!(numeric.outliers_z, truth["abs_z_gt_3"].as_u64().unwrap(), "{what}: outliers_z");
}

fn check_top(what: &str, column: &ColumnSummary, truth: &Value) {
    // pandas breaks ties in another way, so the counts are compared, and the values where they are unique.
    let expected = truth["top"].as_array().unwrap();
    for (found, pair) in column.top.iter().zip(expected) {
        assert_eq!(Some(found.count), pair[1].as_u64(), "{what}: top");
    }
    let unique = expected.len() > 1 && expected[0][1] != expected[1][1];
    if unique && column.column_type == ColumnType::Text {
        assert_eq!(column.top[0].value, expected[0][0], "{what}: top");
    }
}

#[test]
fn all_figures_of_the_real_tables_agree_with_pandas() {
    let truths = json("real/truth.json");
    let files = truths.as_object().unwrap();
    assert_eq!(files.len(), 15);
    for (file, truth) in files {
        let version =
            ingest_file(&fixture(&format!("real/{file}"))).unwrap_or_else(|failure| panic!("{file}: {failure:?}"));
        assert_eq!(version.outcome.rows, truth["rows"].as_u64().unwrap(), "{file}");
        let columns = truth["columns"].as_object().unwrap();
        assert_eq!(version.outcome.columns.len(), columns.len(), "{file}");
        for (name, truth) in columns {
            check(&format!("{file}: {name}"), version.column(name.trim()), truth);
        }
    }
}

#[test]
fn descriptive_answers_what_the_profile_says() {
    for file in json("real/truth.json").as_object().unwrap().keys() {
        profile_and_answer_agree(file);
    }
}

/// The profile that the ingest stored, the answer that is computed, and the answer that is taken from the profile.
fn profile_and_answer_agree(file: &str) {
    let version = ingest_file(&fixture(&format!("real/{file}"))).unwrap();
    let params = contract::analyses::descriptive::DescriptiveParams::of(uuid::Uuid::nil());
    let stored = params.answered_by(&version.outcome.profile).unwrap();
    let analysis = contract::analyses::Analysis::Descriptive(params);
    let answer = engine::analyses::run(&analysis, &version.parquet(), &engine::Silent).unwrap();
    let outcome: contract::analyses::descriptive::DescriptiveOutcome = serde_json::from_str(answer.get()).unwrap();
    let mut expected = version.outcome.profile.clone();
    for column in &mut expected.columns {
        column.histogram = None;
        column.notes.clear();
        if let Some(text) = &mut column.text {
            text.patterns.clear();
        }
    }
    assert_eq!((outcome.rows, &outcome.columns), (expected.rows, &expected.columns), "{file}");
    assert_eq!((stored.rows, &stored.columns), (outcome.rows, &outcome.columns), "{file}");
}
