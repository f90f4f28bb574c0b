//! The audit log over HTTP: administrators read it by page and by filter, nobody else does.

use serde_json::{Value, json};
use tests::Server;
use tests::answer::text_at;

const AUDIT: &str = "/api/v1/admin/audit";

fn actions(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().filter_map(|event| event["action"].as_str()).collect()
}

#[test]
fn administrators_read_who_did_what() {
    let server = Server::start();
    let (admin, anna) = (server.admin(), server.analyst());
    let id = anna.dataset("a\n1\n");
    anna.patch(&format!("/api/v1/datasets/{id}"), &json!({ "name": "renamed" })).expect(200);
    let list = |query: &str| admin.get(&format!("{AUDIT}?{query}")).expect(200).json();

    let of_anna = list(&format!("actor={}", anna.account().id));
    assert_eq!(actions(&of_anna)[..2], ["dataset.update", "dataset.upload"], "the newest first: {of_anna}");
    let event = &of_anna["items"][0];
    assert_eq!(
        (&event["actor_name"], &event["target"], &event["outcome"]),
        (&json!(anna.account().username), &json!(id), &json!("ok")),
    );
    assert!(event["happened_at"].as_str().is_some_and(|time| time.ends_with('Z')), "{event}");
    assert!(event["address"].as_str().is_some_and(|address| address.contains("127.0.0.1")), "{event}");
    assert!(event["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{event}");

    assert_eq!(actions(&list(&format!("target={id}"))), ["dataset.update", "dataset.upload"]);
    assert_eq!(actions(&list("action=dataset.upload")), ["dataset.upload"]);
    let login = json!({ "username": anna.account().username, "password": "not the password" });
    server.anonymous().post("/api/v1/auth/login", &login).problem(401, "invalid_credentials");
    let refused = list("action=auth.login&outcome=denied");
    assert_eq!(actions(&refused), ["auth.login"]);
    assert!(!refused.to_string().contains("not the password"), "no secret is kept");

    let first = list(&format!("target={id}&limit=1"));
    let rest = list(&format!("target={id}&limit=1&cursor={}", text_at(&first, "/next_cursor")));
    assert_eq!((actions(&first), actions(&rest)), (vec!["dataset.update"], vec!["dataset.upload"]));
    assert_eq!(rest["next_cursor"], Value::Null);
}

#[test]
fn wrong_filters_are_named() {
    let server = tests::shared();
    let admin = server.admin();
    let long = "x".repeat(101);
    for query in [
        "limit=0",
        "limit=201",
        "cursor=nonsense",
        "actor=nobody",
        "action=%00",
        "outcome=OK",
        "target=%00",
        &format!("action={long}"),
    ] {
        admin.get(&format!("{AUDIT}?{query}")).problem(422, "validation_failed");
    }
}
