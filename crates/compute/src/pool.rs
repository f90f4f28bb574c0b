//! The pool of children of one lane: a warm one for the next job, reuse, recycling, and the four ways to be stopped.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use contract::errors::{ErrorCode, Failure};
use contract::jobs::Progress;
use contract::operating::Confinement;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::budget::Budget;
use crate::child::crashed;
use crate::frames::{self, Request};
use crate::process::{Answer, Process, out_of_memory};
use crate::{Outcome, Task};

/// Memory that an idle child may keep; with more it is replaced, since allocators do not give everything back.
const IDLE_BYTES: u64 = 256 << 20;

#[derive(Clone, Debug)]
pub struct PoolConfig {
    /// The program to start; its own path, so that no other can be meant.
    pub program: PathBuf,
    /// The arguments that make it call [`crate::child_main`].
    pub args: Vec<String>,
    /// Children that may compute at once.
    pub size: usize,
    /// Threads of each child.
    pub max_threads: usize,
    /// Jobs after which a child is replaced.
    pub recycle_after: u32,
    /// How far children step back on the processors, 0 to 19.
    pub nice: i32,
    /// Where the files of tasks are; `None` leaves all files open to children.
    pub folders: Option<Folders>,
}

/// What children may touch, where the kernel has Landlock.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Everything that tasks read lies below this folder.
    pub read: PathBuf,
    /// Everything that tasks write lies below this folder.
    pub write: PathBuf,
}

/// Cheap to clone; all clones are one pool.
#[derive(Clone, Debug)]
pub struct Pool {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: PoolConfig,
    budget: Budget,
    confinement: Arc<OnceLock<Confinement>>,
    slots: Semaphore,
    idle: Mutex<Vec<Process>>,
    /// Children that are being started ahead of need.
    warming: AtomicUsize,
    closed: AtomicBool,
}

impl Pool {
    pub fn new(config: PoolConfig, budget: Budget) -> Self {
        let slots = Semaphore::new(config.size.max(1));
        let shared = Shared {
            config,
            budget,
            confinement: Arc::default(),
            slots,
            idle: Mutex::default(),
            warming: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Computes one task in a child of its own, waiting for a free one.
    ///
    /// # Errors
    /// The computation's own failure, or `cancelled`, `timed_out`, `out_of_memory` or `crashed`; the child is killed
    /// for these four, and only this task is charged.
    pub async fn run(
        &self,
        task: Task,
        timeout: Duration,
        cancel: CancellationToken,
        mut on_progress: impl FnMut(Progress) + Send,
    ) -> Result<Outcome, Failure> {
        let Ok(_slot) = self.shared.slots.acquire().await else { return Err(cancelled()) };
        let request = encode(task)?;
        let mut process = self.take()?;
        let over_budget = process.over_budget.clone();
        let answer = tokio::select! {
            biased;
            () = cancel.cancelled() => Answer::Died(cancelled()),
            () = over_budget.cancelled() => Answer::Died(out_of_memory()),
            answer = process.converse(&request, &mut on_progress) => answer,
            () = tokio::time::sleep(timeout) => Answer::Died(timed_out(timeout)),
        };
        match answer {
            Answer::Done(outcome) => {
                self.give_back(process);
                Ok(outcome)
            }
            Answer::Failed(failure) => {
                self.give_back(process);
                Err(failure)
            }
            Answer::Died(failure) => {
                process.kill().await;
                self.warm();
                Err(failure)
            }
        }
    }

    /// Starts an idle child ahead of need, unless there is one. Needs a tokio runtime.
    pub fn warm(&self) {
        let pool = self.clone();
        if !self.lock_idle().is_empty() || self.shared.warming.fetch_add(1, Ordering::SeqCst) > 0 {
            return;
        }
        tokio::spawn(async move {
            match pool.spawn() {
                Ok(mut process) => {
                    process.greet().await;
                    pool.keep(process);
                }
                Err(error) => tracing::error!(%error, "a compute child could not be started"),
            }
            pool.shared.warming.store(0, Ordering::SeqCst);
        });
    }

    /// What the kernel keeps children from; `None` until the first has told.
    pub fn confinement(&self) -> Option<Confinement> {
        self.shared.confinement.get().copied()
    }

    /// The process ids of the children that wait for work.
    pub fn idle_children(&self) -> Vec<u32> {
        self.lock_idle().iter().map(Process::pid).collect()
    }

    /// Ends the idle children and refuses new tasks. Running ones end when they are cancelled.
    pub async fn shutdown(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.slots.close();
        let idle = std::mem::take(&mut *self.lock_idle());
        for process in idle {
            process.kill().await;
        }
    }

    /// A living idle child, or a new one.
    fn take(&self) -> Result<Process, Failure> {
        loop {
            let Some(mut process) = self.lock_idle().pop() else { break };
            // One that died while idle is no job's fault.
            if process.is_alive() && !process.over_budget.is_cancelled() {
                return Ok(process);
            }
        }
        self.spawn().map_err(|error| {
            tracing::error!(%error, "a compute child could not be started");
            crashed()
        })
    }

    fn spawn(&self) -> std::io::Result<Process> {
        let Shared { config, budget, confinement, .. } = &*self.shared;
        Process::spawn(config, budget, confinement)
    }

    fn give_back(&self, mut process: Process) {
        process.jobs_done += 1;
        let spent = process.jobs_done >= self.shared.config.recycle_after || process.private_bytes() > IDLE_BYTES;
        if spent {
            tracing::debug!(pid = process.pid(), jobs = process.jobs_done, "a compute child is replaced");
            drop(process);
            self.warm();
            return;
        }
        self.keep(process);
    }

    fn keep(&self, process: Process) {
        if self.shared.closed.load(Ordering::SeqCst) {
            return;
        }
        self.lock_idle().push(process);
    }

    fn lock_idle(&self) -> MutexGuard<'_, Vec<Process>> {
        self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn encode(task: Task) -> Result<Vec<u8>, Failure> {
    match frames::encode(&Request { task }) {
        Ok(Some(frame)) => Ok(frame),
        Ok(None) => Err(Failure::new(ErrorCode::InvalidParameters, "The parameters are too large.")),
        Err(error) => {
            tracing::error!(%error, "a task could not be written");
            Err(crashed())
        }
    }
}

fn cancelled() -> Failure {
    Failure::new(ErrorCode::Cancelled, "The job was cancelled.")
}

fn timed_out(timeout: Duration) -> Failure {
    Failure::new(ErrorCode::TimedOut, format!("The job did not finish within {} seconds.", timeout.as_secs_f64()))
        .advice("Try with fewer columns or rows, or ask the operator to raise the time-out of this kind of job (jobs.timeout_seconds).")
}
