//! Starting work: ring for a new execution, wait where the client prefers it, attach the result of what has finished.

use contract::jobs::{Job, JobStatus};
use domain::jobs::{Submitted, job_result};
use queue::Signal;
use uuid::Uuid;

use crate::measuring;
use crate::problems::Result;
use crate::state::State;
use crate::waiting::{Prefer, wait_for_job};

/// Tells the workers about a new execution. A bell that cannot be rung only costs time: they look for work
/// themselves every second.
pub async fn ring(state: &State, submitted: &Submitted) {
    match submitted {
        Submitted::Created(_) => {}
        Submitted::Joined(_) => measuring::duplicate_prevented("joined"),
        Submitted::Cached(_) => measuring::duplicate_prevented("cached"),
    }
    let job = submitted.job();
    let begun = Signal::Changed { job_ids: vec![job.id], finished: job.status.is_final() };
    if !submitted.needs_bell() {
        return announce(state, begun).await;
    }
    // The id only tells one bell from another; the worker that hears it takes the best row of the lane.
    let (rung, ()) = tokio::join!(state.queue.ring(job.lane, job.id), announce(state, begun));
    if let Err(error) = rung {
        tracing::warn!(job_id = %job.id, %error, "the bell could not be rung");
    }
}

/// Tells waiters, listeners and workers; without it they find out by themselves, only later.
pub async fn announce(state: &State, signal: Signal) {
    if let Err(error) = state.queue.announce(signal).await {
        tracing::warn!(%error, "a signal could not be announced");
    }
}

/// The job to answer with: as it is, or as it is after the wait that the client prefers; with its result once there is one.
pub async fn settled(state: &State, user_id: Uuid, job: Job, prefer: Option<Prefer>) -> Result<Job> {
    let mut job = match prefer {
        Some(prefer) if !job.status.is_final() => wait_for_job(state, user_id, job.id, prefer.seconds).await?,
        _ => job,
    };
    if job.status == JobStatus::Succeeded && job.result.is_none() {
        let job_id = job.id;
        let outcome = state.database.read(move |connection| job_result(connection, user_id, job_id)).await?;
        job.result = Some(outcome.result);
    }
    Ok(job)
}
