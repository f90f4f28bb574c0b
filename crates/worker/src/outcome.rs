//! What the work on an execution led to, and how errors of its surroundings are judged.

use contract::errors::{ErrorCode, Failure};
use contract::ingest::IngestOutcome;
use contract::probe::ProbeLedger;
use domain::jobs::Ending;
use storage::StorageError;

use crate::backoff;

/// Attempts after which something that stays away ends the job: about two minutes.
const MOST_ATTEMPTS: u32 = 8;

/// What is to be written.
#[derive(Debug)]
pub enum Finished {
    Analysis {
        result_json: String,
    },
    /// The Parquet file lies under the key already.
    Ingest {
        result_json: String,
        outcome: Box<IngestOutcome>,
        key: String,
    },
    /// The next version lies under the key already; it continues the one numbered `parent`.
    Append {
        result_json: String,
        outcome: Box<IngestOutcome>,
        key: String,
        parent: u32,
    },
    /// The exported file lies under the key already.
    Export {
        result_json: String,
        key: String,
    },
    Probe {
        result_json: String,
        ledger: Option<ProbeLedger>,
    },
    Failed(Failure),
    /// The file under the key holds malware; it is set aside when this is written.
    Infected {
        failure: Failure,
        key: String,
    },
    /// Something outside the job is away for now; this is said when it stays away.
    TryAgain(Failure),
}

impl Finished {
    /// The file that nobody names if this ending is refused.
    pub fn stored_key(&self) -> Option<&str> {
        match self {
            Self::Ingest { key, .. } | Self::Append { key, .. } | Self::Export { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Whether the work was done to its end.
    pub const fn is_done(&self) -> bool {
        !matches!(self, Self::Failed(_) | Self::TryAgain(_))
    }

    /// The file to set aside when this ending is written.
    pub fn infected_key(&self) -> Option<&str> {
        match self {
            Self::Infected { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Where a probe wants its success to be witnessed.
    pub const fn ledger(&self) -> Option<&ProbeLedger> {
        match self {
            Self::Probe { ledger, .. } => ledger.as_ref(),
            _ => None,
        }
    }

    /// `crashes` are those before this attempt: the first one is forgiven, since it may be the machine's fault.
    pub fn into_ending(self, attempt: u32, crashes: u32) -> Ending {
        match self {
            Self::Analysis { result_json } | Self::Export { result_json, .. } | Self::Probe { result_json, .. } => {
                Ending::Succeeded { result_json, ingest: None }
            }
            Self::Ingest { result_json, outcome, key } => {
                Ending::Succeeded { result_json, ingest: Some((*outcome, key)) }
            }
            Self::Append { result_json, outcome, key, parent } => {
                Ending::Appended { result_json, outcome: *outcome, key, parent }
            }
            Self::Failed(failure) if failure.code == ErrorCode::Crashed && crashes == 0 => {
                Ending::Crashed { delay_ms: delay_ms(attempt), failure }
            }
            Self::Failed(failure) | Self::Infected { failure, .. } => Ending::Failed(failure),
            Self::TryAgain(failure) if attempt >= MOST_ATTEMPTS => Ending::Failed(failure),
            Self::TryAgain(failure) => Ending::TryAgain { delay_ms: delay_ms(attempt), failure },
        }
    }

    /// A failure of the computation; one that says "unavailable" is tried again.
    pub fn of_failure(failure: Failure) -> Self {
        match failure.code {
            ErrorCode::Unavailable => Self::TryAgain(failure),
            _ => Self::Failed(failure),
        }
    }

    /// A storage error is the job's end where trying again cannot help.
    pub fn of_storage(error: &StorageError) -> Self {
        match error {
            StorageError::NotFound => Self::Failed(
                Failure::new(ErrorCode::Internal, "The stored file of this dataset is missing.")
                    .advice("Upload the file again, or tell the operator."),
            ),
            StorageError::DiskFull => Self::Failed(
                Failure::new(ErrorCode::InsufficientStorage, "The server's disk is full.")
                    .advice("Try again when the operator has made room."),
            ),
            StorageError::TooLarge { .. } | StorageError::InvalidKey(_) | StorageError::UnknownUrl => {
                Self::Failed(internal())
            }
            StorageError::Io(_) => Self::TryAgain(
                Failure::new(ErrorCode::Unavailable, "The server's storage could not be reached, again and again.")
                    .advice("Try again later; if it goes on, tell the operator."),
            ),
        }
    }
}

fn delay_ms(attempt: u32) -> u64 {
    u64::try_from(backoff::delay(attempt).as_millis()).unwrap_or(u64::MAX)
}

pub fn internal() -> Failure {
    Failure::new(ErrorCode::Internal, "Something went wrong on the server.")
        .advice("Try again; if it happens again, report it together with the request id.")
}
