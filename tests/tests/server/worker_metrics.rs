//! The figures of a worker that runs alone, and whether it lives.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use tests::cluster::{Cluster, Plan};
use tests::wait_until;

/// The whole answer, head and body; empty while nobody listens.
fn ask(port: u16, path: &str, more: &str) -> String {
    let Ok(mut socket) = TcpStream::connect(("127.0.0.1", port)) else { return String::new() };
    let head = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{more}\r\n");
    socket.write_all(head.as_bytes()).expect("a request");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_worker_alone_tells_its_figures_and_whether_it_lives() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
    let mut cluster = Cluster::start(Plan { apis: 1, workers: 0, ..Plan::default() });
    cluster.add_worker(&[("PLOTLINE_WORKER_METRICS_ADDR", format!("127.0.0.1:{port}"))]);
    wait_until("the worker listens", || ask(port, "/health/live", "").starts_with("HTTP/1.1 200"));
    let anna = cluster.apis[0].analyst();
    anna.dataset("a\n1\n");
    let figures = ask(port, "/metrics", "");
    assert!(figures.contains("plotline_job_run_seconds_count{kind=\"ingest\"} 1"), "{figures}");
    assert!(figures.contains("plotline_queue_depth{lane=\"batch\"} 0"), "{figures}");
    let forwarded = ask(port, "/metrics", "X-Forwarded-For: 192.0.2.1\r\n");
    assert!(forwarded.starts_with("HTTP/1.1 401"), "{forwarded}");
    assert!(ask(port, "/health/ready", "").contains("\"worker\""));
}
