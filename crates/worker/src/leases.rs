//! Leases: renewed independently of compute, given up when they cannot be, swept when their holder is gone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use contract::jobs::Lane;
use domain::jobs::{Swept, execution_renew, execution_sweep, execution_waiters};
use queue::Signal;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::health::Loop;
use crate::held::{Lease, StopReason};
use crate::{Shared, measuring};

/// After a renewal that failed, the next one is tried sooner.
const RETRY: Duration = Duration::from_millis(500);
/// While no signal can be heard, a renewal finds out so often what was cancelled.
const DEAF: Duration = Duration::from_secs(1);
/// A lease is given up this long before it runs out, so that the child is dead when another worker starts.
const MARGIN: Duration = Duration::from_secs(1);
const SHORTEST: Duration = Duration::from_millis(50);

/// Renews all leases every few seconds, at once when asked.
pub async fn renew_loop(shared: Arc<Shared>, ended: CancellationToken) {
    let mut wait = shared.context.settings.renew;
    loop {
        shared.pulse.beat(Loop::Renew);
        tokio::select! {
            () = ended.cancelled() => return,
            () = due(&shared, wait) => {}
            () = shared.renew_now.notified() => {}
        }
        let leases = shared.held.all();
        if leases.is_empty() {
            wait = shared.context.settings.renew;
            continue;
        }
        wait = match renew(&shared, &leases).await {
            Ok(()) => shared.context.settings.renew,
            Err(error) => {
                tracing::warn!(held = leases.len(), %error, "leases could not be renewed");
                RETRY
            }
        };
        for lease in leases.iter().filter(|lease| time_left(&shared, lease).is_zero()) {
            lease.stop(StopReason::DatabaseAway);
        }
    }
}

/// Completes when it is time to renew: after `wait`, and sooner while Redis cannot tell what was cancelled.
async fn due(shared: &Shared, wait: Duration) {
    let start = Instant::now();
    loop {
        let left = wait.saturating_sub(start.elapsed());
        if left.is_zero() || (start.elapsed() >= DEAF && !shared.context.queue.hears()) {
            return;
        }
        tokio::time::sleep(left.min(DEAF)).await;
    }
}

async fn renew(shared: &Shared, leases: &[Lease]) -> domain::Result<()> {
    let sent = Instant::now();
    let held: Vec<(Uuid, u32)> = leases.iter().map(|lease| (lease.execution_id, lease.attempt)).collect();
    let (worker, lease_seconds) = (shared.name.clone(), shared.context.settings.lease_seconds);
    let renewal = shared.context.database.write_soon(move |conn| execution_renew(conn, &worker, &held, lease_seconds));
    // A database that hangs must not keep this loop from giving a lease up in time.
    let first_due = leases.iter().map(|lease| time_left(shared, lease)).filter(|left| !left.is_zero()).min();
    let patience = first_due.unwrap_or(SHORTEST).clamp(SHORTEST, shared.context.settings.renew);
    let ours = match tokio::time::timeout(patience, renewal).await {
        Ok(ours) => ours?,
        Err(_) => return Err(domain::DomainError::Unavailable("the renewal took too long".into())),
    };
    shared.held.renewed(leases, &ours, sent);
    Ok(())
}

/// Until the lease must be given up: it may be another worker's then, so its child is killed and it computes no further.
fn time_left(shared: &Shared, lease: &Lease) -> Duration {
    let lease_time = Duration::from_secs(u64::from(shared.context.settings.lease_seconds));
    lease_time.saturating_sub(MARGIN).saturating_sub(lease.renewed().elapsed())
}

/// Takes back what lost workers held. After the database was away it waits for one whole lease first, since nobody
/// could renew meanwhile.
pub async fn sweep_loop(shared: Arc<Shared>, shutdown: CancellationToken) {
    let lease_time = Duration::from_secs(u64::from(shared.context.settings.lease_seconds));
    let mut not_before = Instant::now();
    loop {
        shared.pulse.beat(Loop::Sweep);
        if Instant::now() >= not_before
            && let Err(error) = sweep(&shared).await
        {
            tracing::warn!(%error, "lost leases cannot be swept now");
            not_before = Instant::now() + lease_time;
        } else if let Err(error) = shared.context.database.ping().await {
            tracing::debug!(%error, "the database does not answer");
            not_before = Instant::now() + lease_time;
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(shared.context.settings.sweep) => {}
        }
    }
}

async fn sweep(shared: &Shared) -> domain::Result<()> {
    let swept: Vec<(Swept, Vec<Uuid>)> = shared
        .context
        .database
        .write(|conn| {
            let swept = execution_sweep(conn)?;
            swept.into_iter().map(|one| Ok((one, execution_waiters(conn, one.execution_id)?))).collect()
        })
        .await?;
    for (Swept { execution_id, requeued }, job_ids) in swept {
        measuring::rescued(requeued);
        tracing::warn!(%execution_id, requeued, "a lost worker's execution was taken back");
        if requeued {
            Lane::ALL.into_iter().for_each(|lane| shared.bells.lane(lane).notify_one());
        }
        shared.announce(Signal::Changed { job_ids, finished: !requeued });
    }
    Ok(())
}

/// Stops what others cancelled. When signals were lost, a renewal finds out.
pub async fn cancel_loop(shared: Arc<Shared>, ended: CancellationToken) {
    let mut cancels = shared.context.queue.cancels();
    loop {
        let cancel = tokio::select! {
            () = ended.cancelled() => return,
            cancel = cancels.recv() => cancel,
        };
        match cancel {
            Ok(execution_id) => shared.held.stop(execution_id, StopReason::Cancelled),
            Err(RecvError::Lagged(_)) => shared.renew_now.notify_one(),
            Err(RecvError::Closed) => return,
        }
    }
}

impl Shared {
    /// Tells whoever waits. A signal that is lost costs a waiter its time, never its answer.
    pub fn announce(&self, signal: Signal) {
        self.context.queue.tell(signal);
    }
}
