//! What the document must be like, as tests.

use std::collections::{HashMap, HashSet};

use contract::analyses::KINDS;
use serde_json::Value;

use crate::openapi::{finishing, of_routes, openapi, openapi_json};

fn operations() -> Vec<(String, Value)> {
    let document: Value = serde_json::from_str(&openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    let of_path = |(path, item): (String, Value)| {
        let methods = item.as_object().unwrap().clone();
        methods.into_iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
    };
    paths.into_iter().flat_map(of_path).collect()
}

#[test]
fn no_two_types_share_a_name() {
    let mut known: HashMap<String, Value> = HashMap::new();
    let of_routes = of_routes().components.unwrap().schemas.into_iter();
    let mut of_kinds = Vec::new();
    KINDS.iter().for_each(|kind| (kind.schemas)(&mut of_kinds));
    for (name, schema) in of_routes.chain(of_kinds) {
        let schema = serde_json::to_value(schema).unwrap();
        let other = known.insert(name.clone(), schema.clone());
        assert!(other.is_none_or(|other| other == schema), "two types are named {name} in the document");
    }
}

#[test]
fn every_operation_says_what_it_is() {
    let mut ids = HashSet::new();
    for (name, operation) in operations() {
        let text = |field: &str| operation[field].as_str().unwrap_or_default().trim().to_owned();
        assert!(text("summary").len() > 5, "{name} has no summary");
        assert!(!text("summary").ends_with('.'), "{name}: a summary is a headline");
        assert!(text("description").ends_with('.'), "{name} has no description");
        assert!(ids.insert(text("operationId")), "{name}: operationId {} twice", text("operationId"));
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{name} has one tag");
    }
    assert!(ids.len() >= 29, "{} operations", ids.len());
}

#[test]
fn every_operation_tells_who_may_call_it_and_what_can_go_wrong() {
    let mut document = openapi();
    for (path, item) in &mut document.paths.paths {
        for operation in finishing::operations(item) {
            let id = operation.operation_id.clone().unwrap_or_default();
            let statuses: Vec<&str> = operation.responses.responses.keys().map(String::as_str).collect();
            assert!(operation.security.is_some(), "{id} does not say who may call it");
            if let Some(role) = finishing::required_role(operation) {
                assert!(["viewer", "analyst", "admin"].contains(&role.as_str()), "{id}: role {role}");
                assert!(statuses.contains(&"401"), "{id} lacks 401");
                assert_eq!(statuses.contains(&"403"), role != "viewer", "{id}: 403");
            }
            assert!(!path.contains('{') || statuses.contains(&"404"), "{id} lacks 404");
            assert!(statuses.contains(&"default"), "{id} lacks the unexpected");
            assert!(statuses.iter().any(|status| status.starts_with('2')), "{id} never succeeds");
            if operation.request_body.is_some() {
                for status in ["400", "413", "415", "422"] {
                    assert!(statuses.contains(&status), "{id} lacks {status}");
                }
            }
        }
    }
}

#[test]
fn every_json_body_has_an_example_and_every_parameter_a_description() {
    for (name, operation) in operations() {
        if let Some(content) = operation["requestBody"]["content"].as_object() {
            let has_example = content.values().any(|media| !media["example"].is_null());
            assert!(has_example, "{name}: no example of its body");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let description = parameter["description"].as_str().unwrap_or_default();
            assert!(!description.is_empty(), "{name}: {} has no description", parameter["name"]);
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let text = openapi_json();
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    for reference in text.split("\"$ref\": \"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
        count += 1;
    }
    assert!(count > 100, "{count} references");
}

#[test]
fn every_kind_of_analysis_has_its_path() {
    let document = openapi();
    for kind in contract::analyses::KINDS {
        let item = document.paths.paths.get(&format!("/api/v1/analysis/{}", kind.name)).unwrap();
        assert_eq!(item.post.as_ref().unwrap().summary.as_deref(), Some(kind.title));
    }
}

#[test]
fn the_document_is_the_same_each_time() {
    assert_eq!(openapi_json(), openapi_json());
    assert!(openapi_json().ends_with("}\n"));
}

/// `UPDATE_GOLDEN=1` writes the file anew.
#[test]
fn the_committed_document_is_in_step() {
    let path = "../../docs/openapi.json";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, openapi_json()).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == openapi_json(), "docs/openapi.json is out of step; run this test with UPDATE_GOLDEN=1");
}
