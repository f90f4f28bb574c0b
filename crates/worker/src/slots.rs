//! Slots: for each lane one loop claims for all slots that are free, woken by the bell, by the look into the database
//! every second, and by jobs that end; each claim is executed in a task of its own.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use domain::Durability;
use domain::jobs::{Claim, Claimed, execution_disown, execution_ids_due, executions_claim};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::execute::execute;
use crate::health::Loop;
use crate::held::Lease;
use crate::{Shared, backoff};

/// Executions claimed in one transaction at most.
const MOST: usize = 16;
/// A bell from the list is answered this much later: by then its job is claimed, if the call that came with it was heard.
const GRACE: Duration = Duration::from_millis(5);
/// Bells that wait for that.
const BELLS: usize = 512;

/// Claims and starts executions until `shutdown`, then waits for those that run. While there is work it claims as soon
/// as slots are free; with nothing due it waits for a bell.
pub async fn lane_loop(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let slots = Arc::new(Semaphore::new(shared.context.settings.slots.max(1)));
    let mut rung = shared.context.queue.rung(lane);
    let mut running = JoinSet::new();
    let mut failures = 0;
    while let Some(free) = free_slots(&slots, &shutdown).await {
        while running.try_join_next().is_some() {}
        disown(&shared).await;
        // What is rung from here on may be more than what this claim sees.
        rung.mark_unchanged();
        let (mut wait, mut limited) = (None, false);
        match claim(&shared, lane, free.len()).await {
            Ok(Taken { claims, more, limited: is_limited }) => {
                failures = 0;
                limited = is_limited;
                let again = !claims.is_empty() && (more || claims.len() == free.len());
                for ((claim, lease), slot) in claims.into_iter().zip(free) {
                    running.spawn(run(Arc::clone(&shared), claim, lease, slot));
                }
                if again {
                    continue;
                }
            }
            Err(error) => {
                failures += 1;
                shared.unclear.store(true, Ordering::SeqCst);
                tracing::warn!(lane = lane.as_str(), %error, "nothing can be claimed now");
                wait = Some(backoff::delay(failures).min(Duration::from_secs(5)));
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => break,
            () = heard(&mut rung), if wait.is_none() => {}
            () = shared.bells.lane(lane).notified(), if wait.is_none() => {}
            _ = running.join_next(), if wait.is_none() && limited && !running.is_empty() => {}
            () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {}
        }
    }
    while running.join_next().await.is_some() {}
}

/// All slots that are free, at least one and at most as many as are claimed at once; `None` on `shutdown`.
async fn free_slots(slots: &Arc<Semaphore>, shutdown: &CancellationToken) -> Option<Vec<OwnedSemaphorePermit>> {
    let first = tokio::select! {
        biased;
        () = shutdown.cancelled() => return None,
        first = Arc::clone(slots).acquire_owned() => first.ok()?,
    };
    let mut free = vec![first];
    while free.len() < MOST
        && let Ok(one) = Arc::clone(slots).try_acquire_owned()
    {
        free.push(one);
    }
    Some(free)
}

/// Completes when a bell was heard since; never again once there is nobody left to ring.
async fn heard(rung: &mut tokio::sync::watch::Receiver<u64>) {
    if rung.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// What a claim brought, each with its lease; `more` and `limited` as in [`Claimed`].
struct Taken {
    claims: Vec<(Claim, Lease)>,
    more: bool,
    limited: bool,
}

async fn claim(shared: &Shared, lane: Lane, free: usize) -> domain::Result<Taken> {
    // Until the leases are noted, nobody may take the rows for some that this worker knows nothing of.
    let _claiming = shared.claiming.read().await;
    let claimed = Instant::now();
    let (worker, lease_seconds) = (shared.name.clone(), shared.context.settings.lease_seconds);
    let most = shared.context.settings.running_per_user;
    let Claimed { claims, more, limited } = shared
        .context
        .database
        .write_each(Durability::Soon, move |conn| executions_claim(conn, &worker, &[lane], lease_seconds, most, free))
        .await?;
    let claims = claims.into_iter().map(|claim| {
        let lease = Lease::new(claim.execution_id, claim.attempt, claimed);
        shared.held.insert(&lease);
        shared.claimed.remember(&claim.job_ids);
        (claim, lease)
    });
    Ok(Taken { claims: claims.collect(), more, limited })
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
async fn run(shared: Arc<Shared>, claim: Claim, lease: Lease, slot: OwnedSemaphorePermit) {
    let task = tokio::spawn(execute(Arc::clone(&shared), claim, lease.clone(), slot));
    if let Err(error) = task.await {
        tracing::error!(execution_id = %lease.execution_id, %error, "the worker failed while running a job");
    }
    shared.held.remove(&lease);
}

/// Bells that came through the queue's list. Most were heard already, when they were called out; the others are found
/// here: they were rung while this worker was not connected.
pub async fn bell_loop(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let (late, mut bells) = mpsc::channel::<(Instant, Uuid)>(BELLS);
    let name = shared.name.clone();
    let on_bell = move |id| {
        // A full channel holds bells enough.
        let _ = late.try_send((Instant::now() + GRACE, id));
    };
    let answer = async {
        while let Some((due, id)) = bells.recv().await {
            tokio::time::sleep_until(due.into()).await;
            if !shared.claimed.holds(id) {
                shared.bells.lane(lane).notify_one();
            }
        }
    };
    tokio::join!(shared.context.queue.consume(lane, &name, on_bell, shutdown), answer);
}

/// Looks for queued work every second: no job depends on a bell.
pub async fn look_loop(shared: Arc<Shared>, shutdown: CancellationToken) {
    loop {
        shared.pulse.beat(Loop::Look);
        match shared.context.database.read(move |conn| execution_ids_due(conn, 1)).await {
            Ok(due) => due.iter().for_each(|(_, lane)| shared.bells.lane(*lane).notify_one()),
            Err(error) => tracing::debug!(%error, "the database cannot be asked for work"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(shared.context.settings.sweep) => {}
        }
    }
}
