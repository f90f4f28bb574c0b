//! Slots: each runs one execution at a time, woken by the bell, by the look into the database every second, and by
//! its own last job.

use std::sync::Arc;
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use domain::jobs::{Claim, execution_claim, execution_ids_due};
use tokio_util::sync::CancellationToken;

use crate::execute::execute;
use crate::health::Loop;
use crate::held::Lease;
use crate::{Shared, backoff};

/// Claims and executes until `shutdown`. After a job it claims again at once; with nothing due it waits for a bell.
pub async fn slot_loop(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let mut failures = 0;
    while !shutdown.is_cancelled() {
        let claimed = Instant::now();
        let wait = match claim(&shared, lane).await {
            Ok(Some(claim)) => {
                failures = 0;
                run(&shared, claim, claimed).await;
                continue;
            }
            Ok(None) => None,
            Err(error) => {
                failures += 1;
                tracing::warn!(lane = lane.as_str(), %error, "nothing can be claimed now");
                Some(backoff::delay(failures).min(Duration::from_secs(5)))
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = shared.bells.lane(lane).notified(), if wait.is_none() => {}
            () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {}
        }
    }
}

async fn claim(shared: &Shared, lane: Lane) -> domain::Result<Option<Claim>> {
    let (worker, lease_seconds) = (shared.name.clone(), shared.context.settings.lease_seconds);
    shared.context.database.write(move |conn| execution_claim(conn, &worker, &[lane], lease_seconds)).await
}

/// Executes in a task of its own, so that a panic costs this job (its lease runs out) and not the slot.
async fn run(shared: &Arc<Shared>, claim: Claim, claimed: Instant) {
    let lease = Lease::new(claim.execution_id, claim.attempt, claimed);
    shared.held.insert(&lease);
    let task = tokio::spawn(execute(Arc::clone(shared), claim, lease.clone()));
    if let Err(error) = task.await {
        tracing::error!(execution_id = %lease.execution_id, %error, "the worker failed while running a job");
    }
    shared.held.remove(&lease);
}

/// Turns bells of the queue into wake-ups of slots.
pub async fn bell_loop(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let bell = Arc::clone(shared.bells.lane(lane));
    let name = shared.name.clone();
    shared.context.queue.consume(lane, &name, move |_| bell.notify_one(), shutdown).await;
}

/// Looks for queued work every second: no job depends on a bell.
pub async fn look_loop(shared: Arc<Shared>, shutdown: CancellationToken) {
    let slots = u32::try_from(shared.context.settings.slots).unwrap_or(u32::MAX);
    loop {
        shared.pulse.beat(Loop::Look);
        match shared.context.database.read(move |conn| execution_ids_due(conn, slots)).await {
            Ok(due) => due.iter().for_each(|(_, lane)| shared.bells.lane(*lane).notify_one()),
            Err(error) => tracing::debug!(%error, "the database cannot be asked for work"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(shared.context.settings.sweep) => {}
        }
    }
}
