//! Ingests a text or a fixture in a temporary folder.

use std::path::{Path, PathBuf};

use contract::errors::{ErrorCode, Failure};
use contract::ingest::{IngestOutcome, ParseOptions};
use contract::limits::IngestLimits;
use contract::profile::{ColumnSummary, NumericSummary};
use engine::Silent;
use engine::ingest::Files;
use tempfile::TempDir;

/// A stored version that is removed when dropped.
pub struct Version {
    pub outcome: IngestOutcome,
    pub folder: TempDir,
}

impl Version {
    pub fn parquet(&self) -> PathBuf {
        self.folder.path().join("version.parquet")
    }

    pub fn column(&self, name: &str) -> &ColumnSummary {
        let columns = &self.outcome.profile.columns;
        columns.iter().find(|column| column.name == name).unwrap_or_else(|| panic!("no column {name} in {columns:?}"))
    }

    pub fn numeric(&self, name: &str) -> &NumericSummary {
        self.column(name).numeric.as_ref().unwrap_or_else(|| panic!("{name} is not numeric"))
    }
}

pub fn ingest_file(path: &Path) -> Result<Version, Failure> {
    ingest_file_within(path, &IngestLimits::default())
}

pub fn ingest_file_within(path: &Path, limits: &IngestLimits) -> Result<Version, Failure> {
    ingest_file_with(path, &ParseOptions::default(), limits)
}

pub fn ingest_file_with(path: &Path, options: &ParseOptions, limits: &IngestLimits) -> Result<Version, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let (target, quarantine) = (folder.path().join("version.parquet"), folder.path().join("quarantine.ndjson"));
    let files = Files { source: path, target: &target, quarantine: &quarantine };
    let outcome = engine::ingest::run(files, options, limits, &Silent)?;
    Ok(Version { outcome, folder })
}

pub fn try_ingest_with(content: impl AsRef<[u8]>, options: &ParseOptions) -> Result<Version, Failure> {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), content).unwrap();
    ingest_file_with(source.path(), options, &IngestLimits::default())
}

pub fn ingest_with(content: impl AsRef<[u8]>, options: &ParseOptions) -> Version {
    try_ingest_with(content, options).unwrap_or_else(|failure| panic!("{failure:?}"))
}

pub fn try_ingest(content: impl AsRef<[u8]>) -> Result<Version, Failure> {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), content).unwrap();
    ingest_file(source.path())
}

pub fn ingest(content: impl AsRef<[u8]>) -> Version {
    try_ingest(content).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// The failure of a file that must not be read.
pub fn refused(content: impl AsRef<[u8]>) -> Failure {
    let failure = try_ingest(content).err().expect("the file must be refused");
    assert_eq!(failure.code, ErrorCode::InvalidFile, "{failure:?}");
    assert!(failure.advice.is_some(), "{failure:?}");
    failure
}

/// The outcome of an analysis.
pub fn answer<T: serde::de::DeserializeOwned>(version: &Version, analysis: &contract::analyses::Analysis) -> T {
    let answer = engine::analyses::run(analysis, &version.parquet(), &Silent).unwrap();
    serde_json::from_str(answer.get()).unwrap()
}

/// A figure agrees to the tolerance, relative where it is larger than one.
pub fn close(what: &str, found: Option<f64>, expected: &serde_json::Value, tolerance: f64) {
    let Some(expected) = expected.as_f64() else {
        assert_eq!(found, None, "{what}");
        return;
    };
    let found = found.unwrap_or_else(|| panic!("{what}: nothing instead of {expected}"));
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{what}: {found} instead of {expected}");
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new("../../tests/fixtures").join(name)
}

pub fn json(name: &str) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(fixture(name)).unwrap()).unwrap()
}

/// The outcome of a kind for this request body, without its dataset.
pub fn outcome(version: &Version, kind: &str, mut body: serde_json::Value) -> Result<serde_json::Value, Failure> {
    body["dataset_id"] = serde_json::json!(uuid::Uuid::nil());
    let kind = contract::analyses::kind(kind).unwrap_or_else(|| panic!("no kind {kind}"));
    let analysis = (kind.parse)(&body).unwrap_or_else(|error| panic!("{error:?}"));
    let answer = engine::analyses::run(&analysis, &version.parquet(), &Silent)?;
    Ok(serde_json::from_str(answer.get()).unwrap())
}
