//! Tests of the crate `domain`: on SQLite always, and on PostgreSQL too when the feature `services` is on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "what stands beside the tests stops them by panicking, too"
)]

mod accounts;
mod appends;
mod audit;
mod batches;
mod cancelling;
mod claims;
mod connecting;
mod databases;
mod datasets;
mod email;
mod fairness;
mod idempotency;
mod ingest;
mod leases;
mod lists;
mod migrations;
mod operating;
mod passwords;
#[cfg(feature = "services")]
mod postgres;
mod retention;
mod sessions;
mod sharing;
mod things;
mod trash;
mod visualizations;
