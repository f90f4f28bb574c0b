//! The rows of Plotline and the rules that touch them, on SQLite and PostgreSQL from one code.
//!
//! Functions are named noun first (`job_submit`, `dataset_list`), take a [`Connection`] and are synchronous;
//! [`Database`] runs them on a blocking thread, either as a plain read or as one transaction.

pub mod audit;
mod catalog;
mod database;
pub mod datasets;
mod dialect;
mod email;
mod errors;
pub mod idempotency;
pub mod jobs;
pub mod lists;
pub mod migrations;
pub mod passwords;
mod pool;
mod rows;
mod schema;
pub mod sessions;
mod statement;
pub mod users;
pub mod visualizations;
pub mod workers;

pub use database::{Database, PoolLoad};
pub use dialect::{AnyConnection as Connection, Durability};
pub use errors::{DomainError, Result};
pub use rows::new_id;
