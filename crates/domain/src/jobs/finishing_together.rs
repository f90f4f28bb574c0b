//! Endings of several executions in one transaction, each judged by itself.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text};
use uuid::Uuid;

use super::claiming::ids_of;
use super::finishing::{Ending, execution_finish};
use super::housekeeping::waiters_of;
use crate::dialect::{AnyConnection, commits_statements, statement};
use crate::errors::Result;
use crate::rows::{now, parse_id, to_i32, to_u32};
use crate::statement::Statement;

/// Ends several attempts of one worker in one transaction, each as [`execution_finish`] would; answers for each the jobs
/// that waited for it, or `None` where it was fenced off. Successes without an ingest share their statements: PostgreSQL
/// takes one for all of them, which commits by itself where no transaction is around it.
pub fn executions_finish(
    conn: &mut AnyConnection,
    worker: &str,
    endings: &[(Uuid, u32, Arc<Ending>)],
) -> Result<Vec<Option<Vec<Uuid>>>> {
    let mut ended: HashSet<(Uuid, u32)> = HashSet::new();
    let mut successes = Vec::new();
    for (id, attempt, ending) in endings {
        match ending.as_ref() {
            Ending::Succeeded { result_json, ingest: None } => {
                successes.push(Success { id: id.to_string(), attempt: to_i32(*attempt), result: result_json });
            }
            ending if execution_finish(conn, *id, *attempt, worker, ending)? => {
                ended.insert((*id, *attempt));
            }
            _ => {}
        }
    }
    let ids: Vec<String> = ended.iter().map(|(id, _)| id.to_string()).collect();
    let mut waiting = waiters_of(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>())?;
    let succeeded = succeed_together(conn, worker, &successes)?;
    let shared: Vec<&str> = succeeded.iter().filter(|row| row.shared).map(|row| row.id.as_str()).collect();
    for row in &succeeded {
        ended.insert((parse_id(&row.id)?, to_u32(row.attempt)));
        waiting.insert(row.id.clone(), ids_of(row.jobs.as_deref())?);
    }
    waiting.extend(waiters_of(conn, &shared)?);
    let told = endings.iter().map(|(id, attempt, _)| {
        ended.contains(&(*id, *attempt)).then(|| waiting.remove(&id.to_string()).unwrap_or_default())
    });
    Ok(told.collect())
}

struct Success<'a> {
    id: String,
    attempt: i32,
    result: &'a str,
}

#[derive(QueryableByName)]
struct Ended {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Integer)]
    attempt: i32,
    /// Those that wait for it, as `ids_of` reads them.
    #[diesel(sql_type = Nullable<Text>)]
    jobs: Option<String>,
    /// Whether another job may have joined while this statement waited for the row: only a later one sees it.
    #[diesel(sql_type = Bool)]
    shared: bool,
}

/// Whether [`executions_finish`] writes all of them by statements that need no transaction around them.
pub fn endings_share_statements(endings: &[(Uuid, u32, Arc<Ending>)]) -> bool {
    endings.iter().all(|(.., ending)| matches!(ending.as_ref(), Ending::Succeeded { ingest: None, .. }))
}

/// Ends those that are still the worker's and stores their results; answers which they were.
fn succeed_together(conn: &mut AnyConnection, worker: &str, successes: &[Success<'_>]) -> Result<Vec<Ended>> {
    if successes.is_empty() {
        return Ok(Vec::new());
    }
    let held = vec!["(id = ? AND attempt = ?)"; successes.len()].join(" OR ");
    let update = format!(
        "UPDATE executions
         SET status = 'succeeded', finished_at = ?, lease_until = NULL, error = NULL, progress_fraction = 1
         WHERE worker = ? AND lease_until IS NOT NULL AND ({held})
         RETURNING id, attempt, share_key IS NOT NULL AS shared,
             (SELECT string_agg(j.id, ' ') FROM jobs j WHERE j.execution_id = executions.id AND j.cancelled_at IS NULL) AS jobs"
    );
    if commits_statements(conn) {
        let rows = vec!["(?, ?, ?)"; successes.len()].join(", ");
        let both = format!(
            "WITH ended AS ({update}),
             kept AS (
                 INSERT INTO execution_results (execution_id, result)
                 SELECT ended.id, given.result
                 FROM ended JOIN (VALUES {rows}) AS given (id, attempt, result)
                     ON given.id = ended.id AND given.attempt = ended.attempt
             )
             SELECT id, attempt, shared, jobs FROM ended"
        );
        let both = bound(statement(conn, &both), worker, successes);
        let both = successes.iter().fold(both, |both, one| both.text(&one.id).integer(one.attempt).text(one.result));
        return Ok(both.load(conn)?);
    }
    let ended: Vec<Ended> = bound(statement(conn, &update), worker, successes).load(conn)?;
    if ended.is_empty() {
        return Ok(ended);
    }
    let rows = vec!["(?, ?)"; ended.len()].join(", ");
    let insert = statement(conn, &format!("INSERT INTO execution_results (execution_id, result) VALUES {rows}"));
    let is_ended = |one: &&Success<'_>| ended.iter().any(|row| row.id == one.id && row.attempt == one.attempt);
    let written = successes.iter().filter(is_ended);
    written.fold(insert, |insert, one| insert.text(&one.id).text(one.result)).execute(conn)?;
    Ok(ended)
}

/// The values of the update.
fn bound<'a>(update: Statement<'a>, worker: &'a str, successes: &'a [Success<'_>]) -> Statement<'a> {
    let update = update.time(now()).text(worker);
    successes.iter().fold(update, |update, one| update.text(&one.id).integer(one.attempt))
}
