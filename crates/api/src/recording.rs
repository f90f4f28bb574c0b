//! Audit events of attempts: each way an attempt can end is recorded, in the same transaction where it changes rows.

use contract::errors::ErrorCode;
use domain::audit::{Event, audit_record};
use domain::{Connection, Result as DomainResult};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::addresses::rate_subject;
use crate::frame::RequestMeta;
use crate::problems::{ApiError, Result};
use crate::state::State;

/// Something somebody tries.
#[derive(Clone, Debug)]
pub struct Attempt {
    action: &'static str,
    target: Option<String>,
    meta: RequestMeta,
}

impl Attempt {
    /// `target` is the name it is about; empty where there is none.
    pub fn new(action: &'static str, target: &str, meta: &RequestMeta) -> Self {
        let target = (!target.is_empty()).then(|| target.to_owned());
        Self { action, target, meta: meta.clone() }
    }

    pub fn succeeded(&self, connection: &mut Connection, actor: Uuid, detail: Value) -> DomainResult<()> {
        self.record(connection, Some(actor), "ok", detail)
    }

    pub fn denied(&self, connection: &mut Connection, actor: Option<Uuid>, detail: Value) -> DomainResult<()> {
        self.record(connection, actor, "denied", detail)
    }

    /// Hands the result on; an error is recorded first. Refusals for their rate are recorded no oftener than
    /// attempts are allowed, so that a flood of them does not fill the disk.
    pub async fn guard<T>(&self, state: &State, result: Result<T>) -> Result<T> {
        let error = match result {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let outcome = outcome(&error);
        let address = rate_subject(self.meta.address);
        if outcome == "limited" && state.rates.count("recording", &address).await.is_err() {
            return Err(error);
        }
        let attempt = self.clone();
        let detail = json!({ "code": error.code() });
        let written = state.database.write(move |connection| attempt.record(connection, None, outcome, detail)).await;
        if let Err(cause) = written {
            tracing::error!(action = self.action, outcome, %cause, "an attempt could not be recorded");
        }
        Err(error)
    }

    fn record(
        &self,
        connection: &mut Connection,
        actor: Option<Uuid>,
        outcome: &str,
        detail: Value,
    ) -> DomainResult<()> {
        let event = Event {
            actor,
            action: self.action,
            target: self.target.clone(),
            address: self.meta.address.to_string(),
            request_id: self.meta.request_id.clone(),
            outcome,
            detail,
        };
        audit_record(connection, &event)
    }
}

/// The word for how an attempt ended.
fn outcome(error: &ApiError) -> &'static str {
    match error.code() {
        ErrorCode::RateLimited => "limited",
        ErrorCode::Unauthenticated | ErrorCode::InvalidCredentials | ErrorCode::Forbidden => "denied",
        ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::InsufficientStorage => "error",
        _ => "invalid",
    }
}
