//! Where bad jobs run beside good ones: one process on SQLite, or processes on PostgreSQL and Redis.

use std::path::PathBuf;

use tempfile::TempDir;
use tests::actor::Account;
use tests::cli::children_of;
use tests::cluster::{Cluster, Plan};
use tests::{Actor, Server};

const SLOTS: usize = 8;

/// A site with one account and one process whose children compute.
pub enum Site {
    OneProcess(Box<Server>, Account),
    Processes(Box<Cluster>, Account),
}

impl Site {
    /// `budget` is the memory of all jobs together; 0 takes the default.
    pub fn one_process(budget: u64) -> Self {
        let (slots, budget) = (SLOTS.to_string(), budget.to_string());
        let settings = [("PLOTLINE_WORKER_SLOTS", slots.as_str()), ("PLOTLINE_WORKER_MEMORY_BUDGET_BYTES", &budget)];
        let server = Server::with(&settings);
        let account = server.analyst().account().clone();
        Self::OneProcess(Box::new(server), account)
    }

    pub fn processes(budget: u64) -> Self {
        let settings = vec![("PLOTLINE_WORKER_MEMORY_BUDGET_BYTES", budget.to_string())];
        let cluster = Cluster::start(Plan { apis: 2, workers: 1, slots: SLOTS, settings });
        let account = cluster.account();
        Self::Processes(Box::new(cluster), account)
    }

    /// The account, where it submits.
    pub fn here(&self) -> Actor<'_> {
        match self {
            Self::OneProcess(server, account) => Actor::new(server, Some(account.clone())),
            Self::Processes(cluster, account) => cluster.actor(0, account),
        }
    }

    /// The account where it cancels: at another API process, if there is one.
    pub fn there(&self) -> Actor<'_> {
        match self {
            Self::OneProcess(..) => self.here(),
            Self::Processes(cluster, account) => cluster.actor(1, account),
        }
    }

    /// Resident bytes of all compute children together.
    pub fn memory(&self) -> u64 {
        let resident = |child: &u32| {
            let text = std::fs::read_to_string(format!("/proc/{child}/statm")).unwrap_or_default();
            text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
        };
        self.children().iter().map(resident).sum()
    }

    /// Whether a compute child used most of the last moment's processor time.
    pub fn is_busy(&self) -> bool {
        let used = || -> u64 {
            let ticks = |child: &u32| {
                let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
                let after_name = stat.rsplit_once(')').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
                after_name.split_whitespace().nth(11).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0)
            };
            self.children().iter().map(ticks).max().unwrap_or(0)
        };
        // Ticks of 10 ms: a child that spins uses some of these even on a loaded machine; idle ones use none.
        let before = used();
        std::thread::sleep(std::time::Duration::from_millis(200));
        used() > before + 1
    }

    fn children(&self) -> Vec<u32> {
        let parent = match self {
            Self::OneProcess(server, _) => server.process_id(),
            Self::Processes(cluster, _) => cluster.workers[0].process_id(),
        };
        children_of(parent, &["compute"])
    }
}

/// Ledgers of probes that end with their folder.
pub struct Ledgers(TempDir);

impl Ledgers {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn of(&self, whose: &str) -> PathBuf {
        self.0.path().join(whose)
    }
}
