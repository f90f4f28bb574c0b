//! SQLite under a mixed load: polls, lists, analyses, rows and uploads at once, without an error or a lost job.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::dice::Dice;
use tests::figures::figure;
use tests::probes::all_jobs;
use tests::run::{Form, Run};
use tests::{Actor, Answer, Server};

const RATE: usize = 200;
const SECONDS: usize = 30;
const THREADS: usize = 32;
/// Rows of the table that is paged and sorted: far more than ingest stores for previews.
const ROWS: u64 = 5_000;
/// What it is sorted by, or nothing.
const ORDERS: [&str; 4] = ["", "&sort=revenue", "&sort=-unit_price", "&sort=country,-quantity"];

/// The tables of the load.
struct Tables {
    small: String,
    large: String,
}

#[derive(Default)]
struct Tally {
    statuses: BTreeMap<(&'static str, u16), u64>,
    times: Vec<Duration>,
    jobs: Vec<String>,
}

#[test]
fn sqlite_serves_a_mixed_load_without_an_error() {
    let run = Run::begin("mixed load on SQLite");
    let mut settings = vec![("PLOTLINE_WORKER_SLOTS", "8".to_owned())];
    settings.extend(tests::probes::no_limits());
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let server = Server::with(&settings);
    let anna = server.analyst();
    let tables =
        Tables { small: anna.dataset(tests::files::orders(500)), large: anna.dataset(tests::files::orders(ROWS)) };
    let tally = Mutex::new(Tally::default());
    tally.lock().expect("a tally").jobs.push(text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id"));
    let start = Instant::now();
    load(&anna, &tables, &tally, RATE * SECONDS, run.seed);
    let took = start.elapsed();
    let asked = figure(&server.anonymous().get("/metrics").text(), "plotline_ask_seconds_count", &["ask=\"rows\""]);
    let Tally { statuses, mut times, jobs } = tally.into_inner().expect("a tally");
    wait_until_done(&anna);
    let ended = all_jobs(&anna);
    times.sort();
    let (slow, p99) =
        (times.iter().filter(|time| **time > Duration::from_secs(1)).count(), times[times.len() * 99 / 100]);
    run.say(format_args!(
        "{} requests in {:.1} s, p50 {} ms, p99 {} ms, {slow} over 1 s; {} jobs, {asked} asks; {statuses:?}",
        times.len(),
        took.as_secs_f64(),
        times[times.len() / 2].as_millis(),
        p99.as_millis(),
        jobs.len(),
    ));
    assert!(statuses.keys().all(|(_, status)| matches!(status, 200 | 202 | 304)), "{statuses:?}");
    let rows = statuses.get(&("rows", 200)).copied().unwrap_or_default();
    assert!(asked >= rows as f64 / 2.0, "{asked} of {rows} requests for rows were computed");
    assert!(!server.log().contains("database is locked"), "{}", server.log());
    for job in &jobs {
        let state = ended.get(job).unwrap_or_else(|| panic!("job {job} is gone"));
        assert_eq!(state["status"], "succeeded", "{state}");
        assert!(state["attempt"].as_u64() <= Some(1), "{state}");
    }
    if run.form == Form::Full {
        assert!(slow * 100 <= times.len(), "{slow} of {} requests took over a second", times.len());
    }
}

/// Requests at an even rate. One that is late is sent at once: the load does not wait for the server.
fn load(anna: &Actor<'_>, tables: &Tables, tally: &Mutex<Tally>, count: usize, seed: u64) {
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let next = &next;
            scope.spawn(move || {
                let mut dice = Dice::new(seed.wrapping_add(thread as u64));
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if turn >= count {
                        return;
                    }
                    let due = Duration::from_secs_f64(turn as f64 / RATE as f64);
                    std::thread::sleep(due.saturating_sub(start.elapsed()));
                    let began = Instant::now();
                    let (what, answer, job) = request(anna, tables, tally, turn, &mut dice);
                    let took = began.elapsed();
                    let mut tally = tally.lock().expect("a tally");
                    *tally.statuses.entry((what, answer.status)).or_default() += 1;
                    tally.times.push(took);
                    tally.jobs.extend(job);
                }
            });
        }
    });
}

fn request(
    anna: &Actor<'_>,
    tables: &Tables,
    tally: &Mutex<Tally>,
    turn: usize,
    dice: &mut Dice,
) -> (&'static str, Answer, Option<String>) {
    match dice.below(100) {
        0..40 => {
            let job = {
                let jobs = &tally.lock().expect("a tally").jobs;
                jobs[dice.index(jobs.len())].clone()
            };
            ("poll", anna.get(&format!("/api/v1/jobs/{job}")), None)
        }
        40..50 => ("jobs", anna.get("/api/v1/jobs?limit=50"), None),
        50..60 => ("datasets", anna.get("/api/v1/datasets?limit=50"), None),
        60..80 => {
            // Its own percentile makes every analysis another one.
            let own = 1.0 + turn as f64 / 1_000.0;
            let body = json!({ "dataset_id": tables.small, "percentiles": [own], "columns": ["quantity", "revenue"] });
            let answer = anna.post("/api/v1/analysis/descriptive", &body);
            let job = (answer.status == 202).then(|| text_at(&answer.json(), "/id"));
            ("analysis", answer, job)
        }
        80..95 => {
            // A window beyond the stored preview, so that a child has to read it, and often to sort for it.
            let (offset, order) = (200 + dice.below(ROWS - 250), ORDERS[dice.index(ORDERS.len())]);
            let path = format!("/api/v1/datasets/{}/rows?offset={offset}&limit=50{order}", tables.large);
            ("rows", anna.get(&path), None)
        }
        _ => {
            let answer = anna.upload("orders.csv", tests::files::orders(96));
            let job = (answer.status == 202).then(|| text_at(&answer.json(), "/job/id"));
            ("upload", answer, job)
        }
    }
}

fn wait_until_done(anna: &Actor<'_>) {
    let start = Instant::now();
    let left = |status: &str| {
        let list = anna.get(&format!("/api/v1/jobs?status={status}&limit=1")).expect(200).json();
        list["items"].as_array().map_or(0, Vec::len)
    };
    while left("queued") + left("running") > 0 {
        assert!(start.elapsed() < Duration::from_secs(120), "jobs do not end");
        std::thread::sleep(Duration::from_millis(100));
    }
}
