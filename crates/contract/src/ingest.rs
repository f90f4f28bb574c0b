//! Ingest: from an uploaded file to an immutable Parquet version with its profile.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::columns::{Column, Scalar};
use crate::profile::Profile;

/// How many of the first rows are stored for previews.
pub const PREVIEW_ROWS: usize = 200;

/// What a file is, decided by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Csv,
    /// An array of records.
    Json,
    /// One record a line.
    Ndjson,
}

/// The job that turns an uploaded file into the next version of its dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IngestParams {
    pub dataset_id: Uuid,
    /// Where the uploaded bytes lie in storage.
    pub source_key: String,
    /// Where the Parquet file goes in storage.
    pub target_key: String,
}

/// How the file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dialect {
    pub kind: SourceKind,
    /// `utf-8` or `utf-8-bom`.
    pub encoding: String,
    /// Field separator of a CSV file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Whether the first record held the column names.
    pub header: bool,
}

/// What ingest found and stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IngestOutcome {
    pub rows: u64,
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
