//! Parse options: every choice that reading a file makes, each of which a request can make itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Compression, LineEnd, SourceKind};
use crate::columns::ColumnType;
use crate::errors::FieldError;

/// The share of malformed rows, in percent, above which a file fails as a whole.
pub const DEFAULT_QUARANTINE_PERCENT: f64 = 1.0;
/// The most rows that may be skipped before the table begins.
pub const MAX_SKIP_ROWS: u32 = 100_000;
const MAX_NULL_VALUES: usize = 50;
const MAX_TEXT: usize = 200;

/// In which order day, month and year stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }
}

/// How to read a file. What is left out is detected; an empty text means "there is none".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ParseOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<SourceKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compression: Option<Compression>,
    /// A name of the WHATWG Encoding Standard, such as `utf-8`, `utf-16le`, `windows-1252`, `shift_jis`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub encoding: Option<String>,
    /// Field separator: one ASCII character, or `tab` or `space`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 5)]
    pub delimiter: Option<String>,
    /// The character around fields that hold the separator; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1)]
    pub quote: Option<String>,
    /// The character before a quote that belongs to the text; the quote itself where quotes are doubled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1)]
    pub escape: Option<String>,
    /// What ends a row: `lf`, `crlf` or `cr` alone, the others being part of the text, or `mixed`, each of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_end: Option<LineEnd>,
    /// Whether the first row holds the names of the columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Lines that begin with this are left out; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 8)]
    pub comment: Option<String>,
    /// Lines to leave out at the beginning of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 100000)]
    pub skip_rows: Option<u32>,
    /// `.` or `,`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1)]
    pub decimal_mark: Option<String>,
    /// `,`, `.`, `'`, `_` or a space (which also stands for narrow and no-break spaces); empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1)]
    pub thousands_mark: Option<String>,
    /// Decides dates such as 03/04/2024, which say nothing about their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// The spellings of a missing cell, instead of the usual ones; an empty cell is always missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 50)]
    pub null_values: Option<Vec<String>>,
    /// Types by column name; rows whose cell does not fit go to the quarantine.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnType>,
    /// The share of malformed rows, in percent, above which the file fails; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub quarantine_percent: Option<f64>,
    /// The sheet of a workbook, by name or by number from 1; the first one with cells unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub sheet: Option<String>,
}

impl ParseOptions {
    /// The names of all options, as they stand in query strings and forms.
    pub const NAMES: [&str; 17] = [
        "format",
        "compression",
        "encoding",
        "delimiter",
        "quote",
        "escape",
        "line_end",
        "header",
        "comment",
        "skip_rows",
        "decimal_mark",
        "thousands_mark",
        "date_order",
        "null_values",
        "columns",
        "quarantine_percent",
        "sheet",
    ];

    /// The share of malformed rows, in percent, above which the file fails.
    pub fn allowed_percent(&self) -> f64 {
        self.quarantine_percent.unwrap_or(DEFAULT_QUARANTINE_PERCENT)
    }

    /// Sets one option from the text of a query parameter or form field. `null_values` is separated by commas or a JSON
    /// list; `columns` is a JSON object.
    ///
    /// # Errors
    /// What is wrong with the text, for a person.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        match name {
            "format" => self.format = Some(word(text)?),
            "compression" => self.compression = Some(word(text)?),
            "encoding" => self.encoding = Some(text.to_owned()),
            "delimiter" => self.delimiter = Some(text.to_owned()),
            "quote" => self.quote = Some(text.to_owned()),
            "escape" => self.escape = Some(text.to_owned()),
            "line_end" => self.line_end = Some(word(text)?),
            "header" => self.header = Some(truth(text)?),
            "comment" => self.comment = Some(text.to_owned()),
            "skip_rows" => {
                self.skip_rows = Some(text.parse().map_err(|_| format!("\"{text}\" is no number of rows."))?)
            }
            "decimal_mark" => self.decimal_mark = Some(text.to_owned()),
            "thousands_mark" => self.thousands_mark = Some(text.to_owned()),
            "date_order" => self.date_order = Some(word(text)?),
            "null_values" => self.null_values = Some(list(text)?),
            "columns" => {
                self.columns = serde_json::from_str(text)
                    .map_err(|error| format!("Give a JSON object of column names and types: {error}."))?;
            }
            "quarantine_percent" => {
                self.quarantine_percent = Some(text.parse().map_err(|_| format!("\"{text}\" is no number."))?);
            }
            "sheet" => self.sheet = Some(text.to_owned()),
            other => return Err(format!("\"{other}\" is no option of reading a file.")),
        }
        Ok(())
    }

    /// Everything that is wrong with the options by themselves, each with its pointer.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |pointer: &str, detail: &str| errors.push(FieldError::new(pointer, detail));
        if self.delimiter.as_deref().is_some_and(|text| delimiter_byte(text).is_none()) {
            wrong(
                "/delimiter",
                "Give one ASCII character other than a letter, digit, quote or line end, or `tab` or `space`.",
            );
        }
        for (pointer, value) in [("/quote", &self.quote), ("/escape", &self.escape)] {
            if value.as_deref().is_some_and(|text| !text.is_empty() && mark_byte(text).is_none()) {
                wrong(pointer, "Give one ASCII character other than a letter, digit, space or line end, or nothing.");
            }
        }
        let delimiter = self.delimiter.as_deref().and_then(delimiter_byte);
        if delimiter.is_some() && delimiter == self.quote.as_deref().and_then(mark_byte) {
            wrong("/quote", "The quote cannot be the separator.");
        }
        if self.comment.as_deref().is_some_and(|text| text.len() > 8 || text.contains(['\n', '\r', '"'])) {
            wrong("/comment", "Give at most 8 bytes without quotes and line ends.");
        }
        if self.skip_rows.is_some_and(|rows| rows > MAX_SKIP_ROWS) {
            wrong("/skip_rows", "At most 100000 lines can be skipped.");
        }
        if self.decimal_mark.as_deref().is_some_and(|text| !matches!(text, "." | ",")) {
            wrong("/decimal_mark", "Give `.` or `,`.");
        }
        if self.thousands_mark.as_deref().is_some_and(|text| !matches!(text, "" | "," | "." | "'" | "_" | " ")) {
            wrong("/thousands_mark", "Give `,`, `.`, `'`, `_`, a space or nothing.");
        }
        if self.decimal_mark.is_some() && self.decimal_mark == self.thousands_mark {
            wrong("/thousands_mark", "It cannot be the decimal mark as well.");
        }
        let nulls = self.null_values.as_deref().unwrap_or_default();
        if nulls.len() > MAX_NULL_VALUES || nulls.iter().any(|text| text.len() > MAX_TEXT) {
            wrong("/null_values", "Give at most 50 spellings of at most 200 bytes.");
        }
        if self.quarantine_percent.is_some_and(|percent| !(0.0..=100.0).contains(&percent)) {
            wrong("/quarantine_percent", "Give a share from 0 to 100.");
        }
        for (pointer, value) in [("/encoding", &self.encoding), ("/sheet", &self.sheet)] {
            if value.as_deref().is_some_and(|text| text.is_empty() || text.len() > MAX_TEXT) {
                wrong(pointer, "Give 1 to 200 bytes.");
            }
        }
        if self.columns.len() > 10_000 {
            wrong("/columns", "Give at most 10000 columns.");
        }
        errors
    }
}

/// The separator that an option names; `None` if it can be none.
pub fn delimiter_byte(text: &str) -> Option<u8> {
    match text {
        "tab" | "\\t" => Some(b'\t'),
        "space" => Some(b' '),
        _ => match text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r' | 0) => {
                Some(*byte)
            }
            _ => None,
        },
    }
}

/// The quote or escape character that an option names; `None` if it names none.
pub fn mark_byte(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii_punctuation() => Some(*byte),
        _ => None,
    }
}

fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|error| format!("{error}."))
}

fn truth(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(format!("\"{text}\" is neither true nor false.")),
    }
}

fn list(text: &str) -> Result<Vec<String>, String> {
    if text.starts_with('[') {
        return serde_json::from_str(text).map_err(|error| format!("Give a JSON list of texts: {error}."));
    }
    Ok(text.split(',').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_from_texts() {
        let mut options = ParseOptions::default();
        for (name, text) in [
            ("format", "csv"),
            ("header", "false"),
            ("delimiter", "tab"),
            ("null_values", "-,n.a."),
            ("columns", "{\"zip\":\"text\"}"),
            ("quarantine_percent", "2.5"),
            ("date_order", "dmy"),
            ("line_end", "crlf"),
        ] {
            options.set(name, text).unwrap();
        }
        assert_eq!(options.header, Some(false));
        assert_eq!(options.null_values.as_deref(), Some(&["-".to_owned(), "n.a.".to_owned()][..]));
        assert_eq!(options.columns.get("zip"), Some(&ColumnType::Text));
        assert_eq!((options.allowed_percent(), options.date_order), (2.5, Some(DateOrder::Dmy)));
        assert_eq!(options.line_end, Some(LineEnd::Crlf));
        assert!(options.check().is_empty());
        assert!(options.set("header", "perhaps").is_err());
        assert!(options.set("format", "word").is_err());
        assert!(options.set("line_end", "\\n").is_err());
        assert!(options.set("colour", "red").is_err());
    }

    #[test]
    fn every_name_can_be_set() {
        for name in ParseOptions::NAMES {
            let refused = ParseOptions::default().set(name, "\u{1}").err();
            assert!(refused.is_none_or(|detail| !detail.contains("no option")), "{name}");
        }
    }

    #[test]
    fn wrong_values_are_named() {
        let options = ParseOptions {
            delimiter: Some("ab".to_owned()),
            quote: Some("é".to_owned()),
            decimal_mark: Some(",".to_owned()),
            thousands_mark: Some(",".to_owned()),
            quarantine_percent: Some(101.0),
            ..ParseOptions::default()
        };
        let pointers: Vec<String> = options.check().into_iter().map(|error| error.pointer).collect();
        assert_eq!(pointers, ["/delimiter", "/quote", "/thousands_mark", "/quarantine_percent"]);
    }
}
