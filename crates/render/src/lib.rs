//! Render: from cells and outcomes to the files that people open. Pure; it knows neither polars nor the network.

pub mod charts;
mod csv;
mod failures;
mod formulas;
mod json;
mod workbook;

use std::path::Path;

use contract::cells::Cell;
use contract::columns::Column;
use contract::exports::ExportFormat;

use crate::csv::CsvFile;
use crate::json::JsonFile;
use crate::workbook::WorkbookFile;

/// Everything here ends with a file or with a [`contract::errors::Failure`] for a person.
pub type Result<T> = std::result::Result<T, contract::errors::Failure>;

/// How a table is written as text or workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether a CSV file begins with a byte order mark.
    pub bom: bool,
    /// Whether texts that spreadsheet programs would take for a formula are made harmless.
    pub neutralise: bool,
}

/// A table that is being written; memory stays flat for any number of rows.
pub enum TableFile {
    Csv(CsvFile),
    Json(JsonFile),
    Workbook(Box<WorkbookFile>),
}

impl TableFile {
    /// Begins the file at `target`. `None` for formats that are no text and no workbook.
    pub fn create(
        target: &Path,
        format: ExportFormat,
        columns: &[Column],
        options: TextOptions,
    ) -> Result<Option<Self>> {
        Ok(Some(match format {
            ExportFormat::Csv => Self::Csv(CsvFile::create(target, columns, options)?),
            ExportFormat::Json => Self::Json(JsonFile::create(target, columns, true)?),
            ExportFormat::Ndjson => Self::Json(JsonFile::create(target, columns, false)?),
            ExportFormat::Xlsx => Self::Workbook(Box::new(WorkbookFile::create(target, columns, options)?)),
            ExportFormat::Parquet | ExportFormat::Arrow => return Ok(None),
        }))
    }

    /// Adds rows: one list of cells a column, all of one length.
    pub fn write(&mut self, columns: &[Vec<Cell<'_>>]) -> Result<()> {
        match self {
            Self::Csv(file) => file.write(columns),
            Self::Json(file) => file.write(columns),
            Self::Workbook(file) => file.write(columns),
        }
    }

    pub fn finish(self) -> Result<()> {
        match self {
            Self::Csv(file) => file.finish(),
            Self::Json(file) => file.finish(),
            Self::Workbook(file) => file.finish(),
        }
    }
}
