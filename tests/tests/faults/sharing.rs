//! Many who ask for the same at once, through two API processes: one execution, everybody's own job.

use std::collections::HashSet;
use std::sync::{Barrier, Mutex};

use serde_json::{Value, json};
use tests::Answer;
use tests::actor::Account;
use tests::answer::text_at;
use tests::cluster::{Cluster, Plan};
use tests::figures::figure;
use tests::run::Run;

#[test]
fn a_hundred_identical_requests_are_one_execution_and_a_hundred_jobs() {
    let run = Run::begin("100 identical requests");
    let cluster = Cluster::start(Plan { apis: 2, ..Plan::default() });
    let accounts: Vec<Account> = (0..100).map(|_| cluster.account()).collect();
    let ledger = json!({ "path": cluster.ledger(), "line": "the one effect" });
    let body = json!({ "action": { "sleep": { "milliseconds": 1_000 } }, "share_key": "same", "ledger": ledger });
    let answers = all_at_once(accounts.len(), |i| {
        cluster.actor(i % 2, &accounts[i]).request("POST", "/api/v1/testing/probe").json(&body).send()
    });
    // A hundred requests at once may take longer than the job; whoever comes late has its cached result.
    let jobs: Vec<String> = answers
        .iter()
        .map(|answer| {
            assert!(matches!(answer.status, 200 | 202), "{}: {}", answer.status, answer.text());
            text_at(&answer.json(), "/id")
        })
        .collect();
    assert_eq!(jobs.iter().collect::<HashSet<_>>().len(), 100, "everybody has a job of their own");
    let mut results = HashSet::new();
    for (i, (account, job)) in accounts.iter().zip(&jobs).enumerate() {
        let actor = cluster.actor(1 - i % 2, account);
        assert_eq!(actor.finished(job)["status"], "succeeded");
        results.insert(actor.get(&format!("/api/v1/jobs/{job}/results")).expect(200).json()["result"].to_string());
        let own = actor.get("/api/v1/jobs").expect(200).json()["items"].clone();
        assert_eq!(
            own.as_array().map(|jobs| jobs.iter().map(|job| job["id"].clone()).collect::<Vec<_>>()),
            Some(vec![json!(job)])
        );
        let stranger = cluster.actor(i % 2, &accounts[(i + 1) % accounts.len()]);
        let path = format!("/api/v1/jobs/{job}");
        stranger.get(&path).problem(404, "not_found");
        stranger.get(&format!("{path}/results")).problem(404, "not_found");
        stranger.delete(&path).problem(404, "not_found");
        stranger.request("POST", &format!("{path}/retry")).send().problem(404, "not_found");
        assert_eq!(stranger.get(&format!("/api/v1/jobs?ids={job}")).expect(200).json()["items"], json!([]));
    }
    // The rows themselves: a hundred jobs of a hundred owners, and one execution of all of them.
    let rows = cluster.apis[0].admin().get("/api/v1/admin/jobs?kind=probe&limit=200").expect(200).json();
    let rows = rows["items"].as_array().cloned().unwrap_or_default();
    let different = |field: &str| rows.iter().map(|row| text_at(row, field)).collect::<HashSet<_>>().len();
    assert_eq!((rows.len(), different("/execution_id"), different("/user_id")), (100, 1, 100));
    let counted = |how: &str| -> f64 {
        let of = |api: &tests::Server| api.anonymous().get("/metrics").expect(200).text();
        let name = "plotline_duplicates_prevented_total";
        cluster.apis.iter().map(|api| figure(&of(api), name, &[how])).sum()
    };
    let (joined, cached) = (counted("how=\"joined\""), counted("how=\"cached\""));
    assert!(joined > 0.0 && joined + cached == 99.0, "{joined} joined, {cached} cached: each of the others is counted");
    let lines = std::fs::read_to_string(cluster.ledger()).expect("the ledger");
    run.say(format_args!("100 jobs, {} result, {} effect", results.len(), lines.lines().count()));
    assert_eq!((results.len(), lines.lines().count()), (1, 1), "{results:?}\n{lines}");
}

#[test]
fn one_idempotency_key_from_fifty_clients_is_one_job() {
    let run = Run::begin("one key, 50 clients");
    let cluster = Cluster::start(Plan { apis: 2, ..Plan::default() });
    let account = cluster.account();
    let dataset = cluster.actor(0, &account).dataset("a\n1\n3\n");
    let start = |key: &'static str, body: Value| {
        let (cluster, account) = (&cluster, &account);
        move |i: usize| {
            let request = cluster.actor(i % 2, account).request("POST", "/api/v1/analysis/descriptive");
            request.header("idempotency-key", key).json(&body).send()
        }
    };
    let answers = all_at_once(50, start("one-of-fifty", json!({ "exact": true, "dataset_id": dataset })));
    let mut jobs = HashSet::new();
    for answer in answers {
        // 409 says that the first one is just being recorded: the client may ask again.
        if answer.status == 409 {
            continue;
        }
        assert!(matches!(answer.status, 200 | 202), "{}: {}", answer.status, answer.text());
        jobs.insert(text_at(&answer.json(), "/id"));
    }
    run.say(format_args!("{} job", jobs.len()));
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    let anna = cluster.actor(0, &account);
    let list = anna.get("/api/v1/jobs?kind=descriptive").expect(200).json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");
    let other = start("one-of-fifty", json!({ "exact": true, "dataset_id": dataset, "percentiles": [7.0] }));
    assert_eq!(other(0).status, 422, "the same key with another body");
    jobs.iter().for_each(|job| assert_eq!(anna.finished(job)["status"], "succeeded"));
}

/// Sends this many requests from as many threads, which set out together.
fn all_at_once(count: usize, send: impl Fn(usize) -> Answer + Sync) -> Vec<Answer> {
    let (barrier, answers) = (Barrier::new(count), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for i in 0..count {
            let (barrier, answers, send) = (&barrier, &answers, &send);
            scope.spawn(move || {
                barrier.wait();
                let answer = send(i);
                answers.lock().expect("a list").push((i, answer));
            });
        }
    });
    let mut answers = answers.into_inner().expect("a list");
    answers.sort_by_key(|(i, _)| *i);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
