//! Limits: what the server tells of them, and that it keeps them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use tests::answer::text_at;
use tests::{Server, shared, wait_until};

#[test]
fn the_limits_are_told() {
    let settings = [("PLOTLINE_HTTP_UPLOAD_BYTES", "20000"), ("PLOTLINE_HTTP_BODY_BYTES", "2000")];
    let server = Server::with(&settings);
    let limits = server.analyst().get("/api/v1/limits").expect(200).json();
    assert_eq!((&limits["upload_bytes"], &limits["body_bytes"]), (&json!(20_000), &json!(2_000)), "{limits}");
    assert_eq!((&limits["auth_per_minute"], &limits["wait_seconds"]), (&json!(100_000), &json!(30)));
    assert_eq!(limits["list_limit"], 200);
}

#[test]
fn a_user_has_so_many_jobs_running_and_waiting() {
    let settings = [
        ("PLOTLINE_JOBS_QUEUED_PER_USER", "2"),
        ("PLOTLINE_JOBS_RUNNING_PER_USER", "1"),
        ("PLOTLINE_WORKER_SLOTS", "2"),
    ];
    let server = Server::with(&settings);
    let (anna, berta) = (server.analyst(), server.analyst());
    let probe = json!({ "action": { "sleep": { "milliseconds": 60_000 } } });
    let start = |actor: &tests::Actor<'_>| {
        let job = text_at(&actor.post("/api/v1/testing/probe", &probe).expect(202).json(), "/id");
        format!("/api/v1/jobs/{job}")
    };
    let first = start(&anna);
    wait_until("it runs", || anna.get(&first).expect(200).json()["status"] == "running");
    let second = start(&anna);
    let hers = start(&berta);
    wait_until("the free slot is another user's", || berta.get(&hers).expect(200).json()["status"] == "running");
    assert_eq!(anna.get(&second).expect(200).json()["status"], "queued");
    let third = start(&anna);
    let refused = anna.post("/api/v1/testing/probe", &probe);
    assert!(refused.need("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    let problem = refused.problem(429, "rate_limited");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("jobs.queued_per_user")), "{problem}");
    for job in [&third, &second, &first] {
        anna.delete(job).expect(200);
    }
    berta.delete(&hers).expect(200);
}

#[test]
fn a_json_body_beyond_the_limit_is_refused() {
    let server = Server::with(&[("PLOTLINE_HTTP_BODY_BYTES", "2000")]);
    let body = json!({ "username": "x".repeat(3_000), "password": "y" });
    let problem = server.anonymous().post("/api/v1/auth/login", &body).problem(413, "payload_too_large");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("2000")), "{problem}");
    let chunks = server.anonymous().request("POST", "/api/v1/auth/login");
    let chunks = chunks.chunked("application/json", body.to_string().into_bytes());
    chunks.send().problem(413, "payload_too_large");
}

#[test]
fn deeply_nested_json_is_refused_and_the_server_lives() {
    let server = shared();
    let deep = "[".repeat(100_000);
    let request = server.anonymous().request("POST", "/api/v1/auth/login").raw("application/json", deep);
    request.send().problem(400, "malformed_request");
    server.anonymous().get("/health/live").expect(200);
}

#[test]
fn a_request_that_never_ends_is_given_up() {
    let server = Server::with(&[("PLOTLINE_HTTP_REQUEST_TIMEOUT_SECONDS", "1")]);
    for (what, start) in [
        ("a head", "GET /api/v1/limits HTTP/1.1\r\nHost: a\r\nX-Slow: "),
        (
            "a body",
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        ),
    ] {
        let mut socket = TcpStream::connect(server.address()).expect("a connection");
        socket.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        socket.write_all(start.as_bytes()).expect("the start");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap_or_else(|error| panic!("{what} is waited for without end: {error}"));
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{what}: {answer}");
    }
}

#[test]
fn huge_heads_are_refused() {
    let server = shared();
    let request = server.anonymous().request("GET", "/api/v1/limits").header("x-long", &"x".repeat(1 << 20));
    // The server may answer or close the connection; it must not read on without end.
    if let Ok(answer) = request.try_send() {
        assert!((400..500).contains(&answer.status), "{}", answer.status);
    }
    server.anonymous().get("/health/live").expect(200);
}
