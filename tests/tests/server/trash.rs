//! The bin over HTTP: deleting, finding, restoring, deleting for good.

use serde_json::{Value, json};
use tests::{Actor, shared};

fn ids(actor: &Actor<'_>, query: &str) -> Vec<Value> {
    let list = actor.get(&format!("/api/v1/datasets{query}")).expect(200).json();
    list["items"].as_array().cloned().unwrap_or_default().into_iter().map(|item| item["id"].clone()).collect()
}

#[test]
fn a_deleted_dataset_lies_in_the_bin_and_comes_back() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n2\n");
    let path = format!("/api/v1/datasets/{id}");
    let before = anna.get(&path).expect(200).json();
    anna.delete(&path).expect(204);
    assert_eq!((ids(&anna, ""), ids(&anna, "?trash=true")), (vec![], vec![json!(id)]));
    let binned = anna.get("/api/v1/datasets?trash=true").expect(200).json()["items"][0].clone();
    assert!(binned["deleted_at"].is_string(), "{binned}");
    for gone in ["", "/preview", "/export", "/columns", "/versions", "/versions/1"] {
        anna.get(&format!("{path}{gone}")).problem(404, "not_found");
    }

    let back = anna.post(&format!("{path}/restore"), &json!({})).expect(200).json();
    assert_eq!((&back["version"], &back["deleted_at"]), (&before["version"], &Value::Null));
    assert_eq!(anna.get(&format!("{path}/preview")).expect(200).json()["rows"], json!([[1], [2]]));
    assert_eq!((ids(&anna, ""), ids(&anna, "?trash=true")), (vec![json!(id)], vec![]));
    anna.post(&format!("{path}/restore"), &json!({})).problem(404, "not_found");
}

#[test]
fn deleted_for_good_is_gone_with_jobs_and_results() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,b\n1,x\n2,y\n");
    anna.analyse("descriptive", &json!({ "dataset_id": id }));
    anna.delete(&format!("/api/v1/datasets/{id}?permanent=true")).expect(204);
    assert_eq!((ids(&anna, ""), ids(&anna, "?trash=true")), (vec![], vec![]));
    anna.post(&format!("/api/v1/datasets/{id}/restore"), &json!({})).problem(404, "not_found");
    assert_eq!(anna.get("/api/v1/jobs").expect(200).json()["items"], json!([]));
    anna.delete(&format!("/api/v1/datasets/{id}?permanent=true")).problem(404, "not_found");
    anna.delete(&format!("/api/v1/datasets/{id}?permanent=perhaps")).problem(422, "validation_failed");
}

#[test]
fn versions_and_columns_tell_what_there_is_and_where_it_came_from() {
    let server = shared();
    let anna = server.analyst();
    let csv = "a,b\n1,x\n2,\n";
    let id = anna.dataset(csv);
    let path = format!("/api/v1/datasets/{id}");
    let dataset = anna.get(&path).expect(200).json();
    let version = anna.get(&format!("{path}/versions/1")).expect(200).json();
    assert_eq!(version, dataset["version"]);
    let source = json!({ "file_name": "table.csv", "bytes": csv.len(), "sha256": dataset["sha256"] });
    assert_eq!(version["lineage"], json!({ "operation": "ingest", "parent": null, "source": source }));
    let columns = anna.get(&format!("{path}/columns?version=1")).expect(200).json();
    assert_eq!(columns["items"], version["columns"]);
    assert_eq!((&columns["items"][1]["name"], &columns["items"][1]["nulls"]), (&json!("b"), &json!(1)));
    anna.get(&format!("{path}/versions/2")).problem(404, "not_found");
    anna.get(&format!("{path}/versions/x")).problem(404, "not_found");
    for asked in ["columns", "preview", "profile"] {
        let first = anna.get(&format!("{path}/{asked}?version=1")).expect(200).json();
        assert_eq!(first, anna.get(&format!("{path}/{asked}")).expect(200).json());
        let problem = anna.get(&format!("{path}/{asked}?version=2")).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "version");
    }
}
