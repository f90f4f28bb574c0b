//! No-op jobs that outlive a crash, beside the queues of Python on the same Redis.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use contract::jobs::{JobSpec, JobStatus, Lane};
use contract::probe::{ProbeAction, ProbeParams};
use domain::jobs::{Submission, job_submit, jobs_fetch};
use queue::Signal;
use serde_json::json;
use tests::Server;
use uuid::Uuid;

use crate::figures::Asked::{AtLeast, Told};
use crate::figures::{Figure, median};
use crate::peers::{QUEUES, queue_peer};
use crate::site::Site;
use crate::wire::Wire;

const JOBS: usize = 4_000;
/// Jobs submitted in one transaction at most, and rung for together.
const BATCH: usize = 16;
const ROUNDS: usize = 3;
const CLIENTS: usize = 8;
const HTTP_SLOTS: usize = 4;

pub fn with_4_slots() -> Vec<Figure> {
    beside_peers(4)
}

pub fn with_16_slots() -> Vec<Figure> {
    beside_peers(16)
}

/// As many slots as the peers run jobs at once.
fn beside_peers(slots: usize) -> Vec<Figure> {
    let site = Site::start(slots);
    let redis = site.cluster.redis.url();
    println!(
        "{JOBS} no-op jobs in each of {ROUNDS} rounds, A B A B: PostgreSQL with fsync, submitted through domain by one process\n\
         ({BATCH} a transaction), one worker process with {slots} slots, each job through a compute child;\n\
         Celery prefork {slots}, RQ {slots} processes, Dramatiq 2 x {}, arq {slots}, on the same Redis, without results and without a disk",
        slots / 2
    );
    let (mut ours, mut peers) = (Vec::new(), QUEUES.map(|_| Vec::new()));
    for round in 1..=ROUNDS {
        ours.push(through_domain(&site));
        for (name, rates) in QUEUES.iter().zip(&mut peers) {
            rates.push(queue_peer(name, &redis, slots));
        }
        println!("round {round}: {:.0} jobs/s; {}", ours[round - 1], told(&peers, round - 1));
    }
    let ours = median(ours);
    let name = format!("durable no-op jobs, PostgreSQL + Redis, {slots} slots, through domain");
    let mut figures = vec![Figure::new(name, "/s", Told, ours)];
    for (name, rates) in QUEUES.iter().zip(peers) {
        let rate = median(rates.iter().map(|peer| peer.rate).collect());
        figures.push(Figure::new(format!("no-op jobs, {name}, {slots} at once"), "/s", Told, rate));
        if *name == "celery" {
            let name = format!("durable no-op jobs against Celery prefork, {slots} at once");
            figures.push(Figure::new(name, "x", AtLeast(1.0), ours / rate));
        }
        let p50 = median(rates.iter().map(|peer| peer.p50).collect());
        figures.push(Figure::new(format!("one no-op job, idle, median, {name}"), "ms", Told, p50));
    }
    figures
}

/// What HTTP costs on top, and what SQLite does; and the way to a child, which is part of every job.
pub fn over_http() -> Vec<Figure> {
    println!("{} no-op jobs submitted by {CLIENTS} clients, one request each", JOBS / 4);
    let site = Site::start(HTTP_SLOTS);
    let scaled = scaled_over_http(site.address(), &site.account.access_token, &site);
    let child = crate::child::round_trip(&site.runtime, &nothing());
    drop(site);
    let slots = HTTP_SLOTS.to_string();
    let server = Server::with(&[("PLOTLINE_WORKER_SLOTS", &slots)]);
    let embedded = embedded_over_http(&server);
    let name = |which| format!("no-op jobs over HTTP, {CLIENTS} clients, {HTTP_SLOTS} slots, {which}");
    vec![
        Figure::new(name("PostgreSQL + Redis"), "/s", Told, scaled),
        Figure::new(name("SQLite, one process"), "/s", Told, embedded),
        Figure::new("of each job, the way to a warm compute child and back", "ms", Told, child),
    ]
}

fn told(peers: &[Vec<crate::peers::Queue>], round: usize) -> String {
    let rates = QUEUES.iter().zip(peers).map(|(name, rates)| format!("{name} {:.0}", rates[round].rate));
    rates.collect::<Vec<_>>().join(", ")
}

fn nothing() -> ProbeParams {
    ProbeParams {
        action: ProbeAction::Nothing,
        lane: Lane::Interactive,
        priority: 0,
        attempts: None,
        timeout_milliseconds: None,
        share_key: None,
        ledger: None,
    }
}

fn no_op(user_id: Uuid) -> Submission {
    let spec = JobSpec::Probe(nothing());
    Submission::new(user_id, spec, "bench", 0)
}

/// Jobs a second from the first submission until the end of the last was told.
fn through_domain(site: &Site) -> f64 {
    let user_id = site.user_id;
    let signals = site.queue.subscribe();
    let (ids, seconds) = site.runtime.block_on(async {
        let start = Instant::now();
        let ends = tokio::spawn(count_ends(signals));
        let mut ids = Vec::with_capacity(JOBS);
        while ids.len() < JOBS {
            let some = BATCH.min(JOBS - ids.len());
            let jobs = site.database.write(move |conn| (0..some).map(|_| job_submit(conn, &no_op(user_id))).collect());
            let jobs: Vec<_> = jobs.await.expect("the jobs are recorded");
            for submitted in jobs {
                site.queue.ring_soon(Lane::Interactive, submitted.job().id);
                ids.push(submitted.job().id);
            }
        }
        let ended = tokio::time::timeout(Duration::from_secs(120), ends).await.expect("all end").expect("the counter");
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(ended, ids.iter().copied().collect(), "exactly these were told");
        (ids, seconds)
    });
    check(site, &ids);
    JOBS as f64 / seconds
}

async fn count_ends(mut signals: tokio::sync::broadcast::Receiver<Signal>) -> HashSet<Uuid> {
    let mut ended = HashSet::new();
    while ended.len() < JOBS {
        if let Signal::Changed { job_ids, finished: true } = signals.recv().await.expect("no signal is missed") {
            ended.extend(job_ids);
        }
    }
    ended
}

/// Nothing lost, nothing twice: every row says so.
fn check(site: &Site, ids: &[Uuid]) {
    for some in ids.chunks(200) {
        let jobs = site.database.read_blocking(|conn| jobs_fetch(conn, site.user_id, some)).expect("the jobs");
        let well = jobs.iter().filter(|job| (job.status, job.attempt) == (JobStatus::Succeeded, 1)).count();
        assert_eq!(well, some.len(), "every job succeeded at its first attempt");
    }
}

/// Jobs a second over HTTP, until every row says that its job has ended.
fn scaled_over_http(address: &str, token: &str, site: &Site) -> f64 {
    let start = Instant::now();
    let ids = submit_over_http(address, token);
    let done = || {
        let queued = site.database.read_blocking(domain::jobs::queue_depth).expect("the depth");
        queued.iter().all(|(_, depth, _)| *depth == 0)
    };
    while !done() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let seconds = start.elapsed().as_secs_f64();
    std::thread::sleep(Duration::from_secs(1));
    check(site, &ids);
    ids.len() as f64 / seconds
}

fn embedded_over_http(server: &Server) -> f64 {
    let anna = server.analyst();
    let start = Instant::now();
    let ids = submit_over_http(server.address(), &anna.account().access_token);
    let last = ids.last().expect("some were submitted");
    anna.get(&format!("/api/v1/jobs/{last}?wait=30")).expect(200);
    while anna.get("/api/v1/jobs?status=queued&limit=1").expect(200).json()["items"] != json!([]) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let seconds = start.elapsed().as_secs_f64();
    std::thread::sleep(Duration::from_secs(1));
    ids.len() as f64 / seconds
}

fn submit_over_http(address: &str, token: &str) -> Vec<Uuid> {
    let submit = |_| {
        let mut wire = Wire::open(address, token);
        let one = |_| {
            let (status, job) = wire.post("/api/v1/testing/probe", "", &json!({ "action": "nothing" }));
            assert_eq!(status, 202, "{job}");
            job["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
        };
        (0..JOBS / 4 / CLIENTS).map(one).collect::<Vec<Uuid>>()
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|i| scope.spawn(move || submit(i))).collect();
        clients.into_iter().flat_map(|client| client.join().expect("a client")).collect()
    })
}
