//! The analysis `descriptive`: parameters, progress and failures.

use std::sync::Mutex;

use contract::analyses::Analysis;
use contract::analyses::descriptive::{DescriptiveOutcome, DescriptiveParams};
use contract::errors::ErrorCode;
use engine::{Reporter, Silent};

use crate::support::{Version, fixture, ingest, ingest_file};

fn params(columns: Option<&[&str]>, percentiles: &[f64], top: u32) -> Analysis {
    let columns = columns.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    Analysis::Descriptive(DescriptiveParams {
        columns,
        percentiles: percentiles.to_vec(),
        top,
        ..DescriptiveParams::of(uuid::Uuid::nil())
    })
}

fn describe(version: &Version, analysis: &Analysis) -> DescriptiveOutcome {
    let answer = engine::analyses::run(analysis, &version.parquet(), &Silent).unwrap();
    serde_json::from_str(answer.get()).unwrap()
}

#[test]
fn columns_percentiles_and_top_are_honoured() {
    let version = ingest("a,b,c\n1,x,5\n2,x,6\n3,y,7\n4,z,8\n5,z,9\n");
    let outcome = describe(&version, &params(Some(&["c", "b", "c"]), &[10.0, 100.0], 1));
    let names: Vec<&str> = outcome.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((outcome.rows, names), (5, vec!["c", "b", "c"]));
    let percentiles = &outcome.columns[0].numeric.as_ref().unwrap().percentiles;
    let values: Vec<Option<f64>> = percentiles.iter().map(|percentile| percentile.value).collect();
    assert_eq!(values, [Some(5.4), Some(9.0)]);
    assert_eq!((outcome.columns[1].top.len(), outcome.columns[1].top[0].count), (1, 2));
    assert_eq!(outcome.columns[1].top[0].value, "x");
    assert!(outcome.columns.iter().all(|column| column.histogram.is_none()));
    assert!(describe(&version, &params(None, &[], 0)).columns.iter().all(|column| column.top.is_empty()));
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let version = ingest("revenue,b\n1,2\n");
    let failure = engine::analyses::run(&params(Some(&["revenu"]), &[], 1), &version.parquet(), &Silent).unwrap_err();
    assert_eq!(failure.code, ErrorCode::InvalidParameters);
    assert_eq!(failure.message, "There is no column \"revenu\". Did you mean \"revenue\"?");
    let failure = engine::analyses::run(&params(None, &[101.0], 1), &version.parquet(), &Silent).unwrap_err();
    assert_eq!(failure.code, ErrorCode::InvalidParameters);
}

#[test]
fn a_table_without_rows_can_be_described() {
    let outcome = describe(&ingest("a,b\n"), &params(None, &[50.0], 10));
    assert_eq!((outcome.rows, outcome.columns.len(), outcome.columns[0].count), (0, 2, 0));
}

struct Recorder(Mutex<Vec<f64>>);

impl Reporter for Recorder {
    fn report(&self, fraction: f64, _stage: &str, _rows: u64) {
        self.0.lock().unwrap().push(fraction);
    }
}

#[test]
fn progress_only_grows_and_ends_at_one() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder(Mutex::new(Vec::new()));
    let (source, target) = (fixture("real/birdstrikes.csv"), folder.path().join("v.parquet"));
    let files = engine::ingest::Files { source: &source, target: &target, quarantine: &folder.path().join("q") };
    engine::ingest::run(files, &Default::default(), &Default::default(), &recorder).unwrap();
    let fractions = recorder.0.into_inner().unwrap();
    assert!(fractions.len() >= 3 && fractions.is_sorted(), "{fractions:?}");
    assert_eq!(fractions.last(), Some(&1.0));
}

#[test]
fn a_version_is_read_again_as_it_was_written() {
    let version = ingest_file(&fixture("real/weather.csv")).unwrap();
    assert_eq!(version.outcome.bytes, std::fs::metadata(version.parquet()).unwrap().len());
    let again = ingest_file(&fixture("real/weather.csv")).unwrap();
    assert_eq!(version.outcome, again.outcome);
}
