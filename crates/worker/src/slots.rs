//! Slots: each runs one execution at a time, woken by the bell, by the look into the database every second, and by
//! its own last job.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use domain::jobs::{Claim, execution_claim, execution_disown, execution_ids_due};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::execute::execute;
use crate::health::Loop;
use crate::held::Lease;
use crate::{Shared, backoff};

/// Claims and executes until `shutdown`. After a job it claims again at once; with nothing due it waits for a bell.
pub async fn slot_loop(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let mut failures = 0;
    while !shutdown.is_cancelled() {
        disown(&shared).await;
        let wait = match claim(&shared, lane).await {
            Ok(Some((claim, lease))) => {
                failures = 0;
                run(&shared, claim, lease).await;
                continue;
            }
            Ok(None) => {
                failures = 0;
                None
            }
            Err(error) => {
                failures += 1;
                shared.unclear.store(true, Ordering::SeqCst);
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

async fn claim(shared: &Shared, lane: Lane) -> domain::Result<Option<(Claim, Lease)>> {
    // Until the lease is noted, nobody may take the row for one that this worker knows nothing of.
    let _claiming = shared.claiming.read().await;
    let claimed = Instant::now();
    let (worker, lease_seconds) = (shared.name.clone(), shared.context.settings.lease_seconds);
    let most = shared.context.settings.running_per_user;
    let claim = shared.context.database.write(move |conn| execution_claim(conn, &worker, &[lane], lease_seconds, most));
    let Some(claim) = claim.await? else { return Ok(None) };
    let lease = Lease::new(claim.execution_id, claim.attempt, claimed);
    shared.held.insert(&lease);
    Ok(Some((claim, lease)))
}

/// After a claim whose end is unclear: it may have been committed. What the rows say is ours and is not goes back,
/// uncharged, instead of being taken for a crash when its lease runs out.
async fn disown(shared: &Shared) {
    if !shared.unclear.swap(false, Ordering::SeqCst) {
        return;
    }
    let _alone = shared.claiming.write().await;
    let held: Vec<Uuid> = shared.held.all().iter().map(|lease| lease.execution_id).collect();
    let worker = shared.name.clone();
    match shared.context.database.write(move |conn| execution_disown(conn, &worker, &held)).await {
        Ok(0) => {}
        Ok(returned) => tracing::info!(returned, "claims whose answer was lost were given back"),
        Err(error) => {
            tracing::debug!(%error, "whether a claim was committed is still unclear");
            shared.unclear.store(true, Ordering::SeqCst);
        }
    }
}

/// Executes in a task of its own, so that a panic costs this job (its lease runs out) and not the slot.
async fn run(shared: &Arc<Shared>, claim: Claim, lease: Lease) {
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
