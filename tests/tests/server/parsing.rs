//! Reading in two steps, options of reading, and the quarantine of rows that could not be read.

use serde_json::{Value, json};
use tests::actor::Actor;
use tests::answer::text_at;
use tests::shared;

const GERMAN: &str = "Artikel;Preis;Datum\nStift;1.234,50;01.02.2024\nHeft;0,99;13.02.2024\n";

fn uploaded(actor: &Actor<'_>, content: &str) -> String {
    let request = actor.request("POST", "/api/v1/datasets/upload?ingest=false&name=later");
    let answer = request.raw("text/csv", content).send().expect(201);
    let body = answer.json();
    assert!(body.get("job").is_none(), "{body}");
    assert_eq!(body["dataset"]["status"], "uploaded");
    let id = text_at(&body, "/dataset/id");
    assert_eq!(answer.need("location"), format!("/api/v1/datasets/{id}"));
    id
}

fn read(actor: &Actor<'_>, id: &str, options: &Value) -> Value {
    let answer = actor.post(&format!("/api/v1/datasets/{id}/ingest"), options).expect(202).json();
    actor.finished(&text_at(&answer, "/job/id"))
}

fn dataset(actor: &Actor<'_>, id: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}")).expect(200).json()
}

#[test]
fn a_file_is_tried_and_then_read() {
    let server = shared();
    let anna = server.analyst();
    let id = uploaded(&anna, GERMAN);
    anna.get(&format!("/api/v1/datasets/{id}/preview")).problem(409, "not_ready");
    let preview = anna.post(&format!("/api/v1/datasets/{id}/parse-preview"), &json!({})).expect(200).json();
    assert_eq!(preview["dialect"]["delimiter"], ";");
    assert_eq!(preview["dialect"]["decimal_mark"], ",");
    assert_eq!(preview["dialect"]["date_order"], "dmy");
    let types: Vec<&Value> = preview["columns"].as_array().unwrap().iter().map(|column| &column["type"]).collect();
    assert_eq!(types, ["text", "float", "date"]);
    assert_eq!(preview["rows"][0], json!(["Stift", 1234.5, "2024-02-01"]));
    assert_eq!((&preview["rows_read"], &preview["complete"]), (&json!(2), &json!(true)));
    let choice =
        preview["dialect"]["choices"].as_array().unwrap().iter().find(|choice| choice["option"] == "delimiter");
    assert!(choice.unwrap()["confidence"].as_f64().unwrap() > 0.5, "{choice:?}");

    let asked = json!({ "columns": { "Preis": "text" } });
    let tried = anna.post(&format!("/api/v1/datasets/{id}/parse-preview"), &asked).expect(200).json();
    assert_eq!(tried["rows"][0], json!(["Stift", "1.234,50", "2024-02-01"]));
    assert_eq!(dataset(&anna, &id)["status"], "uploaded", "a try stores nothing");

    assert_eq!(read(&anna, &id, &json!({}))["status"], "succeeded");
    let first = dataset(&anna, &id);
    assert_eq!(
        (&first["status"], &first["version"]["rows"], &first["version"]["rows_in"]),
        (&json!("ready"), &json!(2), &json!(2))
    );
    assert_eq!(read(&anna, &id, &asked)["status"], "succeeded");
    assert_eq!(dataset(&anna, &id)["version"]["number"], 2, "reading again makes a new version");
}

#[test]
fn a_failed_file_is_read_again_with_other_options() {
    let server = shared();
    let anna = server.analyst();
    let failure = anna.failed_upload("notes.csv", "id,word\n1,a\n2\n3,c\n");
    assert_eq!(
        failure["examples"],
        json!([{
            "line": 3, "column": "word", "reason": "field_count",
            "detail": "Line 3 has 1 field, but the header has 2.", "text": "2"
        }])
    );
    let answer = anna.upload("notes.csv", "id,word\n1,a\n2\n3,c\n").expect(202).json();
    anna.finished(&text_at(&answer, "/job/id"));
    let id = text_at(&answer, "/dataset/id");
    let job = read(&anna, &id, &json!({ "quarantine_percent": 50 }));
    assert_eq!(job["status"], "succeeded", "{job}");
    let version = dataset(&anna, &id)["version"].clone();
    assert_eq!((&version["rows"], &version["rows_in"], &version["quarantine_rows"]), (&json!(2), &json!(3), &json!(1)));
    let result = anna.get(&format!("/api/v1/jobs/{}/results", text_at(&job, "/id"))).expect(200).json();
    assert_eq!(result["result"]["quarantine"]["reasons"], json!([{ "reason": "field_count", "rows": 1 }]));
}

#[test]
fn the_quarantine_is_paged_and_downloaded_without_formulas() {
    let server = shared();
    let anna = server.analyst();
    let rows: String = (0..200).map(|i| format!("{i},x\n")).collect();
    let id = anna.dataset(format!("id,word\n{rows}=1+1\n7,\"open\n"));
    let path = format!("/api/v1/datasets/{id}/quarantine");
    let page = anna.get(&format!("{path}?offset=1&limit=5")).expect(200).json();
    assert_eq!((&page["total_rows"], page["items"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!((&page["items"][0]["reason"], &page["items"][0]["line"]), (&json!("quote"), &json!(203)));
    let answer = anna.get(&format!("{path}?format=csv")).expect(200);
    assert!(answer.need("content-disposition").contains("quarantine.csv"));
    let text = answer.text();
    assert!(text.starts_with("line,column,value,reason,detail,text\r\n202,word,,field_count,"), "{text}");
    assert!(text.contains("\"'=1+1\""), "{text}");
    anna.get(&format!("{path}?format=pdf")).problem(422, "validation_failed");
    anna.get(&format!("{path}?limit=0")).problem(422, "validation_failed");
    let clean = anna.dataset("a\n1\n");
    let page = anna.get(&format!("/api/v1/datasets/{clean}/quarantine")).expect(200).json();
    assert_eq!(page, json!({ "items": [], "offset": 0, "total_rows": 0 }));
}

#[test]
fn one_step_takes_the_same_options() {
    let server = shared();
    let anna = server.analyst();
    let request = anna.request(
        "POST",
        "/api/v1/datasets/upload?header=false&null_values=none&columns=%7B%22column_1%22%3A%22text%22%7D",
    );
    let answer = request.raw("text/csv", "1,none\n2,5\n").send().expect(202).json();
    anna.finished(&text_at(&answer, "/job/id"));
    let version = dataset(&anna, &text_at(&answer, "/dataset/id"))["version"].clone();
    assert_eq!((&version["columns"][0]["type"], &version["columns"][1]["nulls"]), (&json!("text"), &json!(1)));
    let request = anna.request("POST", "/api/v1/datasets/upload");
    let fields = [("delimiter", "|"), ("date_order", "mdy"), ("line_end", "crlf"), ("name", "dates")];
    let answer = request.form(&fields, "d.csv", b"a,b|c\r\n01/02/2024|x\ny\r\n".to_vec()).send().expect(202).json();
    anna.finished(&text_at(&answer, "/job/id"));
    let version = dataset(&anna, &text_at(&answer, "/dataset/id"))["version"].clone();
    assert_eq!((&version["columns"][0]["name"], &version["columns"][0]["type"]), (&json!("a,b"), &json!("date")));
    assert_eq!((&version["rows"], &version["dialect"]["line_end"]), (&json!(1), &json!("crlf")));
}

#[test]
fn wrong_options_are_named() {
    let server = shared();
    let anna = server.analyst();
    let upload = |query: &str| {
        anna.request("POST", &format!("/api/v1/datasets/upload?{query}")).raw("text/csv", "a\n1\n").send()
    };
    for (query, pointer) in [
        ("header=perhaps", "header"),
        ("line_end=nl", "line_end"),
        ("decimal_mark=x", "/decimal_mark"),
        ("skip_rows=-1", "skip_rows"),
    ] {
        assert_eq!(upload(query).problem(422, "validation_failed")["errors"][0]["pointer"], pointer, "{query}");
    }
    let form = anna.request("POST", "/api/v1/datasets/upload").form(
        &[("quarantine_percent", "200")],
        "a.csv",
        b"a\n1\n".to_vec(),
    );
    assert_eq!(form.send().problem(422, "validation_failed")["errors"][0]["pointer"], "/quarantine_percent");
    let id = uploaded(&anna, "a,b\n1,2\n");
    let path = format!("/api/v1/datasets/{id}/parse-preview");
    assert_eq!(
        anna.post(&path, &json!({ "quote": "ab" })).problem(422, "validation_failed")["errors"][0]["pointer"],
        "/quote"
    );
    anna.post(&path, &json!({ "colour": "red" })).problem(422, "validation_failed");
    let problem = anna.post(&path, &json!({ "columns": { "c": "text" } })).problem(422, "invalid_parameters");
    assert!(problem["detail"].as_str().unwrap().contains("no column \"c\""), "{problem}");
    let job = read(&anna, &id, &json!({ "columns": { "c": "text" } }));
    assert_eq!(job["error"]["code"], "invalid_parameters");
}

#[test]
fn a_file_is_not_read_twice_at_once() {
    let server = shared();
    let anna = server.analyst();
    let id = uploaded(&anna, "a\n1\n");
    let ingest = |key: &str| {
        anna.request("POST", &format!("/api/v1/datasets/{id}/ingest"))
            .header("Idempotency-Key", key)
            .json(&json!({}))
            .send()
    };
    let first = ingest("once").expect(202).json();
    let again = ingest("once").expect(202).json();
    assert_eq!(first["job"]["id"], again["job"]["id"]);
    anna.finished(&text_at(&first, "/job/id"));
}
