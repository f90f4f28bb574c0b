//! CSV and JSON as bytes: what is quoted, what is missing, how numbers and moments are spelt.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use contract::cells::Cell;
use contract::columns::{Column, ColumnType, Encoding};
use contract::exports::ExportFormat;
use render::{TableFile, TextOptions};

fn written(format: ExportFormat, names: &[&str], cells: &[Vec<Cell<'_>>]) -> String {
    let column = |name: &&str| {
        let json =
            serde_json::json!({ "name": name, "type": ColumnType::Text, "encoding": Encoding::Plain, "nulls": 0 });
        serde_json::from_value::<Column>(json).unwrap()
    };
    let columns: Vec<Column> = names.iter().map(column).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let options = TextOptions { bom: false, neutralise: true };
    let mut file = TableFile::create(&path, format, &columns, options).unwrap().unwrap();
    file.write(cells).unwrap();
    file.finish().unwrap();
    std::fs::read_to_string(path).unwrap()
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

#[test]
fn csv_tells_empty_from_missing() {
    let cells =
        [vec![Cell::Null, text(""), text("NA"), text(" a")], vec![text("x"), text("a\"b"), text("l1\nl2"), Cell::Null]];
    assert_eq!(
        written(ExportFormat::Csv, &["a", "=b"], &cells),
        "a,\"'=b\"\n,x\n\"\",\"a\"\"b\"\n\"NA\",\"l1\nl2\"\n\" a\",\n"
    );
    // A row of one missing cell is no blank line.
    assert_eq!(written(ExportFormat::Csv, &["a"], &[vec![Cell::Null, text("x")]]), "a\nNA\nx\n");
}

#[test]
fn numbers_are_spelt_so_that_none_loses_a_digit() {
    let cells = [vec![
        Cell::Integer(i64::MIN),
        Cell::Float(0.1 + 0.2),
        Cell::Float(-0.0),
        Cell::Float(f64::NEG_INFINITY),
        Cell::Decimal("1.10".to_owned()),
        Cell::Binary(b"foo".as_slice().into()),
    ]];
    let csv = written(ExportFormat::Csv, &["a"], &cells);
    assert_eq!(csv, "a\n-9223372036854775808\n0.30000000000000004\n-0.0\n-inf\n1.10\nZm9v\n");
    let ndjson = written(ExportFormat::Ndjson, &["a\"b"], &cells);
    let values: Vec<&str> = ndjson.lines().map(|line| line.strip_prefix("{\"a\\\"b\":").unwrap()).collect();
    assert_eq!(
        values,
        ["\"-9223372036854775808\"}", "0.30000000000000004}", "-0.0}", "null}", "\"1.10\"}", "\"Zm9v\"}"]
    );
}

#[test]
fn a_table_without_rows_is_still_a_document() {
    assert_eq!(written(ExportFormat::Json, &["a"], &[vec![]]), "[]\n");
    assert_eq!(written(ExportFormat::Ndjson, &["a"], &[vec![]]), "");
    assert_eq!(written(ExportFormat::Csv, &["a"], &[vec![]]), "a\n");
}
