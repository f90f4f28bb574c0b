//! What a failed request answers: one error type for all routes, rendered as problem+json (RFC 9457).

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use contract::errors::{ErrorCode, Failure, FieldError, Problem};
use domain::DomainError;
use storage::StorageError;

pub const PROBLEM_JSON: &str = "application/problem+json";
/// When a client should try again what a busy or unreachable part could not do.
const RETRY_BUSY: u64 = 1;
const RETRY_UNAVAILABLE: u64 = 5;

pub type Result<T> = std::result::Result<T, ApiError>;

/// An error answer. The detail is public; the cause is logged and never leaves the server.
#[derive(Debug)]
pub struct ApiError(Box<Parts>);

#[derive(Debug)]
struct Parts {
    code: ErrorCode,
    status: StatusCode,
    detail: String,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<String>,
    instance: String,
}

impl ApiError {
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        let error = Self(Box::new(Parts {
            code,
            status: StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            detail: detail.into(),
            errors: Vec::new(),
            headers: Vec::new(),
            cause: None,
            instance: String::new(),
        }));
        match code {
            ErrorCode::Unauthenticated | ErrorCode::InvalidCredentials => {
                error.header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            ErrorCode::Unavailable => error.retry_after(RETRY_UNAVAILABLE),
            _ => error,
        }
    }

    /// An unknown thing, or one that the caller may not see: the answer is the same.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}, or it is not yours."))
    }

    /// Something that must not happen; the caller learns nothing but the request id.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let detail = "The server met an unexpected condition. Quote the request id when you ask for help.";
        Self::new(ErrorCode::Internal, detail).cause(cause)
    }

    /// Values that are not valid, each with the place where it stands.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            many => format!("{} values are not valid; `errors` names each.", many.len()),
        };
        let mut error = Self::new(ErrorCode::ValidationFailed, detail);
        error.0.errors = errors;
        error
    }

    pub fn field(pointer: &str, detail: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(pointer, detail)])
    }

    /// Why a job has no result, or a dataset no data. The request itself was served,
    /// so what would be a server error of the job is a conflict here, with the job's own code.
    pub fn failure(failure: &Failure) -> Self {
        let mut detail = failure.message.clone();
        if let Some(advice) = &failure.advice {
            detail = format!("{detail} {advice}");
        }
        let mut error = Self::new(failure.code, detail);
        if error.0.status.is_server_error() {
            error.0.status = StatusCode::CONFLICT;
        }
        error
    }

    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.retain(|(known, _)| *known != name);
        self.0.headers.push((name, value));
        self
    }

    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The request id, known to the frame around all routes.
    pub fn instance(mut self, request_id: &str) -> Self {
        request_id.clone_into(&mut self.0.instance);
        self
    }

    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// What the caller may read.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    pub fn logged_cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The headers that belong to this error.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }

    pub fn problem(&self, instance: &str) -> Problem {
        let mut problem = Problem::new(self.0.code, self.0.detail.clone(), instance);
        problem.status = self.0.status.as_u16();
        problem.errors.clone_from(&self.0.errors);
        problem
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.status.as_u16(), self.0.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.0.status);
        for (name, value) in &self.0.headers {
            response.insert_header((name.clone(), value.clone()));
        }
        response.content_type(PROBLEM_JSON).body(body(&self.problem(&self.0.instance)))
    }
}

/// A problem as the bytes of an answer.
pub fn body(problem: &Problem) -> Vec<u8> {
    serde_json::to_vec(problem).unwrap_or_default()
}

/// The problem for a bare status, as the web framework itself answers it.
pub fn from_status(status: StatusCode) -> ApiError {
    let (code, detail) = match status.as_u16() {
        401 => (ErrorCode::Unauthenticated, "Sign in and send the access token."),
        403 => (ErrorCode::Forbidden, "This is not allowed."),
        404 => (ErrorCode::NotFound, "There is nothing at this address."),
        405 => (ErrorCode::MethodNotAllowed, "This address does not answer to this method."),
        406 => (ErrorCode::NotAcceptable, "No representation fits the request's Accept headers."),
        408 => (ErrorCode::RequestTimeout, "The request took too long to arrive."),
        411 => (ErrorCode::LengthRequired, "Send a Content-Length."),
        413 => (ErrorCode::PayloadTooLarge, "The request is too large."),
        415 => (ErrorCode::UnsupportedMediaType, "This media type is not supported here."),
        503 => (ErrorCode::Unavailable, "The server cannot answer now. Try again soon."),
        400..500 => (ErrorCode::MalformedRequest, "The request cannot be read."),
        _ => return ApiError::internal(format!("bare status {status}")),
    };
    let mut error = ApiError::new(code, detail);
    error.0.status = status;
    error
}

impl From<DomainError> for ApiError {
    fn from(error: DomainError) -> Self {
        let public = error.public_message();
        match error {
            DomainError::NotFound => Self::new(ErrorCode::NotFound, public),
            DomainError::Conflict { field, message } => {
                let mut conflict = Self::new(ErrorCode::Conflict, message.clone());
                if !field.is_empty() {
                    conflict.0.errors = vec![FieldError::new(format!("/{field}"), message)];
                }
                conflict
            }
            DomainError::Invalid(errors) => Self::invalid(errors),
            DomainError::Failed(failure) => Self::failure(&failure),
            DomainError::NotReady(_) => Self::new(ErrorCode::NotReady, public).retry_after(RETRY_BUSY),
            DomainError::Limited(_) => Self::new(ErrorCode::RateLimited, public).retry_after(RETRY_BUSY),
            DomainError::Busy => Self::new(ErrorCode::Unavailable, public).retry_after(RETRY_BUSY),
            other if other.code() == ErrorCode::Internal => Self::internal(other),
            other => Self::new(other.code(), public).cause(other),
        }
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::DiskFull => Self::new(
                ErrorCode::InsufficientStorage,
                "The server has no room left for this file; nothing was stored. Ask an administrator to free space.",
            ),
            StorageError::TooLarge { limit } => too_large("The file", "upload_bytes", limit),
            other => Self::internal(other),
        }
    }
}

/// A body beyond its limit: the answer names the limit and where it is set.
pub fn too_large(what: &str, setting: &str, limit: u64) -> ApiError {
    ApiError::new(
        ErrorCode::PayloadTooLarge,
        format!("{what} is larger than {limit} bytes, the limit `http.{setting}` of this server."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_kind_status_and_fields() {
        let error = ApiError::field("/name", "Give the dataset a name.");
        let problem = error.problem("r-1");
        assert_eq!(problem.kind, "/problems/validation_failed");
        assert_eq!((problem.status, problem.instance.as_str()), (422, "r-1"));
        assert_eq!(problem.errors, [FieldError::new("/name", "Give the dataset a name.")]);
    }

    #[test]
    fn a_cause_is_never_answered() {
        let error = ApiError::internal("no such table: users");
        assert_eq!(error.logged_cause(), Some("no such table: users"));
        let text = String::from_utf8(body(&error.problem("r-1"))).unwrap();
        assert!(!text.contains("users"), "{text}");
    }

    #[test]
    fn a_failed_job_is_no_server_error_of_the_request_for_its_result() {
        let lost = ApiError::failure(&Failure::new(ErrorCode::WorkerLost, "The worker was lost."));
        assert_eq!(lost.problem("").status, 409);
        assert_eq!(lost.problem("").code, ErrorCode::WorkerLost);
        let invalid = ApiError::failure(&Failure::new(ErrorCode::InvalidFile, "Line 3 has 4 fields."));
        assert_eq!(invalid.problem("").status, 422);
    }

    #[test]
    fn answers_without_credentials_name_the_scheme() {
        let error = ApiError::new(ErrorCode::Unauthenticated, "Sign in.");
        assert!(error.headers().iter().any(|(name, value)| name == header::WWW_AUTHENTICATE && value == "Bearer"));
    }
}
