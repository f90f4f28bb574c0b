//! What administrators send and get: everybody's jobs, accounts, and the audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::jobs::{Job, Lane};
use crate::operating::{AdminJob, AttemptFailure};
use crate::users::Role;

/// A page of everybody's jobs, with the state of the lanes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AdminJobs {
    pub items: Vec<AdminJob>,
    /// Send it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
    pub lanes: Vec<LaneDepth>,
}

/// What waits in a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LaneDepth {
    pub lane: Lane,
    /// Queued executions.
    pub depth: u64,
    /// How long the oldest of them has waited, in seconds; null when none waits.
    pub oldest_seconds: Option<f64>,
}

/// A job of any user with the errors of its attempts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct AdminJobDetail {
    pub job: Job,
    pub user_id: Uuid,
    pub execution_id: Uuid,
    /// Higher is sooner.
    pub priority: i32,
    /// The worker that runs it, or ran it last.
    pub worker: Option<String>,
    /// How often a worker or a child was lost while running it.
    pub crashes: u32,
    /// The attempts that did not succeed, the first one first; at most the latest 200.
    pub errors: Vec<AttemptFailure>,
}

/// Which dead jobs to try again: those that fit all that is given.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryJobs {
    /// Only jobs of this kind.
    #[schema(max_length = 64)]
    #[serde(default)]
    pub kind: Option<String>,
    /// Only jobs of this lane.
    #[serde(default)]
    pub lane: Option<Lane>,
    /// Only jobs of this account.
    #[serde(default)]
    pub user_id: Option<Uuid>,
    /// At most so many, 50 unless told otherwise.
    #[schema(minimum = 1, maximum = 200)]
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Which jobs wait for a worker again.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct JobsRetried {
    /// Their ids.
    pub retried: Vec<Uuid>,
    /// Whether more dead jobs fit than were looked at.
    pub more: bool,
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AdminUser {
    pub id: Uuid,
    pub email: String,
    pub username: String,
    pub role: Role,
    /// Whether the account is shut out: it cannot sign in, and its sessions have ended.
    pub disabled: bool,
    /// Why, where somebody said so.
    pub disabled_reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_login: Option<DateTime<Utc>>,
}

/// An account to make.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    #[schema(format = Email, max_length = 254)]
    pub email: String,
    /// 3 to 64 letters, digits, `.`, `_` or `-`.
    #[schema(min_length = 3, max_length = 64)]
    pub username: String,
    /// At least 8 characters, at most 72 bytes, and not easy to guess.
    #[schema(format = Password, min_length = 8)]
    pub password: String,
    pub role: Role,
}

/// What to change of an account: `role`, `disabled`, or both. Fields left out stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    #[serde(default)]
    pub role: Option<Role>,
    /// True shuts the account out and ends its sessions; false lets it in again.
    #[serde(default)]
    pub disabled: Option<bool>,
    /// Why; stands in the audit log, and beside the account while it is disabled.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub reason: Option<String>,
}

/// Something that happened, as the audit log keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEvent {
    pub id: Uuid,
    pub happened_at: DateTime<Utc>,
    /// Who did it; null where nobody was signed in.
    pub actor: Option<Uuid>,
    /// The user name of that account, while the account exists.
    pub actor_name: Option<String>,
    /// Noun and verb, such as `dataset.upload`.
    pub action: String,
    /// What it was done to: an id, or the name that was given.
    pub target: Option<String>,
    /// The network address of the request.
    pub address: String,
    pub request_id: String,
    /// `ok`, or why it did not happen.
    pub outcome: String,
    /// More about it, never a secret.
    #[schema(value_type = Object)]
    pub detail: Value,
}
