//! Quarantine: the rows of a file that are not in its table, each with its place and the reason.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many quarantined rows travel with an outcome; all of them are in the quarantine's file.
pub const QUARANTINE_SAMPLE: usize = 50;
/// How many quarantined rows a failure shows.
pub const FAILURE_EXAMPLES: usize = 5;

const QUARANTINE_ENDING: &str = ".quarantine.ndjson";
const VERSION_ENDING: &str = ".parquet";

/// Where the quarantine of a version lies in storage: beside the version.
pub fn quarantine_key(version_key: &str) -> String {
    format!("{}{QUARANTINE_ENDING}", version_key.strip_suffix(VERSION_ENDING).unwrap_or(version_key))
}

/// The key of the version whose quarantine this is; `None` if it is no key of a quarantine.
pub fn version_key(quarantine_key: &str) -> Option<String> {
    quarantine_key.strip_suffix(QUARANTINE_ENDING).map(|stem| format!("{stem}{VERSION_ENDING}"))
}

/// Why a row is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineReason {
    /// More or fewer fields than the table has columns.
    FieldCount,
    /// A quote that is never closed, or text after a closing quote.
    Quote,
    /// Bytes that are no text in the file's encoding.
    Encoding,
    /// A cell that does not fit the type that was asked for.
    Type,
    /// A cell or a row beyond the size limit.
    Size,
    /// JSON that is broken, nested too deep, or no record.
    Syntax,
}

impl QuarantineReason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FieldCount => "field_count",
            Self::Quote => "quote",
            Self::Encoding => "encoding",
            Self::Type => "type",
            Self::Size => "size",
            Self::Syntax => "syntax",
        }
    }
}

/// One row that is not in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuarantinedRow {
    /// The line of the file on which the row begins, counted from 1.
    pub line: u64,
    /// The column's name, or its number counted from 1 where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The offending value, shortened to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    pub reason: QuarantineReason,
    /// The reason as a sentence.
    pub detail: String,
    /// The row as it stands in the file, shortened to 10,000 characters; bytes that are no text are `�`.
    pub text: String,
}

/// What was left out of a table. Rows in the file = rows stored + rows here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Quarantine {
    pub rows: u64,
    /// The share of malformed rows, in percent, that the request allowed.
    pub allowed_percent: f64,
    /// How many rows for which reason.
    pub reasons: Vec<ReasonCount>,
    /// The first rows, at most 50.
    pub sample: Vec<QuarantinedRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReasonCount {
    pub reason: QuarantineReason,
    pub rows: u64,
}

/// The answer of `GET /datasets/{id}/quarantine`: a page of the quarantine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuarantinePage {
    pub items: Vec<QuarantinedRow>,
    pub offset: u64,
    /// Rows in the whole quarantine.
    pub total_rows: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarantine_lies_beside_its_version() {
        let key = quarantine_key("versions/a.parquet");
        assert_eq!(key, "versions/a.quarantine.ndjson");
        assert_eq!(version_key(&key).as_deref(), Some("versions/a.parquet"));
        assert_eq!(version_key("versions/a.parquet"), None);
    }
}
