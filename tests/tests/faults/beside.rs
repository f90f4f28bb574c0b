//! Bad neighbours: jobs that abort, take all memory or cannot be stopped politely harm themselves alone, in one process
//! and over several.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::answer::text_at;
use tests::probes::{Probes, sleep, spin};
use tests::run::Run;
use tests::wait_until;

use crate::site::{Ledgers, Site};

/// All jobs together may use so much memory beside the one that takes everything.
const BUDGET: u64 = 512 << 20;

#[test]
fn neighbours_of_bad_jobs_finish_in_their_first_attempt() {
    neighbours(&Run::begin("bad neighbours"), &Site::one_process(BUDGET));
}

#[test]
fn neighbours_of_bad_jobs_in_another_process_finish_in_their_first_attempt() {
    neighbours(&Run::begin("bad neighbours over processes"), &Site::processes(BUDGET));
}

fn neighbours(run: &Run, site: &Site) {
    let ledgers = Ledgers::new();
    let (anna, probes) = (site.here(), Probes::new(ledgers.of("the good")));
    // Their children are left out of the ledger's account: none of these succeeds.
    let bad = Probes::new(ledgers.of("the bad"));
    let spinning = bad.submit(&anna, "interactive", &spin(60_000));
    let path = format!("/api/v1/jobs/{spinning}");
    wait_until("it spins", || anna.get(&path).expect(200).json()["status"] == "running");
    let aborts = bad.submit(&anna, "interactive", &json!("abort"));
    let takes = json!({ "allocate": { "bytes": 8_u64 << 30, "hold_milliseconds": 60_000 } });
    let takes = bad.submit(&anna, "interactive", &takes);
    probes.submit_many(&anna, "interactive", &sleep(300), 20);
    let start = Instant::now();
    let answer = site.there().delete(&path).expect(200).json();
    assert_eq!(answer["status"], "cancelled", "{answer}");
    let told = start.elapsed();
    let aborted = anna.finished(&aborts);
    let code = aborted["error"]["code"].as_str().unwrap_or_default();
    assert!(matches!(code, "crashed" | "worker_lost"), "{aborted}");
    assert_eq!(anna.finished(&takes)["error"]["code"], "out_of_memory");
    probes.wait_for_quiet(&anna, Duration::from_secs(30));
    let audit = probes.audit(&anna);
    run.say(format_args!("the cancelled one was told so after {} ms; neighbours: {audit}", told.as_millis()));
    audit.check_untouched();
    assert_eq!((audit.accepted, audit.unwitnessed), (20, 0), "{audit}");
    assert!(told < run.bound(Duration::from_secs(1)), "cancelling took {told:?}");
}

#[test]
fn a_cancelled_job_stops_computing_and_gives_its_memory_back() {
    cancelling(&Run::begin("cancelling"), &Site::one_process(0));
}

#[test]
fn a_job_cancelled_at_one_process_stops_computing_in_another() {
    cancelling(&Run::begin("cancelling over processes"), &Site::processes(0));
}

fn cancelling(run: &Run, site: &Site) {
    let ledgers = Ledgers::new();
    let (anna, probes) = (site.here(), Probes::new(ledgers.of("all")));
    let hold = json!({ "allocate": { "bytes": 400_u64 << 20, "hold_milliseconds": 60_000 } });
    for (what, action, is_on) in [
        ("memory is held", hold, holds_memory as fn(&Site) -> bool),
        ("a processor is busy", spin(60_000), Site::is_busy as fn(&Site) -> bool),
    ] {
        let job = probes.submit(&anna, "interactive", &action);
        wait_until(what, || is_on(site));
        stops(run, site, what, &job, is_on, Duration::from_secs(1));
    }
    probes.audit(&anna).check();
}

fn holds_memory(site: &Site) -> bool {
    site.memory() > 390 << 20
}

/// A probe is made to be stopped; this is what people stop.
#[test]
fn a_cancelled_analysis_stops_computing() {
    const COLUMNS: usize = 200;
    let run = Run::begin("cancelling an analysis");
    let site = Site::processes(0);
    let anna = site.here();
    let id = anna.dataset(numbers(run.pick(10_000, 10_000, 50_000), COLUMNS));
    wait_until("nothing computes", || !site.is_busy());
    // Some 20,000 pairs of columns, each of them sorted to count its inversions.
    let body = json!({ "dataset_id": id, "methods": ["kendall"] });
    let job = text_at(&anna.post("/api/v1/analysis/correlation", &body).expect(202).json(), "/id");
    wait_until("it computes", || site.is_busy());
    stops(&run, &site, "an analysis", &job, Site::is_busy, Duration::from_secs(1));
    anna.analyse("descriptive", &json!({ "dataset_id": id, "exact": true, "columns": ["c1"] }));
}

/// No signal tells the worker, so it has to find out by itself.
#[test]
fn a_job_cancelled_while_redis_is_away_stops_all_the_same() {
    let run = Run::begin("cancelling without Redis");
    let site = Site::processes(0);
    let Site::Processes(cluster, _) = &site else { panic!("a site of processes") };
    let ledgers = Ledgers::new();
    let (anna, probes) = (site.here(), Probes::new(ledgers.of("all")));
    cluster.redis.kill();
    for _ in 0..3 {
        let job = probes.submit(&anna, "interactive", &spin(60_000));
        wait_until("a processor is busy", || site.is_busy());
        stops(&run, &site, "a processor is busy", &job, Site::is_busy, Duration::from_secs(2));
    }
    probes.audit(&anna).check();
}

/// Cancels the job and waits until what it did is over, which must be soon.
fn stops(run: &Run, site: &Site, what: &str, job: &str, is_on: fn(&Site) -> bool, exact: Duration) {
    let start = Instant::now();
    let answer = site.there().delete(&format!("/api/v1/jobs/{job}")).expect(200).json();
    assert_eq!(answer["status"], "cancelled", "{answer}");
    wait_until("that ends", || !is_on(site));
    let took = start.elapsed();
    run.say(format_args!("{what}: no longer {} ms after the request to cancel", took.as_millis()));
    assert!(took < run.bound(exact), "{what}: it took {took:?}");
    assert_eq!(site.here().finished(job)["status"], "cancelled");
}

/// A table of numbers without an order.
fn numbers(rows: u64, columns: usize) -> String {
    let names: Vec<String> = (1..=columns).map(|column| format!("c{column}")).collect();
    let mut csv = names.join(",") + "\n";
    let mut dice = tests::dice::Dice::new(1);
    for _ in 0..rows {
        for column in 0..columns {
            let _ = write!(csv, "{}{}", if column > 0 { "," } else { "" }, dice.below(100_000));
        }
        csv.push('\n');
    }
    csv
}
