//! The options of reading a file as query parameters: each text becomes an option, and a wrong one is named.

use contract::errors::FieldError;
use contract::ingest::ParseOptions;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problems::{ApiError, Result};

/// How to read the file. What is left out is detected; an empty text means "there is none".
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ParseParams {
    /// `csv`, `json`, `ndjson`, `parquet`, `arrow`, `xlsx` or `ods`.
    #[serde(default)]
    format: Option<String>,
    /// `none`, `gzip` or `zstd`.
    #[serde(default)]
    compression: Option<String>,
    /// A name of the WHATWG Encoding Standard, such as `windows-1252`.
    #[serde(default)]
    encoding: Option<String>,
    /// Field separator: one ASCII character, or `tab` or `space`.
    #[serde(default)]
    delimiter: Option<String>,
    /// The character around fields that hold the separator.
    #[serde(default)]
    quote: Option<String>,
    /// The character before a quote that belongs to the text.
    #[serde(default)]
    escape: Option<String>,
    /// What ends a row: `lf`, `crlf` or `cr` alone, or `mixed`, each of them.
    #[serde(default)]
    line_end: Option<String>,
    /// `true` or `false`: whether the first row holds the names of the columns.
    #[serde(default)]
    header: Option<String>,
    /// Lines that begin with this are left out.
    #[serde(default)]
    comment: Option<String>,
    /// Lines to leave out at the beginning of the file.
    #[serde(default)]
    skip_rows: Option<String>,
    /// `.` or `,`.
    #[serde(default)]
    decimal_mark: Option<String>,
    /// `,`, `.`, `'`, `_` or a space.
    #[serde(default)]
    thousands_mark: Option<String>,
    /// `ymd`, `dmy` or `mdy`.
    #[serde(default)]
    date_order: Option<String>,
    /// Spellings of a missing cell, separated by commas, or a JSON list.
    #[serde(default)]
    null_values: Option<String>,
    /// A JSON object of column names and types.
    #[serde(default)]
    columns: Option<String>,
    /// The share of malformed rows, in percent, above which the file fails; 1 unless given.
    #[serde(default)]
    quarantine_percent: Option<String>,
    /// The sheet of a workbook, by name or by number from 1.
    #[serde(default)]
    sheet: Option<String>,
}

impl ParseParams {
    /// The options, each by itself; [`checked`] looks at them together.
    pub fn options(self) -> Result<ParseOptions> {
        let texts = [
            ("format", self.format),
            ("compression", self.compression),
            ("encoding", self.encoding),
            ("delimiter", self.delimiter),
            ("quote", self.quote),
            ("escape", self.escape),
            ("line_end", self.line_end),
            ("header", self.header),
            ("comment", self.comment),
            ("skip_rows", self.skip_rows),
            ("decimal_mark", self.decimal_mark),
            ("thousands_mark", self.thousands_mark),
            ("date_order", self.date_order),
            ("null_values", self.null_values),
            ("columns", self.columns),
            ("quarantine_percent", self.quarantine_percent),
            ("sheet", self.sheet),
        ];
        let mut options = ParseOptions::default();
        for (name, text) in texts {
            if let Some(text) = text {
                options.set(name, &text).map_err(|detail| ApiError::field(name, detail))?;
            }
        }
        Ok(options)
    }
}

/// The options, if nothing is wrong with them; `prefix` leads to them in the request.
pub fn checked(options: ParseOptions, prefix: &str) -> Result<ParseOptions> {
    let mut errors = options.check();
    let is_label = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    if options.encoding.as_deref().is_some_and(|label| !is_label(label)) {
        errors.push(FieldError::new("/encoding", "Give a name such as `utf-8` or `windows-1252`."));
    }
    if errors.is_empty() {
        return Ok(options);
    }
    let named = errors.into_iter().map(|error| FieldError::new(format!("{prefix}{}", error.pointer), error.detail));
    Err(ApiError::invalid(named.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_options_and_wrong_ones_are_named() {
        let params =
            ParseParams { header: Some("true".to_owned()), delimiter: Some("tab".to_owned()), ..Default::default() };
        let options = params.options().unwrap();
        assert_eq!((options.header, options.delimiter.as_deref()), (Some(true), Some("tab")));
        let wrong = ParseParams { skip_rows: Some("many".to_owned()), ..Default::default() };
        assert_eq!(wrong.options().unwrap_err().problem("").errors[0].pointer, "skip_rows");
        let wrong = ParseOptions { decimal_mark: Some("x".to_owned()), ..Default::default() };
        assert_eq!(checked(wrong, "").unwrap_err().problem("").errors[0].pointer, "/decimal_mark");
    }
}
