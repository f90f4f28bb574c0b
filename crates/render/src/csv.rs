//! CSV (RFC 4180) in UTF-8 with line feeds, written so that reading it again gives the same table.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use contract::cells::Cell;
use contract::columns::{Column, Scalar};

use crate::failures::writing;
use crate::formulas::looks_like_formula;
use crate::{Result, TextOptions};

/// Spellings that readers take for a missing cell; a text that is one of them is quoted.
const MISSING: [&str; 14] =
    ["na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "?", "\\n", "<na>", "nat", "#na", "missing"];

/// A CSV text on its way to a file, or to memory.
pub struct CsvFile<Target: Write = BufWriter<File>> {
    target: Target,
    neutralise: bool,
    line: String,
}

impl CsvFile {
    pub(crate) fn create(target: &Path, columns: &[Column], options: TextOptions) -> Result<Self> {
        let file = File::create(target).map_err(|error| writing(&error))?;
        Self::begin(BufWriter::with_capacity(1 << 20, file), columns, options)
    }

    pub(crate) fn finish(self) -> Result<()> {
        let file = self.target.into_inner().map_err(|error| writing(error.error()))?;
        file.sync_data().map_err(|error| writing(&error))
    }
}

impl CsvFile<Vec<u8>> {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.target
    }
}

impl<Target: Write> CsvFile<Target> {
    /// Begins with the names of the columns.
    pub(crate) fn begin(target: Target, columns: &[Column], options: TextOptions) -> Result<Self> {
        let mut csv = Self { target, neutralise: options.neutralise, line: String::new() };
        if options.bom {
            csv.line.push('\u{feff}');
        }
        for (position, column) in columns.iter().enumerate() {
            csv.separate(position);
            csv.text(&column.name);
        }
        csv.end_line()?;
        Ok(csv)
    }

    pub(crate) fn write(&mut self, columns: &[Vec<Cell<'_>>]) -> Result<()> {
        let rows = columns.first().map_or(0, Vec::len);
        for row in 0..rows {
            for (position, cells) in columns.iter().enumerate() {
                self.separate(position);
                self.cell(cells.get(row).unwrap_or(&Cell::Null));
            }
            if self.line.is_empty() {
                // Readers pass over blank lines; this row has one cell, and it is missing.
                self.line.push_str("NA");
            }
            self.end_line()?;
        }
        Ok(())
    }

    fn separate(&mut self, position: usize) {
        if position > 0 {
            self.line.push(',');
        }
    }

    fn end_line(&mut self) -> Result<()> {
        self.line.push('\n');
        let written = self.target.write_all(self.line.as_bytes());
        self.line.clear();
        written.map_err(|error| writing(&error))
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Null => {}
            Cell::Float(value) if value.is_nan() => self.line.push_str("NaN"),
            Cell::Float(value) if value.is_infinite() => {
                self.line.push_str(if *value > 0.0 { "inf" } else { "-inf" });
            }
            Cell::Integer(value) => self.line.push_str(&value.to_string()),
            Cell::Boolean(value) => self.line.push_str(if *value { "true" } else { "false" }),
            Cell::Decimal(digits) => self.line.push_str(digits),
            Cell::Moment { text, .. } => self.line.push_str(text),
            Cell::Text(text) => self.text(text),
            Cell::Float(_) | Cell::Binary(_) => match cell.to_json(Default::default()) {
                Scalar::String(text) => self.text(&text),
                other => self.line.push_str(&other.to_string()),
            },
        }
    }

    fn text(&mut self, text: &str) {
        let is_formula = self.neutralise && looks_like_formula(text);
        if !is_formula && !needs_quotes(text) {
            return self.line.push_str(text);
        }
        self.line.push('"');
        if is_formula {
            self.line.push('\'');
        }
        self.line.push_str(&text.replace('"', "\"\""));
        self.line.push('"');
    }
}

/// An empty text is quoted, since an empty cell is a missing one.
fn needs_quotes(text: &str) -> bool {
    let plain = |byte: u8| !matches!(byte, b'"' | b',' | b';' | b'\t' | b'|' | b'\n' | b'\r' | b'#');
    let blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    !text.bytes().all(plain)
        || blank(text.chars().next())
        || blank(text.chars().next_back())
        || (text.len() <= 8 && MISSING.contains(&text.to_ascii_lowercase().as_str()))
}
