//! Workbooks, read back by an independent reader: values, dates, what does not fit, and no formulas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::path::PathBuf;

use calamine::{Data, Reader as _, open_workbook_auto};
use contract::cells::Cell;
use contract::columns::{Column, ColumnType, Encoding};
use contract::exports::ExportFormat;
use render::{TableFile, TextOptions};

fn column(name: &str, column_type: ColumnType) -> Column {
    let json = serde_json::json!({ "name": name, "type": column_type, "encoding": Encoding::Plain, "nulls": 0 });
    serde_json::from_value(json).unwrap()
}

fn moment(text: &str, days: f64) -> Cell<'static> {
    Cell::Moment { text: text.to_owned(), days: Some(days) }
}

fn write(
    columns: &[Column],
    cells: &[Vec<Cell<'_>>],
) -> Result<(tempfile::TempDir, PathBuf), contract::errors::Failure> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xlsx");
    let options = TextOptions { bom: false, neutralise: true };
    let mut file = TableFile::create(&path, ExportFormat::Xlsx, columns, options)?.unwrap();
    file.write(cells)?;
    file.finish()?;
    Ok((folder, path))
}

#[test]
fn every_kind_of_value_comes_back() {
    let columns = [
        column("n", ColumnType::Integer),
        column("x", ColumnType::Float),
        column("day", ColumnType::Date),
        column("=name", ColumnType::Text),
        column("at", ColumnType::Time),
    ];
    let cells = [
        vec![Cell::Integer(5), Cell::Integer((1 << 53) + 1), Cell::Null],
        vec![Cell::Float(0.1), Cell::Float(f64::INFINITY), Cell::Boolean(true)],
        vec![moment("2024-01-31", 19_753.0), moment("1899-12-31", -25_568.0), Cell::Null],
        vec![
            Cell::Text("=1+1".into()),
            Cell::Text("grüße 🦀".into()),
            Cell::Decimal("12345678901234567.89".to_owned()),
        ],
        vec![moment("06:00:00", 0.25), Cell::Null, Cell::Null],
    ];
    let (_folder, path) = write(&columns, &cells).unwrap();
    let mut book = open_workbook_auto(&path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(rows[0], [text("n"), text("x"), text("day"), text("=name"), text("at")]);
    assert_eq!(rows[1][..2], [Data::Float(5.0), Data::Float(0.1)]);
    assert_eq!(rows[1][2].as_date_text(), "2024-01-31");
    assert_eq!(rows[1][3], text("=1+1"));
    assert!(matches!(&rows[1][4], Data::DateTime(time) if time.as_f64() == 0.25), "{:?}", rows[1][4]);
    assert_eq!(rows[2], [text("9007199254740993"), text("inf"), text("1899-12-31"), text("grüße 🦀"), Data::Empty]);
    assert_eq!(rows[3], [Data::Empty, Data::Bool(true), Data::Empty, text("12345678901234567.89"), Data::Empty]);
    assert!(book.worksheet_formula("Sheet1").unwrap().is_empty(), "a workbook of ours holds no formula");
}

trait DateText {
    fn as_date_text(&self) -> String;
}

impl DateText for Data {
    fn as_date_text(&self) -> String {
        match self {
            Data::DateTime(moment) if moment.is_datetime() && moment.as_f64() == 45_322.0 => "2024-01-31".to_owned(),
            other => panic!("{other:?} is no date"),
        }
    }
}

#[test]
fn what_does_not_fit_a_cell_is_named() {
    let columns = [column("note", ColumnType::Text)];
    let long = "x".repeat(32_768);
    let failure = write(&columns, &[vec![Cell::Text("a".into()), Cell::Text(long.as_str().into())]]).unwrap_err();
    assert_eq!((failure.column.as_deref(), failure.line), (Some("note"), Some(2)));
    assert!(failure.message.contains("32767") && failure.value.is_some(), "{failure:?}");
    assert!(write(&columns, &[vec![Cell::Text(long[..32_767].into())]]).is_ok());
}

#[test]
fn too_many_rows_are_refused() {
    let columns = [column("n", ColumnType::Integer)];
    let folder = tempfile::tempdir().unwrap();
    let options = TextOptions { bom: false, neutralise: true };
    let target = folder.path().join("table.xlsx");
    let mut file = TableFile::create(&target, ExportFormat::Xlsx, &columns, options).unwrap().unwrap();
    let chunk = [vec![Cell::Null; 131_072]];
    for _ in 0..7 {
        file.write(&chunk).unwrap();
    }
    file.write(&[vec![Cell::Null; 131_071]]).unwrap();
    assert!(file.write(&[vec![Cell::Null]]).unwrap_err().message.contains("1048575"));
}
