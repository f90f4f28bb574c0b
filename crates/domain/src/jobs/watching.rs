//! Jobs for whoever watches them: many at once, those that changed lately, and how long the work of a lane takes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use contract::jobs::{Job, JobStatus, Lane};
use diesel::prelude::*;
use uuid::Uuid;

use super::reading::{JobRow, StoredExecution, StoredJob, view};
use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::rows::{now, parse_id};
use crate::schema::{executions, jobs};

/// Of a user's jobs, only so many of the newest are looked through for those in flight.
const NEWEST: i64 = 500;
/// At most so many jobs that ended since a moment are told.
const ENDED: i64 = 1_000;
/// The work of a lane is judged by so many of its latest executions, of the last hour.
const SAMPLE: i64 = 31;

/// Those of the jobs that are the user's, in the order of the ids, each once. Others are left out.
pub fn jobs_fetch(conn: &mut AnyConnection, user_id: Uuid, ids: &[Uuid]) -> Result<Vec<Job>> {
    let mut found: HashMap<Uuid, Job> =
        owned(conn, ids, &[user_id])?.into_iter().map(|(_, job)| (job.id, job)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The jobs of these ids that belong to one of the users, each with its owner, in no order.
pub fn jobs_with_owners(conn: &mut AnyConnection, ids: &[Uuid], users: &[Uuid]) -> Result<Vec<(Uuid, Job)>> {
    owned(conn, ids, users)
}

fn owned(conn: &mut AnyConnection, ids: &[Uuid], users: &[Uuid]) -> Result<Vec<(Uuid, Job)>> {
    let rows: Vec<(String, JobRow)> = jobs::table
        .inner_join(executions::table)
        .filter(jobs::id.eq_any(texts(ids)))
        .filter(jobs::user_id.eq_any(texts(users)))
        .select((jobs::user_id, (StoredJob::as_select(), StoredExecution::as_select())))
        .load(conn)?;
    rows.into_iter().map(with_owner).collect()
}

/// The user's jobs in flight, and those that began, ended or were cancelled since; oldest first. Only the newest 500
/// jobs are looked through for those in flight, and at most 1,000 that ended are told.
pub fn jobs_since(conn: &mut AnyConnection, user_id: Uuid, since: Option<DateTime<Utc>>) -> Result<Vec<Job>> {
    let since = since.map(|time| time.naive_utc());
    let newest: Vec<JobRow> = jobs::table
        .inner_join(executions::table)
        .filter(jobs::user_id.eq(user_id.to_string()))
        .order((jobs::created_at.desc(), jobs::id.desc()))
        .limit(NEWEST)
        .select((StoredJob::as_select(), StoredExecution::as_select()))
        .load(conn)?;
    let newest: Vec<Job> = newest.into_iter().map(view).collect::<Result<_>>()?;
    let mut told: Vec<Job> = newest.into_iter().filter(|job| !job.status.is_final() || touched(job, since)).collect();
    if let Some(since) = since {
        let known: HashSet<Uuid> = told.iter().map(|job| job.id).collect();
        let ended = ended_since(conn, &[user_id], since)?;
        told.extend(ended.into_iter().map(|(_, job)| job).filter(|job| !known.contains(&job.id)));
    }
    told.sort_by_key(|job| (job.created_at, job.id));
    Ok(told)
}

fn touched(job: &Job, since: Option<NaiveDateTime>) -> bool {
    let Some(since) = since else { return false };
    let times = [Some(job.created_at), job.started_at, job.finished_at];
    times.into_iter().flatten().any(|time| time.naive_utc() >= since)
}

/// The jobs of these users that ended or were cancelled since, with their owners; at most 1,000 of each.
pub fn jobs_ended_since(conn: &mut AnyConnection, users: &[Uuid], since: DateTime<Utc>) -> Result<Vec<(Uuid, Job)>> {
    ended_since(conn, users, since.naive_utc())
}

fn ended_since(conn: &mut AnyConnection, users: &[Uuid], since: NaiveDateTime) -> Result<Vec<(Uuid, Job)>> {
    let users = texts(users);
    let finished: Vec<(String, JobRow)> = jobs::table
        .inner_join(executions::table)
        .filter(executions::finished_at.ge(since))
        .filter(jobs::user_id.eq_any(&users))
        .order(executions::finished_at.desc())
        .limit(ENDED)
        .select((jobs::user_id, (StoredJob::as_select(), StoredExecution::as_select())))
        .load(conn)?;
    let cancelled: Vec<(String, JobRow)> = jobs::table
        .inner_join(executions::table)
        .filter(jobs::cancelled_at.ge(since))
        .filter(jobs::user_id.eq_any(&users))
        .order(jobs::cancelled_at.desc())
        .limit(ENDED)
        .select((jobs::user_id, (StoredJob::as_select(), StoredExecution::as_select())))
        .load(conn)?;
    let mut seen = HashSet::new();
    let rows = finished.into_iter().chain(cancelled).map(with_owner);
    rows.filter(|row| row.as_ref().map_or(true, |(_, job)| seen.insert(job.id))).collect()
}

/// The median time that the latest work of a lane took, in seconds; `None` when none ended within the hour.
pub fn lane_run_seconds(conn: &mut AnyConnection, lane: Lane) -> Result<Option<f64>> {
    let latest: Vec<(Option<NaiveDateTime>, Option<NaiveDateTime>)> = executions::table
        .filter(executions::finished_at.ge(now() - TimeDelta::hours(1)))
        .filter(executions::lane.eq(lane.as_str()))
        .filter(executions::status.eq(JobStatus::Succeeded.as_str()))
        .filter(executions::attempt.gt(0))
        .order(executions::finished_at.desc())
        .limit(SAMPLE)
        .select((executions::started_at, executions::finished_at))
        .load(conn)?;
    let took = |(started, finished): (Option<NaiveDateTime>, Option<NaiveDateTime>)| {
        Some((finished? - started?).as_seconds_f64().max(0.0))
    };
    let mut seconds: Vec<f64> = latest.into_iter().filter_map(took).collect();
    seconds.sort_by(f64::total_cmp);
    Ok(seconds.get(seconds.len() / 2).copied())
}

fn with_owner((user_id, row): (String, JobRow)) -> Result<(Uuid, Job)> {
    Ok((parse_id(&user_id)?, view(row)?))
}

fn texts(ids: &[Uuid]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
