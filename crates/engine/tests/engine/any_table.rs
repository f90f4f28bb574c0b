//! Any table of typed columns, written as delimited text in any dialect and read back, is the same table.

use std::collections::BTreeMap;

use contract::columns::ColumnType;
use contract::ingest::{LineEnd, ParseOptions, SourceKind};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::ingest_with;

/// A cell and how it is written, apart from the marks.
#[derive(Clone, Debug)]
struct Cell {
    /// `None` is a missing one.
    value: Option<String>,
    /// Blanks before and after a value that is no text.
    pad: (usize, usize),
    quoted: bool,
    /// How a missing cell is spelled.
    spelling: usize,
}

#[derive(Clone, Debug)]
struct Table {
    types: Vec<ColumnType>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy, Debug)]
struct Marks {
    delimiter: char,
    quote: char,
    escape: char,
    line_end: &'static str,
    /// Whether the request says which line end it is, so that the others need no quotes.
    says_line_end: bool,
    encoding: &'static str,
    byte_order: bool,
}

fn delimiters() -> Vec<char> {
    let ascii = (1_u8..127).filter(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r'));
    ascii.map(char::from).collect()
}

fn marks() -> impl Strategy<Value = Marks> {
    let quote =
        prop_oneof![3 => Just('"'), 1 => Just('\''), 1 => Just('`'), 1 => Just('%'), 1 => Just('{'), 1 => Just('-')];
    let line_end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
    let encoding = prop_oneof![Just("utf-8"), Just("utf-16le"), Just("utf-16be")];
    let delimiter =
        prop_oneof![1 => prop::sample::select(vec![',', ';', '\t', '|']), 2 => prop::sample::select(delimiters())];
    (delimiter, quote, any::<bool>(), line_end, encoding, any::<(bool, bool)>())
        .prop_filter("the quote is not the separator", |(delimiter, quote, ..)| delimiter != quote)
        .prop_map(|(delimiter, quote, backslash, line_end, encoding, (byte_order, says_line_end))| Marks {
            delimiter,
            quote,
            escape: if backslash && delimiter != '\\' { '\\' } else { quote },
            line_end,
            says_line_end,
            encoding,
            byte_order,
        })
}

/// Text of any characters, and texts that look like something else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
        2 => "[ \\t\"'`,;|\\\\\\n\\r#%{}-]{0,6}",
        1 => "[a-zé€😀 ]{0,8}",
        2 => prop::sample::select(vec!["", "NA", "null", "-", "?", "007", "1", "true", "2024-01-01", " x ", "\u{feff}", "\0", "#"])
            .prop_map(str::to_owned),
    ]
}

fn value(of: ColumnType) -> BoxedStrategy<String> {
    match of {
        ColumnType::Integer => any::<i64>().prop_map(|value| value.to_string()).boxed(),
        ColumnType::Float => {
            any::<f64>().prop_filter("finite", |value| value.is_finite()).prop_map(|value| format!("{value:?}")).boxed()
        }
        ColumnType::Boolean => any::<bool>().prop_map(|value| value.to_string()).boxed(),
        ColumnType::Date => {
            (1_i32..9999, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")).boxed()
        }
        ColumnType::Datetime => (1900_i32..2100, 1_u32..13, 0_u32..24, 0_u32..60)
            .prop_map(|(y, m, h, s)| format!("{y:04}-{m:02}-17T{h:02}:05:{s:02}"))
            .boxed(),
        _ => text().boxed(),
    }
}

fn cell(of: ColumnType) -> impl Strategy<Value = Cell> {
    let value = prop_oneof![1 => Just(None), 5 => value(of).prop_map(Some)];
    (value, (0_usize..3, 0_usize..3), any::<bool>(), 0_usize..4).prop_map(|(value, pad, quoted, spelling)| Cell {
        value,
        pad,
        quoted,
        spelling,
    })
}

fn tables() -> impl Strategy<Value = Table> {
    let types = [
        ColumnType::Integer,
        ColumnType::Float,
        ColumnType::Boolean,
        ColumnType::Date,
        ColumnType::Datetime,
        ColumnType::Text,
        ColumnType::Text,
    ];
    prop::collection::vec(prop::sample::select(types.to_vec()), 1..6).prop_flat_map(|types| {
        let row: Vec<_> = types.iter().map(|of| cell(*of)).collect();
        prop::collection::vec(row, 1..16).prop_map(move |rows| Table { types: types.clone(), rows })
    })
}

impl Marks {
    fn write(&self, table: &Table) -> Vec<u8> {
        let names = (0..table.types.len()).map(|column| format!("name{column}"));
        let mut lines = vec![names.map(|name| self.bare_or_quoted(&name, false)).collect::<Vec<_>>()];
        for row in &table.rows {
            lines.push(row.iter().zip(&table.types).map(|(cell, of)| self.cell(cell, *of, row.len())).collect());
        }
        let separator = self.delimiter.to_string();
        let mut text: String =
            lines.iter().map(|cells| format!("{}{}", cells.join(&separator), self.line_end)).collect();
        if self.byte_order {
            text.insert(0, '\u{feff}');
        }
        match self.encoding {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => text.into_bytes(),
        }
    }

    fn cell(&self, cell: &Cell, of: ColumnType, width: usize) -> String {
        let Some(value) = &cell.value else { return self.missing(cell, of, width) };
        if of == ColumnType::Text {
            return self.bare_or_quoted(value, cell.quoted);
        }
        // A separator that is a blank leaves no room for others.
        let (before, after) = if matches!(self.delimiter, ' ' | '\t') { (0, 0) } else { cell.pad };
        self.bare_or_quoted(&format!("{}{value}{}", " ".repeat(before), " ".repeat(after)), cell.quoted)
    }

    /// Nothing at all, one of the usual spellings, or quotes around nothing where the column is not of text. A line of
    /// nothing at all would be a blank one.
    fn missing(&self, cell: &Cell, of: ColumnType, width: usize) -> String {
        match cell.spelling {
            0 => "NA".to_owned(),
            1 => "null".to_owned(),
            2 if of != ColumnType::Text => self.bare_or_quoted("", true),
            _ if width == 1 => "NA".to_owned(),
            _ => String::new(),
        }
    }

    fn bare_or_quoted(&self, value: &str, quoted: bool) -> String {
        let marks = [self.delimiter, self.quote, self.escape];
        let ends: &[&str] = if self.says_line_end { &[self.line_end] } else { &["\n", "\r"] };
        let blank = value.chars().all(|letter| matches!(letter, ' ' | '\t'));
        if !quoted
            && !blank
            && !value.contains(marks)
            && !ends.iter().any(|end| value.contains(end))
            && !matches!(value, "NA" | "null")
        {
            return value.to_owned();
        }
        let mut text = String::from(self.quote);
        for letter in value.chars() {
            if letter == self.quote || letter == self.escape {
                text.push(self.escape);
            }
            text.push(letter);
        }
        text.push(self.quote);
        text
    }

    /// What the file cannot tell: which marks these are among others, and that a column of digits is text.
    fn options(&self, table: &Table) -> ParseOptions {
        let name = |(column, of): (usize, &ColumnType)| (format!("name{column}"), *of);
        let delimiter = match self.delimiter {
            '\t' => "tab".to_owned(),
            ' ' => "space".to_owned(),
            other => other.to_string(),
        };
        ParseOptions {
            format: Some(SourceKind::Csv),
            encoding: Some(self.encoding.to_owned()),
            delimiter: Some(delimiter),
            quote: Some(self.quote.to_string()),
            escape: Some(self.escape.to_string()),
            line_end: self.says_line_end.then_some(match self.line_end {
                "\n" => LineEnd::Lf,
                "\r\n" => LineEnd::Crlf,
                _ => LineEnd::Cr,
            }),
            comment: Some(String::new()),
            header: Some(true),
            skip_rows: Some(0),
            decimal_mark: Some(".".to_owned()),
            thousands_mark: Some(String::new()),
            columns: table.types.iter().enumerate().map(name).collect::<BTreeMap<_, _>>(),
            ..ParseOptions::default()
        }
    }
}

/// What a cell of the answer says, in the words of the table.
fn same(found: &Value, cell: &Cell, of: ColumnType) -> bool {
    let Some(expected) = &cell.value else { return found.is_null() };
    match (found, of) {
        (Value::Number(found), ColumnType::Float) => found.as_f64() == expected.parse().ok(),
        (Value::Number(found), ColumnType::Integer) => found.to_string() == *expected,
        (Value::Bool(found), ColumnType::Boolean) => found.to_string() == *expected,
        (Value::String(found), _) => found == expected,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_table_of_any_types_in_any_dialect_comes_back(table in tables(), marks in marks()) {
        let options = marks.options(&table);
        prop_assert!(options.check().is_empty(), "{:?}", options.check());
        let outcome = ingest_with(marks.write(&table), &options).outcome;
        let types: Vec<ColumnType> = outcome.columns.iter().map(|column| column.column_type).collect();
        prop_assert_eq!(&types, &table.types);
        prop_assert_eq!((outcome.rows_in, outcome.rows), (table.rows.len() as u64, table.rows.len() as u64));
        for (row, (found, written)) in outcome.preview.iter().zip(&table.rows).enumerate() {
            for (column, cell) in written.iter().enumerate() {
                let of = table.types[column];
                prop_assert!(same(&found[column], cell, of), "row {row}, column {column}: {} of {cell:?}", found[column]);
            }
        }
    }
}
