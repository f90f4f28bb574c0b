//! Files that are no table: what the failure says, and where.

use contract::errors::ErrorCode;
use contract::ingest::ParseOptions;
use proptest::prelude::*;

use crate::support::{ingest, ingest_with, refused, try_ingest, try_ingest_with};

#[test]
fn a_row_with_too_many_fields_is_named_by_line_and_value() {
    let failure = refused("a,b\n1,2\n\"x\ny\",2\n3,4,5\n");
    assert!(failure.message.starts_with("Line 5 has 3 fields, but the header has 2."), "{failure:?}");
    assert!(failure.message.ends_with("In all, 1 row is malformed of 3 (33.333 %; 1 % are allowed)."), "{failure:?}");
    assert_eq!((failure.examples.len(), failure.examples[0].text.as_str()), (1, "3,4,5"));
    assert_eq!((failure.line, failure.column.as_deref(), failure.value.as_deref()), (Some(5), Some("3"), Some("5")));
}

#[test]
fn a_row_with_too_few_fields_names_the_column_that_is_missing() {
    let failure = refused("a;b;c\r\n1;2;3\r\n\r\n4;5\r\n");
    assert!(failure.message.starts_with("Line 4 has 2 fields, but the header has 3."), "{failure:?}");
    assert_eq!((failure.line, failure.column.as_deref()), (Some(4), Some("c")));
}

#[test]
fn a_late_bad_row_is_found_with_its_line() {
    let mut text = String::from("id,word\n");
    (0..200_000).for_each(|i| text.push_str(&format!("{i},word{i}\n")));
    text.push_str("7\n8,x\n");
    let version = ingest(&text);
    assert_eq!((version.outcome.rows, version.outcome.rows_in), (200_001, 200_002));
    assert_eq!(version.outcome.quarantine.sample[0].detail, "Line 200002 has 1 field, but the header has 2.");
    let none = ParseOptions { quarantine_percent: Some(0.0), ..ParseOptions::default() };
    assert_eq!(try_ingest_with(&text, &none).err().unwrap().line, Some(200_002));
}

#[test]
fn an_open_quote_is_named_by_the_line_where_it_opens() {
    let failure = refused("a,b\n1,\"2\n3,4\n5,6\n");
    assert!(failure.message.starts_with("The quote that opens on line 2 is never closed."), "{failure:?}");
    assert_eq!((failure.line, failure.value.as_deref()), (Some(2), Some("\"2")));
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let utf8 = ParseOptions { encoding: Some("utf-8".to_owned()), ..ParseOptions::default() };
    let failure = try_ingest_with(b"name,city\nJos\xE9,Paris\n", &utf8).err().unwrap();
    assert!(failure.message.contains("byte 0xE9 at position 4 of the row"), "{failure:?}");
    assert_eq!(
        (failure.line, failure.column.as_deref(), failure.value.as_deref()),
        (Some(2), Some("name"), Some("Jos"))
    );
    let mut long = b"a,b\n".repeat(400_000);
    long.extend_from_slice(b"x,\xFF\n");
    let version = ingest_with(&long, &utf8);
    assert_eq!((version.outcome.rows, version.outcome.rows_in), (399_999, 400_000));
    assert_eq!(version.outcome.quarantine.sample[0].line, 400_001);
    let cut = "a,b\n1,\u{e9}".as_bytes().strip_suffix(b"\xA9").unwrap();
    assert_eq!(try_ingest_with(cut, &utf8).err().unwrap().line, Some(2));
    // One such character among many that are UTF-8 is a mistake; it does not make the file another encoding.
    let mut mixed = "a,é\n".repeat(500).into_bytes();
    mixed.extend_from_slice(b"a,\xE9\n");
    let version = ingest(&mixed);
    assert_eq!((version.outcome.dialect.encoding.as_str(), version.outcome.quarantine.rows), ("utf-8", 1));
}

#[test]
fn nothing_at_all_is_refused() {
    for text in ["", "\u{feff}", "  \n\r\n\t"] {
        assert_eq!(refused(text).message, "The file is empty.");
    }
    assert!(refused("word").message.contains("single word"));
}

#[test]
fn json_errors_name_line_and_column() {
    let failure = refused("[\n  {\"a\": 1},\n  {\"a\": tru}\n]");
    assert_eq!(
        failure.message,
        "The JSON is not valid on line 3, column 9: true, false, null or another value was expected, not \"tru}\"."
    );
    assert_eq!((failure.line, failure.value.as_deref()), (Some(3), Some("  {\"a\": tru}")));
    for (text, place) in [
        ("[{\"a\": 1} {\"a\": 2}]", "line 1, column 11: a comma or ] was expected"),
        ("[{\"a\": 1},]", "line 1, column 11: an object was expected, not \"]\""),
        ("[{\"a\": 1},\n", "array is not closed: the file ends on line 2"),
        ("[{\"a\": 1}]\n]", "Text follows the end of the JSON array on line 2, column 1"),
        ("[{\"é\": 01}]", "line 1, column 9: no digit after a leading zero was expected"),
        ("[{\"a\": \"\\uD800\"}]", "line 1, column 15: the second half of a surrogate pair"),
        ("[{\"a\": \"tab\tin string\"}]", "instead of a control character"),
        ("[{\"a\": 1", "a comma or } was expected, not the end of the file"),
    ] {
        let failure = refused(text);
        assert!(failure.message.contains(place), "{text}: {failure:?}");
    }
}

#[test]
fn json_that_is_no_table_is_said_to_be_none() {
    let failure = refused("[{\"a\":1},\n[2]]");
    assert_eq!(failure.message, "The JSON is no table: item 2, on line 2, is not an object as the first one is.");
    for text in ["[]", "[{}]", "{}"] {
        assert!(refused(text).message.contains("no columns"), "{text}");
    }
}

#[test]
fn deep_nesting_is_refused_without_recursion() {
    let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
    assert_eq!(ingest(nested(127)).outcome.rows, 1);
    let failure = refused(nested(100_000));
    assert!(failure.message.starts_with("The JSON on line 1 is nested deeper than 128 levels."), "{}", failure.message);
    refused("[".repeat(100_000));
    refused("{\"a\":".repeat(100_000));
}

#[test]
fn too_wide_and_too_long_are_refused() {
    let header: Vec<String> = (0..10_001).map(|i| format!("c{i}")).collect();
    let failure = refused(format!("{}\n", header.join(",")));
    assert_eq!(failure.message, "The table has 10001 columns, but at most 10000 are possible.");
    let pairs: Vec<String> = (0..10_001).map(|i| format!("\"c{i}\":1")).collect();
    assert_eq!(refused(format!("{{{}}}", pairs.join(","))).line, Some(1));
    let cell = "x".repeat((16 << 20) + 1);
    let failure = refused(format!("a,b\n1,2\n3,{cell}\n"));
    assert!(failure.message.starts_with("A cell on line 3 is larger than 16777216 bytes, the limit of this server."));
    assert_eq!((failure.line, failure.column.as_deref()), (Some(3), Some("b")));
    assert_eq!(refused(format!("[{{\"a\":1}},\n{{\"b\":\"{cell}\"}}]")).column.as_deref(), Some("b"));
}

const PIECES: &[&[u8]] = &[
    b",",
    b"\"",
    b"\n",
    b"\r",
    b";",
    b"{\"a\":",
    b"}",
    b"[",
    b"]",
    b"1",
    b"-",
    b"e9",
    b"\\",
    b"\xC3\xA9",
    b"\xFF",
    b"\0",
    b"NA",
    b"2024-02-30T",
    b"9223372036854775807",
    b" ",
    b"null",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        match try_ingest(pieces.concat()) {
            Ok(version) => prop_assert_eq!(version.outcome.profile.rows, version.outcome.rows),
            Err(failure) => prop_assert_eq!(failure.code, ErrorCode::InvalidFile),
        }
    }
}
