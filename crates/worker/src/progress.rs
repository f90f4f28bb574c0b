//! Progress of one execution into its row: at most two writes a second, and none for jobs that are done sooner.

use std::time::Duration;

use contract::jobs::Progress;
use domain::jobs::execution_progress;
use queue::Signal;
use tokio::sync::watch;
use uuid::Uuid;

use crate::Shared;
use crate::held::{Lease, StopReason};

const INTERVAL: Duration = Duration::from_millis(500);
/// A job that takes less than this needs no progress, and no write for it.
const FIRST: Duration = Duration::from_millis(250);

/// Writes the latest progress until it is dropped. A refused write means that the execution is not ours any more.
pub async fn report_loop(shared: &Shared, lease: &Lease, job_ids: &[Uuid], mut latest: watch::Receiver<Progress>) {
    tokio::time::sleep(FIRST).await;
    while latest.changed().await.is_ok() {
        let progress = latest.borrow_and_update().clone();
        let (id, attempt, worker) = (lease.execution_id, lease.attempt, shared.name.clone());
        let written = shared
            .context
            .database
            .write_soon(move |conn| execution_progress(conn, id, attempt, &worker, &progress))
            .await;
        match written {
            Ok(true) => shared.announce(Signal::Changed { job_ids: job_ids.to_vec(), finished: false }),
            Ok(false) => lease.stop(StopReason::LeaseLost),
            Err(error) => tracing::debug!(%error, "progress was not written"),
        }
        tokio::time::sleep(INTERVAL).await;
    }
    // The sender is gone with the work, which ends this loop from outside.
    std::future::pending::<()>().await;
}
