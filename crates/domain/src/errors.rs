//! What can go wrong with rows: the public sentence and the private cause are two things.

use std::error::Error as StdError;

use contract::errors::{ErrorCode, Failure, FieldError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

pub type Result<T> = std::result::Result<T, DomainError>;

/// Why something failed that nobody outside should read about; for logs only.
pub type Cause = Box<dyn StdError + Send + Sync>;

/// The error of every function in this crate.
#[derive(Debug, thiserror::Error)]
pub enum DomainError {
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// The request contradicts what exists; `field` names the value that does.
    #[error("conflict on {field}: {message}")]
    Conflict { field: &'static str, message: String },
    /// Some values are wrong.
    #[error("invalid values: {0:?}")]
    Invalid(Vec<FieldError>),
    /// What was asked for is still being made.
    #[error("not ready: {0}")]
    NotReady(String),
    /// What was asked for could not be made, and this is why.
    #[error("failed: {}", .0.message)]
    Failed(Failure),
    /// The user has as much of something as the server allows.
    #[error("limited: {0}")]
    Limited(String),
    /// Too many passwords are being checked at once.
    #[error("the password pool is full")]
    Busy,
    /// The database cannot be reached, or no connection became free in time.
    #[error("the database is unavailable: {0}")]
    Unavailable(Cause),
    #[error("the disk is full: {0}")]
    DiskFull(Cause),
    #[error("{0}")]
    Internal(Cause),
}

impl DomainError {
    pub fn invalid(pointer: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, detail)])
    }

    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    pub(crate) fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound => ErrorCode::NotFound,
            Self::Conflict { .. } => ErrorCode::Conflict,
            Self::Invalid(_) => ErrorCode::ValidationFailed,
            Self::NotReady(_) => ErrorCode::NotReady,
            Self::Failed(failure) => failure.code,
            Self::Limited(_) => ErrorCode::RateLimited,
            Self::Busy | Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::DiskFull(_) => ErrorCode::InsufficientStorage,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// The sentence that may leave the server; it never holds a database message.
    pub fn public_message(&self) -> String {
        match self {
            Self::NotFound => "There is nothing here that you may see.".to_owned(),
            Self::Conflict { message, .. } | Self::NotReady(message) | Self::Limited(message) => message.clone(),
            Self::Invalid(errors) => match errors.as_slice() {
                [only] => only.detail.clone(),
                several => format!("{} values are not valid; see errors.", several.len()),
            },
            Self::Failed(failure) => failure.message.clone(),
            Self::Busy => "Too many people are signing in right now. Try again in a few seconds.".to_owned(),
            Self::Unavailable(_) => "The database does not answer right now. Try again in a few seconds.".to_owned(),
            Self::DiskFull(_) => "The server's disk is full. Nothing was stored.".to_owned(),
            Self::Internal(_) => "Something went wrong on the server. The log tells more.".to_owned(),
        }
    }
}

impl From<DieselError> for DomainError {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(kind, info) => match Trouble::of(kind, info.message()) {
                Trouble::DiskFull => Self::DiskFull(error.into()),
                Trouble::Unavailable => Self::Unavailable(error.into()),
                Trouble::Other => Self::Internal(error.into()),
            },
            DieselError::RollbackErrorOnCommit { commit_error, .. } => match commit_error.as_ref() {
                DieselError::DatabaseError(kind, info) => match Trouble::of(kind, info.message()) {
                    Trouble::DiskFull => Self::DiskFull(error.into()),
                    _ => Self::Unavailable(error.into()),
                },
                _ => Self::Unavailable(error.into()),
            },
            DieselError::BrokenTransactionManager => Self::Unavailable(error.into()),
            _ => Self::Internal(error.into()),
        }
    }
}

impl From<serde_json::Error> for DomainError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

enum Trouble {
    DiskFull,
    Unavailable,
    Other,
}

/// Diesel hands on neither SQLite's result code nor PostgreSQL's SQLSTATE, so a full disk (SQLITE_FULL,
/// SQLITE_IOERR; 53100) is known by its text: SQLite's texts are fixed, the operating system's come
/// untranslated because every PostgreSQL session asks for English messages where it may.
const DISK_FULL: [&str; 5] = [
    "database or disk is full",
    "disk I/O error",
    "No space left on device",
    "Disk quota exceeded",
    "Check free disk space",
];

/// Texts of a server that is going, gone, coming or overloaded, and of a lock that did not come free.
const UNAVAILABLE: [&str; 14] = [
    "database is locked",
    "database table is locked",
    "unable to open database file",
    "terminating connection",
    "server closed the connection",
    "the database system is",
    "could not connect",
    "connection to server",
    "could not receive data from server",
    "could not send data to server",
    "no connection to the server",
    "SSL connection has been closed",
    "deadlock detected",
    "canceling statement due to",
];

impl Trouble {
    fn of(kind: &DatabaseErrorKind, message: &str) -> Self {
        if DISK_FULL.iter().any(|text| message.contains(text)) {
            return Self::DiskFull;
        }
        let gone = matches!(
            kind,
            DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::SerializationFailure
        );
        if gone || UNAVAILABLE.iter().any(|text| message.contains(text)) {
            return Self::Unavailable;
        }
        Self::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(kind: DatabaseErrorKind, message: &str) -> ErrorCode {
        DomainError::from(DieselError::DatabaseError(kind, Box::new(message.to_owned()))).code()
    }

    #[test]
    fn texts_of_both_databases_are_told_apart() {
        use DatabaseErrorKind::{ClosedConnection, UnableToSendCommand, UniqueViolation, Unknown};
        for (kind, message, expected) in [
            (Unknown, "database or disk is full", ErrorCode::InsufficientStorage),
            (Unknown, "disk I/O error", ErrorCode::InsufficientStorage),
            (
                Unknown,
                "could not extend file \"base/16384/2619\": No space left on device",
                ErrorCode::InsufficientStorage,
            ),
            (Unknown, "terminating connection due to administrator command", ErrorCode::Unavailable),
            (Unknown, "the database system is shutting down", ErrorCode::Unavailable),
            (ClosedConnection, "", ErrorCode::Unavailable),
            (UnableToSendCommand, "", ErrorCode::Unavailable),
            (Unknown, "canceling statement due to lock timeout", ErrorCode::Unavailable),
            (UniqueViolation, "UNIQUE constraint failed: users.email_lower", ErrorCode::Internal),
            (Unknown, "no such table: secrets", ErrorCode::Internal),
        ] {
            assert_eq!(code(kind, message), expected, "{message}");
        }
    }

    #[test]
    fn public_messages_hold_no_database_text() {
        for message in ["no such table: secrets", "database or disk is full: secrets", "the database system is secrets"]
        {
            let error: DomainError =
                DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())).into();
            assert!(!error.public_message().contains("secrets"));
        }
    }
}
