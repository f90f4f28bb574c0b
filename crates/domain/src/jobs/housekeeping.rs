//! Around the queue: who waits for an execution, what is due, how long the queue is, and the end of old rows.

use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};
use contract::jobs::Lane;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use uuid::Uuid;

use crate::dialect::{AnyConnection, statement};
use crate::errors::Result;
use crate::rows::{now, parse_id, parse_word, to_u64};
use crate::schema::{executions, jobs};

/// The jobs that wait for an execution or were answered by it, oldest first; cancelled ones have left.
pub fn execution_waiters(conn: &mut AnyConnection, id: Uuid) -> Result<Vec<Uuid>> {
    waiters(conn, &id.to_string())
}

pub(super) fn waiters(conn: &mut AnyConnection, id: &str) -> Result<Vec<Uuid>> {
    let ids: Vec<String> = jobs::table
        .filter(jobs::execution_id.eq(id))
        .filter(jobs::cancelled_at.is_null())
        .order((jobs::created_at, jobs::id))
        .select(jobs::id)
        .load(conn)?;
    ids.iter().map(|id| parse_id(id)).collect()
}

/// As [`execution_waiters`] for several executions in one question; those whom nobody waits for are left out.
pub(super) fn waiters_of(conn: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Vec<Uuid>>> {
    let mut waiting: HashMap<String, Vec<Uuid>> = HashMap::new();
    if ids.is_empty() {
        return Ok(waiting);
    }
    // Plain text rather than the query builder's list, so that the statement is prepared once for each length.
    let list = vec!["?"; ids.len()].join(", ");
    let query = format!(
        "SELECT execution_id, id FROM jobs WHERE execution_id IN ({list}) AND cancelled_at IS NULL
         ORDER BY execution_id, created_at, id"
    );
    let rows: Vec<WaitingJob> = ids.iter().fold(statement(conn, &query), |query, id| query.text(id)).load(conn)?;
    for row in rows {
        waiting.entry(row.execution_id).or_default().push(parse_id(&row.id)?);
    }
    Ok(waiting)
}

#[derive(QueryableByName)]
struct WaitingJob {
    #[diesel(sql_type = Text)]
    execution_id: String,
    #[diesel(sql_type = Text)]
    id: String,
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Text)]
    id: String,
}

/// Executions that a worker could start now, at most `limit` of each lane, to ring for them again; in no order that
/// matters, since a bell only wakes a worker that then claims the best.
pub fn execution_ids_due(conn: &mut AnyConnection, limit: u32) -> Result<Vec<(Uuid, Lane)>> {
    const DUE: &str = "SELECT id FROM executions WHERE status = 'queued' AND lane = ?
                         AND (not_before IS NULL OR not_before <= {now}) ORDER BY priority DESC LIMIT ?";
    let mut due = Vec::new();
    for lane in Lane::ALL {
        let found: Vec<Due> = statement(conn, DUE).text(lane.as_str()).big(i64::from(limit)).load(conn)?;
        for row in found {
            due.push((parse_id(&row.id)?, lane));
        }
    }
    Ok(due)
}

#[derive(QueryableByName)]
struct Depth {
    #[diesel(sql_type = Text)]
    lane: String,
    #[diesel(sql_type = BigInt)]
    depth: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    oldest: Option<NaiveDateTime>,
}

/// For every lane, how many executions are queued and the age of the oldest in seconds.
pub fn queue_depth(conn: &mut AnyConnection) -> Result<Vec<(Lane, u64, Option<f64>)>> {
    const DEPTH: &str = "SELECT lane, count(*) AS depth, min(created_at) AS oldest FROM executions
                         WHERE status = 'queued' GROUP BY lane";
    let found: Vec<Depth> = statement(conn, DEPTH).load(conn)?;
    let mut lanes: Vec<(Lane, u64, Option<f64>)> = Lane::ALL.into_iter().map(|lane| (lane, 0, None)).collect();
    for row in found {
        let lane: Lane = parse_word(&row.lane, Lane::parse)?;
        let age = row.oldest.map(|oldest| (now() - oldest).as_seconds_f64().max(0.0));
        if let Some(entry) = lanes.iter_mut().find(|entry| entry.0 == lane) {
            *entry = (lane, to_u64(row.depth), age);
        }
    }
    Ok(lanes)
}

/// Deletes at most `batch` jobs that ended more than so many days ago, and at most as many executions, with their
/// results, that no job names any more; answers how many jobs went. Queued and running ones never go.
pub fn jobs_prune(conn: &mut AnyConnection, older_than_days: u64, batch: u32) -> Result<usize> {
    let days = i64::try_from(older_than_days.min(36_500)).unwrap_or(36_500);
    let before = now() - TimeDelta::days(days);
    let batch = i64::from(batch);
    let mut old: Vec<String> = executions::table
        .inner_join(jobs::table)
        .filter(executions::finished_at.lt(before))
        .filter(jobs::created_at.lt(before))
        .select(jobs::id)
        .limit(batch)
        .load(conn)?;
    let left: Vec<String> =
        jobs::table.filter(jobs::cancelled_at.lt(before)).select(jobs::id).limit(batch).load(conn)?;
    old.extend(left);
    old.truncate(usize::try_from(batch).unwrap_or(usize::MAX));
    let gone = diesel::delete(jobs::table.filter(jobs::id.eq_any(old))).execute(conn)?;
    let named = jobs::table.filter(jobs::execution_id.eq(executions::id));
    let deserted: Vec<String> = executions::table
        .filter(executions::finished_at.lt(before))
        .filter(not(exists(named)))
        .select(executions::id)
        .limit(batch)
        .load(conn)?;
    diesel::delete(executions::table.filter(executions::id.eq_any(deserted))).execute(conn)?;
    Ok(gone)
}
