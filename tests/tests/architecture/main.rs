//! Tests of the code's shape: what may depend on what, how files look, and that documents keep in step with the code.

#![expect(clippy::expect_used, reason = "what stands beside the tests stops them by panicking, too")]

mod crates;
mod documents;
mod files;
mod generated;
mod licences;
mod migrations;
mod sources;
