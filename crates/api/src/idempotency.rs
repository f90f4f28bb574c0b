//! `Idempotency-Key`: a POST that is sent again leads to the first job instead of a second one.

use actix_web::http::header::{HeaderMap, HeaderName};
use contract::errors::ErrorCode;
use domain::idempotency::{Replay, idempotency_begin, idempotency_finish};
use domain::{Connection, Result as DomainResult};
use uuid::Uuid;

use crate::problems::{ApiError, Result};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const MAX_KEY: usize = 255;

/// The key of one request, with what it must come back with to be the same request.
#[derive(Clone, Debug)]
pub struct Key {
    pub user_id: Uuid,
    /// Method and path.
    pub route: String,
    pub key: String,
    /// SHA-256 of what the request asks for, in hex.
    pub body_hash: String,
}

/// What the transaction of a request with a key found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Go on: this is the first.
    First,
    /// The first led to this job.
    Replayed(Uuid),
    InProgress,
    Mismatch,
}

/// The `Idempotency-Key` of a request: 1 to 255 visible ASCII characters.
pub fn key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let bytes = value.as_bytes();
    let is_valid = (1..=MAX_KEY).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(key) if is_valid => Ok(Some(key.to_owned())),
        _ => Err(ApiError::field("Idempotency-Key", "A key has 1 to 255 visible ASCII characters, without spaces.")),
    }
}

/// Claims the key within the transaction that does the work, so that a failure frees it again.
pub fn begin(connection: &mut Connection, key: Option<&Key>) -> DomainResult<Begun> {
    let Some(key) = key else { return Ok(Begun::First) };
    let replay = idempotency_begin(connection, key.user_id, &key.route, &key.key, &key.body_hash)?;
    Ok(match replay {
        Replay::New => Begun::First,
        Replay::Same { job_id, .. } => Begun::Replayed(job_id),
        Replay::InProgress => Begun::InProgress,
        Replay::Mismatch => Begun::Mismatch,
    })
}

/// Notes the job that the first request led to.
pub fn finish(connection: &mut Connection, key: Option<&Key>, job_id: Uuid) -> DomainResult<()> {
    match key {
        Some(key) => idempotency_finish(connection, key.user_id, &key.route, &key.key, job_id, None),
        None => Ok(()),
    }
}

pub fn in_progress() -> ApiError {
    let detail = "The first request with this Idempotency-Key is still running. Send it again in a moment.";
    ApiError::new(ErrorCode::IdempotencyInProgress, detail).retry_after(1)
}

pub fn mismatch() -> ApiError {
    let detail = "This Idempotency-Key was used with another request. Use a new key for a new request.";
    ApiError::new(ErrorCode::IdempotencyMismatch, detail)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn read(value: &str) -> Result<Option<String>> {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        key(&headers)
    }

    #[test]
    fn a_key_is_visible_ascii_of_bounded_length() {
        assert_eq!(key(&HeaderMap::new()).unwrap(), None);
        assert_eq!(read("a-1_~!").unwrap().as_deref(), Some("a-1_~!"));
        assert_eq!(read(&"k".repeat(255)).unwrap().map(|key| key.len()), Some(255));
        for wrong in ["", "two words", "tab\there", "schlüssel", &"k".repeat(256)] {
            let error = read(wrong).unwrap_err();
            assert_eq!(error.problem("").errors[0].pointer, "Idempotency-Key", "{wrong:?}");
        }
    }
}
