//! Ingest: from an uploaded file to an immutable Parquet version with its profile.

mod dialect;
mod options;
mod quarantine;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::dialect::{Choice, Dialect, LineEnd};
pub use self::options::{
    DEFAULT_QUARANTINE_PERCENT, DateOrder, MAX_SKIP_ROWS, ParseOptions, delimiter_byte, mark_byte,
};
pub use self::quarantine::{
    FAILURE_EXAMPLES, QUARANTINE_SAMPLE, Quarantine, QuarantinePage, QuarantineReason, QuarantinedRow, ReasonCount,
    quarantine_key, version_key,
};
use crate::columns::{Column, Scalar};
use crate::profile::Profile;

/// How many of the first rows are stored for previews.
pub const PREVIEW_ROWS: usize = 200;
/// How many rows a parse preview shows.
pub const PARSE_PREVIEW_ROWS: usize = 50;
/// How much of a file a parse preview reads.
pub const PARSE_PREVIEW_BYTES: u64 = 16 << 20;

/// How long reading a file may take, unless the setting `jobs.timeout_seconds` names another time. Unit: seconds.
pub const INGEST_TIMEOUT_SECONDS: u32 = 3600;

/// What a file is, decided by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Delimited text.
    #[default]
    Csv,
    /// An array of records, or an object of columns.
    Json,
    /// One record a line.
    Ndjson,
    Parquet,
    /// Arrow IPC, a file or a stream.
    Arrow,
    Xlsx,
    Ods,
}

/// What a file is packed with, decided by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    None,
    Gzip,
    Zstd,
}

/// The job that turns an uploaded file into the next version of its dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IngestParams {
    pub dataset_id: Uuid,
    /// Where the uploaded bytes lie in storage.
    pub source_key: String,
    /// Where the Parquet file goes in storage.
    pub target_key: String,
    #[serde(default)]
    pub options: ParseOptions,
}

/// What ingest found and stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IngestOutcome {
    /// Rows in the table.
    pub rows: u64,
    /// Rows in the file: those in the table and those in the quarantine.
    #[serde(default)]
    pub rows_in: u64,
    #[serde(default)]
    pub quarantine: Quarantine,
    pub columns: Vec<Column>,
    pub dialect: Dialect,
    /// SHA-256 over schema and values, in hex: equal tables have equal hashes.
    pub content_hash: String,
    /// Size of the Parquet file.
    pub bytes: u64,
    pub profile: Profile,
    /// The first rows, at most [`PREVIEW_ROWS`].
    #[schema(value_type = Vec<Vec<Value>>)]
    pub preview: Vec<Vec<Scalar>>,
}

/// What a file would become with these options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ParsePreview {
    pub dialect: Dialect,
    pub columns: Vec<Column>,
    /// The first rows, at most 50.
    #[schema(value_type = Vec<Vec<Value>>)]
    pub rows: Vec<Vec<Scalar>>,
    pub quarantine: Quarantine,
    /// Rows that were read for this preview.
    pub rows_read: u64,
    /// Whether that is the whole file. If not, types may still change with the rows that follow.
    pub complete: bool,
}
