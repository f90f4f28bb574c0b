//! What an operator sees: the live workers, every user's jobs, and the errors of each attempt.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::errors::Failure;
use crate::jobs::{Job, Lane};

/// A worker that has told of itself lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkerInfo {
    /// Unique for every start; it tells nothing about the machine.
    pub name: String,
    /// The version of the program.
    pub version: String,
    pub lanes: Vec<Lane>,
    /// Jobs that it runs at once in each lane.
    pub slots: u32,
    /// Executions whose lease it holds now.
    pub running: u64,
    /// What the kernel keeps its compute children from; null until the first of them has told.
    pub confinement: Option<Confinement>,
    pub started_at: DateTime<Utc>,
    /// When it told of itself last, by the database's clock.
    pub seen_at: DateTime<Utc>,
}

/// What the kernel keeps the compute children of a worker from. What is false here, the kernel of that machine does not
/// offer; children then still run without secrets, and the worker's log says what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Confinement {
    /// Files beside those of the storage (Landlock).
    pub files: bool,
    /// Sockets, other programs and other processes (seccomp).
    pub network: bool,
}

/// A job of any user.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AdminJob {
    pub job: Job,
    pub user_id: Uuid,
    /// The work, which jobs that ask for the same share.
    pub execution_id: Uuid,
    /// Higher is sooner.
    pub priority: i32,
    /// The worker that runs it, or ran it last.
    pub worker: Option<String>,
    /// How often a worker or a child was lost while running it.
    pub crashes: u32,
}

/// An attempt that did not succeed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AttemptFailure {
    /// Counted from 1.
    pub attempt: u32,
    pub worker: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: DateTime<Utc>,
    pub failure: Failure,
}
