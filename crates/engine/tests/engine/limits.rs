//! The limits of ingest, each at its edge and beyond it.

use std::io::Write;

use contract::errors::Failure;
use contract::limits::IngestLimits;

use crate::support::{Version, ingest_file_within};

fn within(content: &[u8], limits: IngestLimits) -> Result<Version, Failure> {
    let source = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(source.path(), content).unwrap();
    ingest_file_within(source.path(), &limits)
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn defaults() -> IngestLimits {
    IngestLimits::default()
}

fn said(result: Result<Version, Failure>, words: &str, setting: &str) {
    let failure = result.err().expect("beyond the limit");
    assert!(failure.message.contains(words), "{failure:?}");
    assert!(failure.advice.as_deref().unwrap_or_default().contains(setting), "{failure:?}");
}

#[test]
fn every_packing_reads_as_what_is_in_it() {
    let csv = b"a,b\n1,x\n2,y\n";
    let plain = within(csv, defaults()).unwrap().outcome;
    for packed in [gzip(csv), zstd::encode_all(csv.as_slice(), 3).unwrap()] {
        let outcome = within(&packed, defaults()).unwrap().outcome;
        assert_eq!((outcome.content_hash, outcome.rows), (plain.content_hash.clone(), 2));
        assert!(outcome.dialect.compression.is_some());
    }
    for json in [&b"[{\"a\":1},{\"a\":2}]"[..], b"{\"a\":1}\n{\"a\":2}\n", b"{\"a\":[1,2]}"] {
        let plain = within(json, defaults()).unwrap().outcome.content_hash;
        assert_eq!(within(&gzip(json), defaults()).unwrap().outcome.content_hash, plain);
    }
    let failure = within(&gzip(&gzip(csv)), defaults()).err().unwrap();
    assert!(failure.message.contains("packed twice"), "{failure:?}");
    let parquet = std::fs::read(crate::support::fixture("formats/groups_zstd.parquet")).unwrap();
    let failure = within(&gzip(&parquet), defaults()).err().unwrap();
    assert!(failure.message.contains("packed already"), "{failure:?}");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let rows = b"a\n1\n".repeat(1000);
    let small = IngestLimits { unpacked_bytes: 4000, ..defaults() };
    assert_eq!(within(&gzip(&rows), small).unwrap().outcome.rows, 1999);
    said(within(&gzip(&[rows.clone(), rows].concat()), small), "4000 bytes", "PLOTLINE_INGEST_UNPACKED_BYTES");
    let zeros = b"a,b\n".iter().copied().chain(b"0,0\n".iter().copied().cycle().take(6 << 20)).collect::<Vec<u8>>();
    said(within(&gzip(&zeros), defaults()), "200 times", "PLOTLINE_INGEST_UNPACKED_RATIO");
    let lenient = IngestLimits { unpacked_ratio: 2000, ..defaults() };
    assert_eq!(within(&gzip(&zeros), lenient).unwrap().outcome.rows, (6 << 20) / 4);
}

#[test]
fn nesting_columns_cells_and_documents_have_bounds() {
    let nested = |depth: usize| format!("[{{\"a\":{}1{}}}]", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let shallow = IngestLimits { nesting: 5, ..defaults() };
    assert!(within(nested(5).as_bytes(), shallow).is_ok());
    said(within(nested(6).as_bytes(), shallow), "deeper than 5 levels", "PLOTLINE_INGEST_NESTING");
    let objects = |depth: usize| format!("[{}1{}]", "{\"a\":".repeat(depth), "}".repeat(depth));
    assert!(within(objects(5).as_bytes(), shallow).is_ok());
    said(within(objects(6).as_bytes(), shallow), "deeper than 5 levels", "PLOTLINE_INGEST_NESTING");

    let narrow = IngestLimits { columns: 2, ..defaults() };
    for (fits, beyond) in [
        ("a,b\n1,2\n", "a,b,c\n1,2,3\n"),
        ("[{\"a\":1,\"b\":2}]", "[{\"a\":1},{\"b\":2,\"c\":{\"d\":1}}]"),
        ("[[1,2]]", "[[1,2,3]]"),
    ] {
        assert!(within(fits.as_bytes(), narrow).is_ok(), "{fits}");
        said(within(beyond.as_bytes(), narrow), "at most 2", "PLOTLINE_INGEST_COLUMNS");
    }

    let short = IngestLimits { cell_bytes: 1024, ..defaults() };
    let failure = within(format!("a,b\n1,{}\n", "x".repeat(1025)).as_bytes(), short).err().unwrap();
    assert!(failure.message.contains("larger than 1024 bytes"), "{}", failure.message);
    for (before, after) in [("[{\"a\":\"", "\"}]"), ("[[\"", "\"]]")] {
        let cell = |length: usize| format!("{before}{}{after}", "x".repeat(length));
        assert!(within(cell(1024).as_bytes(), short).is_ok(), "{before}");
        said(within(cell(1025).as_bytes(), short), "larger than 1024 bytes", "PLOTLINE_INGEST_CELL_BYTES");
    }

    let brief = IngestLimits { document_bytes: 1000, ..defaults() };
    let document = |rows: usize| format!("{{\"a\":[{}]}}", vec!["1"; rows].join(","));
    assert_eq!(within(document(400).as_bytes(), brief).unwrap().outcome.rows, 400);
    let large = format!("{}{}", document(1_000_000).trim_end_matches('}'), "}");
    said(within(large.as_bytes(), brief), "only be read as a whole", "PLOTLINE_INGEST_DOCUMENT_BYTES");
}

#[test]
fn rows_are_bounded_by_the_memory_of_a_column() {
    let rows = |count: usize| (0..count).fold("n\n".to_owned(), |text, row| format!("{text}{row}\n"));
    let little = IngestLimits { column_memory_bytes: 8000, ..defaults() };
    assert_eq!(within(rows(1000).as_bytes(), little).unwrap().outcome.rows, 1000);
    said(within(rows(1001).as_bytes(), little), "too much for this server", "PLOTLINE_WORKER_MEMORY_BUDGET_BYTES");
    let parquet = std::fs::read(crate::support::fixture("formats/groups_zstd.parquet")).unwrap();
    let failure = within(&parquet, IngestLimits { column_memory_bytes: 7999, ..defaults() }).err().unwrap();
    assert!(failure.column.is_some() && failure.message.contains("7999 bytes"), "{failure:?}");
}
