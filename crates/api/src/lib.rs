//! The HTTP side of Plotline: routes, authentication, OpenAPI. It records and enqueues work, and never computes.

mod access;
mod addresses;
mod answers;
mod asking;
mod charting;
mod column_names;
mod cookies;
mod events;
mod file_names;
mod frame;
mod headers;
mod idempotency;
mod inputs;
mod measuring;
mod methods;
mod openapi;
mod pacing;
mod parse_params;
mod paths;
mod problems;
mod rates;
mod recording;
mod results;
mod routes;
mod server;
#[cfg(test)]
mod server_tests;
mod sessions;
mod starting;
mod state;
mod tokens;
mod upload;
mod waiting;
mod worker_server;

use std::sync::Arc;

use contract::limits::IngestLimits;
use domain::Database;
use domain::passwords::Passwords;
use queue::Queue;
use settings::{Secret, Settings};
use storage::Storage;

pub use openapi::{openapi, openapi_json};
pub use server::serve;
pub use state::WorkerHealth;
pub use worker_server::{WorkerParts, metrics_server};

/// What the server needs from outside.
pub struct ApiContext {
    pub database: Database,
    pub storage: Storage,
    pub queue: Queue,
    pub settings: Arc<Settings>,
    /// What is taken of a file whose reading is tried.
    pub ingest_limits: IngestLimits,
    /// Signs access tokens; at least 32 characters.
    pub secret: Secret,
    pub passwords: Passwords,
    /// Whoever registers first and knows it becomes the administrator. `None` once there is one,
    /// and on loopback, where the first account needs no code.
    pub setup_code: Option<String>,
    /// The state of the worker in this process, if there is one.
    pub worker_health: Option<WorkerHealth>,
}
