//! One child process as its parent sees it: started with next to nothing, talked to in frames, killed when in doubt.

use std::io;
use std::process::Stdio;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use contract::errors::{ErrorCode, Failure};
use contract::jobs::Progress;
use contract::operating::Confinement;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

use crate::budget::Budget;
use crate::child::{NICE_VARIABLE, crashed};
use crate::confine::{READ_VARIABLE, WRITE_VARIABLE};
use crate::frames::{self, Reply};
use crate::pool::PoolConfig;
use crate::{Outcome, budget};

/// A child that has not told how confined it is by then tells it with its first task.
const GREETING: Duration = Duration::from_secs(10);
/// Longest line of a child's standard error that is logged.
const LOG_LINE_BYTES: u64 = 4096;

/// A running child. Dropping it kills the process.
#[derive(Debug)]
pub struct Process {
    child: Child,
    pid: u32,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last_words: Arc<Mutex<String>>,
    budget: Budget,
    confinement: Arc<OnceLock<Confinement>>,
    pub over_budget: CancellationToken,
    pub jobs_done: u32,
}

/// How a conversation about one task ended.
#[derive(Debug)]
pub enum Answer {
    Done(Outcome),
    /// The computation said no; the child is as good as new.
    Failed(Failure),
    /// The child is dead or not to be trusted.
    Died(Failure),
}

impl Process {
    /// Starts a child in a process group of its own (a Ctrl-C at the terminal is the parent's business), with an
    /// environment of only what it needs. All other descriptors of this process are close-on-exec.
    pub fn spawn(config: &PoolConfig, budget: &Budget, confinement: &Arc<OnceLock<Confinement>>) -> io::Result<Self> {
        let threads = config.max_threads.to_string();
        let mut command = Command::new(&config.program);
        command
            .arg0("plotline")
            .args(&config.args)
            .env_clear()
            .env("POLARS_MAX_THREADS", &threads)
            .env("RAYON_NUM_THREADS", &threads)
            .env("RUST_BACKTRACE", "0")
            .env(NICE_VARIABLE, config.nice.to_string());
        if let Some(folders) = &config.folders {
            command.env(READ_VARIABLE, &folders.read).env(WRITE_VARIABLE, &folders.write);
        }
        let mut child = command
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let missing = || io::Error::other("a pipe to the child is missing");
        let pid = child.id().ok_or_else(missing)?;
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = BufReader::with_capacity(1 << 16, child.stdout.take().ok_or_else(missing)?);
        let last_words = Arc::new(Mutex::new(String::new()));
        tokio::spawn(log_stderr(child.stderr.take().ok_or_else(missing)?, pid, Arc::clone(&last_words)));
        Ok(Self {
            child,
            pid,
            input,
            output,
            last_words,
            over_budget: budget.watch(pid),
            budget: budget.clone(),
            confinement: Arc::clone(confinement),
            jobs_done: 0,
        })
    }

    pub const fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    pub fn private_bytes(&self) -> u64 {
        budget::private_bytes(self.pid).unwrap_or(0)
    }

    /// Waits until a new child tells how confined it is. One that does not is found out by its first task.
    pub async fn greet(&mut self) {
        let greeting = frames::read_async::<Reply>(&mut self.output);
        if let Ok(Ok(Some(Reply::Confined { confinement, missing }))) = tokio::time::timeout(GREETING, greeting).await {
            self.confined(confinement, &missing);
        }
    }

    /// What the kernel does not allow is the same for every child, so it is said once.
    fn confined(&self, confinement: Confinement, missing: &[String]) {
        if self.confinement.set(confinement).is_ok() && !missing.is_empty() {
            tracing::warn!("compute children are less confined than they could be: {}", missing.join("; "));
        }
    }

    /// Hands over a task and listens until its end.
    pub async fn converse(&mut self, request: &[u8], on_progress: &mut (impl FnMut(Progress) + Send)) -> Answer {
        if let Err(error) = frames::write_async(&mut self.input, request).await {
            return self.died(&error.to_string()).await;
        }
        loop {
            match frames::read_async::<Reply>(&mut self.output).await {
                Ok(Some(Reply::Confined { confinement, missing })) => self.confined(confinement, &missing),
                Ok(Some(Reply::Progress(progress))) => on_progress(progress),
                Ok(Some(Reply::Done(outcome))) => return Answer::Done(outcome),
                Ok(Some(Reply::Failed { failure, panicked: false })) => return Answer::Failed(failure),
                Ok(Some(Reply::Failed { failure, panicked: true })) => return Answer::Died(failure),
                Ok(None) => return self.died("it closed its output").await,
                Err(error) => return self.died(&error.to_string()).await,
            }
        }
    }

    /// Kills the process and waits until it is gone, so that its memory is back.
    pub async fn kill(mut self) {
        self.budget.forget(self.pid);
        if let Err(error) = self.child.kill().await {
            tracing::debug!(pid = self.pid, %error, "a child was gone before it was killed");
        }
    }

    async fn died(&mut self, how: &str) -> Answer {
        self.budget.forget(self.pid);
        let _ = self.child.start_kill();
        let status = self.child.wait().await.map_or_else(|error| error.to_string(), |status| status.to_string());
        // The last line of standard error may still be on its way through the pipe.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let last_words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner).clone();
        tracing::warn!(pid = self.pid, how, status, last_words, "a compute child died");
        if self.over_budget.is_cancelled() || last_words.contains("memory allocation of") {
            return Answer::Died(out_of_memory());
        }
        Answer::Died(crashed())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.budget.forget(self.pid);
    }
}

pub fn out_of_memory() -> Failure {
    Failure::new(ErrorCode::OutOfMemory, "The computation needed more memory than this server grants to jobs.")
        .advice("Try with fewer columns or rows, or ask the operator to raise PLOTLINE_WORKER_MEMORY_BUDGET_BYTES.")
}

async fn log_stderr(stderr: ChildStderr, pid: u32, last_words: Arc<Mutex<String>>) {
    let mut lines = BufReader::new(stderr);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut lines).take(LOG_LINE_BYTES).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        tracing::warn!(pid, "compute child: {text}");
        *last_words.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}
