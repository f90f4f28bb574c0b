//! What the first milestone promised: a big file read, an answer from the cache, the overhead of one analysis.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Server};

use crate::figures::Asked::AtMost;
use crate::figures::{Figure, median};

/// How often each quick request is measured; the report gives the median.
const TIMES: u32 = 300;
const ROWS: u64 = 1_000_000;

pub fn measure() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    println!("making {ROWS} rows of 12 columns");
    let csv = tests::files::orders(ROWS).into_bytes();
    println!("{:.1} MB; reading them three times", csv.len() as f64 / 1e6);
    let (seconds, megabytes) = measure_ingest(&server, &anna, &csv);
    drop(csv);
    println!("measuring quick requests, {TIMES} of each");
    vec![
        Figure::new("upload, ingest and profile of 1,000,000 x 12", "s", AtMost(4.0), seconds),
        Figure::new("peak memory of all processes meanwhile", "MB", AtMost(500.0), megabytes),
        Figure::new("answer from the cache, median", "ms", AtMost(5.0), measure_cached(&anna)),
        Figure::new("job from request to result, idle, median", "ms", AtMost(15.0), measure_job(&anna)),
    ]
}

/// Seconds from the first byte sent to the finished profile (median of three) and the largest memory seen.
fn measure_ingest(server: &Server, anna: &Actor<'_>, csv: &[u8]) -> (f64, f64) {
    let running = AtomicBool::new(true);
    let peak = AtomicU64::new(0);
    let mut seconds = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while running.load(Ordering::Relaxed) {
                peak.fetch_max(resident_bytes(server.process_id()), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        for _ in 0..3 {
            let body = csv.to_vec();
            let start = Instant::now();
            let request = anna.request("POST", "/api/v1/datasets/upload?name=bench").header("prefer", "wait=30");
            let answer = request.raw("text/csv", body).send().expect(200).json();
            let path = format!("/api/v1/datasets/{}/profile", text_at(&answer, "/dataset/id"));
            let profile = anna.get(&path).expect(200).json();
            seconds.push(start.elapsed().as_secs_f64());
            assert_eq!((&profile["rows"], profile["columns"].as_array().map(Vec::len)), (&json!(ROWS), Some(12)));
        }
        running.store(false, Ordering::Relaxed);
    });
    (median(seconds), peak.into_inner() as f64 / 1e6)
}

fn measure_cached(anna: &Actor<'_>) -> f64 {
    let body = json!({ "dataset_id": anna.dataset(tests::files::orders(1_000)), "exact": true });
    anna.analyse("descriptive", &body);
    let times = (0..TIMES).map(|_| {
        let (job, milliseconds) = ask(anna, &body);
        assert_eq!(job["cached"], true, "{job}");
        milliseconds
    });
    median(times.collect())
}

/// A job whose computation is next to nothing: what remains is the way there and back.
fn measure_job(anna: &Actor<'_>) -> f64 {
    let id = anna.dataset("a\n1\n2\n");
    let times = (0..TIMES).map(|i| {
        // Another parameter each time, so that nothing comes from the cache.
        let (job, milliseconds) = ask(anna, &json!({ "dataset_id": id, "top": i + 20 }));
        assert_eq!(job["cached"], false, "{job}");
        milliseconds
    });
    median(times.collect())
}

fn ask(anna: &Actor<'_>, body: &Value) -> (Value, f64) {
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30").json(body);
    let start = Instant::now();
    let answer = request.send().expect(200);
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    (answer.json(), milliseconds)
}

/// Resident memory of a process and all below it.
pub fn resident_bytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().trim_end_matches(" kB").parse().ok());
    let below: u64 = tests::cli::children_of(process, &[]).into_iter().map(resident_bytes).sum();
    kilobytes.unwrap_or(0_u64) * 1024 + below
}
