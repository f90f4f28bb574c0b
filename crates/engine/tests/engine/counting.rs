//! Every record of a file is told: counted here by those who write the file, not by the reader.

use contract::ingest::ParseOptions;
use proptest::prelude::*;

use crate::support::{fixture, ingest_file, ingest_with, try_ingest_with};

fn lenient() -> ParseOptions {
    ParseOptions { quarantine_percent: Some(100.0), ..ParseOptions::default() }
}

/// The reader holds as much of a file as its longest row needs. A block of it that is all blank lines or comments is no
/// end of the file, even where no more of the file is to be read.
#[test]
fn rows_behind_a_mebibyte_of_blank_lines_or_comments_are_read() {
    for filler in ["\n", "  \r\n", "# nothing to see here\n"] {
        let long = "x".repeat((2 << 20) + 70_000);
        let gap = filler.repeat((5 << 18) / filler.len());
        let rows: String = (0..20_000).map(|row| format!("{row},word\n")).collect();
        let options = ParseOptions { comment: Some("#".to_owned()), ..lenient() };
        let outcome = ingest_with(format!("id,word\n7,\"{long}\"\n{gap}{rows}"), &options).outcome;
        assert_eq!((outcome.rows_in, outcome.rows), (20_001, 20_001), "{filler:?}");
    }
}

/// What stands on a line of NDJSON, and how many rows come of it: a broken record takes its whole line along.
fn lines() -> impl Strategy<Value = Vec<(&'static str, u64)>> {
    prop::collection::vec(
        prop_oneof![
            6 => Just(("{\"a\": 1}", 1)),
            2 => Just(("{\"a\": 2} {\"b\": \"}\"}", 2)),
            1 => Just(("{}", 1)),
            1 => Just(("", 0)),
            1 => Just(("{\"a\": }", 1)),
            1 => Just(("{\"a\": 3} {\"a\" 4}", 1)),
            1 => Just(("word", 1)),
            1 => Just(("[1, 2]", 1)),
        ],
        1..60,
    )
}

/// What stands in a cell of a row that may have too many or too few of them.
fn fields() -> impl Strategy<Value = Vec<&'static str>> {
    let cell = prop_oneof![4 => Just("1"), 1 => Just("\"two\nlines\""), 1 => Just("\"\""), 1 => Just("a b")];
    prop_oneof![8 => prop::collection::vec(cell.clone(), 3), 1 => prop::collection::vec(cell, 2..5)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_record_of_ndjson_is_counted(lines in lines(), ends in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]) {
        let text: String = lines.iter().map(|(line, _)| format!("{line}{ends}")).collect();
        let outcome = ingest_with(format!("{{\"a\": 0}}{ends}{text}{{\"a\": 9}}{ends}"), &lenient()).outcome;
        let written = 2 + lines.iter().map(|(_, rows)| rows).sum::<u64>();
        prop_assert_eq!(outcome.rows_in, written);
        prop_assert_eq!(outcome.rows + outcome.quarantine.rows, written);
    }

    #[test]
    fn every_record_of_delimited_text_is_counted(rows in prop::collection::vec(fields(), 1..80), blanks in 0_usize..4) {
        let between = "\n".repeat(blanks + 1);
        let text: String = rows.iter().map(|row| format!("{}{between}", row.join(","))).collect();
        let options = ParseOptions {
            delimiter: Some(",".to_owned()),
            quote: Some("\"".to_owned()),
            header: Some(true),
            ..lenient()
        };
        let malformed = rows.iter().filter(|row| row.len() != 3).count() as u64;
        let Ok(version) = try_ingest_with(format!("one,two,three\n{text}"), &options) else {
            prop_assert_eq!(malformed, rows.len() as u64, "a file with rows must be read");
            return Ok(());
        };
        let outcome = &version.outcome;
        prop_assert_eq!((outcome.rows_in, outcome.quarantine.rows), (rows.len() as u64, malformed));
        prop_assert_eq!(outcome.rows, rows.len() as u64 - malformed);
    }

    #[test]
    fn every_item_of_an_array_is_counted(rows in 0_u64..400, wide in any::<bool>()) {
        let filler = if wide { "x".repeat(4000) } else { String::new() };
        let items: Vec<String> = (0..rows).map(|row| format!("{{\"a\": {row}, \"b\": \"{filler}\"}}")).collect();
        let lists = format!("{{\"a\": {:?}, \"b\": {:?}}}", Vec::from_iter(0..rows), Vec::from_iter(0..rows));
        for text in [format!("[{}]", items.join(",")), lists] {
            let Ok(version) = try_ingest_with(&text, &lenient()) else {
                prop_assert_eq!(rows, 0);
                continue;
            };
            prop_assert_eq!((version.outcome.rows_in, version.outcome.rows), (rows, rows));
        }
    }
}

#[test]
fn every_row_of_typed_files_and_workbooks_is_counted() {
    for (name, written) in [
        ("types.parquet", 3),
        ("groups_zstd.parquet", 1000),
        ("types.arrow", 3),
        ("types.arrows", 3),
        ("book.xlsx", 4),
        ("table.ods", 3),
    ] {
        let outcome = ingest_file(&fixture(&format!("formats/{name}"))).unwrap().outcome;
        assert_eq!((outcome.rows_in, outcome.rows), (written, written), "{name}");
    }
}
