//! Appending: rows of a file join an existing dataset as its next version.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ingest::ParseOptions;

/// The job that adds the rows of a stored file to a dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppendParams {
    pub dataset_id: Uuid,
    /// Where the rows lie in storage.
    pub source_key: String,
    /// The file as the version will tell it.
    pub source: Source,
    /// How to read it; types are those of the table.
    #[serde(default)]
    pub options: ParseOptions,
}

/// A file that rows came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SourceFile)]
pub struct Source {
    /// Its name, where the upload gave one.
    pub file_name: Option<String>,
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// What an append did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AppendOutcome {
    pub dataset_id: Uuid,
    /// The version whose rows come first.
    pub parent: u32,
    pub rows_added: u64,
    /// Rows of the new version.
    pub rows: u64,
    pub content_hash: String,
    /// Size of the stored Parquet file.
    pub bytes: u64,
}
