//! Endings of several executions in one transaction, each judged by itself.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use uuid::Uuid;

use super::finishing::{Ending, execution_finish};
use super::housekeeping::waiters_of;
use crate::dialect::{AnyConnection, statement};
use crate::errors::Result;
use crate::rows::{now, parse_id, to_i32, to_u32};

/// Ends several attempts of one worker in one transaction, each as [`execution_finish`] would; answers for each the jobs
/// that waited for it, or `None` where it was fenced off. Successes without an ingest share their statements.
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
    for row in succeed_together(conn, worker, &successes)? {
        ended.insert((parse_id(&row.id)?, to_u32(row.attempt)));
    }
    let ids: Vec<String> = ended.iter().map(|(id, _)| id.to_string()).collect();
    let mut waiting = waiters_of(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>())?;
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
}

/// One update for those that are still the worker's, one insert of their results; answers which they were.
fn succeed_together(conn: &mut AnyConnection, worker: &str, successes: &[Success<'_>]) -> Result<Vec<Ended>> {
    if successes.is_empty() {
        return Ok(Vec::new());
    }
    let held = vec!["(id = ? AND attempt = ?)"; successes.len()].join(" OR ");
    let update = format!(
        "UPDATE executions
         SET status = 'succeeded', finished_at = ?, lease_until = NULL, error = NULL, progress_fraction = 1
         WHERE worker = ? AND lease_until IS NOT NULL AND ({held})
         RETURNING id, attempt"
    );
    let update = statement(conn, &update).time(now()).text(worker);
    let update = successes.iter().fold(update, |update, one| update.text(&one.id).integer(one.attempt));
    let ended: Vec<Ended> = update.load(conn)?;
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
