//! Answering asks: a child beside the job slots, killed when its asker has gone or waits no longer. No row, no retry.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compute::{Outcome, Task};
use contract::asks::Ask;
use contract::errors::{ErrorCode, Failure};
use queue::Answered;
use storage::StorageError;
use tokio_util::sync::CancellationToken;

use crate::outcome::internal;
use crate::scan::scan;
use crate::{Shared, measuring};

/// Answers asks until `shutdown`, then finishes those under way.
pub async fn ask_loop(shared: Arc<Shared>, shutdown: CancellationToken) {
    shared.context.asks.warm();
    let (queue, slots) = (shared.context.queue.clone(), shared.context.settings.ask_slots);
    let answer = move |ask, left| {
        let shared = Arc::clone(&shared);
        async move { answer(&shared, ask, left).await }
    };
    queue.answer(slots, answer, shutdown).await;
}

async fn answer(shared: &Shared, ask: Ask, left: Duration) -> Answered {
    let (name, start) = (ask.name(), Instant::now());
    let file = shared.context.storage.local_copy(&ask.file().storage_key).await.map_err(|error| unreadable(&error))?;
    if let Ask::ParsePreview(asked) = &ask {
        scan_first(shared, &asked.file.storage_key, file.path(), left).await?;
    }
    let (_, scratch) = shared.context.storage.folders();
    let task = Task::Ask { ask, file: file.path().to_owned(), scratch: scratch.to_owned() };
    let answered = shared.context.asks.run(task, left, shared.asks_stop.clone(), |_| {}).await;
    measuring::asked(name, start.elapsed());
    tracing::debug!(
        ask = name,
        milliseconds = start.elapsed().as_millis(),
        ok = answered.is_ok(),
        "an ask was answered"
    );
    match answered? {
        Outcome::Answer(answer) => Ok(answer),
        _ => Err(internal()),
    }
}

/// An uploaded file is scanned before a look into it, as before it is read as a whole.
async fn scan_first(shared: &Shared, key: &str, path: &Path, left: Duration) -> Result<(), Failure> {
    let Some(address) = shared.context.settings.clamav_addr.as_deref() else { return Ok(()) };
    if shared.clean.holds(key) {
        return Ok(());
    }
    let slow = || {
        Failure::new(ErrorCode::Unavailable, "The malware scan of this file takes longer than a preview may.")
            .advice("Have the file read as a whole: that job waits for its scan.")
    };
    tokio::time::timeout(left, scan(address, path)).await.map_err(|_| slow())??;
    shared.clean.add(key);
    Ok(())
}

fn unreadable(error: &StorageError) -> Failure {
    match error {
        StorageError::NotFound => Failure::new(ErrorCode::NotFound, "The stored file of this dataset is missing."),
        _ => {
            tracing::warn!(%error, "storage failed an ask");
            Failure::new(ErrorCode::Unavailable, "The server's storage could not be reached.")
        }
    }
}
