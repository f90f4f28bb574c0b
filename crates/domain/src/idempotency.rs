//! Idempotency keys: a repeated request gets the first one's job instead of a second one.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use uuid::Uuid;

use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::rows::{now, parse_id};
use crate::schema::idempotency_keys as keys;

/// A request that has not ended after this long died with its process; its key is free again.
const ABANDONED: TimeDelta = TimeDelta::hours(1);
/// The longest key that is taken.
pub const MAX_KEY_BYTES: usize = 255;

/// What a key says about the request that brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// It is the first: go on, then call [`idempotency_finish`] or [`idempotency_forget`].
    New,
    /// The same request was answered already.
    Same { job_id: Uuid, response: Option<String> },
    /// The same request is still running.
    InProgress,
    /// The key was used with another body.
    Mismatch,
}

/// Claims the key for this user and route. Of two who claim it at once one gets `New`. In one transaction with the
/// work itself nothing needs to be forgotten when that fails.
pub fn idempotency_begin(
    conn: &mut AnyConnection,
    user_id: Uuid,
    route: &str,
    key: &str,
    body_hash: &str,
) -> Result<Replay> {
    if key.is_empty() || key.len() > MAX_KEY_BYTES || key.contains(|c: char| c.is_control()) {
        let detail = format!("Give a key of 1 to {MAX_KEY_BYTES} printable characters, for example a UUID.");
        return Err(DomainError::invalid("Idempotency-Key", detail));
    }
    let user = user_id.to_string();
    let now = now();
    let insert = "INSERT INTO idempotency_keys (user_id, route, idempotency_key, body_hash, created_at)
                  VALUES (?, ?, ?, ?, ?) {or_skip}";
    let insert = statement(conn, insert).text(&user).text(route).text(key).text(body_hash).time(now);
    if insert.execute(conn)? == 1 {
        return Ok(Replay::New);
    }
    let row = keys::table.find((&user, route, key)).select((keys::body_hash, keys::job_id, keys::response));
    let found: Option<(String, Option<String>, Option<String>)> = row.first(conn).optional()?;
    // Gone in the moment between: the first request failed just now.
    let Some((first_hash, job_id, response)) = found else { return Ok(Replay::InProgress) };
    if first_hash != body_hash {
        return Ok(Replay::Mismatch);
    }
    match job_id {
        Some(job_id) => Ok(Replay::Same { job_id: parse_id(&job_id)?, response }),
        None if take_over(conn, &user, route, key, now)? => Ok(Replay::New),
        None => Ok(Replay::InProgress),
    }
}

fn take_over(conn: &mut AnyConnection, user: &str, route: &str, key: &str, now: NaiveDateTime) -> Result<bool> {
    let abandoned = keys::table
        .find((user, route, key))
        .filter(keys::job_id.is_null())
        .filter(keys::created_at.lt(now - ABANDONED));
    Ok(diesel::update(abandoned).set(keys::created_at.eq(now)).execute(conn)? == 1)
}

/// Notes what the first request led to, for those that repeat it.
pub fn idempotency_finish(
    conn: &mut AnyConnection,
    user_id: Uuid,
    route: &str,
    key: &str,
    job_id: Uuid,
    response: Option<&str>,
) -> Result<()> {
    let row = keys::table.find((user_id.to_string(), route, key));
    let changed =
        diesel::update(row).set((keys::job_id.eq(job_id.to_string()), keys::response.eq(response))).execute(conn)?;
    if changed == 0 { Err(DomainError::NotFound) } else { Ok(()) }
}

/// Frees the key of a request that failed, so that it can be tried again.
pub fn idempotency_forget(conn: &mut AnyConnection, user_id: Uuid, route: &str, key: &str) -> Result<()> {
    let row = keys::table.find((user_id.to_string(), route, key)).filter(keys::job_id.is_null());
    diesel::delete(row).execute(conn)?;
    Ok(())
}

/// Deletes keys older than so many hours; answers how many.
pub fn idempotency_prune(conn: &mut AnyConnection, hours: u64) -> Result<usize> {
    let before = now() - TimeDelta::hours(i64::try_from(hours.min(87_600)).unwrap_or(87_600));
    Ok(diesel::delete(keys::table.filter(keys::created_at.lt(before))).execute(conn)?)
}
