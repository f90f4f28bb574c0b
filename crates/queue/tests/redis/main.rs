//! The queue over real Redis servers, with outages: built with the feature `services`, which needs redis-server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

mod allowances;
mod asks;
mod bells;
mod server;
