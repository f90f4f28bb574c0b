//! What administrators send and get that is not about one worker or one attempt.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::jobs::{Job, Lane};
use crate::operating::{AdminJob, AttemptFailure};

/// A page of everybody's jobs, with the state of the lanes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AdminJobs {
    pub items: Vec<AdminJob>,
    /// Send it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
    pub lanes: Vec<LaneDepth>,
}

/// What waits in a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LaneDepth {
    pub lane: Lane,
    /// Queued executions.
    pub depth: u64,
    /// How long the oldest of them has waited, in seconds; null when none waits.
    pub oldest_seconds: Option<f64>,
}

/// A job of any user with the errors of its attempts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AdminJobDetail {
    pub job: Job,
    pub user_id: Uuid,
    pub execution_id: Uuid,
    /// Higher is sooner.
    pub priority: i32,
    /// The worker that runs it, or ran it last.
    pub worker: Option<String>,
    /// How often a worker or a child was lost while running it.
    pub crashes: u32,
    /// The attempts that did not succeed, the first one first; at most the latest 200.
    pub errors: Vec<AttemptFailure>,
}

/// Which dead jobs to try again: those that fit all that is given.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryJobs {
    /// Only jobs of this kind.
    #[schema(max_length = 64)]
    #[serde(default)]
    pub kind: Option<String>,
    /// Only jobs of this lane.
    #[serde(default)]
    pub lane: Option<Lane>,
    /// Only jobs of this account.
    #[serde(default)]
    pub user_id: Option<Uuid>,
    /// At most so many, 50 unless told otherwise.
    #[schema(minimum = 1, maximum = 200)]
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Which jobs wait for a worker again.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct JobsRetried {
    /// Their ids.
    pub retried: Vec<Uuid>,
    /// Whether more dead jobs fit than were looked at.
    pub more: bool,
}
