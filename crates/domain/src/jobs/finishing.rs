//! Finishing: the outcome, the failure or the return of an execution, each in one conditional write; and the sweep of
//! leases that ran out.

use chrono::NaiveDateTime;
use contract::errors::{ErrorCode, Failure};
use contract::ingest::IngestOutcome;
use contract::jobs::{JobSpec, JobStatus};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text, Timestamp};
use uuid::Uuid;

use super::housekeeping::waiters;
use super::reading::cancelled;
use crate::audit::{Event, audit_record};
use crate::datasets::{Appended, append_succeeded, ingest_failed, ingest_succeeded};
use crate::dialect::{AnyConnection, statement};
use crate::errors::{DomainError, Result};
use crate::rows::{from_json, new_id, now, parse_id, to_i32, to_json};
use crate::schema::{execution_failures, execution_results, executions};

/// When an append that another version overtook begins anew.
const OVERTAKEN_DELAY_MS: u64 = 50;

/// How an attempt ends.
#[derive(Clone, Debug)]
pub enum Ending {
    Succeeded {
        /// The outcome as JSON.
        result_json: String,
        /// For an ingest: what it found, and the key of the Parquet file in storage.
        ingest: Option<(IngestOutcome, String)>,
    },
    /// An append's: what it stored, under which key, and the number of the version it continued.
    Appended {
        result_json: String,
        outcome: IngestOutcome,
        key: String,
        parent: u32,
    },
    Failed(Failure),
    /// The child died with this: back to the queue, due after `delay_ms`. The attempt counts, and so does the crash.
    Crashed {
        delay_ms: u64,
        failure: Failure,
    },
    /// Something around the job is away for now: back to the queue, due after `delay_ms`. The attempt counts.
    TryAgain {
        delay_ms: u64,
        failure: Failure,
    },
    /// Back to the queue, due after `delay_ms`. Without `charge` the attempt does not count.
    Requeue {
        delay_ms: u64,
        charge: bool,
    },
}

/// Ends an attempt. False means fenced off: the execution is not this worker's any more (or its dataset was deleted), and
/// nothing of the outcome was written. An ingest's version and its dataset's state are written together with it.
pub fn execution_finish(
    conn: &mut AnyConnection,
    id: Uuid,
    attempt: u32,
    worker: &str,
    ending: &Ending,
) -> Result<bool> {
    let held = Held { id: id.to_string(), attempt: to_i32(attempt), worker };
    match ending {
        Ending::Succeeded { result_json, ingest } => held.succeed(conn, result_json, ingest.as_ref()),
        Ending::Appended { result_json, outcome, key, parent } => held.append(conn, result_json, outcome, key, *parent),
        Ending::Failed(failure) => held.fail(conn, failure),
        Ending::Crashed { delay_ms, failure } => held.crash(conn, *delay_ms, failure),
        Ending::TryAgain { delay_ms, failure } => held.try_again(conn, *delay_ms, failure),
        Ending::Requeue { delay_ms, charge } => held.requeue(conn, *delay_ms, *charge),
    }
}

/// An execution as a worker believes to hold it.
struct Held<'a> {
    id: String,
    attempt: i32,
    worker: &'a str,
}

impl Held<'_> {
    /// Moves the row to a final status if it is still ours.
    fn end(&self, conn: &mut AnyConnection, status: JobStatus, error: Option<String>) -> Result<bool> {
        let ours = executions::table
            .find(&self.id)
            .filter(executions::attempt.eq(self.attempt))
            .filter(executions::worker.eq(self.worker))
            .filter(executions::lease_until.is_not_null());
        let changed = diesel::update(ours)
            .set((
                executions::status.eq(status.as_str()),
                executions::finished_at.eq(now()),
                executions::lease_until.eq(None::<chrono::NaiveDateTime>),
                executions::error.eq(error),
            ))
            .execute(conn)?;
        Ok(changed == 1)
    }

    fn succeed(
        &self,
        conn: &mut AnyConnection,
        result: &str,
        ingest: Option<&(IngestOutcome, String)>,
    ) -> Result<bool> {
        if !self.end(conn, JobStatus::Succeeded, None)? {
            return Ok(false);
        }
        if let Some((outcome, storage_key)) = ingest {
            let JobSpec::Ingest(params) = spec_of(conn, &self.id)? else {
                return Err(DomainError::internal("an execution that is no ingest ended with an ingest's outcome"));
            };
            let job = waiters(conn, &self.id)?.first().map(ToString::to_string).unwrap_or_default();
            if !ingest_succeeded(conn, params.dataset_id, &job, outcome, storage_key)? {
                return self.discard(conn);
            }
        }
        self.keep(conn, result)
    }

    /// An append that another version overtook goes back to the queue, uncharged: nothing of it was written.
    fn append(
        &self,
        conn: &mut AnyConnection,
        result: &str,
        outcome: &IngestOutcome,
        key: &str,
        parent: u32,
    ) -> Result<bool> {
        if !self.is_held(conn)? {
            return Ok(false);
        }
        let JobSpec::Append(params) = spec_of(conn, &self.id)? else {
            return Err(DomainError::internal("an execution that is no append ended with an append's outcome"));
        };
        let job = waiters(conn, &self.id)?.first().map(ToString::to_string).unwrap_or_default();
        let appended = append_succeeded(conn, params.dataset_id, &job, outcome, key, parent, &params.source)?;
        match appended {
            Appended::Overtaken => {
                self.requeue(conn, OVERTAKEN_DELAY_MS, false)?;
                return Ok(false);
            }
            Appended::Deleted => {
                self.end(conn, JobStatus::Cancelled, Some(to_json(&cancelled())?))?;
                return Ok(false);
            }
            Appended::Stored => {}
        }
        self.end(conn, JobStatus::Succeeded, None)?;
        self.keep(conn, result)
    }

    /// Whether the row is still ours; locked until the transaction ends.
    fn is_held(&self, conn: &mut AnyConnection) -> Result<bool> {
        const HELD: &str = "SELECT id FROM executions
                            WHERE id = ? AND attempt = ? AND worker = ? AND lease_until IS NOT NULL {for_update}";
        let held: Vec<HeldRow> =
            statement(conn, HELD).text(&self.id).integer(self.attempt).text(self.worker).load(conn)?;
        Ok(!held.is_empty())
    }

    /// Writes the result of an execution that has just ended well.
    fn keep(&self, conn: &mut AnyConnection, result: &str) -> Result<bool> {
        diesel::update(executions::table.find(&self.id)).set(executions::progress_fraction.eq(1.0)).execute(conn)?;
        diesel::insert_into(execution_results::table)
            .values((execution_results::execution_id.eq(&self.id), execution_results::result.eq(result)))
            .execute(conn)?;
        Ok(true)
    }

    /// The dataset went away while it was being read.
    fn discard(&self, conn: &mut AnyConnection) -> Result<bool> {
        let status = executions::status.eq(JobStatus::Cancelled.as_str());
        let error = executions::error.eq(to_json(&cancelled())?);
        diesel::update(executions::table.find(&self.id)).set((status, error)).execute(conn)?;
        Ok(false)
    }

    fn fail(&self, conn: &mut AnyConnection, failure: &Failure) -> Result<bool> {
        if !self.end(conn, JobStatus::Failed, Some(to_json(failure)?))? {
            return Ok(false);
        }
        fail_dataset(conn, &self.id, failure)?;
        if failure.code == ErrorCode::InfectedFile {
            record_infected(conn, &self.id, failure)?;
        }
        let started_at = started_at(conn, &self.id)?;
        self.note(conn, started_at, failure)?;
        Ok(true)
    }

    fn try_again(&self, conn: &mut AnyConnection, delay_ms: u64, failure: &Failure) -> Result<bool> {
        let started_at = started_at(conn, &self.id)?;
        let requeued = self.requeue(conn, delay_ms, true)?;
        if requeued {
            self.note(conn, started_at, failure)?;
        }
        Ok(requeued)
    }

    fn crash(&self, conn: &mut AnyConnection, delay_ms: u64, failure: &Failure) -> Result<bool> {
        let requeued = self.try_again(conn, delay_ms, failure)?;
        if requeued {
            diesel::update(executions::table.find(&self.id))
                .set(executions::crashes.eq(executions::crashes + 1))
                .execute(conn)?;
        }
        Ok(requeued)
    }

    fn note(&self, conn: &mut AnyConnection, started_at: Option<NaiveDateTime>, failure: &Failure) -> Result<()> {
        note_failure(conn, &self.id, self.attempt, Some(self.worker), started_at, failure)
    }

    fn requeue(&self, conn: &mut AnyConnection, delay_ms: u64, charge: bool) -> Result<bool> {
        const REQUEUE: &str = "
            UPDATE executions
            SET status = 'queued', attempt = attempt - ?, worker = NULL, lease_until = NULL, started_at = NULL,
                not_before = {now_plus}, progress_fraction = 0, progress_stage = '', progress_rows = 0
            WHERE id = ? AND attempt = ? AND worker = ? AND lease_until IS NOT NULL";
        let delay = std::time::Duration::from_millis(delay_ms.min(86_400_000)).as_secs_f64();
        let requeue = statement(conn, REQUEUE)
            .integer(i32::from(!charge))
            .double(delay)
            .text(&self.id)
            .integer(self.attempt)
            .text(self.worker);
        Ok(requeue.execute(conn)? == 1)
    }
}

#[derive(QueryableByName)]
struct HeldRow {
    #[diesel(sql_type = Text)]
    #[expect(dead_code, reason = "only whether there is a row counts")]
    id: String,
}

fn spec_of(conn: &mut AnyConnection, id: &str) -> Result<JobSpec> {
    let spec: String = executions::table.find(id).select(executions::spec).first(conn)?;
    from_json(&spec)
}

fn started_at(conn: &mut AnyConnection, id: &str) -> Result<Option<NaiveDateTime>> {
    let found = executions::table.find(id).select(executions::started_at).first(conn).optional()?;
    Ok(found.flatten())
}

/// Adds to the chain of errors of an execution.
fn note_failure(
    conn: &mut AnyConnection,
    id: &str,
    attempt: i32,
    worker: Option<&str>,
    started_at: Option<NaiveDateTime>,
    failure: &Failure,
) -> Result<()> {
    diesel::insert_into(execution_failures::table)
        .values((
            execution_failures::id.eq(new_id().to_string()),
            execution_failures::execution_id.eq(id),
            execution_failures::attempt.eq(attempt),
            execution_failures::worker.eq(worker),
            execution_failures::started_at.eq(started_at),
            execution_failures::ended_at.eq(now()),
            execution_failures::failure.eq(to_json(failure)?),
        ))
        .execute(conn)?;
    Ok(())
}

/// An ingest that failed leaves a failed dataset; other work leaves it alone.
fn fail_dataset(conn: &mut AnyConnection, id: &str, failure: &Failure) -> Result<()> {
    let (kind, spec): (String, String) =
        executions::table.find(id).select((executions::kind, executions::spec)).first(conn)?;
    if kind != "ingest" {
        return Ok(());
    }
    match from_json(&spec)? {
        JobSpec::Ingest(params) => ingest_failed(conn, params.dataset_id, failure),
        JobSpec::Append(_) | JobSpec::Analysis(_) | JobSpec::Export(_) | JobSpec::Probe(_) => Ok(()),
    }
}

/// Who uploaded malware stands in the log for ever.
fn record_infected(conn: &mut AnyConnection, id: &str, failure: &Failure) -> Result<()> {
    let (user, request_id): (String, String) =
        executions::table.find(id).select((executions::user_id, executions::request_id)).first(conn)?;
    let spec = spec_of(conn, id)?;
    let file = match &spec {
        JobSpec::Ingest(params) => Some(&params.source_key),
        JobSpec::Append(params) => Some(&params.source_key),
        JobSpec::Analysis(_) | JobSpec::Export(_) | JobSpec::Probe(_) => None,
    };
    let dataset_id = spec.dataset_id();
    let event = Event {
        actor: Some(parse_id(&user)?),
        action: "dataset.infected",
        target: dataset_id.map(|id| id.to_string()),
        address: String::new(),
        request_id,
        outcome: "denied",
        detail: serde_json::json!({ "signature": failure.value, "file": file }),
    };
    audit_record(conn, &event)
}

/// Ends an execution that this transaction holds, whoever else believed to.
pub(super) fn end_as_failed(conn: &mut AnyConnection, id: &str, failure: &Failure) -> Result<()> {
    diesel::update(executions::table.find(id))
        .set((
            executions::status.eq(JobStatus::Failed.as_str()),
            executions::finished_at.eq(now()),
            executions::lease_until.eq(None::<chrono::NaiveDateTime>),
            executions::error.eq(to_json(failure)?),
        ))
        .execute(conn)?;
    Ok(())
}

/// What became of an execution whose lease ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swept {
    pub execution_id: Uuid,
    /// True: back in the queue. False: failed with `worker_lost`.
    pub requeued: bool,
}

#[derive(QueryableByName)]
struct Lost {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Integer)]
    crashes: i32,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    #[diesel(sql_type = Nullable<Text>)]
    worker: Option<String>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    started_at: Option<NaiveDateTime>,
}

/// Gives back, uncharged, what the rows say this worker runs and it knows nothing of: the answer to a claim was lost with
/// the connection. Call it while no claim is under way; `held` are those that the worker knows.
pub fn execution_disown(conn: &mut AnyConnection, worker: &str, held: &[Uuid]) -> Result<usize> {
    let rows: Vec<(String, i32)> = executions::table
        .filter(executions::status.eq(JobStatus::Running.as_str()))
        .filter(executions::worker.eq(worker))
        .select((executions::id, executions::attempt))
        .load(conn)?;
    let mut given_back = 0;
    for (id, attempt) in rows {
        if !held.contains(&parse_id(&id)?) && (Held { id, attempt, worker }).requeue(conn, 0, false)? {
            given_back += 1;
        }
    }
    Ok(given_back)
}

/// Takes back executions whose lease ran out, at most 100 a call. The first loss of an execution queues it again; the
/// second ends it, and a dataset that it was reading, as failed: whatever kills its workers must not go on for ever.
pub fn execution_sweep(conn: &mut AnyConnection) -> Result<Vec<Swept>> {
    const LOST: &str = "SELECT id, crashes, attempt, worker, started_at FROM executions WHERE status = 'running' AND lease_until < {now}
                        ORDER BY lease_until LIMIT 100 {skip_locked}";
    const REQUEUE: &str = "
        UPDATE executions
        SET status = 'queued', crashes = crashes + 1, worker = NULL, lease_until = NULL, started_at = NULL,
            not_before = NULL, progress_fraction = 0, progress_stage = '', progress_rows = 0
        WHERE id = ? AND lease_until IS NOT NULL";
    let lost: Vec<Lost> = statement(conn, LOST).load(conn)?;
    let mut swept = Vec::new();
    for Lost { id, crashes, attempt, worker, started_at } in lost {
        let requeued = crashes == 0;
        let lost = Failure::new(ErrorCode::WorkerLost, "The worker was lost while running this job.");
        note_failure(conn, &id, attempt, worker.as_deref(), started_at, &lost)?;
        if requeued {
            statement(conn, REQUEUE).text(&id).execute(conn)?;
        } else {
            let failure = Failure::new(ErrorCode::WorkerLost, "The worker was lost twice while running this job.")
                .advice("Ask the operator to look at the server's memory and logs before trying again.");
            diesel::update(executions::table.find(&id)).set(executions::crashes.eq(crashes + 1)).execute(conn)?;
            end_as_failed(conn, &id, &failure)?;
            fail_dataset(conn, &id, &failure)?;
        }
        swept.push(Swept { execution_id: parse_id(&id)?, requeued });
    }
    Ok(swept)
}
