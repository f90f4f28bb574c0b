//! Starting work: ring for a new execution, wait where the client prefers it, attach the result of what has finished.

use contract::jobs::{Job, JobStatus};
use domain::jobs::{Submitted, job_fetch, job_with_result};
use domain::{Connection, Durability};
use queue::Signal;
use uuid::Uuid;

use crate::idempotency::{self, Begun, Key};
use crate::measuring;
use crate::problems::{ApiError, Result};
use crate::state::State;
use crate::waiting::{Prefer, wait_for_result};

/// What the transaction of a request that starts work led to.
pub enum Outcome {
    Begun(Box<Submitted>),
    /// An earlier request with the same `Idempotency-Key` led to this job.
    Replayed(Box<Job>),
    /// The `Idempotency-Key` forbids it.
    Refused(ApiError),
}

/// Does the work unless an earlier request with this key has. Key and work stand in one transaction, so that a failure
/// frees the key again.
pub fn once<F>(connection: &mut Connection, user_id: Uuid, key: Option<&Key>, work: F) -> domain::Result<Outcome>
where
    F: FnOnce(&mut Connection) -> domain::Result<Submitted>,
{
    match idempotency::begin(connection, key)? {
        Begun::First => {
            let submitted = work(connection)?;
            idempotency::finish(connection, key, submitted.job().id)?;
            Ok(Outcome::Begun(Box::new(submitted)))
        }
        Begun::Replayed(job_id) => Ok(Outcome::Replayed(Box::new(job_fetch(connection, user_id, job_id)?))),
        Begun::InProgress => Ok(Outcome::Refused(idempotency::in_progress())),
        Begun::Mismatch => Ok(Outcome::Refused(idempotency::mismatch())),
    }
}

/// The job to answer with, after the wait that the client prefers, and whether an earlier request led to it.
pub async fn concluded(state: &State, user_id: Uuid, outcome: Outcome, prefer: Option<Prefer>) -> Result<(Job, bool)> {
    let (job, replayed) = match outcome {
        Outcome::Begun(submitted) => {
            ring(state, &submitted).await;
            (submitted.into_job(), false)
        }
        Outcome::Replayed(job) => (*job, true),
        Outcome::Refused(error) => return Err(error),
    };
    Ok((settled(state, user_id, job, prefer).await?, replayed))
}

/// The transaction that starts work. A client that waits for the outcome is promised nothing before it, so a new
/// execution is not waited for on its way to the disk: the worker begins meanwhile, and the commit of the outcome brings
/// this one along. [`settled`] sees to it that no answer goes out before.
pub async fn record<T, F>(state: &State, prefer: Option<Prefer>, is_new: fn(&T) -> bool, work: F) -> domain::Result<T>
where
    T: Send + 'static,
    F: FnOnce(&mut Connection) -> domain::Result<T> + Send + 'static,
{
    if prefer.is_none_or(|prefer| prefer.seconds == 0) {
        return state.database.write(work).await;
    }
    let recorded = state.database.write_as_told(move |connection| {
        let outcome = work(connection)?;
        let durability = if is_new(&outcome) { Durability::Soon } else { Durability::Synced };
        Ok((outcome, durability))
    });
    recorded.await
}

/// Tells the workers about a new execution, and whoever listens about the job. Nothing of it is waited for: a bell that
/// cannot be rung only costs time, since workers look for work themselves every second.
pub async fn ring(state: &State, submitted: &Submitted) {
    match submitted {
        Submitted::Created(_) => {}
        Submitted::Joined(_) => measuring::duplicate_prevented("joined"),
        Submitted::Cached(_) => measuring::duplicate_prevented("cached"),
    }
    let job = submitted.job();
    let begun = Signal::Changed { job_ids: vec![job.id], finished: job.status.is_final() };
    if submitted.needs_bell() {
        // The id only tells one bell from another; the worker that hears it takes the best row of the lane.
        state.queue.ring_soon(job.lane, job.id);
    }
    state.queue.tell(begun);
}

/// Tells waiters, listeners and workers; without it they find out by themselves, only later.
pub async fn announce(state: &State, signal: Signal) {
    state.queue.tell(signal);
}

/// The job to answer with: as it is, or as it is after the wait that the client prefers; with its result once there is one.
pub async fn settled(state: &State, user_id: Uuid, job: Job, prefer: Option<Prefer>) -> Result<Job> {
    let job = match prefer {
        Some(prefer) if !job.status.is_final() => {
            let job = wait_for_result(state, user_id, job.id, prefer.seconds).await?;
            if !job.status.is_final() {
                state.database.sync().await?;
            }
            return Ok(job);
        }
        _ => job,
    };
    if job.status == JobStatus::Succeeded && job.result.is_none() {
        let job_id = job.id;
        return Ok(state.database.read(move |connection| job_with_result(connection, user_id, job_id)).await?);
    }
    Ok(job)
}
