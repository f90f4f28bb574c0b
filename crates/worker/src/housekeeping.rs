//! What is done now and then: old jobs and keys go, and so do stored bytes that no row names.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use domain::audit::{Event, audit_record};
use domain::datasets::{Purged, dataset_purge, datasets_due_for_purge, storage_keys_named};
use domain::idempotency::idempotency_prune;
use domain::jobs::jobs_prune;
use domain::sessions::sessions_prune;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Shared;

/// The first round waits, so that a start is not slowed down.
const FIRST: Duration = Duration::from_secs(60);
const INTERVAL: Duration = Duration::from_secs(600);
/// Rows removed in one transaction, so that no writer waits long.
const BATCH: u32 = 500;
const PAUSE: Duration = Duration::from_millis(50);
/// An idempotency key answers for a day.
const KEY_HOURS: u64 = 24;
/// Sessions that ended stay visible in logs of the last month.
const SESSION_DAYS: u64 = 30;
/// Bytes get this long to be named by a row.
const ORPHAN_AGE: Duration = Duration::from_secs(3600);
const DAY_SECONDS: u64 = 24 * 3600;

pub async fn housekeeping_loop(shared: Arc<Shared>, shutdown: CancellationToken) {
    let mut wait = FIRST;
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
        wait = INTERVAL;
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = round(&shared) => {}
        }
    }
}

async fn round(shared: &Shared) {
    if let Err(error) = prune(shared).await {
        tracing::warn!(%error, "old jobs and keys were not removed");
    }
    if let Err(error) = empty_bin(shared).await {
        tracing::warn!(%error, "the bin was not emptied");
    }
    match sweep_storage(shared).await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "stored files without a row were removed"),
        Err(error) => tracing::warn!(error, "storage was not swept"),
    }
    let age = Duration::from_secs(shared.context.settings.infected_days * DAY_SECONDS);
    match shared.context.storage.remove_infected(age).await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "infected files were removed, their time was over"),
        Err(error) => tracing::warn!(%error, "old infected files were not removed"),
    }
}

async fn prune(shared: &Shared) -> domain::Result<()> {
    let (database, days) = (&shared.context.database, shared.context.settings.retention_days);
    loop {
        let removed = database.write(move |conn| jobs_prune(conn, days, BATCH)).await?;
        if removed < BATCH as usize {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    database.write(|conn| idempotency_prune(conn, KEY_HOURS)).await?;
    database.write(|conn| sessions_prune(conn, SESSION_DAYS, BATCH)).await?;
    Ok(())
}

/// Datasets that lay in the bin long enough, or that were deleted for good while something read them.
async fn empty_bin(shared: &Shared) -> domain::Result<()> {
    let (database, days) = (&shared.context.database, shared.context.settings.trash_days);
    let due = database.read(move |conn| datasets_due_for_purge(conn, days, BATCH)).await?;
    for id in due {
        let purged = database.write(move |conn| {
            let purged = dataset_purge(conn, id, days)?;
            if matches!(purged, Purged::Gone(_)) {
                audit_record(conn, &purge_event(id))?;
            }
            Ok(purged)
        });
        if let Purged::Gone(keys) = purged.await? {
            tracing::info!(dataset_id = %id, files = keys.len(), "a deleted dataset is gone");
            for key in keys {
                if let Err(error) = shared.context.storage.delete(&key).await {
                    tracing::warn!(key, %error, "a file of a deleted dataset is left to the sweep");
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Nobody asked for this at this moment: there is neither actor nor request.
fn purge_event(id: Uuid) -> Event<'static> {
    Event {
        actor: None,
        action: "dataset.purge",
        target: Some(id.to_string()),
        address: String::new(),
        request_id: String::new(),
        outcome: "ok",
        detail: serde_json::json!({}),
    }
}

async fn sweep_storage(shared: &Shared) -> Result<usize, String> {
    let storage = &shared.context.storage;
    let old = storage.list_older_than(ORPHAN_AGE).await.map_err(|error| error.to_string())?;
    let asked = old.clone();
    let named = shared.context.database.read(move |conn| storage_keys_named(conn, &asked)).await;
    let named: HashSet<String> = named.map_err(|error| error.to_string())?.into_iter().collect();
    let orphans: HashSet<String> = old.into_iter().filter(|key| !named.contains(key)).collect();
    storage.sweep(ORPHAN_AGE, |key| !orphans.contains(key)).await.map_err(|error| error.to_string())
}
