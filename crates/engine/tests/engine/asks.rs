//! Answers to asks: windows of a stored table, with the values and encodings that previews have.

use contract::asks::rows::{RowsAnswer, RowsAsk};
use contract::asks::{Ask, AskFile};
use contract::columns::Column;
use contract::errors::ErrorCode;
use serde_json::json;

use crate::support::{Version, ingest};

fn ask(version: &Version, columns: &[Column], offset: u64, limit: u32) -> engine::Result<RowsAnswer> {
    let file = AskFile { storage_key: String::new(), content_hash: version.outcome.content_hash.clone() };
    let ask = Ask::Rows(RowsAsk::window(file, columns.to_vec(), offset, limit));
    engine::asks::run(&ask, &version.parquet(), version.parquet().parent().unwrap())
        .map(|answer| serde_json::from_str(answer.get()).unwrap())
}

#[test]
fn a_window_holds_the_rows_of_the_file_wherever_it_lies() {
    // More than one row group of 131,072 rows.
    let text: String = (0..300_000).map(|i| format!("{i},name {i},{}.5\n", i % 7)).collect();
    let version = ingest(format!("id,name,price\n{text}"));
    let columns = &version.outcome.columns;
    for offset in [0, 1, 131_071, 131_072, 262_143, 299_990] {
        let answer = ask(&version, columns, offset, 3).unwrap();
        let row = |i: u64| vec![json!(i), json!(format!("name {i}")), json!((i % 7) as f64 + 0.5)];
        assert_eq!(answer.rows, [row(offset), row(offset + 1), row(offset + 2)], "{offset}");
        assert_eq!((answer.offset, answer.total_rows), (offset, 300_000));
    }
    assert_eq!(ask(&version, columns, 299_999, 100).unwrap().rows.len(), 1);
    assert!(ask(&version, columns, 300_000, 100).unwrap().rows.is_empty());
    assert!(ask(&version, columns, u64::MAX, 1_000).unwrap().rows.is_empty());
}

#[test]
fn values_travel_as_in_a_preview_in_the_order_asked_for() {
    let version = ingest(
        "big,f,ok,day,at,text\n9007199254740993,1.5,true,2024-02-29,2024-01-01T10:00:00Z,00501\n1,nan,,,,\n-2,inf,false,1969-12-31,,\"a,b\"\n",
    );
    let columns = &version.outcome.columns;
    let answer = ask(&version, columns, 0, 10).unwrap();
    assert_eq!(answer.rows, version.outcome.preview);
    assert_eq!(answer.rows[1][0], json!("1"), "a column with one large integer has strings throughout");
    let two = ask(&version, &[columns[5].clone(), columns[0].clone()], 2, 1).unwrap();
    assert_eq!(two.rows, [[json!("a,b"), json!("-2")]]);
    assert_eq!(two.columns, [columns[5].clone(), columns[0].clone()]);
}

#[test]
fn an_answer_that_is_too_long_is_refused_with_advice_and_a_missing_column_is_a_defect() {
    let cell = "x".repeat(1 << 20);
    let text: String = (0..12).map(|i| format!("{i},{cell}\n")).collect();
    let version = ingest(format!("id,long\n{text}"));
    let columns = version.outcome.columns.clone();
    let failure = ask(&version, &columns, 0, 12).unwrap_err();
    assert_eq!(failure.code, ErrorCode::InvalidParameters);
    assert!(failure.advice.unwrap().contains("fewer rows"));
    assert_eq!(ask(&version, &columns, 3, 2).unwrap().rows.len(), 2);
    let missing = Column { name: "gone".to_owned(), ..columns[0].clone() };
    assert_eq!(ask(&version, &[missing], 0, 1).unwrap_err().code, ErrorCode::Internal);
}
