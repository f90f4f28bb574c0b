//! What pandas says of a table, figure by figure, against what its ingest and its correlations say.

use std::path::Path;

use contract::columns::ColumnType;
use contract::errors::Failure;
use contract::ingest::{IngestOutcome, ParseOptions};
use contract::limits::IngestLimits;
use contract::profile::{ColumnSummary, NumericSummary};
use engine::Silent;
use engine::ingest::Files;
use serde_json::{Value, json};

/// What a table gives: how many figures were compared, and each that differs.
#[derive(Debug, Default)]
pub struct Compared {
    pub figures: u64,
    pub differences: Vec<String>,
}

impl Compared {
    fn take(&mut self, what: &str, same: bool, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug) {
        self.figures += 1;
        if !same {
            self.differences.push(format!("{what}: {found:?} instead of {expected:?}"));
        }
    }

    fn count(&mut self, what: &str, found: u64, expected: &Value) {
        self.take(what, Some(found) == expected.as_u64(), &found, expected);
    }

    /// A figure agrees to 1e-9, relative where it is larger than one.
    fn figure(&mut self, what: &str, found: Option<f64>, expected: &Value) {
        let same = match (found, expected.as_f64()) {
            (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
            (found, expected) => found.is_none() && expected.is_none(),
        };
        self.take(what, same, &found, expected);
    }
}

/// Reads the file with its defaults and compares every figure that the truth has.
pub fn compare(file: &Path, truth: &Value) -> Result<Compared, Failure> {
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::new(contract::errors::ErrorCode::Internal, format!("There is no temporary folder: {error}."))
    })?;
    let (target, quarantine) = (folder.path().join("version.parquet"), folder.path().join("quarantine.ndjson"));
    let files = Files { source: file, target: &target, quarantine: &quarantine };
    let outcome = engine::ingest::run(files, &ParseOptions::default(), &IngestLimits::default(), &Silent)?;
    let mut compared = Compared::default();
    compared.count("rows", outcome.rows, &truth["rows"]);
    let columns = truth["columns"].as_object().into_iter().flatten();
    compared.count("columns", outcome.columns.len() as u64, &json!(columns.clone().count()));
    for (name, truth) in columns {
        match outcome.profile.columns.iter().find(|column| column.name == name.trim()) {
            Some(column) => column_figures(&mut compared, name, column, truth),
            None => compared.take(name, false, &"nothing", &"a column"),
        }
    }
    pearson(&mut compared, &outcome, &target, &truth["pearson"])?;
    Ok(compared)
}

fn column_figures(compared: &mut Compared, name: &str, column: &ColumnSummary, truth: &Value) {
    compared.count(&format!("{name}: nulls"), column.nulls, &truth["nulls"]);
    compared.count(&format!("{name}: distinct"), column.distinct, &truth["distinct"]);
    let fits = match truth["dtype"].as_str().unwrap_or_default() {
        "int64" => column.column_type == ColumnType::Integer,
        // A column without any value is one of floats there and one of texts here.
        _ if column.count == 0 => column.column_type == ColumnType::Text,
        // pandas has no nulls among integers and reads such columns as floats.
        "float64" => {
            column.column_type == ColumnType::Float || column.column_type == ColumnType::Integer && column.nulls > 0
        }
        "bool" => column.column_type == ColumnType::Boolean,
        _ => !matches!(column.column_type, ColumnType::Integer | ColumnType::Float | ColumnType::Decimal),
    };
    compared.take(&format!("{name}: type"), fits, &column.column_type, &truth["dtype"]);
    if let (Some(numeric), Some(_)) = (&column.numeric, truth.get("mean")) {
        numeric_figures(compared, name, numeric, truth);
    }
    if let (Some(booleans), Some(trues)) = (&column.boolean, truth.get("true")) {
        compared.count(&format!("{name}: true"), booleans.trues, trues);
    }
    if let (ColumnType::Text, Some(top)) = (column.column_type, truth["top"].as_array()) {
        top_values(compared, name, column, top);
    }
    if let (Some(text), Some(longest)) = (&column.text, truth.get("max_len")) {
        compared.count(&format!("{name}: max_len"), text.max_length.unwrap_or(0), longest);
    }
}

fn numeric_figures(compared: &mut Compared, name: &str, numeric: &NumericSummary, truth: &Value) {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
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
        compared.figure(&format!("{name}: {figure}"), found, &truth[figure]);
    }
    compared.count(&format!("{name}: iqr_outliers"), numeric.outliers_iqr, &truth["iqr_outliers"]);
    compared.count(&format!("{name}: abs_z_gt_3"), numeric.outliers_z, &truth["abs_z_gt_3"]);
}

/// pandas breaks ties in another way, so the counts are compared, and the most frequent value where there is one.
fn top_values(compared: &mut Compared, name: &str, column: &ColumnSummary, top: &[Value]) {
    for (place, pair) in top.iter().enumerate() {
        let found = column.top.get(place).map_or(0, |found| found.count);
        compared.count(&format!("{name}: count of top value {place}"), found, &pair[1]);
    }
    if let ([first, second, ..], Some(found)) = (top, column.top.first())
        && first[1] != second[1]
    {
        compared.take(&format!("{name}: top value"), found.value == first[0], &found.value, &first[0]);
    }
}

/// The matrix of pandas has ten decimals, and every pair of rows in which both columns have a value.
fn pearson(compared: &mut Compared, outcome: &IngestOutcome, parquet: &Path, truth: &Value) -> Result<(), Failure> {
    let Some(rows) = truth.as_object() else { return Ok(()) };
    let numeric = |name: &&String| {
        let column = outcome.profile.columns.iter().find(|column| column.name == name.trim());
        column.is_some_and(|column| column.numeric.is_some())
    };
    let names: Vec<&String> = rows.keys().filter(numeric).collect();
    for name in rows.keys().filter(|name| !names.contains(name)) {
        compared.take(&format!("pearson of {name}"), false, &"no number", &"a coefficient");
    }
    let columns: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    if columns.len() < 2 {
        return Ok(());
    }
    let request = json!({ "dataset_id": uuid::Uuid::nil(), "columns": columns, "methods": ["pearson"] });
    let Some(Ok(analysis)) = contract::analyses::kind("correlation").map(|kind| (kind.parse)(&request)) else {
        compared.take("pearson", false, &"no request", &request);
        return Ok(());
    };
    let answer = engine::analyses::run(&analysis, parquet, &Silent)?;
    let answer: Value = serde_json::from_str(answer.get()).unwrap_or_default();
    let matrix = &answer["methods"][0]["matrix"];
    for (left, name) in names.iter().enumerate() {
        for (right, other) in names.iter().enumerate() {
            let (found, expected) = (matrix[left][right].as_f64(), &rows[*name][*other]);
            compared.figure(&format!("pearson of {name} and {other}"), found, expected);
        }
    }
    Ok(())
}
