//! The memory of all processes of `plotline serve` while large files are read and profiled.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tests::answer::text_at;
use tests::{Actor, Server};

use crate::figures::Asked::AtMost;
use crate::figures::Figure;
use crate::quick::resident_bytes;

pub fn measure() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let mut figures = Vec::new();
    for (name, most, body) in [
        ("100 MB of CSV", 400.0, (|| tests::files::orders(1_000_000).into_bytes()) as fn() -> Vec<u8>),
        ("1 GB of CSV", 1000.0, || tests::files::orders(10_700_000).into_bytes()),
        ("1 GB of NDJSON", 1000.0, || records(4_100_000, "", "\n", "\n")),
        ("1 GB of a JSON array", 1000.0, || records(4_100_000, "[", ",\n", "]")),
    ] {
        let body = body();
        println!("{name}: {} bytes", body.len());
        let (megabytes, seconds) = peak(&server, &anna, body);
        println!("{megabytes:.0} MB, {seconds:.1} s");
        figures.push(Figure::new(format!("peak memory of all processes, {name}"), "MB", AtMost(most), megabytes));
    }
    figures
}

/// The orders as records of JSON.
fn records(rows: u64, begin: &str, between: &str, end: &str) -> Vec<u8> {
    let csv = tests::files::orders(rows);
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let mut text = String::with_capacity(csv.len() * 5 / 2);
    text.push_str(begin);
    for (row, line) in lines.enumerate() {
        text.push_str(if row > 0 { between } else { "" });
        // The note is the last field and may hold a comma.
        for (place, (name, cell)) in names.iter().zip(line.splitn(names.len(), ',')).enumerate() {
            let is_bare = cell.parse::<f64>().is_ok() || matches!(cell, "true" | "false");
            let sign = if place == 0 { '{' } else { ',' };
            let _ = match cell.trim_matches('"') {
                "" => write!(text, "{sign}\"{name}\":null"),
                cell if is_bare => write!(text, "{sign}\"{name}\":{cell}"),
                cell => write!(text, "{sign}\"{name}\":\"{cell}\""),
            };
        }
        text.push('}');
    }
    text.push_str(end);
    text.into_bytes()
}

/// The largest memory seen until the profile is there, and how long that took. The file is deleted then.
fn peak(server: &Server, anna: &Actor<'_>, body: Vec<u8>) -> (f64, f64) {
    let (running, peak) = (AtomicBool::new(true), AtomicU64::new(0));
    let start = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while running.load(Ordering::Relaxed) {
                peak.fetch_max(resident_bytes(server.process_id()), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let request = anna.request("POST", "/api/v1/datasets/upload?name=large").raw("application/octet-stream", body);
        let answer = request.send().expect(202).json();
        let job = anna.finished(&text_at(&answer, "/job/id"));
        assert_eq!(job["status"], "succeeded", "{job}");
        running.store(false, Ordering::Relaxed);
        let path = format!("/api/v1/datasets/{}?permanent=true", text_at(&answer, "/dataset/id"));
        anna.request("DELETE", &path).send().expect(204);
    });
    (peak.into_inner() as f64 / 1e6, start.elapsed().as_secs_f64())
}
