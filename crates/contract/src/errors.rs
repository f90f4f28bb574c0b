//! Error codes, the problem document of RFC 9457, and the failure that a job ends with.

use serde::{Deserialize, Serialize};
use serde_path_to_error::Segment;
use utoipa::ToSchema;

use crate::ingest::QuarantinedRow;

/// What went wrong, in one word a program can match on. Stable: codes are added, never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    // Requests.
    MalformedRequest,
    Unauthenticated,
    InvalidCredentials,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    RequestTimeout,
    Conflict,
    IdempotencyInProgress,
    LengthRequired,
    PayloadTooLarge,
    UnsupportedMediaType,
    ValidationFailed,
    IdempotencyMismatch,
    RateLimited,
    Internal,
    Unavailable,
    InsufficientStorage,
    // Jobs.
    InvalidFile,
    InfectedFile,
    InvalidParameters,
    NotReady,
    Cancelled,
    TimedOut,
    OutOfMemory,
    Crashed,
    WorkerLost,
}

impl ErrorCode {
    /// The HTTP status that carries this code.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedRequest => 400,
            Self::Unauthenticated | Self::InvalidCredentials => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable => 406,
            Self::RequestTimeout => 408,
            Self::Conflict | Self::IdempotencyInProgress | Self::NotReady | Self::Cancelled => 409,
            Self::LengthRequired => 411,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::ValidationFailed
            | Self::IdempotencyMismatch
            | Self::InvalidFile
            | Self::InfectedFile
            | Self::InvalidParameters => 422,
            Self::RateLimited => 429,
            Self::Internal | Self::Crashed | Self::WorkerLost | Self::OutOfMemory => 500,
            Self::Unavailable => 503,
            Self::TimedOut => 504,
            Self::InsufficientStorage => 507,
        }
    }

    /// A short, constant headline for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::MalformedRequest => "The request cannot be read",
            Self::Unauthenticated => "Sign in first",
            Self::InvalidCredentials => "Unknown account or wrong password",
            Self::Forbidden => "Not allowed",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::NotAcceptable => "No representation fits the Accept header",
            Self::RequestTimeout => "The request took too long to arrive",
            Self::Conflict => "Conflict with what exists",
            Self::IdempotencyInProgress => "The first request with this key is still running",
            Self::LengthRequired => "Content-Length is missing",
            Self::PayloadTooLarge => "Too large",
            Self::UnsupportedMediaType => "Media type not supported",
            Self::ValidationFailed => "Some values are not valid",
            Self::IdempotencyMismatch => "This key was used with another body",
            Self::RateLimited => "Too many requests",
            Self::Internal => "Something went wrong on the server",
            Self::Unavailable => "Temporarily unavailable",
            Self::InsufficientStorage => "The server's disk is full",
            Self::InvalidFile => "The file cannot be read as a table",
            Self::InfectedFile => "The file holds malware",
            Self::InvalidParameters => "The parameters do not fit the data",
            Self::NotReady => "Not ready yet",
            Self::Cancelled => "Cancelled",
            Self::TimedOut => "The job took too long",
            Self::OutOfMemory => "The job needed too much memory",
            Self::Crashed => "The computation stopped unexpectedly",
            Self::WorkerLost => "The worker was lost twice while running this job",
        }
    }
}

/// One value that is wrong, and where it stands in the request (a JSON pointer such as `/columns/0`,
/// or the name of a query parameter or header).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    pub pointer: String,
    pub detail: String,
}

impl FieldError {
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// The body of every error answer (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A relative reference that names the kind of problem: `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What happened, where, and what to do.
    pub detail: String,
    /// The request id, to quote when asking for help.
    pub instance: String,
    pub code: ErrorCode,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    pub fn new(code: ErrorCode, detail: impl Into<String>, instance: impl Into<String>) -> Self {
        let name = serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned));
        Self {
            kind: format!("/problems/{}", name.unwrap_or_default()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            instance: instance.into(),
            code,
            errors: Vec::new(),
        }
    }
}

/// The JSON pointer (RFC 6901) of where reading a value stopped.
pub fn json_pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            other => other.to_string().replace('~', "~0").replace('/', "~1"),
        };
        pointer.push('/');
        pointer.push_str(&name);
    }
    pointer
}

/// Why a job or an ingest failed: what happened, where in the file, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    pub code: ErrorCode,
    /// One sentence for a person.
    pub message: String,
    /// What the person can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The line of the uploaded file, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column's name, or its number counted from 1 where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The offending value, shortened to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The first malformed rows, where too many of them made the file fail; at most five.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<QuarantinedRow>,
}

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            advice: None,
            line: None,
            column: None,
            value: None,
            examples: Vec::new(),
        }
    }

    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Keeps at most 200 characters, so that a huge cell does not travel in an error message.
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        self.value = Some(value.as_ref().chars().take(200).collect());
        self
    }
}
