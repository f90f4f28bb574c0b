//! Any table written as CSV in any dialect and read back is the same table; no row is ever lost without being told.

use contract::ingest::{ParseOptions, QuarantinedRow};
use proptest::prelude::*;

use crate::support::{Version, ingest_with, try_ingest_with};

/// How a table is written.
#[derive(Clone, Debug)]
struct Written {
    delimiter: char,
    quote: char,
    escape: char,
    line_end: &'static str,
    encoding: &'static str,
    mark: bool,
    quote_all: bool,
}

fn dialect() -> impl Strategy<Value = Written> {
    let marks =
        prop_oneof![Just((',', '"')), Just((';', '"')), Just(('\t', '"')), Just(('|', '\'')), Just((',', '\''))];
    let line_end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
    let encoding = prop_oneof![Just("utf-8"), Just("utf-16le"), Just("utf-16be"), Just("windows-1252")];
    (marks, any::<bool>(), line_end, encoding, any::<bool>(), any::<bool>()).prop_map(
        |((delimiter, quote), backslash, line_end, encoding, mark, quote_all)| Written {
            delimiter,
            quote,
            escape: if backslash { '\\' } else { quote },
            line_end,
            encoding,
            mark: mark && encoding != "windows-1252",
            quote_all,
        },
    )
}

/// Texts with everything that a dialect can stumble over; letters are those of windows-1252 and of no number or date.
fn cell() -> impl Strategy<Value = String> {
    "[a-zéüß,;|\t\"'\\\\ \n#]{0,12}".prop_map(|text| format!("x{text}z"))
}

fn tables() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..5).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 1..20))
}

impl Written {
    fn write(&self, table: &[Vec<String>]) -> Vec<u8> {
        let names = (0..table[0].len()).map(|column| format!("name{column}")).collect();
        let rows = std::iter::once(&names).chain(table);
        let mut text = String::new();
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell: &String| self.cell(cell)).collect();
            text.push_str(&cells.join(&self.delimiter.to_string()));
            text.push_str(self.line_end);
        }
        let text = if self.mark { format!("\u{feff}{text}") } else { text };
        match self.encoding {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "windows-1252" => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
            _ => text.into_bytes(),
        }
    }

    fn cell(&self, cell: &str) -> String {
        let marks = [self.delimiter, self.quote, self.escape, '\n', '\r', '#'];
        if !self.quote_all && !cell.contains(marks) {
            return cell.to_owned();
        }
        let (quote, escape) = (self.quote, self.escape);
        let mut text = String::from(quote);
        for letter in cell.chars() {
            if letter == quote || letter == escape {
                text.push(escape);
            }
            text.push(letter);
        }
        text.push(quote);
        text
    }

    fn options(&self) -> ParseOptions {
        ParseOptions {
            encoding: Some(self.encoding.to_owned()),
            delimiter: Some(self.delimiter.to_string()),
            quote: Some(self.quote.to_string()),
            escape: Some(self.escape.to_string()),
            comment: Some(String::new()),
            header: Some(true),
            ..ParseOptions::default()
        }
    }
}

fn rows(version: &Version) -> Vec<Vec<String>> {
    let text = |cell: &serde_json::Value| cell.as_str().unwrap_or_default().to_owned();
    version.outcome.preview.iter().map(|row| row.iter().map(text).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_table_in_any_dialect_comes_back(table in tables(), written in dialect()) {
        let version = ingest_with(written.write(&table), &written.options());
        prop_assert_eq!(rows(&version), table.clone());
        prop_assert_eq!(version.outcome.rows_in, table.len() as u64);
        prop_assert_eq!(version.outcome.quarantine.rows, 0);
    }

    /// What the file itself tells need not be told: the same table is read without any option.
    #[test]
    fn a_table_of_values_and_words_is_read_without_options(
        numbers in prop::collection::vec((0_u32..100_000, "[a-zéü]{1,8}", "[a-z ,;|\"]{0,8}"), 5..40),
        written in dialect(),
    ) {
        let table: Vec<Vec<String>> =
            numbers.iter().map(|(number, word, text)| vec![number.to_string(), word.clone(), format!("w{text}w")]).collect();
        let plain = Written { escape: written.quote, quote: '"', ..written };
        let plain = Written { escape: plain.quote, ..plain };
        let version = ingest_with(plain.write(&table), &ParseOptions::default());
        let names: Vec<&str> = version.outcome.columns.iter().map(|column| column.name.as_str()).collect();
        prop_assert_eq!(names, ["name0", "name1", "name2"], "{:?}", version.outcome.dialect);
        let read: Vec<String> = version.outcome.preview.iter().map(|row| row[2].as_str().unwrap().to_owned()).collect();
        prop_assert_eq!(read, table.iter().map(|row| row[2].clone()).collect::<Vec<_>>());
    }

    #[test]
    fn rows_in_are_rows_stored_and_rows_quarantined(
        lines in prop::collection::vec(prop_oneof![
            6 => Just("1,word"), 1 => Just("1"), 1 => Just("1,2,3"), 1 => Just("1,\"a\" b"), 1 => Just("x,\"open"),
            1 => Just("word,word"),
        ], 1..60),
        asked in any::<bool>(),
    ) {
        let text = format!("id,word\n{}\n", lines.join("\n"));
        let mut options = ParseOptions {
            quarantine_percent: Some(100.0),
            delimiter: Some(",".to_owned()),
            quote: Some("\"".to_owned()),
            header: Some(true),
            ..ParseOptions::default()
        };
        if asked {
            options.columns.insert("id".to_owned(), contract::columns::ColumnType::Integer);
        }
        let Ok(version) = try_ingest_with(&text, &options) else { return Ok(()) };
        let outcome = &version.outcome;
        prop_assert_eq!(outcome.rows_in, outcome.rows + outcome.quarantine.rows);
        prop_assert_eq!(outcome.rows_in, lines.len() as u64);
        prop_assert_eq!(outcome.quarantine.reasons.iter().map(|reason| reason.rows).sum::<u64>(), outcome.quarantine.rows);
        let file = std::fs::read_to_string(version.folder.path().join("quarantine.ndjson")).unwrap_or_default();
        let told: Vec<QuarantinedRow> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(told.len() as u64, outcome.quarantine.rows);
        prop_assert!(told.iter().map(|row| row.line).is_sorted());
        for row in &told {
            prop_assert_eq!(row.text.as_str(), lines[row.line as usize - 2], "{:?}", row);
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_type(
        cells in prop::collection::vec(prop_oneof![
            Just("1"), Just("-7"), Just("2.5"), Just("1,5"), Just("1.234,5"), Just("9007199254740993"),
            Just("9223372036854775808"), Just("007"), Just("true"), Just("no"), Just("yes"), Just("2024-01-01"),
            Just("01/02/2024"), Just("13/02/2024"), Just("02/13/2024"), Just("10:30"), Just("$5"), Just("5 %"), Just("-"),
            Just("NA"), Just(""), Just("word"), Just("2024-01-01T00:00Z"), Just("1e3"),
        ], 1..8),
        turn in any::<prop::sample::Index>(),
    ) {
        let read = |cells: &[&str]| {
            let text: String = cells.iter().map(|cell| format!("x|{cell}\n")).collect();
            let options = ParseOptions { delimiter: Some("|".to_owned()), header: Some(false), ..ParseOptions::default() };
            let outcome = ingest_with(text, &options).outcome;
            (outcome.columns, outcome.dialect.warnings, outcome.dialect.null_values)
        };
        let mut turned = cells.clone();
        turned.reverse();
        turned.rotate_left(turn.index(cells.len()));
        prop_assert_eq!(read(&cells), read(&turned));
    }
}
