//! A workbook (XLSX) with one sheet: the names in the first row, then the rows. Rows go to the disk as they come.

use std::path::{Path, PathBuf};

use contract::cells::Cell;
use contract::columns::{Column, ColumnType, EXACT_INTEGER_LIMIT, Scalar};
use contract::errors::Failure;
use contract::exports::{MAX_WORKBOOK_COLUMNS, MAX_WORKBOOK_ROWS};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::failures::{unfit, writing};
use crate::formulas::looks_like_formula;
use crate::{Result, TextOptions};

/// The longest text of a cell, in UTF-16 code units as Excel counts.
const MAX_TEXT: usize = 32_767;
/// Day 0 of workbooks is 1899-12-30; before March 1900 they count a leap day that never was.
const DAYS_BEFORE_1970: f64 = 25_569.0;
const FIRST_SAFE_DAY: f64 = 61.0;
/// 9999-12-31, the last day of workbooks.
const LAST_DAY: f64 = 2_958_466.0;
const NUMBER_DIGITS: usize = 15;

pub struct WorkbookFile {
    workbook: Workbook,
    target: PathBuf,
    columns: Vec<Kind>,
    neutralise: bool,
    /// Marks a text as a text, so that editing its cell does not make a formula of it.
    as_text: Format,
    next_row: u32,
}

/// What is the same for all cells of a column.
struct Kind {
    name: String,
    format: Option<Format>,
    /// A time is a part of a day; a day is counted from another one than ours.
    first_day: f64,
}

impl Kind {
    fn of(column: &Column) -> Self {
        let (format, first_day) = match column.column_type {
            ColumnType::Date => (Some("yyyy\\-mm\\-dd"), DAYS_BEFORE_1970),
            ColumnType::Datetime => (Some("yyyy\\-mm\\-dd\\ hh:mm:ss.000"), DAYS_BEFORE_1970),
            ColumnType::Time => (Some("hh:mm:ss.000"), 0.0),
            _ => (None, 0.0),
        };
        let format = format.map(|format| Format::new().set_num_format(format));
        Self { name: column.name.clone(), format, first_day }
    }

    /// The number that stands for a moment, where it is the same moment in every program.
    fn serial(&self, days: f64) -> Option<f64> {
        let serial = days + self.first_day;
        let is_time = self.first_day == 0.0 && (0.0..1.0).contains(&serial);
        (is_time || (FIRST_SAFE_DAY..LAST_DAY).contains(&serial)).then_some(serial)
    }
}

impl WorkbookFile {
    pub(crate) fn create(target: &Path, columns: &[Column], options: TextOptions) -> Result<Self> {
        if columns.len() > MAX_WORKBOOK_COLUMNS {
            return Err(unfit(format!(
                "A worksheet has at most {MAX_WORKBOOK_COLUMNS} columns; this table has {}. Export fewer columns.",
                columns.len()
            )));
        }
        let mut workbook = Workbook::new();
        // Beside the target: a compute child may write nowhere else.
        if let Some(folder) = target.parent() {
            workbook.set_tempdir(folder).map_err(|error| failed(&error))?;
        }
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(|error| failed(&error))?;
        sheet.set_freeze_panes(1, 0).map_err(|error| failed(&error))?;
        let mut file = Self {
            workbook,
            target: target.to_owned(),
            columns: columns.iter().map(Kind::of).collect(),
            neutralise: options.neutralise,
            as_text: Format::new().set_quote_prefix(),
            next_row: 0,
        };
        let names: Vec<_> = columns.iter().map(|column| vec![Cell::Text(column.name.as_str().into())]).collect();
        file.write(&names)?;
        Ok(file)
    }

    pub(crate) fn write(&mut self, columns: &[Vec<Cell<'_>>]) -> Result<()> {
        let rows = columns.first().map_or(0, Vec::len);
        if u64::from(self.next_row) + rows as u64 > MAX_WORKBOOK_ROWS + 1 {
            let message = format!("A worksheet has at most {MAX_WORKBOOK_ROWS} rows below its names.");
            return Err(unfit(message).advice("Export CSV or Parquet, or fewer rows."));
        }
        let Self { workbook, columns: kinds, neutralise, as_text, next_row, .. } = self;
        let sheet = workbook.worksheet_from_index(0).map_err(|error| failed(&error))?;
        for row in 0..rows {
            let place = (*next_row, *neutralise);
            for (position, (cells, kind)) in (0_u16..).zip(columns.iter().zip(kinds.iter())) {
                let cell = cells.get(row).unwrap_or(&Cell::Null);
                write_cell(sheet, place, position, cell, kind, as_text)?;
            }
            *next_row += 1;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.workbook.save(&self.target).map_err(|error| failed(&error))
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, neutralise): (u32, bool),
    position: u16,
    cell: &Cell<'_>,
    kind: &Kind,
    as_text: &Format,
) -> Result<()> {
    let name = kind.name.as_str();
    let mut text = |text: &str| -> Result<()> {
        if text.len() > MAX_TEXT && text.encode_utf16().count() > MAX_TEXT {
            let message = format!(
                "The text in column \"{name}\", row {row} is longer than {MAX_TEXT} characters, the most that a workbook's cell holds."
            );
            let failure = unfit(message).column(name).line(u64::from(row)).value(text);
            return Err(failure.advice("Leave this column out, or export CSV or Parquet."));
        }
        let written = match neutralise && looks_like_formula(text) {
            true => sheet.write_string_with_format(row, position, text, as_text),
            false => sheet.write_string(row, position, text),
        };
        written.map(drop).map_err(|error| failed(&error))
    };
    let written = match cell {
        Cell::Null => return Ok(()),
        Cell::Text(value) => return text(value),
        Cell::Integer(value) if value.unsigned_abs() > EXACT_INTEGER_LIMIT => return text(&value.to_string()),
        Cell::Integer(value) => sheet.write_number(row, position, *value as f64),
        Cell::Float(value) if value.is_nan() => return text("NaN"),
        Cell::Float(value) if value.is_infinite() => return text(if *value > 0.0 { "inf" } else { "-inf" }),
        Cell::Float(value) => sheet.write_number(row, position, *value),
        Cell::Boolean(value) => sheet.write_boolean(row, position, *value),
        Cell::Decimal(digits) => match number_of(digits) {
            Some(number) => sheet.write_number(row, position, number),
            None => return text(digits),
        },
        Cell::Moment { text: iso, days } => match (days.and_then(|days| kind.serial(days)), &kind.format) {
            (Some(serial), Some(format)) => sheet.write_number_with_format(row, position, serial, format),
            _ => return text(iso),
        },
        Cell::Binary(_) => match cell.to_json(Default::default()) {
            Scalar::String(coded) => return text(&coded),
            _ => return Ok(()),
        },
    };
    written.map(drop).map_err(|error| failed(&error))
}

/// A decimal as a number, where a double keeps its digits.
fn number_of(digits: &str) -> Option<f64> {
    let significant = digits.bytes().filter(u8::is_ascii_digit).count();
    (significant <= NUMBER_DIGITS).then(|| digits.parse().ok()).flatten()
}

fn failed(error: &XlsxError) -> Failure {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => writing(error),
        other => {
            Failure::new(contract::errors::ErrorCode::Internal, format!("The workbook could not be written: {other}"))
        }
    }
}
