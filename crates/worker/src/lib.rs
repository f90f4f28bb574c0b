//! The worker: claims executions from the database, has children compute them, and writes how they ended.

mod asks;
mod backoff;
mod claimed;
mod execute;
mod finishing;
mod health;
mod held;
mod housekeeping;
mod keeping;
mod leases;
mod ledger;
mod measuring;
mod outcome;
mod presence;
mod progress;
mod scan;
mod slots;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use compute::Pool;
use contract::jobs::{JobSpec, Lane};
use contract::limits::IngestLimits;
use domain::Database;
use queue::Queue;
use settings::{Environment, Settings};
use storage::Storage;
use tokio::sync::{Notify, RwLock, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use claimed::Claimed;
use finishing::Finisher;
use health::Pulse;
use held::{Held, StopReason};
use keeping::keep;

/// How long slots may take to hand their jobs back once their children are killed.
const HAND_BACK: Duration = Duration::from_secs(5);

/// What the worker needs from outside.
#[derive(Clone)]
pub struct WorkerContext {
    pub database: Database,
    pub storage: Storage,
    pub queue: Queue,
    /// Children for the interactive lane.
    pub interactive: Pool,
    /// Children for the batch lane.
    pub batch: Pool,
    /// Children for asks, which never wait behind jobs.
    pub asks: Pool,
    pub settings: WorkerSettings,
}

/// How the worker behaves. Leases are long against the time between renewals, so that one late renewal costs nothing.
#[derive(Clone, Debug)]
pub struct WorkerSettings {
    /// Slots of each lane.
    pub slots: usize,
    /// Asks that are answered at once, where the lane `interactive` is served.
    pub ask_slots: usize,
    pub lanes: Vec<Lane>,
    pub lease_seconds: u32,
    pub renew: Duration,
    /// Between two sweeps of lost leases, and between two looks for queued work.
    pub sweep: Duration,
    pub shutdown: Duration,
    /// Time-outs of kinds that differ from what the kinds state, in seconds.
    pub timeout_seconds: BTreeMap<String, u64>,
    pub retention_days: u64,
    /// What is taken of an uploaded file.
    pub ingest: IngestLimits,
    /// How long deleted datasets lie in the bin.
    pub trash_days: u64,
    /// How long files with malware are kept apart. 0: they are removed at once.
    pub infected_days: u64,
    /// How many executions of one user run at once, in all workers together. 0: any number.
    pub running_per_user: u32,
    /// The clamd that scans uploaded files; none scans nothing.
    pub clamav_addr: Option<String>,
    /// Whether jobs of kind `probe` are run: in environment "testing" alone.
    pub probes: bool,
}

impl WorkerSettings {
    pub fn of(settings: &Settings, ingest: IngestLimits) -> Self {
        Self {
            slots: settings.worker.slots,
            ask_slots: settings.worker.ask_slots,
            lanes: settings.worker.lanes.iter().filter_map(|lane| Lane::parse(lane)).collect(),
            lease_seconds: 9,
            renew: Duration::from_secs(3),
            sweep: Duration::from_secs(1),
            shutdown: Duration::from_secs(settings.worker.shutdown_seconds),
            timeout_seconds: settings.jobs.timeout_seconds.clone(),
            retention_days: settings.jobs.retention_days,
            ingest,
            trash_days: settings.datasets.trash_days,
            infected_days: settings.datasets.infected_days,
            running_per_user: settings.jobs.running_per_user,
            clamav_addr: settings.clamav_addr.clone(),
            probes: settings.environment == Environment::Testing,
        }
    }
}

/// Cheap to clone; all clones are one worker.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

/// What all loops of a worker share.
struct Shared {
    context: WorkerContext,
    /// Unique for every start: leases of an earlier life are never mistaken for ours.
    name: String,
    held: Held,
    finisher: Finisher,
    /// One permit for each ending that is being written.
    endings: Semaphore,
    bells: Bells,
    claimed: Claimed,
    /// Rung when cancel signals may have been lost: a renewal tells what is still ours.
    renew_now: Notify,
    pulse: Arc<Pulse>,
    /// Held for reading from before a claim until its lease is noted.
    claiming: RwLock<()>,
    /// Cancelled when asks under way are given up.
    asks_stop: CancellationToken,
    /// Uploaded files that the scanner let through for asks.
    clean: scan::Clean,
    /// A claim failed in a way that leaves open whether it was committed.
    unclear: AtomicBool,
}

/// Wakes the loop that claims for a lane.
#[derive(Debug, Default)]
struct Bells {
    interactive: Arc<Notify>,
    batch: Arc<Notify>,
}

impl Bells {
    fn lane(&self, lane: Lane) -> &Arc<Notify> {
        match lane {
            Lane::Interactive => &self.interactive,
            Lane::Batch => &self.batch,
        }
    }
}

impl Shared {
    const fn pool(&self, lane: Lane) -> &Pool {
        match lane {
            Lane::Interactive => &self.context.interactive,
            Lane::Batch => &self.context.batch,
        }
    }

    /// A loop that is started again whenever it breaks, until `stop`.
    fn keep<F, L>(
        self: &Arc<Self>,
        name: &'static str,
        stop: &CancellationToken,
        start: F,
    ) -> impl Future<Output = ()> + Send + use<F, L>
    where
        F: Fn(Arc<Self>, CancellationToken) -> L + Send,
        L: Future<Output = ()> + Send,
    {
        let (shared, token) = (Arc::clone(self), stop.clone());
        keep(Arc::clone(&self.pulse), name, stop.clone(), move || start(Arc::clone(&shared), token.clone()))
    }

    /// How long this work may take: as the settings say for its kind, else as its kind states.
    fn timeout(&self, spec: &JobSpec) -> Duration {
        let chosen = self.context.settings.timeout_seconds.get(spec.kind()).copied();
        Duration::from_secs(chosen.unwrap_or_else(|| u64::from(spec.timeout_seconds())))
    }
}

impl Worker {
    /// Needs a tokio runtime.
    pub fn new(context: WorkerContext) -> Self {
        let name = format!("worker-{}", domain::new_id());
        let shared = Shared {
            held: Held::default(),
            finisher: Finisher::start(context.database.clone(), name.clone()),
            endings: Semaphore::new(finishing::MOST),
            context,
            name,
            bells: Bells::default(),
            claimed: Claimed::default(),
            renew_now: Notify::new(),
            pulse: Arc::new(Pulse::new()),
            claiming: RwLock::new(()),
            asks_stop: CancellationToken::new(),
            clean: scan::Clean::default(),
            unclear: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Works until `shutdown`; then claims nothing more, keeps renewing while running jobs finish, and hands back what
    /// has not finished after the time the settings give. No attempt is charged for that.
    pub async fn run(&self, shutdown: CancellationToken) {
        let shared = &self.shared;
        tracing::info!(worker = shared.name, slots = shared.context.settings.slots, "the worker starts");
        let ended = CancellationToken::new();
        let mut helpers = self.start_helpers(&shutdown, &ended);
        let mut slots = JoinSet::new();
        for lane in shared.context.settings.lanes.clone() {
            shared.pool(lane).warm();
            slots
                .spawn(shared.keep("claims jobs", &shutdown, move |shared, stop| slots::lane_loop(shared, lane, stop)));
        }
        if shared.context.settings.lanes.contains(&Lane::Interactive) {
            slots.spawn(shared.keep("answers asks", &shutdown, asks::ask_loop));
        }
        shutdown.cancelled().await;
        let running = shared.held.len();
        tracing::info!(running, "the worker stops: nothing new is claimed");
        if tokio::time::timeout(shared.context.settings.shutdown, finish_all(&mut slots)).await.is_err() {
            tracing::warn!(running = shared.held.len(), "jobs that are still running are handed back");
            shared.held.stop_all(StopReason::Shutdown);
            shared.asks_stop.cancel();
            let _ = tokio::time::timeout(HAND_BACK, finish_all(&mut slots)).await;
        }
        ended.cancel();
        finish_all(&mut helpers).await;
        shared.context.interactive.shutdown().await;
        shared.context.batch.shutdown().await;
        shared.context.asks.shutdown().await;
        tracing::info!("the worker has stopped");
    }

    /// What is wrong with the worker; `None` when all its loops run.
    pub fn liveness(&self) -> Option<String> {
        self.shared.pulse.complaint()
    }

    /// The loops beside the slots, each started again when it breaks. Bells, looks and housekeeping end with `shutdown`; leases are kept until `ended`.
    fn start_helpers(&self, shutdown: &CancellationToken, ended: &CancellationToken) -> JoinSet<()> {
        let mut helpers = JoinSet::new();
        let shared = &self.shared;
        for lane in shared.context.settings.lanes.clone() {
            helpers
                .spawn(shared.keep("hears bells", shutdown, move |shared, stop| slots::bell_loop(shared, lane, stop)));
        }
        helpers.spawn(shared.keep("looks for work", shutdown, slots::look_loop));
        helpers.spawn(shared.keep("renews leases", ended, leases::renew_loop));
        helpers.spawn(shared.keep("tells that the worker lives", ended, presence::presence_loop));
        helpers.spawn(shared.keep("sweeps leases", shutdown, leases::sweep_loop));
        helpers.spawn(shared.keep("hears of cancelled jobs", ended, leases::cancel_loop));
        helpers.spawn(shared.keep("removes what is old", shutdown, housekeeping::housekeeping_loop));
        helpers
    }
}

async fn finish_all(tasks: &mut JoinSet<()>) {
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a loop of the worker ended unexpectedly");
        }
    }
}
