//! The JSON schema of a kind's request body, complete in itself: what it refers to stands in its `$defs`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::analyses::AnalysisKind;

const IN_DOCUMENT: &str = "#/components/schemas/";
const IN_SCHEMA: &str = "#/$defs/";

/// The schema of the parameters, for a form or a check before sending.
pub fn parameters_schema(kind: &AnalysisKind) -> Value {
    let mut schemas = Vec::new();
    (kind.schemas)(&mut schemas);
    let known: BTreeMap<String, Value> =
        schemas.into_iter().filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?))).collect();
    let mut schema = serde_json::to_value((kind.params_schema)()).unwrap_or(Value::Null);
    let mut definitions = serde_json::Map::new();
    let mut waiting = turn(&mut schema);
    while let Some(name) = waiting.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let mut definition = known.get(&name).cloned().unwrap_or(Value::Null);
        waiting.extend(turn(&mut definition));
        definitions.insert(name, definition);
    }
    tell_defaults(kind, &mut schema);
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        if !definitions.is_empty() {
            fields.insert("$defs".to_owned(), Value::Object(definitions));
        }
    }
    schema
}

/// Writes at each property what stands for it when a request leaves it out, which the kind's example does with most.
fn tell_defaults(kind: &AnalysisKind, schema: &mut Value) {
    let example = (kind.example)();
    let mut request = example.clone();
    if let Some(fields) = request.as_object_mut() {
        fields.insert("dataset_id".to_owned(), json!(uuid::Uuid::nil()));
    }
    let Ok(analysis) = (kind.parse)(&request) else { return };
    let filled = analysis.canonical();
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, property) in properties {
        let value = filled.get("params").and_then(|params| params.get(name));
        if let (None, Some(value), Some(fields)) = (example.get(name), value, property.as_object_mut()) {
            fields.entry("default").or_insert_with(|| value.clone());
        }
    }
}

/// Points every reference at `$defs` and returns the names referred to.
fn turn(schema: &mut Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let mut names = Vec::new();
            if let Some(Value::String(target)) = fields.get_mut("$ref")
                && let Some(name) = target.strip_prefix(IN_DOCUMENT)
            {
                names.push(name.to_owned());
                *target = format!("{IN_SCHEMA}{name}");
            }
            names.extend(fields.values_mut().flat_map(turn));
            names
        }
        Value::Array(items) => items.iter_mut().flat_map(turn).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::KINDS;

    #[test]
    fn what_a_request_may_leave_out_has_its_default() {
        let schema = |name: &str| parameters_schema(crate::analyses::kind(name).unwrap())["properties"].clone();
        assert_eq!(schema("descriptive")["quantiles"]["default"], "linear");
        assert_eq!(schema("compare")["alternative"]["default"], "two_sided");
        assert_eq!(schema("timeseries")["gaps"]["default"], "null");
        assert_eq!(schema("distribution")["bandwidth"]["default"], "scott");
        assert!(schema("timeseries")["season"].get("default").is_none());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        for kind in KINDS {
            let schema = parameters_schema(kind);
            assert_eq!(schema["type"], "object", "{}", kind.name);
            assert!(schema["properties"]["dataset_id"].is_object(), "{}", kind.name);
            let text = schema.to_string();
            assert!(!text.contains(IN_DOCUMENT), "{text}");
            for reference in text.split("\"$ref\":\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(schema["$defs"][reference].is_object(), "{}: {reference}", kind.name);
            }
        }
    }
}
