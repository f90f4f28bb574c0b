//! JSON arrays and NDJSON: keys, types and digits.

use contract::columns::ColumnType;
use serde_json::json;

use crate::support::ingest;

#[test]
fn keys_are_united_in_order_of_first_sight() {
    let version = ingest("[{\"b\": 1, \"a\": \"x\"},\n {\"a\": null, \"c\": true}, {\"b\": 1.5}]");
    let names: Vec<&str> = version.outcome.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c"]);
    assert_eq!(
        version.outcome.preview,
        [
            [json!(1.0), json!("x"), json!(null)],
            [json!(null), json!(null), json!(true)],
            [json!(1.5), json!(null), json!(null)],
        ]
    );
}

#[test]
fn types_follow_json_and_strings_stay_strings() {
    let version = ingest(
        "{\"s\":\"12\",\"d\":\"2024-01-01\",\"m\":1,\"n\":[1, {\"x\": \"a b\"}]}\n{\"s\":\"NA\",\"d\":\"2024-01-02\",\"m\":\"one\",\"n\":[]}\n",
    );
    let types: Vec<ColumnType> = version.outcome.columns.iter().map(|column| column.column_type).collect();
    assert_eq!(types, [ColumnType::Text, ColumnType::Date, ColumnType::Text, ColumnType::Text]);
    assert_eq!(
        version.outcome.preview[0],
        [json!("12"), json!("2024-01-01"), json!("1"), json!("[1,{\"x\":\"a b\"}]")]
    );
    assert_eq!(version.column("s").nulls, 0);
}

#[test]
fn every_digit_of_a_large_integer_is_kept() {
    let version =
        ingest("[{\"a\":9223372036854775808,\"b\":9223372036854775807,\"c\":123456789012345678901234567890}]");
    assert_eq!(
        version.outcome.preview[0],
        [json!("9223372036854775808"), json!("9223372036854775807"), json!("123456789012345678901234567890")]
    );
    assert_eq!(version.outcome.columns[1].column_type, ColumnType::Integer);
}

#[test]
fn the_last_of_equal_keys_wins_and_escapes_are_read() {
    let version = ingest("{\"a\":1,\"a\":2}\n{\"\\u0061\":3}\n");
    assert_eq!(version.outcome.preview, [[json!(2)], [json!(3)]]);
    let version = ingest("[{\"k\\n\":\"\\\"\\u00e9\\ud83d\\ude00\"}]");
    assert_eq!((version.outcome.columns[0].name.as_str(), &version.outcome.preview[0][0]), ("k", &json!("\"é😀")));
}

#[test]
fn line_ends_blank_lines_and_several_records_a_line() {
    for text in [
        "{\"a\":1}\n\n{\"a\":2}",
        "{\"a\":1}\r\n{\"a\":2}\r\n",
        "\u{feff}{\"a\":1}\r{\"a\":2}",
        "{\"a\":1} {\"a\":2}",
        "{\"a\":1}{\"a\":2}\n",
    ] {
        assert_eq!(ingest(text).outcome.preview, [[json!(1)], [json!(2)]], "{text}");
    }
}

#[test]
fn a_key_that_appears_late_fills_the_rows_before_with_nulls() {
    let mut text = String::new();
    (0..150_000).for_each(|i| text.push_str(&format!("{{\"i\":{i}}}\n")));
    text.push_str("{\"late\":true}\n");
    let version = ingest(&text);
    assert_eq!((version.outcome.rows, version.column("late").nulls, version.column("i").nulls), (150_001, 150_000, 1));
    assert_eq!(version.numeric("i").sum, json!(11_249_925_000_i64));
}

#[test]
fn the_same_table_has_the_same_hash_in_every_form() {
    let delimited = ingest("a,b,c\n1,x,\n2,,0.5\n").outcome;
    let array = ingest("[{\"a\":1,\"b\":\"x\",\"c\":null},{\"a\":2,\"b\":null,\"c\":0.5}]").outcome;
    let lines = ingest("{\"a\":1,\"b\":\"x\",\"c\":null}\n{\"a\":2,\"c\":0.5}\n").outcome;
    assert_eq!(delimited.content_hash, array.content_hash);
    assert_eq!(delimited.content_hash, lines.content_hash);
    for other in ["a,b,c\n1,x,\n2,,0.25\n", "a,b,d\n1,x,\n2,,0.5\n", "a,b,c\n2,,0.5\n1,x,\n", "a,b,c\n1,,x\n2,0.5,\n"] {
        assert_ne!(ingest(other).outcome.content_hash, delimited.content_hash, "{other}");
    }
}
