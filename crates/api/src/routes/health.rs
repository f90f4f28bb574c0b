//! Health: whether the process lives, and whether everything it needs answers.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use contract::system::{Health, HealthStatus, PartHealth};

use crate::state::State;

/// A part that takes longer than this to answer is failing.
const PATIENCE: Duration = Duration::from_secs(3);
/// Less room than this cannot hold a day's work.
const MIN_FREE_BYTES: u64 = 256 * 1024 * 1024;

/// The state of every part
///
/// 200 when all is well, 503 with the same body when a part is failing. The details hold nothing about the machine.
#[utoipa::path(
    tag = "System",
    security(()),
    responses(
        (status = 200, description = "Everything works.", body = Health),
        (status = 503, description = "A part is failing.", body = Health)
    )
)]
#[get("/health")]
pub async fn health(state: web::Data<State>) -> HttpResponse {
    answer(parts(&state).await)
}

/// Whether the process answers
///
/// Looks at nothing else: a failing database is no reason to start the process again.
#[utoipa::path(
    tag = "System",
    security(()),
    responses((status = 200, description = "The process answers.", body = Health))
)]
#[get("/health/live")]
pub async fn health_live() -> HttpResponse {
    answer(BTreeMap::new())
}

/// Whether requests can be served
///
/// 503 while a part that requests need is failing or the server is about to stop: send requests elsewhere.
#[utoipa::path(
    tag = "System",
    security(()),
    responses(
        (status = 200, description = "Requests can be served.", body = Health),
        (status = 503, description = "A part is failing.", body = Health)
    )
)]
#[get("/health/ready")]
pub async fn health_ready(state: web::Data<State>) -> HttpResponse {
    let mut parts = parts(&state).await;
    if *state.stopping.borrow() {
        parts.insert("server".to_owned(), part(Some("The server is about to stop.".to_owned())));
    }
    answer(parts)
}

/// The state of a worker without an API.
pub fn of_worker(complaint: Option<String>) -> HttpResponse {
    answer(BTreeMap::from([("worker".to_owned(), part(complaint))]))
}

fn answer(parts: BTreeMap<String, PartHealth>) -> HttpResponse {
    let is_well = parts.values().all(|part| part.status == HealthStatus::Ok);
    let (code, status) = match is_well {
        true => (StatusCode::OK, HealthStatus::Ok),
        false => (StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Failing),
    };
    let mut response = HttpResponse::build(code);
    if !is_well {
        response.insert_header(("retry-after", "5"));
    }
    response.insert_header(("cache-control", "no-store")).json(Health {
        status,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        parts,
    })
}

async fn parts(state: &State) -> BTreeMap<String, PartHealth> {
    let (database, queue, storage) = tokio::join!(
        tokio::time::timeout(PATIENCE, state.database.ping()),
        tokio::time::timeout(PATIENCE, state.queue.ping()),
        tokio::time::timeout(PATIENCE, state.storage.probe()),
    );
    let mut parts = BTreeMap::from([
        ("database".to_owned(), check("database", database, "The database does not answer.")),
        ("queue".to_owned(), check("queue", queue, "The queue does not answer; jobs start later than usual.")),
        ("storage".to_owned(), check("storage", storage, "Files cannot be stored.")),
        ("disk".to_owned(), disk(state)),
    ]);
    if let Some(worker) = &state.worker_health {
        parts.insert("worker".to_owned(), part(worker()));
    }
    parts
}

fn check<E: std::fmt::Display>(
    name: &str,
    outcome: Result<Result<(), E>, tokio::time::error::Elapsed>,
    detail: &str,
) -> PartHealth {
    let cause = match outcome {
        Ok(Ok(())) => return part(None),
        Ok(Err(error)) => error.to_string(),
        Err(elapsed) => elapsed.to_string(),
    };
    tracing::warn!(part = name, cause, "a part is failing");
    part(Some(detail.to_owned()))
}

fn disk(state: &State) -> PartHealth {
    match state.storage.free_bytes() {
        Ok(free) if free < MIN_FREE_BYTES => part(Some("The disk is almost full.".to_owned())),
        Ok(_) => part(None),
        Err(error) => {
            tracing::warn!(part = "disk", cause = %error, "a part is failing");
            part(Some("The room on the disk cannot be read.".to_owned()))
        }
    }
}

fn part(detail: Option<String>) -> PartHealth {
    let status = if detail.is_some() { HealthStatus::Failing } else { HealthStatus::Ok };
    PartHealth { status, detail }
}
