//! Exports: a stored table as a file that other programs read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A worksheet has 1,048,576 rows, of which the first holds the names.
pub const MAX_WORKBOOK_ROWS: u64 = 1_048_575;
/// A worksheet has columns A to XFD.
pub const MAX_WORKBOOK_COLUMNS: usize = 16_384;
/// Exports of more cells than this run beside the other long jobs.
const MOST_INTERACTIVE_CELLS: u64 = 5_000_000;

/// A format that a table can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// RFC 4180, UTF-8, line feeds. A missing cell is empty, an empty text is `""`.
    Csv,
    /// One array of records.
    Json,
    /// One record a line.
    Ndjson,
    Parquet,
    /// The Arrow IPC file format, uncompressed.
    Arrow,
    /// A workbook with one sheet.
    Xlsx,
}

impl ExportFormat {
    pub const ALL: [Self; 6] = [Self::Csv, Self::Json, Self::Ndjson, Self::Parquet, Self::Arrow, Self::Xlsx];

    /// The word in an address, which is the ending of a file's name too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Xlsx => "xlsx",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Arrow => "application/vnd.apache.arrow.file",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Whether compressing the file once more would be of no use.
    pub const fn is_compressed(self) -> bool {
        matches!(self, Self::Parquet | Self::Xlsx)
    }
}

/// The job that writes a version of a dataset as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportParams {
    pub dataset_id: Uuid,
    pub format: ExportFormat,
    /// The columns in their order in the file; all when there is none.
    pub columns: Option<Vec<String>>,
    /// Whether a CSV file begins with the byte order mark that some spreadsheet programs want.
    pub bom: bool,
    /// Whether texts that a spreadsheet program would take for a formula are made harmless.
    pub neutralise: bool,
    /// How many cells the file will have.
    pub cells: u64,
}

impl ExportParams {
    pub const fn is_quick(&self) -> bool {
        self.cells <= MOST_INTERACTIVE_CELLS
    }
}

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportOutcome {
    pub format: ExportFormat,
    pub rows: u64,
    pub columns: u64,
    /// Size of the file.
    pub bytes: u64,
    /// Names the file within the server. It is kept for a while; the request that asked for it downloads it.
    pub file: String,
}
