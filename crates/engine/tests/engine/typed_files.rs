//! Parquet and Arrow files: every type as it is written by others, every codec, and what is damaged or not supported.

use contract::ingest::SourceKind;
use serde_json::{Value, json};

use crate::support::{Version, fixture, ingest_file, refused};

fn column(version: &Version, name: &str) -> (String, Value) {
    let position = version.outcome.columns.iter().position(|column| column.name == name);
    let position = position.unwrap_or_else(|| panic!("no column {name}"));
    let told = &version.outcome.columns[position];
    let cells = version.outcome.preview.iter().map(|row| row[position].clone()).collect();
    (told.column_type.as_str().to_owned(), Value::Array(cells))
}

#[test]
fn every_type_comes_out_with_every_digit() {
    let version = ingest_file(&fixture("formats/types.parquet")).unwrap();
    assert_eq!((version.outcome.dialect.kind, version.outcome.rows), (SourceKind::Parquet, 3));
    for (name, column_type, cells) in [
        ("i8", "integer", json!([-128, null, 127])),
        ("i16", "integer", json!([-32768, null, 32767])),
        ("i32", "integer", json!([-2147483648, null, 2147483647])),
        ("i64", "integer", json!(["-9223372036854775808", null, "9223372036854775807"])),
        ("u8", "integer", json!([0, null, 255])),
        ("u16", "integer", json!([0, null, 65535])),
        ("u32", "integer", json!([0, null, 4294967295_u32])),
        ("u64_small", "integer", json!([0, null, 7])),
        ("u64", "decimal", json!(["0", null, "18446744073709551615"])),
        ("f32", "float", json!([0.5, null, null])),
        ("f64", "float", json!([0.1, null, null])),
        ("decimal", "decimal", json!(["12345678901234567890.123456789", null, "-0.000000001"])),
        ("bool", "boolean", json!([true, null, false])),
        ("date32", "date", json!(["2024-02-29", null, "1969-12-31"])),
        ("date64", "date", json!(["2024-02-29", null, "1969-12-31"])),
        ("time_s", "time", json!(["13:05:00", null, "00:00:00"])),
        ("time_ns", "time", json!(["13:05:00.123456", null, "00:00:00"])),
        ("ts_s", "datetime", json!(["2024-02-29T13:05:00", null, "1969-12-31T23:59:59"])),
        ("ts_ns", "datetime", json!(["2024-02-29T13:05:00.123456", null, "1969-12-31T23:59:59"])),
        ("ts_zone", "datetime", json!(["2024-02-29T13:05:00.123456Z", null, "1969-12-31T23:59:59Z"])),
        ("duration", "integer", json!([1000, null, -86_400_000])),
        ("text", "text", json!(["Zürich", null, "NA"])),
        ("large_text", "text", json!(["007", null, ""])),
        ("binary", "text", json!(["AP8=", null, ""])),
        ("fixed", "text", json!(["MDEyMzQ1Njc4OWFiY2RlZg==", null, "ZmVkY2JhOTg3NjU0MzIxMA=="])),
        ("category", "text", json!(["low", null, "high"])),
        ("list", "text", json!(["[1,2,null]", null, "[]"])),
        ("struct.x", "integer", json!([1, null, null])),
        ("struct.y.z", "text", json!(["a", null, "b\"c"])),
        ("structs", "text", json!(["[{\"k\":\"a\",\"v\":1.5}]", null, "[]"])),
        ("map", "text", json!(["[{\"key\":\"a\",\"value\":1}]", null, "[]"])),
        ("nothing", "text", json!([null, null, null])),
    ] {
        assert_eq!(column(&version, name), (column_type.to_owned(), cells), "{name}");
    }
    let counts = version.numeric("f64").non_finite;
    assert_eq!((counts.nan, counts.positive_infinity), (0, 1));
    let told = |name: &str| version.outcome.columns.iter().find(|column| column.name == name).unwrap().clone();
    assert_eq!(told("ts_zone").time_zone.as_deref(), Some("UTC"));
    assert_eq!(told("duration").unit.as_deref(), Some("ms"));
    let said = version.outcome.dialect.warnings.join(" ");
    assert!(said.contains("\"ts_zone\" has the time zone Europe/Berlin"), "{said}");
}

#[test]
fn arrow_files_and_streams_hold_the_same_table() {
    let parquet = ingest_file(&fixture("formats/types.parquet")).unwrap();
    for name in ["types.arrow", "types_plain.arrow", "types.arrows"] {
        let arrow = ingest_file(&fixture("formats").join(name)).unwrap();
        assert_eq!(arrow.outcome.dialect.kind, SourceKind::Arrow);
        assert_eq!(arrow.outcome.preview, parquet.outcome.preview, "{name}");
        assert_eq!(arrow.outcome.content_hash, parquet.outcome.content_hash, "{name}");
    }
}

#[test]
fn every_codec_is_read_group_by_group() {
    let words = |i: usize| format!("w{}", i % 7);
    for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"] {
        let version = ingest_file(&fixture(&format!("formats/groups_{codec}.parquet"))).unwrap();
        assert_eq!(version.outcome.rows, 1000, "{codec}");
        assert_eq!(version.numeric("n").sum, json!(499_500), "{codec}");
        assert_eq!(version.column("word").distinct, 7, "{codec}");
        assert_eq!(version.outcome.preview[199], [json!(199), json!(words(199))], "{codec}");
    }
}

#[test]
fn types_that_are_not_supported_are_refused_by_their_column() {
    for (name, column, what) in [
        ("half.parquet", "half", "16 bits"),
        ("wide_decimal.parquet", "wide", "38 digits"),
        ("interval.arrow", "every", "intervals"),
    ] {
        match ingest_file(&fixture("formats").join(name)) {
            // A library may widen such numbers by itself, which loses nothing.
            Ok(version) => assert_eq!(column_of(&version), Some(json!(1.5)), "{name}"),
            Err(failure) => {
                assert_eq!(failure.column.as_deref(), Some(column), "{name}: {failure:?}");
                assert!(failure.message.contains(what) && failure.advice.is_some(), "{name}: {failure:?}");
            }
        }
    }
}

fn column_of(version: &Version) -> Option<Value> {
    version.outcome.preview.first().and_then(|row| row.get(1)).cloned()
}

/// Other damage can end the process, which is why these files are read in a child; that is tested with the server.
#[test]
fn files_that_are_cut_off_end_with_a_failure_for_a_person() {
    for name in ["groups_snappy.parquet", "types.parquet", "types.arrow", "types.arrows"] {
        let whole = std::fs::read(fixture("formats").join(name)).unwrap();
        for cut in [9, 13, whole.len() / 3, whole.len() / 2, whole.len() - 5] {
            // A stream may be whole where it is cut, between two batches.
            if let Err(failure) = crate::support::try_ingest(&whole[..cut]) {
                assert!(failure.advice.is_some() && !failure.message.contains("panic"), "{name} {cut}: {failure:?}");
            }
        }
    }
}

#[test]
fn what_claims_to_be_parquet_is_not_believed() {
    let mut lying = b"PAR1".to_vec();
    lying.extend([0; 40]);
    lying.extend(u32::MAX.to_le_bytes());
    lying.extend(b"PAR1");
    assert!(refused(&lying).message.contains("cut off or damaged"));
    assert!(refused(b"PAR1").message.contains("cut off or damaged"));
    let mut encrypted = b"PARE".to_vec();
    encrypted.extend([0; 20]);
    encrypted.extend(b"PARE");
    assert!(refused(&encrypted).message.contains("encrypted"));
}
