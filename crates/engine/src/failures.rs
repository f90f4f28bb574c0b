//! Failures of the engine: from errors of libraries and files to what a person reads.

use std::io;

use contract::errors::{ErrorCode, Failure};
use polars::prelude::PolarsError;

/// The file cannot be read as a table.
pub(crate) fn invalid(message: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::InvalidFile, message)
}

/// A defect of the engine itself; the cause is for the log, and names no path.
pub(crate) fn internal(message: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::Internal, message)
}

/// The uploaded file could not be read from the disk.
pub(crate) fn reading(error: &io::Error) -> Failure {
    internal(format!("The uploaded file could not be read from the disk ({}).", error.kind()))
}

/// The new version could not be written to the disk.
pub(crate) fn writing(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::StorageFull {
        return Failure::new(ErrorCode::InsufficientStorage, "The disk is full, so the table could not be stored.")
            .advice("Free some space on the server and upload the file again.");
    }
    internal(format!("The table could not be written to the disk ({}).", error.kind()))
}

/// polars refused to write or to read a version.
pub(crate) fn polars(doing: &str, error: &PolarsError) -> Failure {
    if let PolarsError::IO { error, .. } = error {
        return writing(error);
    }
    internal(format!("{doing} failed: {error}"))
}

/// A computing thread ended without an answer.
pub(crate) fn lost_thread() -> Failure {
    Failure::new(ErrorCode::Crashed, "The computation stopped unexpectedly.")
}
