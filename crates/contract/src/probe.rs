//! `probe`: a job that misbehaves on request, for tests of the job machine. Only a server in environment "testing" takes it.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::errors::Failure;
use crate::jobs::Lane;

/// What a probe does, and as what kind of job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProbeParams {
    pub action: ProbeAction,
    #[serde(default = "interactive")]
    pub lane: Lane,
    /// Higher is sooner.
    #[serde(default)]
    pub priority: i32,
    /// The action is done in the first so many attempts only, and later ones succeed at once; in all unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// A time-out of its own; the lane's unless given. Unit: milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_milliseconds: Option<u64>,
    /// Probes with one share key share one execution and its result; without one nothing is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_key: Option<String>,
    /// A witness outside of the database: one line for each success that the worker has committed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<ProbeLedger>,
}

/// The deed. All of it happens within the compute child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ProbeAction {
    /// Nothing: what remains is the way there and back.
    Nothing,
    /// Waits, with progress.
    Sleep { milliseconds: u64 },
    /// Ends with this failure.
    Fail { failure: Failure },
    /// Aborts the child's process.
    Abort,
    /// Takes memory, writes to all of it and keeps it for a time.
    Allocate { bytes: u64, hold_milliseconds: u64 },
    /// Reads the file's first byte; fails with `forbidden` and the system's words if that is not possible.
    Read { path: PathBuf },
    /// Makes the file; fails with `forbidden` likewise.
    Write { path: PathBuf },
    /// Opens a TCP connection; fails with `forbidden` likewise.
    Connect { address: SocketAddr },
    /// Keeps a processor busy without ever looking up.
    Spin { milliseconds: u64 },
}

/// After the success is committed, the worker appends `line`, the execution's id and the attempt, separated by tabs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProbeLedger {
    /// An absolute path of the worker's machine.
    pub path: PathBuf,
    pub line: String,
}

/// What a probe that succeeded answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeOutcome {
    /// The attempt that succeeded, counted from 1.
    pub attempt: u32,
    /// The process that did it.
    pub process: u32,
}

const fn interactive() -> Lane {
    Lane::Interactive
}
