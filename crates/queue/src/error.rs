//! Why a bell or a signal could not be sent. None of these loses a job.

pub type Result<T> = std::result::Result<T, QueueError>;

#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error("the Redis URL cannot be used: {0}")]
    Url(String),
    #[error("the file {0} cannot be read: {1}")]
    File(String, std::io::ErrorKind),
    #[error("Redis cannot be reached: {0}")]
    Redis(#[from] redis::RedisError),
    #[error("Redis did not answer in time")]
    Slow,
    #[error("the message cannot be written: {0}")]
    Message(String),
}
