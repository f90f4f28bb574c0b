//! Files of every format through the API: told by content whatever their name, within limits that are settings.

use serde_json::{Value, json};
use tests::{Server, shared};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(tests::program::root().join("tests/fixtures/formats").join(name)).expect("a fixture")
}

#[test]
fn the_content_tells_the_format() {
    let server = shared();
    let anna = server.analyst();
    for (name, kind, rows) in [
        ("types.parquet", "parquet", 3),
        ("types.arrow", "arrow", 3),
        ("types.arrows", "arrow", 3),
        ("book.xlsx", "xlsx", 4),
        ("table.ods", "ods", 3),
    ] {
        let id = anna.dataset(fixture(name));
        let version = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"].clone();
        assert_eq!((&version["dialect"]["kind"], &version["rows"]), (&json!(kind), &json!(rows)), "{name}: {version}");
        let preview = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json();
        assert_eq!(preview["rows"].as_array().map(Vec::len), Some(rows), "{name}");
    }
}

#[test]
fn the_media_type_of_a_raw_body_decides_nothing() {
    let server = shared();
    let anna = server.analyst();
    let packed = zstd_of("a,b\n1,2\n");
    for (media_type, body, kind) in [
        ("application/vnd.apache.parquet", fixture("types.parquet"), "parquet"),
        ("application/gzip", packed, "csv"),
        ("application/vnd.ms-excel", b"a,b\n1,2\n".to_vec(), "csv"),
        ("application/octet-stream", fixture("book.xlsx"), "xlsx"),
        ("text/plain", b"{\"a\":1}\n{\"a\":2}\n".to_vec(), "ndjson"),
    ] {
        let request = anna.request("POST", "/api/v1/datasets/upload").raw(media_type, body);
        let answer = request.header("prefer", "wait=30").send().expect(200).json();
        assert_eq!(answer["dataset"]["version"]["dialect"]["kind"], kind, "{media_type}: {answer}");
    }
}

/// A frame of zstd with one block that is stored as it is.
fn zstd_of(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).expect("a short text");
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0x20, length];
    frame.extend([(length << 3) | 1, length >> 5, 0]);
    frame.extend_from_slice(text.as_bytes());
    frame
}

#[test]
fn digits_dates_and_bytes_travel_whole() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(fixture("types.parquet"));
    let preview = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json();
    let columns = preview["columns"].as_array().expect("columns");
    let cell = |name: &str| -> Value {
        let position = columns.iter().position(|column| column["name"] == name).expect(name);
        preview["rows"][0][position].clone()
    };
    assert_eq!(cell("i64"), "-9223372036854775808");
    assert_eq!(cell("decimal"), "12345678901234567890.123456789");
    assert_eq!(cell("ts_zone"), "2024-02-29T13:05:00.123456Z");
    assert_eq!(cell("binary"), "AP8=");
    assert_eq!(cell("list"), "[1,2,null]");
}

#[test]
fn what_is_no_table_is_refused_by_content() {
    let server = shared();
    let anna = server.analyst();
    let script = b"#!/bin/sh\necho a,b\n".to_vec();
    let cases = [
        ("macros.csv", fixture("macros.xlsx"), "macros"),
        ("table.csv", fixture("archive.zip"), "ZIP"),
        ("run.csv", script, "script"),
    ];
    for (name, bytes, what) in cases {
        let failure = anna.failed_upload(name, bytes);
        assert_eq!(failure["code"], "invalid_file", "{failure}");
        assert!(failure["message"].as_str().is_some_and(|message| message.contains(what)), "{failure}");
        assert!(failure["advice"].as_str().is_some_and(|advice| advice.len() > 10), "{failure}");
    }
}

#[test]
fn the_limits_of_ingest_are_settings() {
    let settings = [
        ("PLOTLINE_INGEST_COLUMNS", "2"),
        ("PLOTLINE_INGEST_NESTING", "3"),
        ("PLOTLINE_INGEST_CELL_BYTES", "1024"),
        ("PLOTLINE_INGEST_UNPACKED_BYTES", "4000"),
        ("PLOTLINE_INGEST_DOCUMENT_BYTES", "1024"),
    ];
    let server = Server::with(&settings);
    let anna = server.analyst();
    anna.dataset("a,b\n1,2\n");
    for (bytes, setting) in [
        (b"a,b,c\n1,2,3\n".to_vec(), "PLOTLINE_INGEST_COLUMNS"),
        (b"[{\"a\":[[[1]]]}]".to_vec(), "PLOTLINE_INGEST_NESTING"),
        (format!("[{{\"a\":\"{}\"}}]", "x".repeat(1025)).into_bytes(), "PLOTLINE_INGEST_CELL_BYTES"),
        (fixture("book.xlsx"), "PLOTLINE_INGEST_UNPACKED_BYTES"),
        (format!("{{\"a\":[{}1]}}", "1,".repeat(2_000_000)).into_bytes(), "PLOTLINE_INGEST_DOCUMENT_BYTES"),
    ] {
        let failure = anna.failed_upload("table", bytes);
        assert_eq!(failure["code"], "invalid_file", "{failure}");
        assert!(failure["advice"].as_str().is_some_and(|advice| advice.contains(setting)), "{setting}: {failure}");
    }
}

/// Whatever a damaged file does to the libraries that read it, the job alone fails.
#[test]
fn a_damaged_file_takes_nothing_but_its_job() {
    let server = shared();
    let anna = server.analyst();
    for name in ["types.parquet", "types.arrow", "book.xlsx", "table.ods"] {
        let mut bytes = fixture(name);
        let middle = bytes.len() / 2;
        bytes[middle - 40..middle + 40].fill(0xFF);
        bytes.truncate(bytes.len() - 3);
        let failure = anna.failed_upload(name, bytes);
        let code = failure["code"].as_str().unwrap_or_default();
        assert!(matches!(code, "invalid_file" | "crashed" | "out_of_memory"), "{name}: {failure}");
        assert!(!failure.to_string().contains("panick"), "{name}: {failure}");
    }
    anna.dataset("a\n1\n");
}
