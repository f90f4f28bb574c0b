//! Every operation of the OpenAPI document refuses strangers, low roles, foreign ids and wrong values, or stands in a
//! list here that says why not. A new endpoint is covered by this without a line of its own.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Answer, shared};

use crate::openapi::{document, operations};

/// Operations that answer without an account.
const PUBLIC: &[&str] = &[
    "POST /api/v1/auth/register",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/session",
    "POST /api/v1/auth/refresh",
    "GET /api/v1",
    "GET /api/v1/limits",
    "GET /api/v1/health",
    "GET /api/v1/health/live",
    "GET /api/v1/health/ready",
    // To this machine alone; `metrics` tests who else may.
    "GET /api/v1/metrics",
];

/// Bodies with which an operation would succeed; `ID` becomes the id of the dataset.
fn body_for(place: &str) -> Value {
    match place {
        "PATCH /api/v1/datasets/{id}" => json!({ "name": "renamed" }),
        "POST /api/v1/admin/users" => json!({
            "email": "new@example.com", "username": "new", "password": "plum-orbit-canyon-47", "role": "viewer"
        }),
        "PATCH /api/v1/admin/users/{id}" => json!({ "role": "viewer" }),
        "POST /api/v1/analysis/compare" => json!({ "dataset_id": "ID", "test": "welch", "value": "x", "by": "y" }),
        "POST /api/v1/analysis/grouped" => {
            json!({ "dataset_id": "ID", "by": [{ "column": "x" }], "measures": [{ "function": "count" }] })
        }
        "POST /api/v1/analysis/regression" => json!({ "dataset_id": "ID", "target": "x", "columns": ["y"] }),
        "POST /api/v1/analysis/timeseries" => json!({ "dataset_id": "ID", "time": "x" }),
        "POST /api/v1/datasets/{id}/ingest" | "POST /api/v1/datasets/{id}/parse-preview" => json!({}),
        "POST /api/v1/analysis/distribution" => json!({ "dataset_id": "ID", "column": "a" }),
        "POST /api/v1/visualizations/chart" => json!({ "charts": [a_chart()] }),
        "POST /api/v1/visualizations/export" => json!({ "chart": a_chart() }),
        "POST /api/v1/visualizations" => json!({ "name": "a", "chart": a_chart() }),
        "POST /api/v1/visualizations/share" => json!({ "visualization_id": "CHART", "username": "nobody" }),
        "PATCH /api/v1/visualizations/{id}" => json!({ "name": "renamed" }),
        _ => json!({ "dataset_id": "ID" }),
    }
}

fn a_chart() -> Value {
    json!({ "kind": "table", "dataset_id": "ID", "rows": [{ "column": "a" }] })
}

struct Operation {
    place: String,
    method: String,
    path: String,
    definition: Value,
}

impl Operation {
    fn all() -> Vec<Self> {
        let known = operations(&document()).into_iter();
        known
            .map(|(method, path, definition)| Self { place: format!("{method} {path}"), method, path, definition })
            .collect()
    }

    fn is_in(&self, list: &[&str]) -> bool {
        list.contains(&self.place.as_str())
    }

    /// The least role, as the document tells it; none for public operations.
    fn role(&self) -> Option<String> {
        let roles = self.definition["security"].as_array()?.iter().find_map(|rule| rule["bearer"].as_array())?;
        roles.first().and_then(Value::as_str).map(str::to_owned)
    }

    fn has_body(&self) -> bool {
        self.definition["requestBody"].is_object()
    }

    fn takes_json(&self) -> bool {
        self.definition.pointer("/requestBody/content/application~1json").is_some() && !self.is_upload()
    }

    fn is_upload(&self) -> bool {
        self.definition.pointer("/requestBody/content/multipart~1form-data").is_some()
    }

    /// Whether a right answer has no end that a test could wait for.
    fn is_endless(&self) -> bool {
        self.definition.pointer("/responses/200/content/text~1event-stream").is_some()
    }

    fn documents(&self, status: &str) -> bool {
        self.definition["responses"].get(status).is_some()
    }

    /// The path with its parameters filled in: each `{…id}` by the id of what the path is about.
    fn path_for(&self, ids: &BTreeMap<&str, String>) -> String {
        let resource = ["datasets", "jobs", "sessions", "users", "visualizations"]
            .into_iter()
            .find(|word| self.path.contains(word));
        let id = resource.and_then(|word| ids.get(word)).cloned().unwrap_or_default();
        let mut path = String::new();
        for part in self.path.split('/').skip(1) {
            path.push('/');
            path.push_str(if part.starts_with('{') { &id } else { part });
        }
        path
    }

    fn send(&self, actor: &Actor<'_>, ids: &BTreeMap<&str, String>) -> Answer {
        let request = actor.request(&self.method, &self.path_for(ids));
        if self.is_upload() {
            return request.raw("text/csv", "a\n1\n").send();
        }
        if self.is_endless() {
            // Refused after the caller's role and before the stream begins.
            return request.header("last-event-id", "!").send();
        }
        if !self.has_body() {
            return request.send();
        }
        let body = body_for(&self.place).to_string().replace("\"ID\"", &format!("\"{}\"", ids["datasets"]));
        let body = body.replace("\"CHART\"", &format!("\"{}\"", ids["visualizations"]));
        request.raw("application/json", body).send()
    }
}

/// Things that belong to `owner`, by the word in the path.
fn things_of(owner: &Actor<'_>) -> BTreeMap<&'static str, String> {
    let dataset = owner.dataset("a\n1\n");
    let job = text_at(&owner.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    let sessions = owner.get("/api/v1/auth/sessions").expect(200).json();
    let session = sessions.pointer("/items/0/id").or(sessions.pointer("/0/id")).and_then(Value::as_str);
    let session = session.expect("a session").to_owned();
    let user = owner.account().id.clone();
    let chart = json!({ "name": "a", "chart": a_chart() }).to_string().replace("\"ID\"", &format!("\"{dataset}\""));
    let chart =
        owner.request("POST", "/api/v1/visualizations").raw("application/json", &*chart).send().expect(201).json();
    let chart = text_at(&chart, "/id");
    BTreeMap::from([
        ("datasets", dataset),
        ("jobs", job),
        ("sessions", session),
        ("users", user),
        ("visualizations", chart),
    ])
}

#[test]
fn strangers_are_refused_everywhere_but_on_the_public_list() {
    let server = shared();
    let ids = things_of(&server.analyst());
    for operation in Operation::all() {
        if operation.is_in(PUBLIC) {
            assert_eq!(operation.role(), None, "{}: public, yet it documents a role", operation.place);
            continue;
        }
        assert!(operation.role().is_some(), "{} documents no role and is not on the public list", operation.place);
        let answer = operation.send(&server.anonymous(), &ids);
        assert_eq!(answer.need("www-authenticate"), "Bearer", "{}", operation.place);
        answer.problem(401, "unauthenticated");
        assert!(operation.documents("401"), "{} does not document 401", operation.place);
    }
}

#[test]
fn a_low_role_is_refused_where_the_document_says_so_and_nowhere_else() {
    let server = shared();
    let viewer = server.viewer();
    let owner = server.analyst();
    let ids = things_of(&owner);
    for operation in Operation::all() {
        if operation.is_in(PUBLIC) || operation.place == "POST /api/v1/auth/logout" {
            continue;
        }
        // Ending the own sessions would end the actor of this test.
        if operation.method == "DELETE" && operation.path.ends_with("/sessions") {
            continue;
        }
        let answer = operation.send(&viewer, &ids);
        let needs_more = operation.role().as_deref() != Some("viewer");
        assert_eq!(answer.status == 403, needs_more, "{} answered {}", operation.place, answer.status);
        if needs_more {
            answer.problem(403, "forbidden");
            assert!(operation.documents("403"), "{} does not document 403", operation.place);
        }
    }
}

#[test]
fn foreign_and_unknown_ids_are_not_found() {
    let server = shared();
    let (owner, other) = (server.analyst(), server.analyst());
    let foreign = things_of(&owner);
    let unknown = foreign.keys().map(|key| (*key, "01900000-0000-7000-8000-000000000000".to_owned())).collect();
    let mut covered = 0;
    for operation in Operation::all() {
        let about_a_thing = operation.path.contains("id}") || operation.path.starts_with("/api/v1/analysis/{");
        let names_a_thing = operation.takes_json()
            && ["/api/v1/analysis/", "/api/v1/visualizations"].iter().any(|start| operation.path.starts_with(start));
        if !about_a_thing && !names_a_thing {
            continue;
        }
        if operation.role().as_deref() == Some("admin") {
            // Nothing is foreign to an administrator.
            operation.send(&server.admin(), &unknown).problem(404, "not_found");
            continue;
        }
        for ids in [&foreign, &unknown] {
            operation.send(&other, ids).problem(404, "not_found");
        }
        assert!(operation.documents("404"), "{} does not document 404", operation.place);
        covered += 1;
    }
    assert!(covered >= 12, "the test found {covered} operations about a thing");
    owner.get(&format!("/api/v1/datasets/{}", foreign["datasets"])).expect(200);
}

#[test]
fn wrong_values_are_named() {
    let server = shared();
    let (analyst, admin) = (server.analyst(), server.admin());
    let ids = things_of(&analyst);
    for operation in Operation::all() {
        let anna = if operation.role().as_deref() == Some("admin") { &admin } else { &analyst };
        if operation.takes_json() {
            let body = json!({ "no_such_field": 1 });
            let answer = anna.request(&operation.method, &operation.path_for(&ids)).json(&body).send();
            let problem = answer.problem(422, "validation_failed");
            assert!(problem["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{problem}");
            assert!(operation.documents("422"), "{} does not document 422", operation.place);
        } else if operation.has_body() && !operation.is_upload() {
            panic!("{}: a body of a kind that this test cannot get wrong yet", operation.place);
        }
        for parameter in operation.definition["parameters"].as_array().into_iter().flatten() {
            let wrong = match (parameter["in"].as_str(), parameter["name"].as_str()) {
                // Free text: every value is right.
                (
                    Some("query"),
                    Some(
                        "q" | "kind" | "name" | "description" | "worker" | "target" | "comment" | "null_values"
                        | "sheet",
                    ),
                ) => continue,
                (Some("query"), Some(name)) => name,
                _ => continue,
            };
            let separator = if operation.path.contains('?') { '&' } else { '?' };
            let path = format!("{}{separator}{wrong}=%21wrong", operation.path_for(&ids));
            let problem = anna.request(&operation.method, &path).send().problem(422, "validation_failed");
            let named = problem["errors"][0]["pointer"].as_str().is_some_and(|pointer| pointer.contains(wrong));
            assert!(named, "{} {wrong}: {problem}", operation.place);
        }
    }
}

#[test]
fn the_public_list_names_operations_that_exist() {
    let all = Operation::all();
    for entry in PUBLIC {
        assert!(all.iter().any(|operation| operation.is_in(&[entry])), "{entry} is no operation any more");
    }
}
