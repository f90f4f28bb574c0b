//! Reading requests: JSON bodies and query strings, with errors that name the field.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use contract::bodies::{read_body, sentence};
use contract::errors::ErrorCode;
use contract::lists::{DEFAULT_LIMIT, MAX_LIMIT};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::problems::{ApiError, Result, too_large};
use crate::state::State;

/// A JSON body: malformed is 400, a wrong value 422 with its JSON pointer.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A query string: a wrong value is 422 with the parameter's name.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let value = read_json(&request, payload).await?;
            read_body(value).map(Self).map_err(|error| ApiError::invalid(vec![error]))
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_query(request.query_string()).map(Self))
    }
}

async fn read_json(request: &HttpRequest, payload: Payload) -> Result<Value> {
    let is_json =
        request.mime_type().ok().flatten().is_some_and(|kind| {
            kind.subtype() == mime::JSON || kind.suffix().is_some_and(|suffix| suffix == mime::JSON)
        });
    if !is_json {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, "Send the body as `application/json`."));
    }
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, "Send the body without Content-Encoding."));
    }
    let state = request.app_data::<web::Data<State>>().ok_or_else(|| ApiError::internal("no state"))?;
    let limit = state.settings.http.body_bytes;
    let patience = Duration::from_secs(state.settings.http.request_timeout_seconds);
    let bytes = tokio::time::timeout(patience, collect(payload, limit)).await.map_err(|_| {
        let detail = format!("The body did not arrive within {} seconds.", patience.as_secs());
        ApiError::new(ErrorCode::RequestTimeout, detail)
    })??;
    parse_json(&bytes)
}

async fn collect(mut payload: Payload, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|_| malformed("The connection broke off in the middle of the body."))?;
        if (bytes.len() + piece.len()) as u64 > limit {
            return Err(too_large("The body", "body_bytes", limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Parses a JSON text; the error says where it stops being one.
pub fn parse_json(bytes: &[u8]) -> Result<Value> {
    if bytes.is_empty() {
        return Err(malformed("The body is empty; send a JSON object."));
    }
    serde_json::from_slice(bytes).map_err(|error| malformed(&format!("The body is not valid JSON: {error}.")))
}

fn read_query<T: DeserializeOwned>(text: &str) -> Result<T> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let name = error.path().to_string();
        let pointer = if name == "." { String::new() } else { name };
        ApiError::field(&pointer, sentence(&error.into_inner().to_string()))
    })
}

/// A text of a query string of at most `MOST` characters, for `#[serde(deserialize_with)]`.
pub fn at_most<'de, const MOST: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    match text.as_ref().map(|text| text.chars().count()).filter(|count| *count > MOST) {
        None => Ok(text),
        Some(count) => Err(D::Error::custom(format!("{count} characters; at most {MOST} are allowed"))),
    }
}

pub fn malformed(detail: &str) -> ApiError {
    ApiError::new(ErrorCode::MalformedRequest, detail)
}

/// The size of a list page: 1 to 200, 50 unless given.
pub fn list_limit(given: Option<u32>) -> Result<u32> {
    match given {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        Some(limit) => Err(ApiError::field("limit", format!("{limit} is not from 1 to {MAX_LIMIT}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Given {
        #[serde(default)]
        limit: Option<u32>,
        #[serde(default, deserialize_with = "at_most::<5, _>")]
        q: Option<String>,
    }

    fn pointer(error: &ApiError) -> String {
        error.problem("").errors[0].pointer.clone()
    }

    #[test]
    fn a_query_error_names_the_parameter() {
        let read: Given = read_query("limit=20&q=a%20b+c").unwrap();
        assert_eq!((read.limit, read.q.as_deref()), (Some(20), Some("a b c")));
        assert_eq!(pointer(&read_query::<Given>("q=x&limit=many").unwrap_err()), "limit");
        assert_eq!(pointer(&read_query::<Given>("limit=-1").unwrap_err()), "limit");
        let long = read_query::<Given>("q=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4").unwrap_err();
        assert_eq!(pointer(&long), "q");
        assert!(long.to_string().contains("6 characters; at most 5 are allowed."), "{long}");
    }

    #[test]
    fn malformed_json_is_not_a_wrong_value() {
        let error = parse_json(b"{\"a\": }").unwrap_err();
        assert_eq!(error.code(), ErrorCode::MalformedRequest);
        assert!(error.to_string().contains("line 1 column 7"), "{error}");
        assert_eq!(parse_json(b"").unwrap_err().code(), ErrorCode::MalformedRequest);
    }

    #[test]
    fn list_limits_are_bounded() {
        assert_eq!(list_limit(None).unwrap(), DEFAULT_LIMIT);
        assert_eq!(list_limit(Some(200)).unwrap(), 200);
        assert!(list_limit(Some(0)).is_err());
        assert!(list_limit(Some(201)).is_err());
    }
}
