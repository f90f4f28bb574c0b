//! The words every room shares: job specs and outcomes, request and answer types, error codes, roles. No I/O.

pub mod administration;
pub mod analyses;
pub mod appends;
pub mod asks;
pub mod bodies;
pub mod cells;
pub mod charts;
pub mod columns;
pub mod datasets;
pub mod errors;
pub mod exports;
pub mod filters;
pub mod granularity;
pub mod ingest;
pub mod jobs;
pub mod limits;
pub mod lists;
pub mod methods;
pub mod operating;
mod parameter_checks;
pub mod parameter_schema;
pub mod probe;
pub mod profile;
pub mod system;
pub mod users;

/// The version of all stored results. Raising it makes every cached result stale at once,
/// so it is raised whenever a computation changes what it answers.
pub const RESULTS_VERSION: u32 = 4;
