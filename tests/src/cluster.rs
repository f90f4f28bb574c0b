//! A scaled-out site of a test: API and worker processes on a throw-away PostgreSQL and Redis, each ended and started
//! by itself.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::actor::{Account, Actor};
use crate::postgres::PostgresServer;
use crate::redis::RedisServer;
use crate::server::Server;
use crate::worker::Worker;

const SECRET: &str = "a secret of tests that is long enough";

/// What a cluster begins with.
#[derive(Clone, Debug)]
pub struct Plan {
    pub apis: usize,
    pub workers: usize,
    /// Slots of each lane of each worker.
    pub slots: usize,
    /// Further settings of all processes.
    pub settings: Vec<(&'static str, String)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { apis: 1, workers: 2, slots: 4, settings: Vec::new() }
    }
}

/// One site. Its processes come first: they are gone before their servers are.
pub struct Cluster {
    pub apis: Vec<Server>,
    pub workers: Vec<Worker>,
    pub redis: RedisServer,
    own_postgres: Option<PostgresServer>,
    folder: TempDir,
    database: String,
    plan: Plan,
}

impl Cluster {
    /// A site on the PostgreSQL server that the tests of this executable share.
    pub fn start(plan: Plan) -> Self {
        Self::on(None, plan)
    }

    /// A site with a PostgreSQL server of its own, for tests that stop it.
    pub fn with_own_postgres(plan: Plan) -> Self {
        Self::on(Some(PostgresServer::start()), plan)
    }

    /// A site with a PostgreSQL server of its own that waits for its disk, for measuring.
    pub fn with_durable_postgres(plan: Plan) -> Self {
        Self::on(Some(PostgresServer::start_durable()), plan)
    }

    fn on(own_postgres: Option<PostgresServer>, plan: Plan) -> Self {
        let database = own_postgres.as_ref().unwrap_or_else(|| PostgresServer::shared()).create_database();
        let folder = tempfile::Builder::new().prefix("plotline-cluster-").tempdir().expect("a folder");
        let (apis, workers) = (plan.apis, plan.workers);
        let mut cluster = Self {
            apis: Vec::new(),
            workers: Vec::new(),
            redis: RedisServer::start(),
            own_postgres,
            folder,
            database,
            plan,
        };
        let output = cluster.command("migrate", &[]).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (0..apis).for_each(|_| cluster.add_api(&[]));
        (0..workers).for_each(|_| cluster.add_worker(&[]));
        cluster
    }

    /// Starts one more API process, with settings of its own.
    pub fn add_api(&mut self, settings: &[(&'static str, String)]) {
        let mut all = self.settings();
        all.extend_from_slice(settings);
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.apis.push(Server::api(&all));
    }

    /// Starts one more worker process, with settings of its own.
    pub fn add_worker(&mut self, settings: &[(&'static str, String)]) {
        let worker = self.new_worker(settings);
        self.workers.push(worker);
    }

    /// A worker process that this site does not keep.
    pub fn new_worker(&self, settings: &[(&'static str, String)]) -> Worker {
        Worker::start(self.command("worker", settings))
    }

    /// Its server; panics where the shared one is used, which nobody may stop.
    pub fn postgres(&self) -> &PostgresServer {
        self.own_postgres.as_ref().expect("a PostgreSQL server of its own")
    }

    /// Where its rows are.
    pub fn database_url(&self) -> &str {
        &self.database
    }

    /// Where probes of this site witness their success.
    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("ledger")
    }

    /// A fresh account that may start jobs.
    pub fn account(&self) -> Account {
        self.apis[0].analyst().account().clone()
    }

    /// The account at the API process of this place.
    pub fn actor(&self, api: usize, account: &Account) -> Actor<'_> {
        Actor::new(&self.apis[api], Some(account.clone()))
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        let mut settings = vec![
            ("DATABASE_URL", self.database.clone()),
            ("REDIS_URL", self.redis.url()),
            ("STORAGE_URL", format!("file://{}", self.folder.path().join("files").display())),
            ("PLOTLINE_SECRET_KEY", SECRET.to_owned()),
            ("PLOTLINE_WORKER_SLOTS", self.plan.slots.to_string()),
            ("PLOTLINE_AUTH_ACCESS_MINUTES", "1440".to_owned()),
        ];
        settings.extend(crate::probes::no_limits());
        settings.extend(self.plan.settings.iter().cloned());
        settings
    }

    fn command(&self, word: &str, settings: &[(&'static str, String)]) -> std::process::Command {
        let mut command = crate::cli::command(&self.folder.path().join("unused"));
        command.envs(self.settings()).envs(settings.iter().cloned()).arg(word);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        for (i, worker) in self.workers.iter().enumerate() {
            eprintln!("the log of worker {i} (process {}):\n{}", worker.process_id(), worker.tail());
        }
    }
}
