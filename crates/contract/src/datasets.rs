//! Datasets and their immutable versions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::appends::Source;
use crate::columns::{Column, Scalar};
use crate::errors::Failure;
use crate::ingest::Dialect;
use crate::jobs::Job;

pub const MAX_NAME_LENGTH: usize = 200;
pub const MAX_DESCRIPTION_LENGTH: usize = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatasetStatus {
    /// The upload is stored and waits for `POST /datasets/{id}/ingest`.
    Uploaded,
    /// The upload is stored and ingest is queued or running.
    Processing,
    Ready,
    /// The file could not be read; `error` says why.
    Failed,
}

impl DatasetStatus {
    pub const ALL: [Self; 4] = [Self::Uploaded, Self::Processing, Self::Ready, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Processing => "processing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// A dataset as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Dataset {
    pub id: Uuid,
    pub name: String,
    pub description: String,
    pub status: DatasetStatus,
    /// The uploaded file's name, where the upload gave one.
    pub file_name: Option<String>,
    /// Size of the uploaded file.
    pub bytes: u64,
    /// SHA-256 of the uploaded file, in hex.
    pub sha256: String,
    pub version: Option<DatasetVersion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When it was put in the bin, for one that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<DateTime<Utc>>,
}

/// An immutable version of a dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DatasetVersion {
    pub id: Uuid,
    /// Counted from 1 within the dataset.
    pub number: u32,
    pub rows: u64,
    /// Rows in the file: `rows` and `quarantine_rows`.
    pub rows_in: u64,
    /// Malformed rows that were left out; `GET /datasets/{id}/quarantine` has them.
    pub quarantine_rows: u64,
    pub columns: Vec<Column>,
    pub dialect: Dialect,
    /// SHA-256 over schema and values, in hex.
    pub content_hash: String,
    /// Size of the stored Parquet file.
    pub bytes: u64,
    /// The job that made this version.
    pub job_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub lineage: Lineage,
}

/// How a version came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lineage {
    pub operation: Operation,
    /// The number of the version that this one continues.
    pub parent: Option<u32>,
    /// The file that its rows, or those it adds to its parent's, came from.
    pub source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Read from a file.
    Ingest,
    /// The rows of the parent, then those of a file.
    Append,
}

impl Operation {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Append => "append",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ingest, Self::Append].into_iter().find(|operation| operation.as_str() == text)
    }
}

/// The answer to an upload: the dataset and the job that reads it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct UploadAnswer {
    pub dataset: Dataset,
    /// Absent after an upload with `ingest=false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Job>,
}

/// What may be changed of a dataset; fields left out stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatasetPatch {
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[schema(max_length = 5000)]
    pub description: Option<String>,
}

/// The first rows of a dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    pub columns: Vec<Column>,
    /// One array a row, cells in the order of `columns`.
    #[schema(value_type = Vec<Vec<Value>>)]
    pub rows: Vec<Vec<Scalar>>,
    pub offset: u64,
    /// Rows in the whole dataset.
    pub total_rows: u64,
}
