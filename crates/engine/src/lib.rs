//! The engine: from an uploaded file to a typed Parquet version, and from a version to the answer of an analysis. Pure.

mod adjusting;
pub mod analyses;
pub mod append;
pub mod asks;
mod calendar;
pub mod charts;
mod columns;
mod compare;
pub mod export;
mod failures;
mod filters;
mod groups;
pub mod ingest;
pub mod kind;
mod ordering;
mod periods;
mod probability;
mod progress;
mod regression;
mod scalars;
mod scaling;
mod series;
mod summary;
mod table;
mod values;
mod workers;

pub use progress::{Reporter, Silent};

/// Everything the engine does ends with an answer or with a [`contract::errors::Failure`] for a person.
pub type Result<T> = std::result::Result<T, contract::errors::Failure>;
