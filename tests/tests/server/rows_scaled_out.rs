//! Rows over real Redis and PostgreSQL: who answers, and what is said when nobody does.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::cli::{children_of, signal};
use tests::cluster::{Cluster, Plan};
use tests::{Answer, wait_until};

const ASK_SECONDS: u64 = 2;

/// An API process that waits for answers so long only.
fn impatient() -> [(&'static str, String); 1] {
    [("PLOTLINE_HTTP_ASK_SECONDS", ASK_SECONDS.to_string())]
}

fn numbers(rows: usize) -> String {
    std::iter::once("n\n".to_owned()).chain((0..rows).map(|n| format!("{n}\n"))).collect()
}

/// Refused in time, and told when to try again.
#[track_caller]
fn refused_in_time(answer: Answer, since: Instant) {
    let took = since.elapsed();
    let again: u64 = answer.need("retry-after").parse().expect("seconds");
    assert!((1..=30).contains(&again), "{again}");
    answer.problem(503, "unavailable");
    assert!(took < Duration::from_secs(ASK_SECONDS + 8), "the refusal took {took:?}");
}

#[test]
fn workers_answer_both_api_processes_and_somebody_tells_when_nobody_does() {
    let mut cluster = Cluster::start(Plan { apis: 2, workers: 2, slots: 1, ..Plan::default() });
    cluster.add_api(&impatient());
    let account = cluster.account();
    let id = cluster.actor(0, &account).dataset(numbers(20_000));
    let path = |offset: usize| format!("/api/v1/datasets/{id}/rows?offset={offset}&limit=20");
    let start = Instant::now();
    std::thread::scope(|scope| {
        for i in 0..200 {
            let (cluster, account, path) = (&cluster, &account, path(1_000 + i * 20));
            scope.spawn(move || {
                let answer = cluster.actor(i % 2, account).get(&path).expect(200).json();
                let wanted: Vec<Value> = (0..20).map(|n| json!([1_000 + i * 20 + n])).collect();
                assert_eq!(answer["rows"], Value::Array(wanted));
            });
        }
    });
    println!("200 asks at once over two API processes: {:?}", start.elapsed());
    // A wrong parameter is the client's, also from afar.
    cluster.actor(1, &account).get(&format!("{}&columns=m", path(500))).problem(422, "validation_failed");
    // Workers of the other lane do not answer.
    cluster.workers.clear();
    cluster.add_worker(&[("PLOTLINE_WORKER_LANES", "batch".to_owned())]);
    let since = Instant::now();
    refused_in_time(cluster.actor(2, &account).get(&path(15_000)), since);
    // What is known is answered all the same.
    cluster.actor(0, &account).get(&path(1_000)).expect(200);
    cluster.add_worker(&[]);
    cluster.actor(0, &account).get(&path(15_000)).expect(200);
    cluster.redis.kill();
    let since = Instant::now();
    refused_in_time(cluster.actor(2, &account).get(&path(16_000)), since);
    cluster.redis.start_again();
    let since = Instant::now();
    while cluster.actor(1, &account).get(&path(16_000)).status != 200 {
        assert!(since.elapsed() < Duration::from_secs(30), "asks do not come through after an outage");
    }
}

#[test]
fn the_ask_of_a_killed_worker_is_refused_in_time_and_the_next_one_answered() {
    let mut cluster = Cluster::start(Plan { apis: 1, workers: 1, slots: 1, ..Plan::default() });
    cluster.add_api(&impatient());
    let account = cluster.account();
    let id = cluster.actor(0, &account).dataset(numbers(2_000));
    let path = format!("/api/v1/datasets/{id}/rows?offset=1000");
    // Its children stand still, so that it is in the middle of the ask when it is killed.
    let children = children_of(cluster.workers[0].process_id(), &["compute"]);
    children.iter().for_each(|child| signal(*child, "STOP"));
    let mut worker = cluster.workers.remove(0);
    let since = Instant::now();
    let answer = std::thread::scope(|scope| {
        let asking = scope.spawn(|| cluster.actor(1, &account).get(&path));
        std::thread::sleep(Duration::from_millis(500));
        wait_until("the worker has it", || cluster.redis.ask("LLEN {plotline-asks}:waiting").as_deref() == Some(":0"));
        worker.kill();
        children.iter().for_each(|child| signal(*child, "CONT"));
        asking.join().expect("an answer")
    });
    refused_in_time(answer, since);
    cluster.add_worker(&[]);
    cluster.actor(0, &account).get(&path).expect(200);
}
