//! The problem answers, defined once; a route names those that are its own, the others follow from its shape.

use std::collections::BTreeMap;

use actix_web::ResponseError as _;
use contract::errors::{ErrorCode, FieldError};
use utoipa::openapi::{Components, ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::problems::{ApiError, PROBLEM_JSON};

/// Status, name of the component, description, and the code and detail of the example.
const PROBLEMS: [(&str, &str, &str, ErrorCode, &str); 16] = [
    (
        "400",
        "Malformed",
        "The request cannot be read.",
        ErrorCode::MalformedRequest,
        "The body is not valid JSON: expected value at line 1 column 7.",
    ),
    (
        "401",
        "Unauthenticated",
        "No valid access token was sent.",
        ErrorCode::Unauthenticated,
        "The access token has expired. Refresh it, or log in again.",
    ),
    (
        "401",
        "WrongCredentials",
        "The credentials are not right.",
        ErrorCode::InvalidCredentials,
        "There is no account with this name and password.",
    ),
    (
        "403",
        "Forbidden",
        "The account may not do this: its role does not suffice, or it is disabled.",
        ErrorCode::Forbidden,
        "This needs the role analyst; yours is viewer. Ask an administrator to change it.",
    ),
    (
        "404",
        "Absent",
        "There is no such thing, or it belongs to somebody else.",
        ErrorCode::NotFound,
        "There is nothing here that you may see.",
    ),
    (
        "408",
        "TooSlow",
        "The body did not arrive in time.",
        ErrorCode::RequestTimeout,
        "The body did not arrive within 30 seconds.",
    ),
    (
        "409",
        "Conflict",
        "The request contradicts what exists.",
        ErrorCode::Conflict,
        "This user name is taken. Choose another one.",
    ),
    (
        "409",
        "NotReady",
        "It is still being made; `Retry-After` says when to ask again.",
        ErrorCode::NotReady,
        "The file is still being read.",
    ),
    (
        "409",
        "InProgress",
        "The first request with this `Idempotency-Key` is still running.",
        ErrorCode::IdempotencyInProgress,
        "The first request with this Idempotency-Key is still running. Send it again in a moment.",
    ),
    (
        "409",
        "NoResult",
        "The job has not finished, was cancelled or could not be run.",
        ErrorCode::NotReady,
        "The job is running. Ask again when it is done.",
    ),
    (
        "413",
        "TooLarge",
        "The body is beyond a limit, which the answer names.",
        ErrorCode::PayloadTooLarge,
        "The file is larger than 1073741824 bytes, the limit `http.upload_bytes` of this server.",
    ),
    (
        "415",
        "WrongMediaType",
        "The body's media type is not taken here.",
        ErrorCode::UnsupportedMediaType,
        "Send the body as `application/json`.",
    ),
    (
        "422",
        "Invalid",
        "Some values are not valid; `errors` names each by JSON pointer or parameter.",
        ErrorCode::ValidationFailed,
        "0 is not from 1 to 200.",
    ),
    (
        "429",
        "RateLimited",
        "Too many attempts; `Retry-After` says when to try again.",
        ErrorCode::RateLimited,
        "At most 5 attempts a minute for one account and one address. Try again in 12 seconds.",
    ),
    (
        "429",
        "TooManyStreams",
        "Too many event streams are open for this account.",
        ErrorCode::RateLimited,
        "At most 8 event streams are open for one account. Close one.",
    ),
    (
        "507",
        "StorageFull",
        "The server's disk is full; nothing was stored.",
        ErrorCode::InsufficientStorage,
        "The server's disk is full. Nothing was stored.",
    ),
];

/// Any other problem, as every operation may answer it.
pub const UNEXPECTED: &str = "Unexpected";

/// Puts the answers among the components, where operations refer to them by name.
pub fn define(components: &mut Components) {
    Problem::collect(&mut components.schemas);
    for (_, name, description, code, detail) in PROBLEMS {
        components.responses.insert(name.to_owned(), response(description, code, detail).into());
    }
    let text = "Anything else: 500 when the server fails, 503 with `Retry-After` when it cannot answer now.";
    let detail = "The database does not answer right now. Try again in a few seconds.";
    components.responses.insert(UNEXPECTED.to_owned(), response(text, ErrorCode::Unavailable, detail).into());
}

/// A reference to the answer of this name, with its status.
pub fn named(name: &str) -> Option<(String, RefOr<Response>)> {
    let (status, ..) = PROBLEMS.iter().find(|problem| problem.1 == name)?;
    Some(((*status).to_owned(), Ref::from_response_name(name).into()))
}

fn response(description: &str, code: ErrorCode, detail: &str) -> Response {
    let error = match code {
        ErrorCode::ValidationFailed => ApiError::invalid(vec![FieldError::new("limit", detail)]),
        code => ApiError::new(code, detail),
    };
    let example = serde_json::to_value(error.problem("0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58")).ok();
    debug_assert_eq!(error.status_code().as_u16(), code.status());
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).example(example).build();
    ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build()
}

/// The schemas of a problem document.
struct Problem;

impl Problem {
    fn collect(schemas: &mut BTreeMap<String, RefOr<utoipa::openapi::Schema>>) {
        let mut found = Vec::new();
        <contract::errors::Problem as ToSchema>::schemas(&mut found);
        schemas.extend(found);
        schemas.insert("Problem".to_owned(), <contract::errors::Problem as utoipa::PartialSchema>::schema());
    }
}

/// Named answers, for the `responses(…)` of a route.
macro_rules! problem_answers {
    ($($(#[$doc:meta])* $answer:ident => [$($name:literal),+];)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $answer;

        impl IntoResponses for $answer {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$($name),+].into_iter().filter_map(named).collect()
            }
        }
    )+};
}

problem_answers! {
    /// The request contradicts what exists.
    Conflict => ["Conflict"];
    /// Counted per account and address.
    RateLimited => ["RateLimited"];
    /// The credentials are not right.
    WrongCredentials => ["WrongCredentials"];
    /// The account may not.
    Disabled => ["Forbidden"];
    /// A dataset that is being read, or could not be read.
    NotReady => ["NotReady", "Invalid"];
    /// A job without result.
    NoResult => ["NoResult", "Invalid"];
    /// An event id that was never given.
    BadEventId => ["Invalid"];
    /// As many event streams as one account may have.
    TooManyStreams => ["TooManyStreams"];
    /// Neither token nor neighbour.
    MetricsRefused => ["Unauthenticated"];
    /// The disk is full.
    StorageFull => ["StorageFull"];
    /// A key that was used before.
    IdempotencyProblems => ["InProgress"];
}

/// Nothing changed since the tag that the client knows.
#[derive(Clone, Copy, Debug)]
pub struct NotModified;

impl IntoResponses for NotModified {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let response = ResponseBuilder::new().description("Nothing has changed since the `ETag` in `If-None-Match`.");
        BTreeMap::from([("304".to_owned(), response.build().into())])
    }
}

/// The form of an upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct Uploadable {
    /// The file itself.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The dataset's name; the file's unless given.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// What the data is about.
    #[schema(max_length = 5000)]
    description: Option<String>,
}

/// The form of rows to add.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct RowsForm {
    /// The file itself.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A raw body whose bytes say what it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct RawFile(Vec<u8>);
