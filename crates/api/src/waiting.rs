//! Waiting for a job to finish: `Prefer: wait=N` and `?wait=N`.

use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName};
use contract::jobs::Job;
use domain::{Connection, jobs};
use futures_util::future::{Either, select};
use tokio::time::Instant;
use uuid::Uuid;

use crate::problems::{ApiError, Result};
use crate::state::State;

/// The longest wait that one request may ask for.
pub const MAX_WAIT_SECONDS: u32 = 30;
/// Wake-ups may be lost, the row may not: so the row is read again this often.
const SAFETY_NET: Duration = Duration::from_secs(5);
/// A new job's row is read after this at the latest.
const FIRST_LOOK: Duration = Duration::from_millis(20);
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What the client prefers (RFC 7240).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefer {
    /// How long to wait for the result, at most 30.
    pub seconds: u32,
}

impl Prefer {
    /// Reads `Prefer: wait=N`; a preference that cannot be read is no preference.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(PREFER).filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).find_map(|preference| {
            let (name, value) = preference.split(';').next()?.split_once('=')?;
            if !name.trim().eq_ignore_ascii_case("wait") {
                return None;
            }
            let seconds: u32 = value.trim().trim_matches('"').parse().ok()?;
            Some(Self { seconds: seconds.min(MAX_WAIT_SECONDS) })
        })
    }
}

/// The `wait` of a query string: 0 to 30 seconds.
pub fn wait_seconds(given: Option<u32>) -> Result<u32> {
    match given {
        Some(seconds) if seconds > MAX_WAIT_SECONDS => Err(ApiError::field(
            "wait",
            format!("{seconds} is more than {MAX_WAIT_SECONDS}, the most to wait at once."),
        )),
        given => Ok(given.unwrap_or(0)),
    }
}

/// The user's job as soon as it has finished, or as it is after `seconds` or when the server stops.
pub async fn wait_for_job(state: &State, user_id: Uuid, job_id: Uuid, seconds: u32) -> Result<Job> {
    wait(state, user_id, job_id, Duration::from_secs(u64::from(seconds)), jobs::job_fetch).await
}

/// As [`wait_for_job`] for a job that was submitted just now, with the result once it has succeeded. The row needs no
/// look before there is news; should the news have come before this listened, the first look is soon.
pub async fn wait_for_result(state: &State, user_id: Uuid, job_id: Uuid, seconds: u32) -> Result<Job> {
    let whole = Duration::from_secs(u64::from(seconds));
    let first = whole.min(FIRST_LOOK);
    let start = Instant::now();
    state.queue.waiter(job_id).wait(first).await;
    wait(state, user_id, job_id, whole.saturating_sub(start.elapsed()), jobs::job_with_result).await
}

type Fetch = fn(&mut Connection, Uuid, Uuid) -> domain::Result<Job>;

async fn wait(state: &State, user_id: Uuid, job_id: Uuid, whole: Duration, fetch: Fetch) -> Result<Job> {
    let end = Instant::now() + whole;
    loop {
        // Made before the row is read, so that an end in between wakes it.
        let waiter = state.queue.waiter(job_id);
        let job = state.database.read(move |connection| fetch(connection, user_id, job_id)).await?;
        let left = end.saturating_duration_since(Instant::now());
        if job.status.is_final() || left.is_zero() || *state.stopping.borrow() {
            return Ok(job);
        }
        let mut stopping = state.stopping.clone();
        let stopped = std::pin::pin!(stopping.wait_for(|stopping| *stopping));
        let woken = std::pin::pin!(waiter.wait(left.min(SAFETY_NET)));
        if let Either::Right(_) = select(woken, stopped).await {
            return Ok(job);
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn prefer(lines: &[&str]) -> Option<u32> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(PREFER, HeaderValue::from_str(line).unwrap());
        }
        Prefer::read(&headers).map(|prefer| prefer.seconds)
    }

    #[test]
    fn a_wait_is_read_wherever_it_stands() {
        assert_eq!(prefer(&["wait=5"]), Some(5));
        assert_eq!(prefer(&["respond-async, wait=10"]), Some(10));
        assert_eq!(prefer(&["return=minimal", "Wait = \"7\"; foo=bar"]), Some(7));
        assert_eq!(prefer(&["wait=0"]), Some(0));
    }

    #[test]
    fn a_long_wait_is_cut_and_a_strange_one_ignored() {
        assert_eq!(prefer(&["wait=31"]), Some(30));
        assert_eq!(prefer(&["wait=4000000000"]), Some(30));
        for line in ["", "wait", "wait=", "wait=-1", "wait=soon", "waiting=5", "wait=99999999999"] {
            assert_eq!(prefer(&[line]), None, "{line:?}");
        }
    }

    #[test]
    fn a_wait_in_the_query_is_bounded() {
        assert_eq!(wait_seconds(None).unwrap(), 0);
        assert_eq!(wait_seconds(Some(30)).unwrap(), 30);
        assert!(wait_seconds(Some(31)).is_err());
    }
}
