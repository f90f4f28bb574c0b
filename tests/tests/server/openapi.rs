//! The API's own document: served as committed, complete, and shown by a page that loads nothing from elsewhere.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::program::root;
use tests::shared;

pub const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// The committed document.
pub fn document() -> Value {
    let text = std::fs::read_to_string(root().join("docs/openapi.json")).expect("docs/openapi.json");
    serde_json::from_str(&text).expect("JSON")
}

/// Every operation as (method, path, operation).
pub fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                all.push((method.to_uppercase(), path.clone(), operation.clone()));
            }
        }
    }
    all
}

#[test]
fn the_served_document_is_the_committed_one() {
    let server = shared();
    let served = server.anonymous().get("/api/openapi.json").expect(200).json();
    assert_eq!(served, document());
    assert!(served["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
}

#[test]
fn every_operation_is_described() {
    let document = document();
    let mut ids = BTreeSet::new();
    let operations = operations(&document);
    assert!(operations.len() >= 25, "{} operations", operations.len());
    for (method, path, operation) in &operations {
        let place = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 5), "{place} has no summary");
        assert!(operation["tags"].as_array().is_some_and(|tags| !tags.is_empty()), "{place} has no tag");
        let id = operation["operationId"].as_str().unwrap_or_default();
        assert!(ids.insert(id.to_owned()) && !id.is_empty(), "{place}: the operation id `{id}` is not unique");
        for (status, answer) in operation["responses"].as_object().expect("responses") {
            let answer = resolved(&document, answer);
            assert!(answer["description"].as_str().is_some_and(|text| !text.is_empty()), "{place} {status}");
            // Failing health answers the same document as good health, for probes to read.
            let is_error = status.starts_with('4') || status.starts_with('5') || status == "default";
            if is_error && !path.contains("/health") {
                assert!(answer.pointer("/content/application~1problem+json").is_some(), "{place} {status}: {answer}");
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let described = parameter["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(described, "{place}: the parameter {} is not described", parameter["name"]);
        }
    }
}

/// The answer itself, or the shared one that it refers to.
fn resolved<'a>(document: &'a Value, answer: &'a Value) -> &'a Value {
    let reference = answer["$ref"].as_str().map(|reference| reference.trim_start_matches('#'));
    reference.and_then(|pointer| document.pointer(pointer)).unwrap_or(answer)
}

#[test]
fn every_reference_leads_to_a_schema() {
    let document = document();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 50, "{}", references.len());
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                found.push(reference.to_owned());
            }
            members.values().for_each(|member| collect_references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}

#[test]
fn the_page_of_the_documentation_loads_everything_from_here() {
    let server = shared();
    let mut answer = server.anonymous().get("/api/docs");
    let mut path = "/api/docs".to_owned();
    while matches!(answer.status, 301..=308) {
        path = answer.need("location").to_owned();
        answer = server.anonymous().get(&path);
    }
    let page = answer.expect(200).text();
    assert!(page.contains("swagger-ui"), "{page}");
    let mut loaded = 0;
    for part in page.split("src=\"").skip(1).chain(page.split("href=\"").skip(1)) {
        let target = part.split('"').next().unwrap_or_default();
        assert!(!target.contains("//"), "the page loads {target} from elsewhere");
        let base = path.rsplit_once('/').map_or("", |(base, _)| base);
        let address = if target.starts_with('/') {
            target.to_owned()
        } else {
            format!("{base}/{}", target.trim_start_matches("./"))
        };
        let file = server.anonymous().get(&address).expect(200);
        assert!(!file.body.is_empty(), "{address}");
        loaded += 1;
    }
    assert!(loaded >= 2, "the page loads its script and style: {page}");
}
