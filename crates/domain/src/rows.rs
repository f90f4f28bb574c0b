//! Between a row and a value: ids, times, numbers, words and JSON.

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::errors::{DomainError, Result};

/// A new UUIDv7: sortable by the time it was made.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Now in UTC, to the microsecond, which is what both databases keep.
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// How many seconds ago that was; a clock that was set back makes nothing younger than 0.
pub fn age_of(time: NaiveDateTime) -> f64 {
    (now() - time).as_seconds_f64().max(0.0)
}

pub const fn utc(time: NaiveDateTime) -> DateTime<Utc> {
    time.and_utc()
}

pub fn parse_id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(DomainError::internal)
}

/// Reads a word that a CHECK constraint keeps within its list.
pub fn parse_word<T>(text: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
    parse(text).ok_or_else(|| DomainError::internal(format!("the database holds the unknown word {text:?}")))
}

pub fn to_json(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    Ok(serde_json::from_str(text)?)
}

/// A count as the databases keep it; beyond their range is the largest they know.
pub fn to_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub fn to_i32(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A count from a row; counts are never negative there.
pub fn to_u64(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

pub fn to_u32(count: i32) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

/// Text cut to a number of bytes at a character boundary, for values that strangers send.
/// NUL goes too: PostgreSQL has no text that holds one.
pub fn clip(text: &str, bytes: usize) -> String {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].replace('\0', "")
}
