//! Failures of writing a file, as a person reads them.

use std::io;

use contract::errors::{ErrorCode, Failure};

/// The file could not be written to the disk.
pub(crate) fn writing(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::StorageFull {
        return Failure::new(ErrorCode::InsufficientStorage, "The disk is full, so the export could not be written.")
            .advice("Free some space on the server and try again.");
    }
    Failure::new(ErrorCode::Internal, format!("The export could not be written to the disk ({}).", error.kind()))
}

/// What a value does not fit.
pub(crate) fn unfit(message: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::InvalidParameters, message)
}
