//! Tests that drive the real program over HTTP, as its users do.

#![expect(clippy::expect_used, reason = "what stands beside the tests stops them by panicking, too")]

mod access_coverage;
mod accounts;
mod admin_audit;
mod admin_jobs;
mod admin_users;
mod appends;
mod browser_session;
mod caching;
mod chart_edges;
mod charts;
mod command_line;
mod csv_cases;
mod datasets;
mod descriptive;
mod events;
mod exports;
mod faults;
mod formats;
mod grouped;
mod headers;
mod health;
mod idempotency;
mod ingest;
mod jobs;
mod json_reference;
mod limits;
#[cfg(feature = "services")]
mod malware;
mod metrics;
mod models;
mod openapi;
mod parsing;
mod polling;
mod priorities;
mod problems;
mod rate_limits;
mod readme;
mod rows;
#[cfg(feature = "services")]
mod rows_scaled_out;
#[cfg(feature = "services")]
mod scaled_out;
mod sessions;
mod sharing;
mod sorted_rows;
mod statistics;
mod streams;
mod timeouts;
mod tokens;
mod trash;
#[cfg(feature = "services")]
mod two_apis;
mod upload;
mod visualizations;
mod waiting;
#[cfg(feature = "services")]
mod worker_metrics;
