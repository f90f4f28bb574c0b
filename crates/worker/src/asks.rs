//! Answering asks: a child beside the job slots, killed when its asker has gone or waits no longer. No row, no retry.

use std::sync::Arc;
use std::time::{Duration, Instant};

use compute::{Outcome, Task};
use contract::asks::Ask;
use contract::errors::{ErrorCode, Failure};
use queue::Answered;
use storage::StorageError;
use tokio_util::sync::CancellationToken;

use crate::outcome::internal;
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

fn unreadable(error: &StorageError) -> Failure {
    match error {
        StorageError::NotFound => Failure::new(ErrorCode::NotFound, "The stored file of this dataset is missing."),
        _ => {
            tracing::warn!(%error, "storage failed an ask");
            Failure::new(ErrorCode::Unavailable, "The server's storage could not be reached.")
        }
    }
}
