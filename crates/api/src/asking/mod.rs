//! Asking workers on behalf of a request: answers are remembered by content, equal asks at once are one, and whatever
//! stands in the way is told with the time to try again.

mod remembered;

use std::time::Duration;

use bytes::Bytes;
use contract::asks::Ask;
use contract::errors::{ErrorCode, Failure};
use queue::AskError;
use sha2::{Digest, Sha256};

use crate::measuring;
use crate::problems::{ApiError, Result};
use crate::state::State;
pub use remembered::Remembered;

/// When to try again after too many asked at once.
const RETRY_BUSY: u64 = 1;

/// A tag of the answer: equal for equal content, parameters and version of the results. Good as an `ETag`.
pub fn ask_tag(ask: &Ask) -> String {
    let digest = Sha256::digest(ask.canonical());
    hex::encode(digest.get(..16).unwrap_or(&digest))
}

/// The answer as JSON text. `tag` is the ask's [`ask_tag`]. The caller has checked that the client may see the data.
pub async fn answer_to(state: &State, ask: &Ask, tag: &str) -> Result<Bytes> {
    let patience = Duration::from_secs(state.settings.http.ask_seconds);
    let mut stopping = state.stopping.clone();
    tokio::select! {
        // Also bounds the wait for an equal ask that another request has begun.
        answered = tokio::time::timeout(patience, remembered_or_asked(state, ask, tag, patience)) => match answered {
            Ok(answered) => answered,
            Err(_) => Err(refusal(ask, AskError::NoAnswer)),
        },
        _ = stopping.wait_for(|stopping| *stopping) => {
            Err(ApiError::new(ErrorCode::Unavailable, "The server is stopping. Try again in a few seconds."))
        }
    }
}

async fn remembered_or_asked(state: &State, ask: &Ask, tag: &str, patience: Duration) -> Result<Bytes> {
    let place = state.remembered.place(tag);
    if let Some(answer) = place.get() {
        measuring::asked(ask.name(), "cached");
        return Ok(answer.clone());
    }
    let asking = || async {
        let answer = state.queue.ask(ask, patience).await.map_err(|error| refusal(ask, error))?;
        measuring::asked(ask.name(), "answered");
        Ok::<Bytes, ApiError>(Bytes::from(Box::<str>::from(answer).into_string()))
    };
    let answer = place.get_or_try_init(asking).await?.clone();
    state.remembered.keep(tag, &answer);
    Ok(answer)
}

fn refusal(ask: &Ask, error: AskError) -> ApiError {
    let (outcome, refused) = match error {
        AskError::Failed(failure) => ("failed", failed(&failure)),
        AskError::NoAnswer => (
            "no_answer",
            unavailable("No worker answered in time. Try again in a few seconds, or ask for less.", "no answer"),
        ),
        AskError::NoWorker => (
            "no_answer",
            unavailable("No worker answers requests like this one right now. Try again in a few seconds.", error),
        ),
        AskError::Busy => {
            let busy = unavailable("Too many requests like this one wait for a worker. Try again in a moment.", error);
            ("busy", busy.retry_after(RETRY_BUSY))
        }
        AskError::Unreachable(cause) => {
            ("unreachable", unavailable("The workers cannot be reached right now. Try again in a few seconds.", cause))
        }
    };
    measuring::asked(ask.name(), outcome);
    refused
}

fn unavailable(detail: &str, cause: impl std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::Unavailable, detail).cause(cause)
}

/// What a worker said. A child that was lost or ran out of time may do better the next time.
fn failed(failure: &Failure) -> ApiError {
    match failure.code {
        ErrorCode::TimedOut => unavailable("This took too long. Ask for less, or try again later.", &failure.message),
        ErrorCode::Crashed | ErrorCode::Cancelled | ErrorCode::Unavailable => {
            unavailable("The worker could not finish this. Try again in a few seconds.", &failure.message)
        }
        ErrorCode::Internal | ErrorCode::NotFound => ApiError::internal(&failure.message),
        _ => ApiError::failure(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_child_is_unavailable_and_a_wrong_parameter_is_the_clients() {
        let status = |code| failed(&Failure::new(code, "x.")).problem("").status;
        for code in [ErrorCode::TimedOut, ErrorCode::Crashed, ErrorCode::Cancelled, ErrorCode::Unavailable] {
            assert_eq!(status(code), 503, "{code:?}");
        }
        assert_eq!(status(ErrorCode::InvalidParameters), 422);
        assert_eq!(status(ErrorCode::OutOfMemory), 409);
        assert_eq!(status(ErrorCode::NotFound), 500);
    }
}
