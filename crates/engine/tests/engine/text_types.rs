//! What columns of text become: types, units, missing cells, and what is said where nothing can be decided.

use contract::columns::ColumnType;
use contract::ingest::{DateOrder, LineEnd, ParseOptions};
use serde_json::{Value, json};

use crate::support::{Version, ingest, ingest_with, try_ingest_with};

/// A table of one column under a header, read with semicolons so that commas belong to the cells.
fn column(cells: &[&str]) -> Version {
    let rows: String = cells.iter().map(|cell| format!("{cell};x\n")).collect();
    ingest(format!("value;word\n{rows}"))
}

fn first(version: &Version) -> (ColumnType, Vec<Value>) {
    let values = version.outcome.preview.iter().map(|row| row[0].clone()).collect();
    (version.outcome.columns[0].column_type, values)
}

#[test]
fn numbers_with_marks_currencies_and_percent_signs() {
    for (cells, column_type, values, unit) in [
        (vec!["1.234,50", "7,25"], ColumnType::Float, json!([1234.5, 7.25]), None),
        (vec!["$1,234.50", "-$7"], ColumnType::Float, json!([1234.5, -7.0]), Some("$")),
        (vec!["12,5 %", "3 %"], ColumnType::Float, json!([12.5, 3.0]), Some("percent")),
        (vec!["1 234", "12"], ColumnType::Integer, json!([1234, 12]), None),
        (vec!["(5)", "10"], ColumnType::Integer, json!([-5, 10]), None),
        (vec!["3 €", "4,50 €"], ColumnType::Float, json!([3.0, 4.5]), Some("€")),
        (vec!["5 %", "5"], ColumnType::Text, json!(["5 %", "5"]), None),
        (vec!["5 €", "$5"], ColumnType::Text, json!(["5 €", "$5"]), None),
        (vec!["+49151123", "1"], ColumnType::Text, json!(["+49151123", "1"]), None),
        (vec!["00501", "10001"], ColumnType::Text, json!(["00501", "10001"]), None),
        (vec!["12345678901234567890", "1"], ColumnType::Decimal, json!(["12345678901234567890", "1"]), None),
        (
            vec!["0.1234567890123456789", "2"],
            ColumnType::Decimal,
            json!(["0.1234567890123456789", "2.0000000000000000000"]),
            None,
        ),
    ] {
        let version = column(&cells);
        assert_eq!(first(&version), (column_type, values.as_array().unwrap().clone()), "{cells:?}");
        assert_eq!(version.outcome.columns[0].unit.as_deref(), unit, "{cells:?}");
    }
}

#[test]
fn dates_are_read_in_the_order_that_the_whole_file_tells() {
    let version = ingest("a,b\n01/02/2024,x\n03/04/2024,y\n13/02/2024,z\n");
    assert_eq!(
        first(&version),
        (ColumnType::Date, vec![json!("2024-02-01"), json!("2024-04-03"), json!("2024-02-13")])
    );
    assert_eq!(version.outcome.dialect.date_order, Some(DateOrder::Dmy));
    // Another column of the file decides.
    let version = ingest("a,b\n01/02/2024,02/13/2024\n");
    assert_eq!(version.outcome.preview[0], [json!("2024-01-02"), json!("2024-02-13")]);
    let unsure = ingest("a,b\n01/02/2024,x\n");
    assert_eq!(first(&unsure).0, ColumnType::Text);
    assert!(unsure.outcome.dialect.warnings[0].contains("date_order"), "{:?}", unsure.outcome.dialect.warnings);
    let mixed = ingest("a,b\n13/02/2024,x\n02/13/2024,y\n");
    assert!(mixed.outcome.dialect.warnings[0].contains("different orders"), "{:?}", mixed.outcome.dialect.warnings);
    let options = ParseOptions { date_order: Some(DateOrder::Mdy), ..ParseOptions::default() };
    assert_eq!(first(&ingest_with("a,b\n01/02/2024,x\n", &options)).1, [json!("2024-01-02")]);
    let times = ingest("t,at\n9:05 PM,2024-01-31 10:00:00+02:00\n,2024-01-31 11:00:00Z\n");
    assert_eq!(times.outcome.preview[0], [json!("21:05:00"), json!("2024-01-31T08:00:00Z")]);
    assert_eq!(times.outcome.columns[1].time_zone.as_deref(), Some("UTC"));
}

#[test]
fn blank_cells_are_missing_and_words_for_nothing_too() {
    let rows: String = (0..30).map(|i| if i % 3 == 0 { format!(",{i}\n") } else { format!("{i},-\n") }).collect();
    let version = ingest(format!("a,b\n{rows}"));
    let columns = &version.outcome.columns;
    assert_eq!((columns[0].column_type, columns[0].nulls), (ColumnType::Integer, 10));
    assert_eq!((columns[1].column_type, columns[1].nulls), (ColumnType::Integer, 20));
    assert_eq!(version.outcome.dialect.null_values, ["-"]);
    let words = ingest("a,b\n-,1\nword,2\n");
    assert_eq!(first(&words), (ColumnType::Text, vec![json!("-"), json!("word")]));
    let options = ParseOptions { null_values: Some(vec!["9999".to_owned()]), ..ParseOptions::default() };
    let asked = ingest_with("a,b\n9999,NA\n1,x\n", &options);
    assert_eq!(asked.outcome.preview[0], [Value::Null, json!("NA")]);
}

#[test]
fn booleans_codes_and_categories() {
    let rows: String = (0..100)
        .map(|i| format!("{},no,{},{},w{i}\n", ["yes", "no"][i % 2], 10_000 + i, ["red", "blue"][i % 2]))
        .collect();
    let version = ingest(format!("paid,country,zip,colour,word\n{rows}"));
    let types: Vec<ColumnType> = version.outcome.columns.iter().map(|column| column.column_type).collect();
    use ColumnType::{Boolean, Text};
    // A lone "no" may be Norway, and postal codes are no quantities.
    assert_eq!(types, [Boolean, Text, Text, Text, Text]);
    let categories: Vec<bool> = version.outcome.columns.iter().map(|column| column.category).collect();
    assert_eq!(categories, [false, true, false, true, false]);
}

#[test]
fn asked_types_send_what_does_not_fit_to_the_quarantine() {
    let mut options = ParseOptions { quarantine_percent: Some(50.0), ..ParseOptions::default() };
    options.columns.insert("n".to_owned(), ColumnType::Integer);
    let version = ingest_with("n,other\n1,1\nx,many\n,3\n", &options);
    assert_eq!(first(&version), (ColumnType::Integer, vec![json!(1), Value::Null]));
    // The row that was left out has no say in the types of the others.
    assert_eq!(version.outcome.columns[1].column_type, ColumnType::Integer);
    let row = &version.outcome.quarantine.sample[0];
    assert_eq!((row.line, row.column.as_deref(), row.value.as_deref()), (3, Some("n"), Some("x")));
    assert_eq!(row.text, "x,many");
    options.quarantine_percent = None;
    assert!(try_ingest_with("n,other\n1,1\nx,many\n,3\n", &options).is_err());
    let flags = ParseOptions { columns: [("f".to_owned(), ColumnType::Boolean)].into(), ..ParseOptions::default() };
    assert_eq!(first(&ingest_with("f,g\n1,a\n0,b\n", &flags)).1, [json!(true), json!(false)]);
}

#[test]
fn encodings_line_ends_titles_and_comments() {
    let latin = ingest(b"name;city\nJos\xE9;K\xF6ln\n\xC5sa;M\xFCnchen\n");
    assert_eq!(latin.outcome.dialect.encoding, "windows-1252");
    assert_eq!(latin.outcome.preview[0], [json!("José"), json!("Köln")]);
    let wide: Vec<u8> = "a,b\r\n1,é\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wide = ingest(wide);
    assert_eq!(
        (wide.outcome.dialect.encoding.as_str(), wide.outcome.dialect.line_end),
        ("utf-16be", Some(LineEnd::Crlf))
    );
    assert_eq!(wide.outcome.preview[0], [json!(1), json!("é")]);
    let titled = ingest("Sales report\n\nid,amount,city\n1,2,x\n3,4,y\n5,6,z\n");
    assert_eq!((titled.outcome.dialect.skip_rows, titled.outcome.rows), (2, 3));
    let commented = ingest("# by hand\nid,amount\n1,2\n# end of May\n3,4\n");
    assert_eq!((commented.outcome.dialect.comment.as_deref(), commented.outcome.rows), (Some("#"), 2));
    let returns = ingest("a,b\r1,2\r3,4\r");
    assert_eq!((returns.outcome.dialect.line_end, returns.outcome.rows), (Some(LineEnd::Cr), 2));
}

#[test]
fn a_line_end_that_is_asked_for_leaves_the_others_to_the_cells() {
    for (text, asked, rows) in [
        ("a,b\r\n1,x\ny\r\n2,\rz\r\n", LineEnd::Crlf, json!([[1, "x\ny"], [2, "\rz"]])),
        ("a,b\n1,x\ry\n2,z\n", LineEnd::Lf, json!([[1, "x\ry"], [2, "z"]])),
        ("a,b\r1,x\ny\r2,z\r", LineEnd::Cr, json!([[1, "x\ny"], [2, "z"]])),
        ("a,b\r\n1,x\r2,y\n", LineEnd::Mixed, json!([[1, "x"], [2, "y"]])),
    ] {
        let outcome = ingest_with(text, &ParseOptions { line_end: Some(asked), ..ParseOptions::default() }).outcome;
        assert_eq!(json!(outcome.preview), rows, "{text:?}");
        let choice = outcome.dialect.choices.iter().find(|choice| choice.option == "line_end").unwrap();
        assert_eq!((choice.value.as_str(), outcome.dialect.line_end), (asked.as_str(), Some(asked)));
        assert_eq!((choice.asked, choice.confidence), (true, 1.0));
    }
    let other = ParseOptions { line_end: Some(LineEnd::Crlf), header: Some(true), ..ParseOptions::default() };
    let other = ingest_with("a,b\n1,x\n", &other).outcome;
    assert!(other.dialect.warnings[0].starts_with("No line ends in crlf"), "{:?}", other.dialect);
    assert_eq!(other.rows, 0);
    let detected = ingest("a,b\r\n1,x\r\n").outcome.dialect;
    let choice = detected.choices.iter().find(|choice| choice.option == "line_end").unwrap();
    assert_eq!((choice.value.as_str(), choice.asked, choice.confidence), ("crlf", false, 1.0));
    // Lines are told as an editor counts them.
    let lenient = ParseOptions {
        line_end: Some(LineEnd::Crlf),
        quarantine_percent: Some(100.0),
        header: Some(true),
        delimiter: Some(",".to_owned()),
        ..ParseOptions::default()
    };
    let outcome = ingest_with("a,b\r\n1,x\ny\n\r\n2\r\n3,z\r\n", &lenient).outcome;
    assert_eq!((outcome.rows, outcome.quarantine.sample[0].line), (2, 5));
}
