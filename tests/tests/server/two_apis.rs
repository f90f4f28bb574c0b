//! Two API processes on one PostgreSQL: what one of them is told, the other knows within two seconds.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::cluster::{Cluster, Plan};
use tests::listener::Listener;
use tests::{Actor, Server};

use crate::events::upload;

/// Two seconds are the promise; the rest is for a machine under load.
const LIMIT: Duration = Duration::from_secs(5);

fn cluster() -> Cluster {
    Cluster::start(Plan { apis: 2, workers: 1, ..Plan::default() })
}

/// The same account as it speaks to the other process.
fn beside<'a>(actor: &Actor<'_>, server: &'a Server) -> Actor<'a> {
    Actor::new(server, Some(actor.account().clone()))
}

fn refused_within_the_limit(there: &Actor<'_>, path: &str) {
    let start = Instant::now();
    while there.get(path).status != 401 {
        assert!(start.elapsed() < LIMIT, "the other process believed the session for {:?}", start.elapsed());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_log_out_and_ended_sessions_count_in_the_other_process_too() {
    let cluster = cluster();
    let (here, there) = (&cluster.apis[0], &cluster.apis[1]);
    let anna = here.analyst();
    let other = beside(&anna, there);
    // A result that was read a moment ago is remembered there, and yet refused.
    let job = upload(&anna);
    anna.finished(&job);
    let result = format!("/api/v1/jobs/{job}/results");
    let told = other.get(&result).expect(200).text();
    assert_eq!(other.get(&result).expect(200).text(), told);
    beside(&here.analyst(), there).get(&result).problem(404, "not_found");
    anna.request("POST", "/api/v1/auth/logout").send().expect(204);
    anna.get(&result).expect(401);
    refused_within_the_limit(&other, &result);
    let berta = here.analyst();
    let other = beside(&berta, there);
    other.get("/api/v1/users/me").expect(200);
    berta.delete("/api/v1/auth/sessions").expect(204);
    refused_within_the_limit(&other, "/api/v1/users/me");
}

#[test]
fn a_disabled_account_is_out_of_every_process_and_its_streams_end() {
    let cluster = cluster();
    let (here, there) = (&cluster.apis[0], &cluster.apis[1]);
    let (admin, anna) = (here.admin(), here.analyst());
    let other = beside(&anna, there);
    other.get("/api/v1/users/me").expect(200);
    let listener = Listener::open(there, &other, None);
    let path = format!("/api/v1/admin/users/{}", anna.account().id);
    admin.patch(&path, &json!({ "disabled": true, "reason": "a test" })).expect(200);
    anna.get("/api/v1/users/me").problem(401, "unauthenticated");
    refused_within_the_limit(&other, "/api/v1/users/me");
    listener.ends_within(LIMIT);
    let refresh = json!({ "refresh_token": anna.account().refresh_token });
    there.anonymous().post("/api/v1/auth/refresh", &refresh).problem(401, "unauthenticated");
}

#[test]
fn attempts_to_sign_in_are_counted_by_both_processes_together() {
    let settings = vec![("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE", "2".to_owned())];
    let cluster = Cluster::start(Plan { apis: 2, workers: 1, settings, ..Plan::default() });
    let body = json!({ "username": "nobody", "password": "not-the-password-1" });
    let attempt = |number: usize| cluster.apis[number % 2].anonymous().post("/api/v1/auth/login", &body);
    for number in 0..2 {
        let answer = attempt(number).expect(401);
        assert!(answer.need("ratelimit").contains(&format!("r={}", 1 - number)), "{:?}", answer.headers);
    }
    for number in 2..4 {
        attempt(number).problem(429, "rate_limited");
    }
}

#[test]
fn a_changed_role_counts_in_every_process() {
    let cluster = cluster();
    let (here, there) = (&cluster.apis[0], &cluster.apis[1]);
    let anna = here.analyst();
    let other = beside(&anna, there);
    // A file that is only stored leaves no job behind.
    let store = |actor: &Actor<'_>| {
        actor.request("POST", "/api/v1/datasets/upload?ingest=false").form(&[], "a.csv", b"a\n1\n".to_vec()).send()
    };
    store(&other).expect(201);
    let path = format!("/api/v1/admin/users/{}", anna.account().id);
    here.admin().patch(&path, &json!({ "role": "viewer" })).expect(200);
    let start = Instant::now();
    for actor in [&anna, &other] {
        while store(actor).status != 403 {
            assert!(start.elapsed() < LIMIT, "the old role counted for {:?}", start.elapsed());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn a_chart_that_is_no_longer_shared_is_shown_by_no_process() {
    let cluster = cluster();
    let (here, there) = (&cluster.apis[0], &cluster.apis[1]);
    let (anna, ben) = (here.analyst(), here.analyst());
    let other = beside(&ben, there);
    let dataset = anna.dataset("shop,sales\nNorth,10\nSouth,12\n");
    let chart = json!({ "kind": "bar", "dataset_id": dataset, "x": { "column": "shop" }, "y": [{ "column": "sales", "aggregate": "sum" }] });
    let saved = anna.post("/api/v1/visualizations", &json!({ "name": "Sales", "chart": chart })).expect(201).json();
    let path = format!("/api/v1/visualizations/{}", text_at(&saved, "/id"));
    let share = |remove: bool| {
        let body = json!({ "visualization_id": saved["id"], "username": ben.account().username, "remove": remove });
        anna.post("/api/v1/visualizations/share", &body).expect(200);
    };
    let ways =
        [path.clone(), format!("{path}/figure"), format!("{path}/export?format=svg"), format!("{path}/versions")];
    other.get(&path).problem(404, "not_found");
    share(false);
    // Whatever the other process may remember of it, it has seen by now.
    for way in ways.iter().chain(&ways) {
        other.get(way).expect(200);
    }
    share(true);
    let start = Instant::now();
    for way in &ways {
        while other.get(way).status != 404 {
            assert!(start.elapsed() < LIMIT, "{way} is shown {:?} after the share was taken back", start.elapsed());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    assert_eq!(other.get("/api/v1/visualizations?scope=shared").expect(200).json()["items"], json!([]));
}

#[test]
fn events_reach_the_listeners_of_the_other_process_and_end_with_the_session() {
    let cluster = cluster();
    let (here, there) = (&cluster.apis[0], &cluster.apis[1]);
    let anna = here.analyst();
    let other = beside(&anna, there);
    let mut listener = Listener::open(there, &other, None);
    let job = upload(&anna);
    listener.until(&job, "succeeded");
    anna.request("POST", "/api/v1/auth/logout").send().expect(204);
    listener.ends_within(Duration::from_secs(10));
}
