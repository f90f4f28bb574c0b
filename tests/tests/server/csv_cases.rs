//! Reference files of other projects through the API: rows, columns and, where their authors say so, every cell.

use std::path::PathBuf;

use serde_json::{Value, json};
use tests::actor::Actor;
use tests::answer::text_at;
use tests::program::root;
use tests::shared;

fn folder() -> PathBuf {
    root().join("tests/fixtures/csv")
}

/// What is wrong with one case, if anything.
fn wrong(anna: &Actor<'_>, case: &Value) -> Option<String> {
    let file = case["file"].as_str()?;
    let bytes = std::fs::read(folder().join(file)).expect("a file of the cases");
    let answer = anna.upload(file, bytes).expect(202).json();
    let job = anna.finished(&text_at(&answer, "/job/id"));
    if job["status"] != "succeeded" {
        return Some(format!("{file}: {}", job["error"]));
    }
    let id = text_at(&answer, "/dataset/id");
    let dataset = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json();
    let version = &dataset["version"];
    let found = (&version["rows"], version["columns"].as_array().map_or(0, Vec::len));
    if (found.0, json!(found.1)) != (&case["rows"], case["columns"].clone()) {
        return Some(format!("{file}: {found:?} instead of {} and {}", case["rows"], case["columns"]));
    }
    let expected = case.get("cells")?;
    let preview = anna.get(&format!("/api/v1/datasets/{id}/preview?limit=200")).expect(200).json();
    let cells: Value = preview["rows"].as_array()?.iter().map(as_texts).collect();
    (cells != *expected).then(|| format!("{file}: {cells} instead of {expected}"))
}

fn as_texts(row: &Value) -> Value {
    let text = |cell: &Value| match cell {
        Value::Null => json!(""),
        Value::String(text) => json!(text),
        other => json!(other.to_string()),
    };
    row.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(text).collect()
}

#[test]
fn reference_files_are_read_as_their_authors_say() {
    let server = shared();
    let anna = server.analyst();
    let cases = std::fs::read_to_string(folder().join("expected.json")).expect("the cases");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("JSON");
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|case| wrong(&anna, case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
