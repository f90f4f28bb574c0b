//! The rows of a sheet, one after another, with the cells that hold anything.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Xlsx};
use contract::errors::Failure;
use contract::ingest::SourceKind;

use super::spelling;
use crate::Result;
use crate::failures::{invalid, reading};

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(String),
    /// A date, a time or both, in ISO 8601.
    Moment(String),
    Text(String),
    Truth(bool),
    /// What a formula came to when it failed, such as `#N/A`.
    Fault(&'static str),
}

/// A row with its number, counted from 1, and its cells by column, counted from 0.
#[derive(Clone, Debug)]
pub(super) struct SheetRow {
    pub(super) number: u32,
    pub(super) cells: Vec<(u32, Value)>,
}

/// A sheet that can be a table.
#[derive(Clone, Debug)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
}

type Source = BufReader<File>;

fn source(path: &Path) -> Result<Source> {
    Ok(BufReader::with_capacity(1 << 16, File::open(path).map_err(|error| reading(&error))?))
}

/// The sheets of the workbook, charts and macros left out.
pub(super) fn sheet_names(path: &Path, kind: SourceKind) -> Result<Vec<SheetName>> {
    let sheets = match kind {
        SourceKind::Ods => {
            Ods::new(source(path)?).map_err(|error| damaged(&error.to_string()))?.sheets_metadata().to_vec()
        }
        _ => Xlsx::new(source(path)?).map_err(|error| damaged(&error.to_string()))?.sheets_metadata().to_vec(),
    };
    let tables = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let named = |sheet: Sheet| SheetName { name: sheet.name, hidden: sheet.visible != SheetVisible::Visible };
    Ok(tables.map(named).collect())
}

/// Hands out the rows of a sheet until `take` says false. Rows without any value are left out.
pub(super) fn each_row(
    path: &Path,
    kind: SourceKind,
    sheet: &str,
    take: &mut dyn FnMut(SheetRow) -> bool,
) -> Result<()> {
    match kind {
        SourceKind::Ods => ods_rows(path, sheet, take),
        _ => xlsx_rows(path, sheet, take),
    }
}

/// In flat memory but for the texts that cells share.
fn xlsx_rows(path: &Path, sheet: &str, take: &mut dyn FnMut(SheetRow) -> bool) -> Result<()> {
    let mut workbook = Xlsx::new(source(path)?).map_err(|error| damaged(&error.to_string()))?;
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| damaged(&error.to_string()))?;
    let mut row = SheetRow { number: 0, cells: Vec::new() };
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error.to_string()))? {
        let (number, column) = (cell.get_position().0 + 1, cell.get_position().1);
        let Some(value) = value_of(cell.get_value()) else { continue };
        if number != row.number {
            let full = std::mem::replace(&mut row, SheetRow { number, cells: Vec::new() });
            if !full.cells.is_empty() && !take(full) {
                return Ok(());
            }
        }
        row.cells.push((column, value));
    }
    if !row.cells.is_empty() {
        take(row);
    }
    Ok(())
}

fn ods_rows(path: &Path, sheet: &str, take: &mut dyn FnMut(SheetRow) -> bool) -> Result<()> {
    let mut workbook = Ods::new(source(path)?).map_err(|error| damaged(&error.to_string()))?;
    let range = workbook.worksheet_range(sheet).map_err(|error| damaged(&error.to_string()))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, cells) in (top + 1..).zip(range.rows()) {
        let values = (left..).zip(cells).filter_map(|(column, cell)| Some((column, owned_value(cell)?)));
        let row = SheetRow { number: row, cells: values.collect() };
        if !row.cells.is_empty() && !take(row) {
            break;
        }
    }
    Ok(())
}

fn value_of(value: &DataRef) -> Option<Value> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(value) => Value::Number(value.to_string()),
        DataRef::Float(value) => number(*value)?,
        DataRef::String(text) => text_value(text)?,
        DataRef::SharedString(text) => text_value(text)?,
        DataRef::Bool(value) => Value::Truth(*value),
        DataRef::DateTime(moment) => moment_value(moment)?,
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Moment(spelling::iso(text)),
        DataRef::Error(error) => Value::Fault(fault(error)),
    })
}

fn owned_value(value: &Data) -> Option<Value> {
    Some(match value {
        Data::Empty => return None,
        Data::Int(value) => Value::Number(value.to_string()),
        Data::Float(value) => number(*value)?,
        Data::String(text) => text_value(text)?,
        Data::Bool(value) => Value::Truth(*value),
        Data::DateTime(moment) => moment_value(moment)?,
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Moment(spelling::iso(text)),
        Data::Error(error) => Value::Fault(fault(error)),
    })
}

fn number(value: f64) -> Option<Value> {
    value.is_finite().then(|| Value::Number(spelling::number(value)))
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()))
}

fn moment_value(moment: &ExcelDateTime) -> Option<Value> {
    if !moment.as_f64().is_finite() {
        return None;
    }
    if moment.is_duration() {
        return Some(Value::Moment(spelling::duration(moment.as_f64())));
    }
    // Serial numbers below one are times of day without a date.
    if (0.0..1.0).contains(&moment.as_f64()) {
        return Some(Value::Moment(spelling::duration(moment.as_f64())));
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let time = [hour, minute, second].map(u32::from);
    Some(Value::Moment(spelling::moment(year.into(), month.into(), day.into(), time, milli.into())))
}

const fn fault(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

pub(super) fn damaged(reason: &str) -> Failure {
    let reason: String = reason.lines().next().unwrap_or_default().chars().take(200).collect();
    if reason.to_ascii_lowercase().contains("password") {
        return invalid("The workbook is protected by a password.")
            .advice("Save it without a password and upload it again.");
    }
    invalid(format!("The workbook cannot be read: {reason}."))
        .advice("Open it, save it again and upload it whole, or save the sheet as CSV.")
}
