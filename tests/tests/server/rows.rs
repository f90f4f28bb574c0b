//! Rows of a dataset: the stored first ones and any other window, by workers that stand beside the job slots.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::cli::{children_of, signal};
use tests::probes::{Probes, sleep};
use tests::{Actor, Server, shared, wait_until};

/// A table of so many rows: `n` counts from 0.
fn numbers(rows: usize) -> String {
    std::iter::once("n,word,\"a,b\"\n".to_owned()).chain((0..rows).map(|n| format!("{n},w{n},x\n"))).collect()
}

fn rows(actor: &Actor<'_>, id: &str, query: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}/rows{query}")).expect(200).json()
}

#[test]
fn any_window_can_be_read_with_the_columns_asked_for() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(numbers(5_000));
    let first = rows(&anna, &id, "");
    assert_eq!(first["rows"].as_array().map(Vec::len), Some(100));
    assert_eq!((&first["total_rows"], &first["offset"]), (&json!(5_000), &json!(0)));
    assert_eq!((&first["columns"][0]["name"], &first["columns"][0]["type"]), (&json!("n"), &json!("integer")));
    assert_eq!(first["rows"][99], json!([99, "w99", "x"]));
    // Beyond the stored first rows, across their end, and at the end of the table.
    assert_eq!(rows(&anna, &id, "?offset=3000&limit=2")["rows"], json!([[3000, "w3000", "x"], [3001, "w3001", "x"]]));
    let across = rows(&anna, &id, "?offset=198&limit=4&columns=n");
    assert_eq!(across["rows"], json!([[198], [199], [200], [201]]));
    assert_eq!(rows(&anna, &id, "?offset=4999&limit=10&columns=word,n")["rows"], json!([["w4999", 4999]]));
    assert_eq!(rows(&anna, &id, "?offset=5000")["rows"], json!([]));
    assert_eq!(rows(&anna, &id, "?offset=18446744073709551615&limit=1000")["rows"], json!([]));
    assert_eq!(rows(&anna, &id, "?offset=1000&limit=1&columns=%22a,b%22,n")["rows"], json!([["x", 1000]]));
    assert_eq!(rows(&anna, &id, "?limit=1000")["rows"].as_array().map(Vec::len), Some(1_000));
}

#[test]
fn stored_and_read_rows_are_the_same_in_every_type() {
    let server = shared();
    let anna = server.analyst();
    let line = "9007199254740993,0.1,true,2024-02-29,2024-01-01T10:00:00Z,00501\n,,,,,\n-2,1e300,false,1969-12-31,1970-01-01T00:00:00Z,é\n";
    let id = anna.dataset(format!("big,f,ok,day,at,text\n{}", line.repeat(100)));
    // The first window is answered from the preview, the second, wider one by a worker.
    let stored = rows(&anna, &id, "?limit=200");
    let read = rows(&anna, &id, "?limit=201");
    assert_eq!(stored["columns"], read["columns"]);
    let (stored, read) = (stored["rows"].as_array().expect("rows"), read["rows"].as_array().expect("rows"));
    assert_eq!(stored[..], read[..200]);
    assert_eq!(read[0][0], "9007199254740993");
    assert_eq!(read[1], json!([null, null, null, null, null, null]));
}

#[test]
fn wrong_parameters_name_the_parameter_and_the_nearest_column() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("revenue,country\n1,x\n");
    let path = format!("/api/v1/datasets/{id}/rows");
    let problem = anna.get(&format!("{path}?columns=country,revenu")).problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "columns");
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("Did you mean \"revenue\"?")), "{problem}");
    for query in ["?limit=0", "?limit=1001", "?offset=-1", "?columns=", "?columns=country,country", "?columns=%22a"] {
        anna.get(&format!("{path}{query}")).problem(422, "validation_failed");
    }
}

#[test]
fn only_its_owner_reads_a_dataset_and_only_when_it_is_ready() {
    let server = shared();
    let (anna, ben) = (server.analyst(), server.analyst());
    let id = anna.dataset("a\n1\n");
    ben.get(&format!("/api/v1/datasets/{id}/rows")).problem(404, "not_found");
    server.anonymous().get(&format!("/api/v1/datasets/{id}/rows")).problem(401, "unauthenticated");
    let answer = anna.upload("broken.csv", "a,b\n1,2\n1,2,3,4\n").expect(202).json();
    anna.finished(answer["job"]["id"].as_str().expect("a job"));
    let failed = answer["dataset"]["id"].as_str().expect("a dataset");
    anna.get(&format!("/api/v1/datasets/{failed}/rows")).problem(422, "invalid_file");
    let big = anna.upload("big.csv", tests::files::orders(150_000)).expect(202).json();
    let processing = big["dataset"]["id"].as_str().expect("a dataset");
    let answer = anna.get(&format!("/api/v1/datasets/{processing}/rows"));
    answer.need("retry-after");
    answer.problem(409, "not_ready");
    anna.finished(big["job"]["id"].as_str().expect("a job"));
}

#[test]
fn a_known_answer_is_not_sent_again_and_equal_content_has_an_equal_tag() {
    let server = shared();
    let anna = server.analyst();
    let (one, two) = (anna.dataset(numbers(400)), anna.dataset(numbers(400)));
    let tag = |id: &str, query: &str| {
        anna.get(&format!("/api/v1/datasets/{id}/rows{query}")).expect(200).need("etag").to_owned()
    };
    for query in ["?limit=10", "?offset=300&limit=10"] {
        let known = tag(&one, query);
        assert_eq!(known, tag(&two, query), "{query}");
        let again = anna.request("GET", &format!("/api/v1/datasets/{one}/rows{query}"));
        let again = again.header("if-none-match", &known).send().expect(304);
        assert!(again.body.is_empty());
    }
    let tags: BTreeSet<String> =
        ["", "?limit=10", "?offset=1", "?columns=n", "?columns=word,n"].iter().map(|query| tag(&one, query)).collect();
    assert_eq!(tags.len(), 5);
    assert_eq!(tag(&one, "?columns=n,word,%22a,b%22"), tag(&one, ""), "all columns named is all columns");
}

#[test]
fn asks_are_answered_while_every_slot_runs_a_job() {
    let server = Server::with(&[("PLOTLINE_WORKER_SLOTS", "1")]);
    let anna = server.analyst();
    let id = anna.dataset(numbers(20_000));
    let probes = Probes::new(server.data_dir().join("ledger"));
    let jobs: Vec<String> =
        ["interactive", "interactive", "batch"].iter().map(|lane| probes.submit(&anna, lane, &sleep(60_000))).collect();
    wait_until("both slots are taken", || Probes::in_state(&anna, "running") == 2);
    let start = Instant::now();
    let windows: Vec<usize> = (0..200).map(|i| 1_000 + i * 50).collect();
    std::thread::scope(|scope| {
        for offset in &windows {
            let (anna, id) = (&anna, &id);
            scope.spawn(move || {
                let answer = rows(anna, id, &format!("?offset={offset}&limit=50&columns=n"));
                let wanted: Vec<Value> = (*offset..offset + 50).map(|n| json!([n])).collect();
                assert_eq!(answer["rows"], Value::Array(wanted));
            });
        }
    });
    let took = start.elapsed();
    println!("200 different asks at once beside full slots: {took:?}");
    assert!(took < Duration::from_secs(20), "200 asks took {took:?}");
    assert_eq!(Probes::in_state(&anna, "running"), 2, "the slots were taken all the time");
    // The same once more costs no work.
    let figures = || server.admin().get("/metrics").text();
    let answered =
        |text: &str| text.lines().any(|line| line.contains("outcome=\"answered\"") && line.ends_with(" 200"));
    assert!(answered(&figures()), "{}", figures());
    for offset in &windows {
        rows(&anna, &id, &format!("?offset={offset}&limit=50&columns=n"));
    }
    assert!(answered(&figures()), "the answers were remembered");
    jobs.iter().for_each(|job| assert_eq!(anna.delete(&format!("/api/v1/jobs/{job}")).status, 200));
}

#[test]
fn a_child_that_does_not_answer_is_killed_at_the_deadline() {
    let server = Server::with(&[("PLOTLINE_HTTP_ASK_SECONDS", "1")]);
    let anna = server.analyst();
    let id = anna.dataset(numbers(1_000));
    let path = format!("/api/v1/datasets/{id}/rows?offset=500");
    anna.get(&path).expect(200);
    let children = children_of(server.process_id(), &["compute"]);
    assert!(!children.is_empty(), "children wait for work");
    children.iter().for_each(|child| signal(*child, "STOP"));
    let start = Instant::now();
    let answer = anna.get(&format!("{path}&limit=7"));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    answer.need("retry-after");
    answer.problem(503, "unavailable");
    wait_until("the child of the ask is gone", || {
        let left = children_of(server.process_id(), &["compute"]);
        children.iter().filter(|child| left.contains(child)).count() < children.len()
    });
    anna.get(&format!("{path}&limit=7")).expect(200);
    children_of(server.process_id(), &["compute"]).iter().for_each(|child| signal(*child, "CONT"));
}
