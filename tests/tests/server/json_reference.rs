//! JSON reference suites through the API: what must be refused is, and what is a table has exactly these rows.

use serde_json::{Value, json};
use tests::actor::Actor;
use tests::shared;

#[test]
fn every_reference_case_comes_out_as_it_must() {
    let server = shared();
    let anna = server.analyst();
    let cases: Vec<Value> = serde_json::from_slice(&fixture("cases.json")).expect("cases");
    assert!(cases.len() >= 40);
    let wrong: Vec<String> = cases.iter().filter_map(|case| judged(&anna, case)).collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Nesting far beyond the limit is a failure of the file, and the server goes on.
#[test]
fn a_hundred_thousand_brackets_are_survived() {
    let server = shared();
    let anna = server.analyst();
    for text in
        ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000))]
    {
        let failure = anna.failed_upload("deep.json", text);
        assert_eq!(failure["code"], "invalid_file", "{failure}");
        assert!(failure.to_string().contains("deeper than 128 levels"), "{failure}");
    }
    anna.dataset("a\n1\n");
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(tests::program::root().join("tests/fixtures/json").join(name)).expect("a fixture")
}

/// What is wrong with the outcome of a case; `None` if nothing is.
fn judged(anna: &Actor<'_>, case: &Value) -> Option<String> {
    let name = case["file"].as_str().expect("a file");
    let answer = anna.upload(name, fixture(name)).expect(202).json();
    let job = anna.finished(answer["job"]["id"].as_str().expect("a job"));
    if case["refused"] == true {
        let told = job["error"]["code"] == "invalid_file" && job["error"]["advice"].is_string();
        return (!told).then(|| format!("{name} must be refused with advice: {job}"));
    }
    if job["status"] != "succeeded" {
        return Some(format!("{name} must be read: {}", job["error"]));
    }
    let id = answer["dataset"]["id"].as_str().expect("a dataset");
    let preview = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json();
    if let Some(count) = case["count"].as_u64() {
        return (preview["total_rows"] != json!(count)).then(|| format!("{name} has {} rows", preview["total_rows"]));
    }
    let columns: Vec<&Value> =
        preview["columns"].as_array().into_iter().flatten().map(|column| &column["name"]).collect();
    let same = json!(columns) == case["columns"] && same_rows(&preview["rows"], &case["rows"]);
    (!same).then(|| {
        format!("{name} holds {} {}, not {} {}", json!(columns), preview["rows"], case["columns"], case["rows"])
    })
}

/// Numbers are compared as numbers, since 1e6 and 1000000.0 are one.
fn same_rows(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(left, right)| same_rows(left, right))
        }
        (Value::Number(found), Value::Number(expected)) => found.as_f64() == expected.as_f64(),
        _ => found == expected,
    }
}
