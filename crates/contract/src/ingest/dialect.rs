//! Dialect: how a file was read, every choice with its reason and how sure it is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Compression, DateOrder, SourceKind};

/// How the file was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Dialect {
    pub kind: SourceKind,
    /// `utf-8`, `utf-8-bom`, or another name of the WHATWG Encoding Standard in lower case.
    pub encoding: String,
    /// Whether the first record held the column names.
    pub header: bool,
    /// Field separator of a CSV file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The character around fields; absent if no field needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<char>,
    /// The character before a quote that belongs to the text; the quote itself where quotes are doubled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escape: Option<char>,
    /// What the lines that were left out as comments begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Lines left out before the table.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skip_rows: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal_mark: Option<char>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands_mark: Option<char>,
    /// The order of dates that are not ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_end: Option<LineEnd>,
    /// Spellings of missing cells that the usual list does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub null_values: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<Compression>,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Why each choice was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What a person should know: ambiguous dates, mixed formats, types that were not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Dialect {
    /// The dialect of a kind of file that leaves little to choose: names come with the values, text is UTF-8.
    pub fn of(kind: SourceKind) -> Self {
        Self { kind, encoding: "utf-8".to_owned(), header: true, ..Self::default() }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// How the lines of a text file end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    Lf,
    Crlf,
    Cr,
    /// More than one of them.
    Mixed,
}

impl LineEnd {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "lf",
            Self::Crlf => "crlf",
            Self::Cr => "cr",
            Self::Mixed => "mixed",
        }
    }
}

/// One choice of reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// The option that would override it, such as `delimiter`, or `columns/NAME` for the type of a column.
    pub option: String,
    pub value: String,
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f64,
    /// Whether the request asked for it.
    pub asked: bool,
    /// Why, in a sentence.
    pub reason: String,
}

impl Choice {
    pub fn detected(option: &str, value: impl Into<String>, confidence: f64, reason: impl Into<String>) -> Self {
        let confidence = (confidence.clamp(0.0, 1.0) * 1000.0).round() / 1000.0;
        Self { option: option.to_owned(), value: value.into(), confidence, asked: false, reason: reason.into() }
    }

    pub fn asked(option: &str, value: impl Into<String>) -> Self {
        let reason = "The request asked for it.".to_owned();
        Self { option: option.to_owned(), value: value.into(), confidence: 1.0, asked: true, reason }
    }
}
