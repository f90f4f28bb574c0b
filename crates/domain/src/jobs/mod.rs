//! Jobs and executions. A job is one request of one user; an execution is the unit of work that jobs with the same key
//! share. A job's state is its execution's, unless the job was cancelled: each fact stands in one place.

mod administering;
mod answering;
mod cancelling;
mod claiming;
mod finishing;
mod finishing_together;
mod housekeeping;
mod listing;
#[cfg(test)]
mod plans;
mod reading;
mod submitting;
mod watching;

use contract::jobs::{Job, JobSpec};
use uuid::Uuid;

pub use administering::{Revived, execution_errors, execution_retry_dead, job_admin_fetch};
pub use answering::{KnownResult, job_submit_or_answer};
pub(crate) use cancelling::jobs_cancel_of_dataset;
pub use cancelling::{Cancel, job_cancel};
pub use claiming::{Claim, Claimed, execution_claim, execution_progress, execution_renew, executions_claim};
pub use finishing::{Ending, Swept, execution_disown, execution_finish, execution_sweep};
pub use finishing_together::{endings_share_statements, executions_finish};
pub use housekeeping::{execution_ids_due, execution_waiters, jobs_prune, queue_depth};
pub use listing::{JobQuery, SORT_FIELDS, job_list, jobs_admin_list};
pub use reading::{job_fetch, job_result, job_with_result};
pub use submitting::{job_retry, job_submit};
pub use watching::{jobs_ended_since, jobs_fetch, jobs_since, jobs_with_owners, lane_run_seconds};

/// A request for work.
#[derive(Clone, Debug)]
pub struct Submission {
    pub user_id: Uuid,
    pub spec: JobSpec,
    /// SHA-256 (hex) of everything the result depends on; `None` is never shared.
    pub key: Option<String>,
    /// The dataset version that the work reads.
    pub version_id: Option<Uuid>,
    /// Higher is sooner.
    pub priority: i32,
    pub request_id: String,
    /// How long a finished execution answers for its key; 0 computes anew.
    pub cache_seconds: u64,
    /// How many executions of the user may wait; one more is refused (`Limited`). 0: any number.
    pub most_queued: u32,
}

impl Submission {
    /// Work that is nobody else's: without a key, of ordinary priority.
    pub fn new(user_id: Uuid, spec: JobSpec, request_id: impl Into<String>, most_queued: u32) -> Self {
        let request_id = request_id.into();
        Self { user_id, spec, key: None, version_id: None, priority: 0, request_id, cache_seconds: 0, most_queued }
    }
}

/// What a submission led to. The job is new in each case.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// A new execution waits for a worker.
    Created(Job),
    /// The job shares an execution that is queued or running.
    Joined(Job),
    /// The result was there already, and is part of the job.
    Cached(Job),
}

impl Submitted {
    pub const fn job(&self) -> &Job {
        match self {
            Self::Created(job) | Self::Joined(job) | Self::Cached(job) => job,
        }
    }

    pub fn into_job(self) -> Job {
        match self {
            Self::Created(job) | Self::Joined(job) | Self::Cached(job) => job,
        }
    }

    /// Whether a worker should be told.
    pub const fn needs_bell(&self) -> bool {
        matches!(self, Self::Created(_))
    }
}
