//! Workbooks: the sheet that is read, where its table stands, what its cells come to, and what is refused.

use contract::ingest::SourceKind;
use contract::limits::IngestLimits;
use serde_json::json;

use crate::support::{Version, fixture, ingest_file, ingest_file_within};

fn names(version: &Version) -> Vec<&str> {
    version.outcome.columns.iter().map(|column| column.name.as_str()).collect()
}

#[test]
fn the_first_sheet_with_cells_is_the_table() {
    let version = ingest_file(&fixture("formats/book.xlsx")).unwrap();
    let dialect = &version.outcome.dialect;
    assert_eq!((dialect.kind, dialect.sheet.as_deref(), dialect.header), (SourceKind::Xlsx, Some("Sales"), true));
    let choice = dialect.choices.iter().find(|choice| choice.option == "sheet").unwrap();
    for sheet in ["\"Cover\"", "\"Hidden\" (hidden)", "\"Sales\"", "\"Numbers\""] {
        assert!(choice.reason.contains(sheet), "{choice:?}");
    }
    assert_eq!(names(&version), ["id", "on", "at", "time", "share", "paid", "note", "sum"]);
    assert_eq!(
        version.outcome.preview,
        [
            json!([1, "2024-02-29", "2024-02-29T13:05:00", "13:05:00", 0.125, true, "Zürich", 2]),
            json!([2, "1900-03-01", "2024-03-01T00:00:00", "00:00:01", 0.5, false, "007", 4]),
            json!([3, null, null, null, null, null, null, null]),
            json!([4, null, null, null, null, null, null, null]),
        ]
        .map(|row| row.as_array().cloned().unwrap_or_default())
    );
    let said = dialect.warnings.join(" ");
    assert!(said.contains("#DIV/0! 1") && said.contains("Sales of the year"), "{said}");
}

#[test]
fn opendocument_is_read_as_pandas_writes_it() {
    let version = ingest_file(&fixture("formats/table.ods")).unwrap();
    assert_eq!(
        (version.outcome.dialect.kind, version.outcome.dialect.sheet.as_deref()),
        (SourceKind::Ods, Some("First"))
    );
    assert_eq!(names(&version), ["name", "n", "x", "on", "yes"]);
    assert_eq!(version.outcome.preview[0], [json!("a"), json!(1), json!(0.5), json!("2024-01-31"), json!(true)]);
    assert_eq!(version.outcome.preview[2], [json!(null), json!(3), json!(2.25), json!(null), json!(true)]);
}

#[test]
fn macros_archives_and_other_documents_are_refused_by_content() {
    for (name, what) in [("macros.xlsx", "macros"), ("archive.zip", "ZIP archive"), ("letter.docx", "text document")] {
        let failure = ingest_file(&fixture("formats").join(name)).err().unwrap();
        assert!(failure.message.contains(what) && failure.advice.is_some(), "{name}: {failure:?}");
    }
}

#[test]
fn a_workbook_unpacks_within_the_limits() {
    let book = fixture("formats/book.xlsx");
    let tight = IngestLimits { unpacked_bytes: 5000, ..IngestLimits::default() };
    let failure = ingest_file_within(&book, &tight).err().unwrap();
    assert!(failure.message.contains("5000 bytes"), "{failure:?}");
    let narrow = IngestLimits { columns: 7, ..IngestLimits::default() };
    let failure = ingest_file_within(&book, &narrow).err().unwrap();
    assert!(failure.message.contains("8 columns"), "{failure:?}");
    let whole = std::fs::read(&book).unwrap();
    let failure = crate::support::refused(&whole[..whole.len() / 2]);
    assert!(failure.message.contains("cut off or damaged"), "{failure:?}");
}
