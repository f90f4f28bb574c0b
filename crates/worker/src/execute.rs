//! One execution from claim to finish: compute while the lease is renewed, then one conditional write, then the signal.

use std::sync::Arc;

use contract::jobs::Progress;
use domain::jobs::{Claim, Ending};
use queue::Signal;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tracing::Instrument;

use crate::held::{Lease, StopReason};
use crate::outcome::Finished;
use crate::progress::report_loop;
use crate::work::work;
use crate::{Shared, backoff, ledger, measuring};

/// Executes a claim and writes how it ended, unless it was taken away meanwhile. The slot is free again as soon as the work
/// is done: the next one computes while the disk takes this one's ending.
pub async fn execute(shared: Arc<Shared>, claim: Claim, lease: Lease, slot: OwnedSemaphorePermit) {
    let span = tracing::info_span!(
        "job",
        execution_id = %claim.execution_id,
        job_id = claim.job_ids.first().map(tracing::field::display),
        kind = claim.spec.kind(),
        attempt = claim.attempt,
        request_id = claim.request_id,
    );
    run(&shared, claim, lease, slot).instrument(span).await;
}

async fn run(shared: &Shared, claim: Claim, lease: Lease, slot: OwnedSemaphorePermit) {
    let start = std::time::Instant::now();
    measuring::started(&claim);
    let (progress, latest) = watch::channel(Progress::default());
    let on_progress = move |now: Progress| {
        progress.send_replace(now);
    };
    let finished = tokio::select! {
        finished = work(shared, &claim, lease.stop.clone(), on_progress) => finished,
        () = report_loop(shared, &lease, &claim.job_ids, latest) => return,
    };
    // While the database is away no more endings gather than it takes in a few commits.
    let _ending = shared.endings.acquire().await;
    drop(slot);
    measuring::ran(claim.spec.kind(), start.elapsed());
    let milliseconds = start.elapsed().as_millis();
    match lease.stop_reason() {
        Some(reason @ (StopReason::Cancelled | StopReason::LeaseLost)) => {
            tracing::info!(?reason, milliseconds, "the job was stopped");
            if reason == StopReason::LeaseLost && finished.is_done() {
                measuring::fenced();
            }
            discard(shared, finished.stored_key()).await;
        }
        Some(StopReason::Shutdown | StopReason::DatabaseAway) if matches!(finished, Finished::Failed(_)) => {
            finish(shared, &lease, Ending::Requeue { delay_ms: 0, charge: false }, None).await;
        }
        _ => {
            match &finished {
                Finished::Failed(failure) => tracing::info!(code = ?failure.code, milliseconds, "the job failed"),
                Finished::TryAgain(_) => tracing::warn!(milliseconds, "the job is tried again later"),
                _ => tracing::info!(milliseconds, "the job is done"),
            }
            let key = finished.stored_key().map(str::to_owned);
            let infected = finished.infected_key().map(str::to_owned);
            let ledger = finished.ledger().cloned();
            let written = finish(shared, &lease, finished.into_ending(claim.attempt, claim.crashes), key).await;
            if let (true, Some(infected)) = (written, infected) {
                set_aside(shared, &infected).await;
            }
            if let (true, Some(ledger)) = (written, ledger) {
                ledger::enter(ledger, claim.execution_id, claim.attempt).await;
            }
        }
    }
}

/// Writes the ending for as long as the lease holds, then tells who waits. `stored` is removed when the write is
/// refused; not after an unclear error, since a commit whose answer was lost may name it. The sweep of storage decides.
/// True: this call wrote it.
async fn finish(shared: &Shared, lease: &Lease, ending: Ending, stored: Option<String>) -> bool {
    let ending = Arc::new(ending);
    let mut tries = 0;
    loop {
        tries += 1;
        match shared.finisher.finish(lease.execution_id, lease.attempt, Arc::clone(&ending), tries > 1).await {
            Ok(Some(job_ids)) => {
                let finished =
                    matches!(*ending, Ending::Succeeded { .. } | Ending::Appended { .. } | Ending::Failed(_));
                shared.announce(Signal::Changed { job_ids, finished });
                return true;
            }
            Ok(None) => {
                measuring::fenced();
                tracing::info!("the ending was refused: the execution was cancelled or is another worker's");
                if tries == 1 {
                    discard(shared, stored.as_deref()).await;
                }
                return false;
            }
            Err(error) => tracing::warn!(%error, tries, "the ending could not be written"),
        }
        tokio::select! {
            () = lease.lost() => return false,
            () = tokio::time::sleep(backoff::delay(tries).min(std::time::Duration::from_secs(2))) => {}
        }
    }
}

/// Takes an infected file away from the uploads. Where that fails it stays there, and its dataset's error keeps everybody
/// from reading it.
async fn set_aside(shared: &Shared, key: &str) {
    let (storage, days) = (&shared.context.storage, shared.context.settings.infected_days);
    let done = match days {
        0 => storage.delete(key).await.map(|()| None),
        _ => storage.set_aside(key).await.map(Some),
    };
    match done {
        Ok(None) => tracing::warn!(key, "an infected file was removed"),
        Ok(Some(kept_as)) => tracing::warn!(key, kept_as, days, "an infected file was set aside"),
        Err(error) => tracing::error!(key, %error, "an infected file could not be set aside; nothing reads it"),
    }
}

async fn discard(shared: &Shared, stored: Option<&str>) {
    let Some(key) = stored else { return };
    if let Err(error) = shared.context.storage.delete(key).await {
        tracing::warn!(key, %error, "a file that nobody names stays until the sweep");
    }
}
