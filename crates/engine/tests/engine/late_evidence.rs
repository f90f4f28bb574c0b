//! Files whose first two megabytes do not show what decides how they are read: it comes after them.

use std::fs::File;

use contract::columns::{ColumnType, Scalar};
use contract::ingest::{DateOrder, LineEnd, ParseOptions};
use contract::limits::IngestLimits;
use polars::prelude::{ParquetReader, SerReader};

use crate::support::{Version, ingest, ingest_with, try_ingest};

/// More than two megabytes of plain rows of an integer, a word and whatever `third` says.
fn plain(third: &str) -> String {
    let mut text = String::from("id,word,third\n");
    (0..90_000).for_each(|i| text.push_str(&format!("{i},word number {i},{third}\n")));
    assert!(text.len() > 2 << 20);
    text
}

/// The second cell of the last row.
fn last_word(version: &Version) -> String {
    let frame = ParquetReader::new(File::open(version.parquet()).unwrap()).finish().unwrap();
    let word = frame.column("word").unwrap().get(frame.height() - 1).unwrap();
    word.get_str().unwrap().to_owned()
}

#[test]
fn quotes_around_separators_and_line_ends() {
    let version = ingest(plain("x") + "7,\"a, b\nc \"\"d\"\"\",y\n");
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_001, 0));
    assert_eq!(last_word(&version), "a, b\nc \"d\"");
    let quote = version.outcome.dialect.choices.iter().find(|choice| choice.option == "quote").unwrap();
    assert!(quote.confidence >= 0.9 && quote.reason.contains("between"), "{quote:?}");
}

#[test]
fn quotes_of_another_sort() {
    let version = ingest(plain("x") + "7,'a, b',y\n8,'c, d',z\n");
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_002, 0));
    assert_eq!(version.outcome.dialect.quote, Some('\''));
    assert_eq!(last_word(&version), "c, d");
}

#[test]
fn backslashes_before_quotes() {
    for late in ["7,\"say \\\"x\\\", y\",z\n", "7,\"say \\\"x\\\" aloud\",z\n"] {
        let version = ingest(plain("x") + late);
        assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_001, 0), "{late}");
        assert_eq!(version.outcome.dialect.escape, Some('\\'));
        assert!(last_word(&version).starts_with("say \"x\""), "{late}");
    }
    // A folder of Windows is no escaped quote.
    let version = ingest(plain("x") + "7,\"C:\\dir\\\",z\n");
    assert_eq!((last_word(&version).as_str(), version.outcome.dialect.escape), ("C:\\dir\\", Some('"')));
}

#[test]
fn comments_between_rows() {
    let version = ingest(plain("x") + "# checked, twice\n8,word,y\n# end\n");
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_001, 0));
    assert_eq!(version.outcome.dialect.comment.as_deref(), Some("#"));
    // One row of a sort of its own is a row, not a comment.
    let version = ingest("word\n".to_owned() + &"plain\n".repeat(2000) + "#tag\n");
    assert_eq!(version.outcome.rows, 2001);
}

#[test]
fn separators_that_the_beginning_leaves_open() {
    let mut text = String::from("a,b;c,d\n");
    (0..300_000).for_each(|i| text.push_str(&format!("{},5;{},5\n", i % 90, i % 7)));
    (0..20_000).for_each(|i| text.push_str(&format!("{};{}\n", i % 90, i % 7)));
    let version = ingest(text);
    assert_eq!((version.outcome.dialect.delimiter, version.outcome.columns.len()), (Some(';'), 2));
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (320_000, 0));
    assert!(version.outcome.columns.iter().all(|column| column.column_type == ColumnType::Float));
}

#[test]
fn decimal_marks_date_orders_and_line_ends() {
    let semicolons = plain("1").replace(',', ";");
    let version = ingest(semicolons.clone() + "7;x;1,5\n");
    assert_eq!(
        (version.column("third").column_type, version.numeric("third").max.clone()),
        (ColumnType::Float, 1.5.into())
    );
    assert_eq!(version.outcome.dialect.decimal_mark, Some(','));
    // `1,234` may mean two things until something decides.
    let version = ingest(plain("1.234").replace(',', ";") + "7;x;1.234,5\n");
    assert_eq!(version.numeric("third").max, Scalar::from(1234.5));

    let version = ingest(plain("01/02/2024") + "7,x,13/02/2024\n");
    assert_eq!(version.column("third").column_type, ColumnType::Date);
    assert_eq!(version.outcome.dialect.date_order, Some(DateOrder::Dmy));
    assert_eq!(version.column("third").temporal.as_ref().unwrap().max.as_deref(), Some("2024-02-13"));

    let version = ingest(plain("x") + "7,y,z\r\n");
    assert_eq!(version.outcome.dialect.line_end, Some(LineEnd::Mixed));
    let choice = version.outcome.dialect.choices.iter().find(|choice| choice.option == "line_end").unwrap();
    assert_eq!((choice.value.as_str(), choice.confidence), ("mixed", 0.8));
}

#[test]
fn what_the_request_says_is_not_reconsidered() {
    let options = ParseOptions {
        quote: Some("\"".to_owned()),
        escape: Some("\"".to_owned()),
        comment: Some(String::new()),
        ..ParseOptions::default()
    };
    let version = ingest_with(plain("x") + "# a remark\n7,'a, b',y\n", &options);
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_000, 2));
}

#[test]
fn malformed_rows_alone_change_nothing() {
    let version = ingest(plain("x") + "7,y\n8,a,b,c\n9,\"open,z\n");
    assert_eq!((version.outcome.rows, version.outcome.quarantine.rows), (90_000, 3));
    let dialect = &version.outcome.dialect;
    assert_eq!((dialect.delimiter, dialect.quote, dialect.comment.as_deref()), (Some(','), Some('"'), None));
    let delimiter = dialect.choices.iter().find(|choice| choice.option == "delimiter").unwrap();
    assert!(delimiter.reason.contains("90000 of 90003 rows"), "{delimiter:?}");
    assert!(try_ingest(plain("x") + &"7,y\n".repeat(10_000)).is_err());
}

#[test]
fn a_preview_reconsiders_as_well() {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), plain("x") + "7,'a, b',y\n").unwrap();
    let preview = engine::ingest::preview(source.path(), &ParseOptions::default(), &IngestLimits::default());
    assert_eq!(preview.unwrap().dialect.quote, Some('\''));
}
