//! The worker against a real database and real children: bells that never come, workers that are lost, and stops.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bytes::Bytes;
use compute::{Budget, CancellationToken, Pool, PoolConfig};
use contract::datasets::DatasetStatus;
use contract::errors::ErrorCode;
use contract::ingest::{IngestParams, ParseOptions};
use contract::jobs::{Job, JobSpec, JobStatus, Lane};
use contract::probe::{ProbeAction, ProbeParams};
use contract::users::Role;
use domain::Database;
use domain::datasets::{NewDataset, dataset_create, dataset_fetch, storage_keys_named};
use domain::jobs::{Submission, execution_claim, job_cancel, job_fetch, job_submit};
use domain::migrations::migrate_up;
use domain::users::{NewUser, user_create};
use queue::{Queue, Signal};
use storage::Storage;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use uuid::Uuid;
use worker::{Worker, WorkerContext, WorkerSettings};

/// Only a hang takes longer.
const LONG: Duration = Duration::from_secs(120);

struct Bench {
    folder: TempDir,
    database: Database,
    storage: Storage,
    queue: Queue,
    owner: Uuid,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("plotline.db").display());
        let database = Database::connect(&url, 4).unwrap();
        migrate_up(&database).unwrap();
        let storage = Storage::open(&format!("file://{}", folder.path().join("files").display())).unwrap();
        let new = NewUser {
            email: "ada@example.com".to_owned(),
            username: "ada".to_owned(),
            password_hash: "none".to_owned(),
            role: Role::Admin,
        };
        let owner = database.write(move |conn| user_create(conn, &new)).await.unwrap().id;
        Self { folder, database, storage, queue: Queue::open(None).await.unwrap(), owner }
    }

    /// Stores a table of so many rows and submits its ingest, without ringing for it.
    async fn submit(&self, rows: u32) -> (Uuid, Job) {
        let mut text = String::from("id,name,price\n");
        for row in 0..rows {
            writeln!(text, "{row},name {},{}.5", row % 977, row % 1013).unwrap();
        }
        let (id, owner_id) = (domain::new_id(), self.owner);
        let source_key = format!("uploads/{id}");
        let mut upload = self.storage.upload(&source_key, 1 << 30).await.unwrap();
        upload.write(Bytes::from(text)).await.unwrap();
        let stored = upload.finish().await.unwrap();
        let new = NewDataset {
            ingest: true,
            id,
            owner_id,
            name: "table".to_owned(),
            description: String::new(),
            file_name: None,
            bytes: stored.bytes,
            sha256: stored.sha256,
            source_key: source_key.clone(),
        };
        let spec = IngestParams {
            dataset_id: id,
            source_key,
            target_key: "versions/unused.parquet".to_owned(),
            options: ParseOptions::default(),
        };
        let submission = Submission::new(owner_id, JobSpec::Ingest(spec), "test", 0);
        let record = move |conn: &mut domain::Connection| {
            dataset_create(conn, &new)?;
            Ok(job_submit(conn, &submission)?.into_job())
        };
        (id, self.database.write(record).await.unwrap())
    }

    /// Submits a probe that sleeps, without ringing for it.
    async fn sleep(&self, milliseconds: u64) -> Job {
        let params = ProbeParams {
            action: ProbeAction::Sleep { milliseconds },
            lane: Lane::Interactive,
            priority: 0,
            attempts: None,
            timeout_milliseconds: None,
            share_key: None,
            ledger: None,
        };
        let submission = Submission::new(self.owner, JobSpec::Probe(params), "test", 0);
        self.database.write(move |conn| Ok(job_submit(conn, &submission)?.into_job())).await.unwrap()
    }

    fn start(&self, shutdown_after: Duration) -> Running {
        self.start_with(|settings| settings.shutdown = shutdown_after)
    }

    fn start_with(&self, change: impl FnOnce(&mut WorkerSettings)) -> Running {
        let budget = Budget::start(8 << 30);
        let pool = || {
            let config = PoolConfig {
                program: PathBuf::from(env!("CARGO_BIN_EXE_plotline")),
                args: vec!["compute".to_owned()],
                size: 2,
                max_threads: 2,
                recycle_after: 200,
                nice: 0,
                folders: None,
            };
            Pool::new(config, budget.clone())
        };
        let mut settings = WorkerSettings {
            slots: 2,
            ask_slots: 2,
            lanes: Lane::ALL.to_vec(),
            lease_seconds: 9,
            renew: Duration::from_secs(3),
            sweep: Duration::from_secs(1),
            shutdown: LONG,
            timeout_seconds: BTreeMap::new(),
            retention_days: 30,
            ingest: Default::default(),
            trash_days: 30,
            infected_days: 30,
            clamav_addr: None,
            running_per_user: 0,
            probes: true,
        };
        change(&mut settings);
        let context = WorkerContext {
            database: self.database.clone(),
            storage: self.storage.clone(),
            queue: self.queue.clone(),
            interactive: pool(),
            batch: pool(),
            asks: pool(),
            settings,
        };
        let (worker, stop) = (Worker::new(context), CancellationToken::new());
        let (running, token) = (worker.clone(), stop.clone());
        Running { worker, stop, task: tokio::spawn(async move { running.run(token).await }) }
    }

    async fn job(&self, id: Uuid) -> Job {
        let owner = self.owner;
        self.database.read(move |conn| job_fetch(conn, owner, id)).await.unwrap()
    }

    async fn until(&self, id: Uuid, what: &str, condition: impl Fn(&Job) -> bool) -> Job {
        let start = Instant::now();
        loop {
            let job = self.job(id).await;
            if condition(&job) {
                return job;
            }
            assert!(start.elapsed() < LONG, "{what} did not happen: {job:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn status_of(&self, dataset: Uuid) -> DatasetStatus {
        let owner = self.owner;
        self.database.read(move |conn| dataset_fetch(conn, owner, dataset)).await.unwrap().status
    }

    fn stored(&self, folder: &str) -> usize {
        std::fs::read_dir(self.folder.path().join("files").join(folder)).map_or(0, Iterator::count)
    }
}

struct Running {
    worker: Worker,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    async fn end(self) {
        self.stop.cancel();
        tokio::time::timeout(LONG, self.task).await.expect("the worker stops").unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_bell_never_rings_is_found_and_its_waiters_are_told() {
    let bench = Bench::new().await;
    let running = bench.start(LONG);
    let (dataset, job) = bench.submit(100).await;
    let mut signals = bench.queue.subscribe();
    bench.queue.waiter(job.id).wait(LONG).await;
    let job = bench.job(job.id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Succeeded, 1));
    assert_eq!(bench.status_of(dataset).await, DatasetStatus::Ready);
    // On a slow machine progress is told of before.
    let progress = Signal::Changed { job_ids: vec![job.id], finished: false };
    let mut told = signals.recv().await.unwrap();
    while told == progress {
        told = signals.recv().await.unwrap();
    }
    assert_eq!(told, Signal::Changed { job_ids: vec![job.id], finished: true });
    assert_eq!((bench.stored("versions"), bench.stored(".scratch")), (1, 0));
    let stored = bench.storage.list_older_than(Duration::ZERO).await.unwrap();
    let asked = [stored.clone(), vec!["uploads/nobody".to_owned()]].concat();
    let mut named = bench.database.read(move |conn| storage_keys_named(conn, &asked)).await.unwrap();
    named.sort();
    assert_eq!(named, stored, "rows name the upload and the version, and nothing else");
    assert_eq!(running.worker.liveness(), None);
    running.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_workers_job_runs_again_elsewhere() {
    let bench = Bench::new().await;
    let (_, job) = bench.submit(100).await;
    let claim = bench.database.write(|conn| execution_claim(conn, "lost worker", &[Lane::Batch], 1, 0)).await.unwrap();
    assert_eq!(claim.unwrap().job_ids, [job.id]);
    let running = bench.start(LONG);
    let job = bench.until(job.id, "the rescue", |job| job.status.is_final()).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Succeeded, 2));
    running.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_job_stops_at_once_and_leaves_no_file() {
    let bench = Bench::new().await;
    let running = bench.start(LONG);
    let (_, job) = bench.submit(1_500_000).await;
    bench.until(job.id, "the start", |job| job.status == JobStatus::Running).await;
    let (owner, id) = (bench.owner, job.id);
    let cancel = bench.database.write(move |conn| job_cancel(conn, owner, id)).await.unwrap();
    let execution_id = cancel.stopped_execution.expect("nobody else waits for it");
    bench.queue.announce(Signal::Cancel { execution_id }).await.unwrap();
    assert_eq!(bench.job(id).await.status, JobStatus::Cancelled);
    // The slot is free for the next job, and nothing of the cancelled one is left.
    let (_, next) = bench.submit(10).await;
    bench.until(next.id, "the next job", |job| job.status == JobStatus::Succeeded).await;
    running.end().await;
    assert_eq!((bench.stored("versions"), bench.stored(".scratch")), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopping_worker_hands_back_what_it_cannot_finish_uncharged() {
    let bench = Bench::new().await;
    let running = bench.start(Duration::ZERO);
    let (dataset, job) = bench.submit(1_500_000).await;
    bench.until(job.id, "the start", |job| job.status == JobStatus::Running).await;
    running.end().await;
    let job = bench.job(job.id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Queued, 0), "handed back, and no attempt is charged");
    assert_eq!(bench.stored(".scratch"), 0);
    let running = bench.start(LONG);
    let job = bench.until(job.id, "the second start", |job| job.status.is_final()).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Succeeded, 1));
    assert_eq!(bench.status_of(dataset).await, DatasetStatus::Ready);
    running.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_file_fails_the_job_with_what_to_do() {
    let bench = Bench::new().await;
    let (dataset, job) = bench.submit(10).await;
    bench.storage.delete(&format!("uploads/{dataset}")).await.unwrap();
    let running = bench.start(LONG);
    let job = bench.until(job.id, "the failure", |job| job.status.is_final()).await;
    let error = job.error.expect("why it failed");
    assert_eq!((job.status, error.code), (JobStatus::Failed, ErrorCode::Internal));
    assert!(error.advice.is_some());
    assert_eq!(bench.status_of(dataset).await, DatasetStatus::Failed);
    running.end().await;
}

/// Another worker sweeps meanwhile, and would take the job if its lease ran out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopping_worker_keeps_renewing_until_its_job_is_done() {
    let bench = Bench::new().await;
    let short = |settings: &mut WorkerSettings| {
        (settings.lease_seconds, settings.renew, settings.sweep) =
            (3, Duration::from_millis(700), Duration::from_millis(300));
    };
    let first = bench.start_with(short);
    let job = bench.sleep(8_000).await;
    bench.until(job.id, "the start", |job| job.status == JobStatus::Running).await;
    let second = bench.start_with(short);
    let stopped = Instant::now();
    first.end().await;
    assert!(stopped.elapsed() > Duration::from_secs(3), "it stopped within a lease: {:?}", stopped.elapsed());
    let job = bench.job(job.id).await;
    assert_eq!((job.status, job.attempt), (JobStatus::Succeeded, 1), "the first worker finished it");
    assert!(job.error.is_none());
    second.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn liveness_fails_when_no_loop_runs() {
    let bench = Bench::new().await;
    let running = bench.start(LONG);
    let job = bench.sleep(0).await;
    bench.until(job.id, "the end", |job| job.status == JobStatus::Succeeded).await;
    assert_eq!(running.worker.liveness(), None);
    running.task.abort();
    assert!(running.task.await.is_err());
    // The loops are tasks of their own: they are dropped a moment after the task that holds them.
    let since = Instant::now();
    while running.worker.liveness().is_none() && since.elapsed() < LONG {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let complaint = running.worker.liveness().expect("nothing runs any more");
    assert!(complaint.contains("loop"), "{complaint}");
}
