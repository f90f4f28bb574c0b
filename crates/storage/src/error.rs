//! Why bytes could not be stored or read.

use std::io::{self, ErrorKind};

pub type Result<T> = std::result::Result<T, StorageError>;

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("there is no such file in storage")]
    NotFound,
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the disk is full")]
    DiskFull,
    #[error("\"{0}\" is not a storage key")]
    InvalidKey(String),
    #[error("the storage URL must be file:///absolute/path or memory://")]
    UnknownUrl,
    #[error("storage cannot be used: {0}")]
    Io(io::Error),
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        if matches!(error, object_store::Error::NotFound { .. }) {
            return Self::NotFound;
        }
        Self::Io(io::Error::other(error))
    }
}
