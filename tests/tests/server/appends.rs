//! Appended rows: a new version with its lineage, the old one kept; what does not fit is named and adds nothing.

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, shared};

fn append(actor: &Actor<'_>, id: &str, media: &str, body: impl Into<Vec<u8>>) -> Value {
    let path = format!("/api/v1/datasets/{id}/rows");
    let answer = actor.request("POST", &path).raw(media, body).send().expect(202).json();
    actor.finished(answer["id"].as_str().expect("a job"))
}

fn rows(actor: &Actor<'_>, id: &str, query: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}/rows?{query}")).expect(200).json()["rows"].clone()
}

#[test]
fn records_and_files_join_the_table_as_its_next_version() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n,word,x\n1,a,0.5\n2,b,\n");
    let path = format!("/api/v1/datasets/{id}");
    let first = anna.get(&path).expect(200).json()["version"].clone();
    let job = append(&anna, &id, "application/json", r#"[{"x":1.5,"n":3,"word":"c"},{"n":4}]"#);
    assert_eq!((&job["status"], &job["kind"]), (&json!("succeeded"), &json!("append")), "{job}");
    let result =
        anna.get(&format!("/api/v1/jobs/{}/results", job["id"].as_str().unwrap_or_default())).expect(200).json();
    assert_eq!((&result["result"]["rows_added"], &result["result"]["rows"]), (&json!(2), &json!(4)));
    let all = json!([[1, "a", 0.5], [2, "b", null], [3, "c", 1.5], [4, null, null]]);
    assert_eq!(rows(&anna, &id, ""), all);
    // Whole numbers fit a column of floats; columns may come in any order.
    let job = append(&anna, &id, "text/csv", "x,n,word\n2,5,e\n");
    assert_eq!(job["status"], "succeeded", "{job}");
    assert_eq!(rows(&anna, &id, "offset=4"), json!([[5, "e", 2.0]]));
    assert_eq!(rows(&anna, &id, "version=1"), json!([[1, "a", 0.5], [2, "b", null]]));
    assert_eq!(rows(&anna, &id, "version=2"), all);

    let newest = anna.get(&path).expect(200).json()["version"].clone();
    assert_eq!((&newest["number"], &newest["rows"]), (&json!(3), &json!(5)));
    assert_eq!((&newest["lineage"]["operation"], &newest["lineage"]["parent"]), (&json!("append"), &json!(2)));
    assert_eq!((&newest["lineage"]["source"]["bytes"], &newest["job_id"]), (&json!(15), &job["id"]));
    assert_eq!(anna.get(&format!("{path}/versions/1")).expect(200).json(), first);
    let profile = anna.get(&format!("{path}/profile")).expect(200).json();
    assert_eq!((&profile["rows"], &profile["columns"][0]["numeric"]["sum"]), (&json!(5), &json!(15)));
    // The same table as if it had come in one file.
    let whole = anna.dataset("n,word,x\n1,a,0.5\n2,b,\n3,c,1.5\n4,,\n5,e,2\n");
    let hash = anna.get(&format!("/api/v1/datasets/{whole}")).expect(200).json()["version"]["content_hash"].clone();
    assert_eq!(newest["content_hash"], hash);
}

#[test]
fn what_does_not_fit_is_named_and_nothing_is_added() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n,day\n1,2024-01-31\n");
    for (body, column, value) in [
        (r#"[{"n":2},{"n":"many"}]"#, "n", Some("many")),
        (r#"[{"n":2.5}]"#, "n", Some("2.5")),
        (r#"[{"n":2,"day":"soon"}]"#, "day", Some("soon")),
        (r#"[{"n":2,"dya":"2024-01-31"}]"#, "dya", None),
    ] {
        let job = append(&anna, &id, "application/json", body);
        assert_eq!(
            (&job["status"], &job["error"]["code"]),
            (&json!("failed"), &json!("invalid_file")),
            "{body}: {job}"
        );
        assert_eq!((&job["error"]["column"], job["error"]["value"].as_str()), (&json!(column), value), "{job}");
    }
    let dataset = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json();
    assert_eq!((&dataset["status"], &dataset["version"]["number"]), (&json!("ready"), &json!(1)));
    assert_eq!(rows(&anna, &id, ""), json!([[1, "2024-01-31"]]));
}

#[test]
fn added_cells_are_read_with_the_types_of_the_table() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("code,at\nA-1,2024-01-31 10:00:00\n");
    let job = append(&anna, &id, "text/csv", "code,at\n1.50,2024-02-01\ntrue,\n");
    assert_eq!(job["status"], "succeeded", "{job}");
    let added = json!([["1.50", "2024-02-01T00:00:00"], ["true", null]]);
    assert_eq!(rows(&anna, &id, "offset=1"), added);
    let job = append(&anna, &id, "text/csv", "code,at\nx,2024-02-01\ny,soon\n");
    let error = &job["error"];
    assert_eq!((&error["line"], &error["column"], &error["value"]), (&json!(3), &json!("at"), &json!("soon")), "{job}");
    assert!(error["advice"].as_str().is_some_and(|advice| advice.contains("Nothing was added")), "{job}");
}

#[test]
fn options_say_how_the_added_rows_are_written() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n,x,day\n1,0.5,2024-01-31\n");
    let path = format!("/api/v1/datasets/{id}/rows");
    let query = "delimiter=;&decimal_mark=,&date_order=dmy&comment=%23&null_values=none";
    let rows_in_words = "n;x;day\n# by hand\n2;1,500;01.02.2024\nnone;2,5;02.02.2024\n";
    let request = anna.request("POST", &format!("{path}?{query}")).raw("text/csv", rows_in_words);
    let job = anna.finished(&text_at(&request.send().expect(202).json(), "/id"));
    assert_eq!(job["status"], "succeeded", "{job}");
    let added = json!([[2, 1.5, "2024-02-01"], [null, 2.5, "2024-02-02"]]);
    assert_eq!(rows(&anna, &id, "offset=1"), added);
    // Fields of a form are options as well.
    let form = [("header", "true"), ("delimiter", ";"), ("decimal_mark", ","), ("date_order", "dmy")];
    let request = anna.request("POST", &path).form(&form, "more.csv", "n;x;day\n3;7,25;03.02.2024\n".into());
    let job = anna.finished(&text_at(&request.send().expect(202).json(), "/id"));
    assert_eq!((&job["status"], rows(&anna, &id, "offset=3")), (&json!("succeeded"), json!([[3, 7.25, "2024-02-03"]])));
    for (query, field) in [
        ("columns={\"n\":\"text\"}", "/columns"),
        ("quarantine_percent=5", "/quarantine_percent"),
        ("header=perhaps", "header"),
    ] {
        let query = query.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
        let request = anna.request("POST", &format!("{path}?{query}")).raw("text/csv", "n\n1\n");
        let problem = request.send().problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], field, "{problem}");
    }
}

#[test]
fn appends_at_once_are_done_one_after_another() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n\n0\n");
    let path = format!("/api/v1/datasets/{id}/rows");
    let started: Vec<String> = (1..=6)
        .map(|n| {
            let body = format!("[{{\"n\":{n}}}]");
            let answer = anna.request("POST", &path).raw("application/json", body).send().expect(202).json();
            answer["id"].as_str().expect("a job").to_owned()
        })
        .collect();
    for job in started {
        assert_eq!(anna.finished(&job)["status"], "succeeded");
    }
    let mut all: Vec<u64> =
        rows(&anna, &id, "").as_array().into_iter().flatten().filter_map(|row| row[0].as_u64()).collect();
    all.sort_unstable();
    assert_eq!(all, [0, 1, 2, 3, 4, 5, 6], "every row once");
    let version = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"].clone();
    assert_eq!((&version["number"], &version["rows"]), (&json!(7), &json!(7)));
}

#[test]
fn an_append_sent_twice_adds_once() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n\n0\n");
    let send = |body: &str| {
        let request = anna.request("POST", &format!("/api/v1/datasets/{id}/rows")).raw("application/json", body);
        request.header("idempotency-key", "rows-1").header("prefer", "wait=30").send()
    };
    let first = send("[{\"n\":1}]").expect(200).json();
    assert_eq!(send("[{\"n\":1}]").expect(200).json()["id"], first["id"]);
    assert_eq!(send("[{\"n\":2}]").status, 422);
    assert_eq!(rows(&anna, &id, ""), json!([[0], [1]]));
}
