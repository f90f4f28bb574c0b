//! API and workers as processes of their own, with PostgreSQL and Redis between them.

use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::json;
use tests::answer::text_at;
use tests::cli::signal;
use tests::postgres::PostgresServer;
use tests::redis::RedisServer;
use tests::{Server, wait_until};

const SECRET: &str = "a secret of tests that is long enough";

/// One database, one Redis, one folder for files; processes come and go.
struct Site {
    redis: RedisServer,
    files: tempfile::TempDir,
    database: String,
}

impl Site {
    fn new() -> Self {
        let database = PostgresServer::shared().create_database();
        Self { redis: RedisServer::start(), files: tempfile::tempdir().expect("a folder"), database }
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DATABASE_URL", self.database.clone()),
            ("REDIS_URL", self.redis.url()),
            ("STORAGE_URL", format!("file://{}", self.files.path().join("files").display())),
            ("PLOTLINE_SECRET_KEY", SECRET.to_owned()),
        ]
    }

    fn run(&self, word: &str) -> std::process::Output {
        let mut command = tests::cli::command(&self.files.path().join("unused"));
        command.envs(self.settings()).arg(word).output().expect("the program starts")
    }

    fn migrate(&self) {
        let output = self.run("migrate");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn api(&self) -> Server {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Server::api(&settings)
    }

    fn worker(&self, name: &str) -> Worker {
        let mut command = tests::cli::command(&self.files.path().join(name));
        command.envs(self.settings()).arg("worker");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Worker(child.expect("a worker"))
    }
}

/// A worker process, ended when dropped.
struct Worker(Child);

impl Worker {
    fn end(mut self, by: &str) -> std::process::ExitStatus {
        signal(self.0.id(), by);
        self.0.wait().expect("its end")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn the_way_of_a_job_is_the_same_with_processes_apart() {
    let site = Site::new();
    site.migrate();
    let server = site.api();
    let (first, second) = (site.worker("first"), site.worker("second"));
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n3\n");
    let body = json!({ "exact": true, "dataset_id": id });
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30").json(&body);
    let job = request.send().expect(200).json();
    assert_eq!(job["result"]["columns"][0]["numeric"]["mean"], 2.0, "{job}");
    // A second API process shares accounts, jobs and the cache.
    let other = site.api();
    let there = tests::Actor::new(&other, Some(anna.account().clone()));
    let again = there.post("/api/v1/analysis/descriptive", &body).expect(200).json();
    assert_eq!((&again["cached"], &again["result"]), (&json!(true), &job["result"]));
    for worker in [first, second] {
        assert!(worker.end("TERM").success());
    }
}

#[test]
fn jobs_wait_for_a_worker_and_an_emptied_redis_loses_none() {
    let site = Site::new();
    site.migrate();
    let server = site.api();
    let anna = server.analyst();
    let jobs: Vec<String> =
        (0..5).map(|i| text_at(&anna.upload("a.csv", format!("a\n{i}\n")).expect(202).json(), "/job/id")).collect();
    assert_eq!(site.redis.ask("FLUSHALL").as_deref(), Some("+OK"));
    let _worker = site.worker("late");
    for job in &jobs {
        assert_eq!(anna.finished(job)["status"], "succeeded");
    }
}

#[test]
fn the_job_of_a_killed_worker_goes_on_elsewhere() {
    let site = Site::new();
    site.migrate();
    let server = site.api();
    let anna = server.analyst();
    let lost = site.worker("lost");
    let answer = anna.upload("large.csv", tests::files::orders(600_000)).expect(202).json();
    let job = text_at(&answer, "/job/id");
    let path = format!("/api/v1/jobs/{job}");
    wait_until("the job runs", || anna.get(&path).expect(200).json()["status"] == "running");
    assert!(!lost.end("KILL").success());
    let _worker = site.worker("rescuer");
    let job = anna.finished(&job);
    assert_eq!((&job["status"], &job["attempt"]), (&json!("succeeded"), &json!(2)), "{job}");
}

#[test]
fn api_and_worker_refuse_a_database_without_its_tables() {
    let site = Site::new();
    for word in ["api", "worker"] {
        let output = site.run(word);
        assert!(!output.status.success());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains("plotline migrate"), "{word}: {message}");
    }
    assert!(!Path::new(&site.files.path().join("files")).exists(), "nothing was made");
}
