//! Claiming: a free slot takes the best queued execution under a lease on the database's clock, renews it and reports.

use std::cmp::Reverse;

use chrono::NaiveDateTime;
use contract::errors::{ErrorCode, Failure};
use contract::jobs::{JobSpec, Lane, Progress};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamp};
use uuid::Uuid;

use super::finishing::end_as_failed;
use crate::datasets::{VersionRef, version_ref_by_id};
use crate::dialect::{AnyConnection, statement};
use crate::errors::Result;
use crate::rows::{clip, from_json, now, parse_id, to_i32, to_i64, to_u32};

/// Work that a worker now holds the lease of. `execution_id`, `attempt` and the worker's name together fence it: once any
/// of them differs in the row, every further write of this worker is refused.
#[derive(Clone, Debug)]
pub struct Claim {
    pub execution_id: Uuid,
    /// Counted from 1.
    pub attempt: u32,
    pub spec: JobSpec,
    pub lane: Lane,
    pub version: Option<VersionRef>,
    /// The jobs that wait for it.
    pub job_ids: Vec<Uuid>,
    pub request_id: String,
    /// How often a worker or a child was lost while running it.
    pub crashes: u32,
}

/// So many priorities are looked at when everybody at the higher ones runs as much as they may.
const PRIORITIES: usize = 8;

/// The users whose executions wait at the highest priority (below a given one) of a lane, those with the fewest running ones first, then the
/// one who waits longest. The recursion steps from user to user along the index `executions_queued`, so its cost grows
/// with the number of users who wait and not with the number of rows.
pub(super) const RANKING: &str = "
    WITH RECURSIVE waiting (priority, user_id) AS (
        SELECT first.priority, first.user_id FROM (
            SELECT q.priority, q.user_id FROM executions q
            WHERE q.status = 'queued' AND q.lane = ? AND q.priority < ?
              AND (q.not_before IS NULL OR q.not_before <= {now})
            ORDER BY q.priority DESC, q.user_id LIMIT 1
        ) first
        UNION ALL
        SELECT w.priority, (
            SELECT q.user_id FROM executions q
            WHERE q.status = 'queued' AND q.lane = ? AND q.priority = w.priority AND q.user_id > w.user_id
              AND (q.not_before IS NULL OR q.not_before <= {now})
            ORDER BY q.user_id LIMIT 1
        )
        FROM waiting w WHERE w.user_id IS NOT NULL
    )
    SELECT w.priority, w.user_id,
        EXISTS (SELECT 1 FROM executions q
         WHERE q.status = 'queued' AND q.lane = ? AND q.priority < w.priority
           AND (q.not_before IS NULL OR q.not_before <= {now})) AS others,
        (SELECT count(*) FROM executions r WHERE r.status = 'running' AND r.user_id = w.user_id) AS running,
        (SELECT q.created_at FROM executions q
         WHERE q.status = 'queued' AND q.lane = ? AND q.priority = w.priority AND q.user_id = w.user_id
           AND (q.not_before IS NULL OR q.not_before <= {now})
         ORDER BY q.created_at LIMIT 1) AS oldest
    FROM waiting w WHERE w.user_id IS NOT NULL
    ORDER BY running, oldest, user_id LIMIT 8";

/// Takes the user's oldest executions that no other claim is just taking. One statement: they either are ours or not.
/// The inner part has judged and locked the row; the outer one asks for `worker` and not for `status` again, since
/// PostgreSQL would then look the id up by walking the whole index of queued rows.
/// How many to take stands in the text: SQLite plans a statement anew each time that a limit is bound.
/// A claim that is lost together with the machine leaves the row queued, which is what the sweep would make of it.
pub(super) const TAKE: &str = "
    UPDATE executions
    SET status = 'running', attempt = attempt + 1, worker = ?, lease_until = {now_plus}, started_at = ?,
        not_before = NULL, progress_fraction = 0, progress_stage = '', progress_rows = 0
    WHERE worker IS NULL AND {soon} AND id {in_these} (
        SELECT q.id FROM executions q
        WHERE q.status = 'queued' AND q.lane = ? AND q.priority = ? AND q.user_id = ?
          AND (q.not_before IS NULL OR q.not_before <= {now})
        ORDER BY q.created_at, q.id LIMIT {most} {skip_locked}){these_end}
    RETURNING id, attempt, spec, version_id, request_id, crashes,
        (SELECT string_agg(j.id, ' ') FROM jobs j WHERE j.execution_id = executions.id AND j.cancelled_at IS NULL) AS jobs";

#[derive(QueryableByName)]
struct Candidate {
    #[diesel(sql_type = Integer)]
    priority: i32,
    #[diesel(sql_type = Text)]
    user_id: String,
    /// Whether anything of a lower priority is due.
    #[diesel(sql_type = Bool)]
    others: bool,
    #[diesel(sql_type = BigInt)]
    running: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    oldest: Option<NaiveDateTime>,
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    #[diesel(sql_type = Text)]
    spec: String,
    #[diesel(sql_type = Nullable<Text>)]
    version_id: Option<String>,
    #[diesel(sql_type = Text)]
    request_id: String,
    #[diesel(sql_type = Integer)]
    crashes: i32,
    /// Those that wait for it, with a blank between them. They are read by the statement that takes the execution, since
    /// each statement is a way to the database and back.
    #[diesel(sql_type = Nullable<Text>)]
    jobs: Option<String>,
}

/// The ids of such a list, in order of time, as they sort.
pub(super) fn ids_of(list: Option<&str>) -> Result<Vec<Uuid>> {
    let mut ids: Vec<&str> = list.unwrap_or_default().split_whitespace().collect();
    ids.sort_unstable();
    ids.into_iter().map(parse_id).collect()
}

/// Takes the best queued execution of these lanes for `lease_seconds`: highest priority, then users with the fewest
/// running, then age. A user of whom `most_running` run already is passed over (0: nobody is). `None` when nothing is due, or when other workers are just taking all that is.
pub fn execution_claim(
    conn: &mut AnyConnection,
    worker: &str,
    lanes: &[Lane],
    lease_seconds: u32,
    most_running: u32,
) -> Result<Option<Claim>> {
    Ok(executions_claim(conn, worker, lanes, lease_seconds, most_running, 1)?.claims.pop())
}

/// What one call claimed.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    pub claims: Vec<Claim>,
    /// Whether more may be there for free slots: then it is worth while to claim again.
    pub more: bool,
    /// Whether somebody runs as much as they may, and may have more: it is worth while to claim when something ends.
    pub limited: bool,
}

/// As [`execution_claim`] for `most` free slots at once: one statement for each user who gets any of them. The slots go
/// out one by one to whoever runs the fewest by then, as they would in single claims. Each statement may be committed by
/// itself (see [`crate::Database::write_each`]).
pub fn executions_claim(
    conn: &mut AnyConnection,
    worker: &str,
    lanes: &[Lane],
    lease_seconds: u32,
    most_running: u32,
    most: usize,
) -> Result<Claimed> {
    let (candidates, mut limited) = ranking(conn, lanes, most_running)?;
    let more = candidates.len() > 1 || candidates.iter().any(|(_, candidate)| candidate.others);
    let shares = shares(&candidates, most_running, most);
    let (mut left, mut taken) = (most, Vec::new());
    for ((lane, candidate), share) in candidates.iter().zip(shares) {
        let running = candidate.running.saturating_add(i64::try_from(share).unwrap_or(i64::MAX));
        limited |= most_running > 0 && running >= i64::from(most_running);
        if left == 0 {
            break;
        }
        // Whoever comes after one whose executions others were just taking gets one in their place.
        let found = take(conn, worker, *lane, candidate, lease_seconds, share.clamp(1, left))?;
        left -= found.len().min(left);
        taken.extend(found.into_iter().map(|row| (*lane, row)));
    }
    Ok(Claimed { claims: open(conn, taken)?, more, limited })
}

/// How many of `most` slots each candidate gets, in their order.
fn shares(candidates: &[(Lane, Candidate)], most_running: u32, most: usize) -> Vec<usize> {
    let mut shares = vec![0_usize; candidates.len()];
    for _ in 0..most {
        let running =
            |i: usize, shares: &[usize]| candidates[i].1.running + i64::try_from(shares[i]).unwrap_or(i64::MAX);
        let may = |i: &usize| most_running == 0 || running(*i, &shares) < i64::from(most_running);
        let order = |i: &usize| {
            let candidate = &candidates[*i].1;
            (Reverse(candidate.priority), running(*i, &shares), candidate.oldest)
        };
        let Some(next) = (0..candidates.len()).filter(may).min_by_key(order) else { break };
        shares[next] += 1;
    }
    shares
}

/// The candidates of each lane, the best first, and whether somebody was left out who runs as much as they may.
fn ranking(conn: &mut AnyConnection, lanes: &[Lane], most_running: u32) -> Result<(Vec<(Lane, Candidate)>, bool)> {
    let (mut ranked, mut limited) = (Vec::new(), false);
    for lane in lanes {
        let (found, is_limited) = ranking_of(conn, *lane, most_running)?;
        ranked.extend(found.into_iter().map(|candidate| (*lane, candidate)));
        limited |= is_limited;
    }
    ranked.sort_by_key(|(_, candidate)| (Reverse(candidate.priority), candidate.running, candidate.oldest));
    Ok((ranked, limited))
}

/// The candidates of the highest priority at which somebody may run more.
fn ranking_of(conn: &mut AnyConnection, lane: Lane, most_running: u32) -> Result<(Vec<Candidate>, bool)> {
    let name = lane.as_str();
    let (mut below, mut limited) = (i32::MAX, false);
    for _ in 0..PRIORITIES {
        let ranking = statement(conn, RANKING).text(name).integer(below).text(name).text(name).text(name);
        let mut found: Vec<Candidate> = ranking.load(conn)?;
        let Some(first) = found.first() else { break };
        below = first.priority;
        // They come with the fewest running first: when none of these may run more, nobody of this priority may.
        let ranked = found.len();
        found.retain(|candidate| most_running == 0 || candidate.running < i64::from(most_running));
        limited |= found.len() < ranked;
        if !found.is_empty() {
            return Ok((found, limited));
        }
    }
    Ok((Vec::new(), limited))
}

fn take(
    conn: &mut AnyConnection,
    worker: &str,
    lane: Lane,
    candidate: &Candidate,
    lease_seconds: u32,
    most: usize,
) -> Result<Vec<Taken>> {
    let mut taken: Vec<Taken> = statement(conn, &TAKE.replace("{most}", &most.to_string()))
        .text(worker)
        .double(f64::from(lease_seconds))
        .time(now())
        .text(lane.as_str())
        .integer(candidate.priority)
        .text(&candidate.user_id)
        .load(conn)?;
    // The database answers in no order; the ids sort by time.
    taken.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(taken)
}

/// Reads the work that was taken.
fn open(conn: &mut AnyConnection, taken: Vec<(Lane, Taken)>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for (lane, row) in taken {
        claims.extend(open_one(conn, row, lane)?);
    }
    Ok(claims)
}

/// A spec that this build cannot read ends as failed instead of blocking the queue.
fn open_one(conn: &mut AnyConnection, taken: Taken, lane: Lane) -> Result<Option<Claim>> {
    let spec: JobSpec = match from_json(&taken.spec) {
        Ok(spec) => spec,
        Err(error) => {
            tracing::error!(execution_id = %taken.id, %error, "an execution's spec cannot be read");
            let failure =
                Failure::new(ErrorCode::Internal, "This version of the server does not know this kind of job.");
            end_as_failed(conn, &taken.id, &failure)?;
            return Ok(None);
        }
    };
    let version = match &taken.version_id {
        Some(version_id) => version_ref_by_id(conn, version_id)?,
        None => None,
    };
    Ok(Some(Claim {
        execution_id: parse_id(&taken.id)?,
        attempt: to_u32(taken.attempt),
        spec,
        job_ids: ids_of(taken.jobs.as_deref())?,
        lane,
        version,
        request_id: taken.request_id,
        crashes: to_u32(taken.crashes),
    }))
}

// Fenced writes ask for the lease and not for `status = 'running'`, which says the same: PostgreSQL would rather walk the
// index of running rows, dead entries and all, than look the id up.

/// Prolongs leases; answers those that are still this worker's. Whatever is missing was cancelled or given to another.
pub fn execution_renew(
    conn: &mut AnyConnection,
    worker: &str,
    held: &[(Uuid, u32)],
    lease_seconds: u32,
) -> Result<Vec<Uuid>> {
    const RENEW: &str = "UPDATE executions SET lease_until = {now_plus}
                         WHERE id = ? AND attempt = ? AND worker = ? AND lease_until IS NOT NULL";
    let mut ours = Vec::new();
    for (id, attempt) in held {
        let name = id.to_string();
        let renew = statement(conn, RENEW).double(f64::from(lease_seconds)).text(&name).integer(to_i32(*attempt));
        if renew.text(worker).execute(conn)? == 1 {
            ours.push(*id);
        }
    }
    Ok(ours)
}

/// Stores how far the work is; the fraction never goes back within an attempt. False: it is not this worker's any more.
pub fn execution_progress(
    conn: &mut AnyConnection,
    id: Uuid,
    attempt: u32,
    worker: &str,
    progress: &Progress,
) -> Result<bool> {
    const REPORT: &str = "UPDATE executions SET progress_stage = ?, progress_rows = ?,
                              progress_fraction = CASE WHEN progress_fraction > ? THEN progress_fraction ELSE ? END
                          WHERE id = ? AND attempt = ? AND worker = ? AND lease_until IS NOT NULL";
    let fraction = if progress.fraction.is_nan() { 0.0 } else { progress.fraction.clamp(0.0, 1.0) };
    let (stage, name) = (clip(&progress.stage, 100), id.to_string());
    let report = statement(conn, REPORT)
        .text(&stage)
        .big(to_i64(progress.rows))
        .double(fraction)
        .double(fraction)
        .text(&name)
        .integer(to_i32(attempt))
        .text(worker);
    Ok(report.execute(conn)? == 1)
}
