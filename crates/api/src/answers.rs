//! Building answers: JSON with an ETag, list pages with their link, jobs with their headers.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use contract::jobs::Job;
use contract::lists::Page;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::measuring::duplicate_prevented;
use crate::openapi::BASE;
use crate::problems::{ApiError, Result};
use crate::waiting::Prefer;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// When to ask for a job that has only begun.
const FIRST_POLL_SECONDS: u64 = 1;

/// One page of a list; the next one stands in `Link` too.
pub fn page<T: Serialize>(request: &HttpRequest, page: &Page<T>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(cursor) = &page.next_cursor {
        let rest = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "cursor");
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).append_pair("cursor", cursor).finish();
        response.insert_header((header::LINK, format!("<{}?{query}>; rel=\"next\"", request.path())));
    }
    response.json(page)
}

/// JSON text whose tag is a digest of itself; 304 when the client has it already.
pub fn tagged(request: &HttpRequest, json: Vec<u8>) -> HttpResponse {
    let digest = Sha256::digest(&json);
    tagged_as(request, &hex::encode(digest.get(..16).unwrap_or(&digest)), json)
}

/// JSON text with a known tag.
pub fn tagged_as(request: &HttpRequest, tag: &str, json: impl Into<Bytes>) -> HttpResponse {
    if is_known(request.headers(), tag) {
        return not_modified(tag);
    }
    HttpResponse::Ok().insert_header((header::ETAG, weak(tag))).content_type("application/json").body(json.into())
}

/// The answer to a client that has it already.
pub fn not_modified(tag: &str) -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_MODIFIED).insert_header((header::ETAG, weak(tag))).finish()
}

/// Whether `If-None-Match` names the tag (weak comparison).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let quoted = format!("\"{tag}\"");
    headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || known.trim().trim_start_matches("W/") == quoted)
}

/// Weak: the bytes differ with the compression, the meaning does not.
fn weak(tag: &str) -> String {
    format!("W/\"{tag}\"")
}

/// A job that was asked for its state, and the seconds until it is worth asking again.
pub fn job_state(request: &HttpRequest, job: &Job, retry_after: Option<u64>) -> Result<HttpResponse> {
    let json = serde_json::to_vec(job).map_err(ApiError::internal)?;
    let mut response = tagged(request, json);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// The answer to a request that started work.
#[derive(Debug)]
pub struct Started<'a, T> {
    pub job: &'a Job,
    /// The job itself, or what holds it.
    pub body: &'a T,
    pub prefer: Option<Prefer>,
    /// Whether an earlier request with the same `Idempotency-Key` had started it.
    pub replayed: bool,
}

impl<T: Serialize> Started<'_, T> {
    /// 202 with the job's address while it runs; 200 with everything when it has finished.
    pub fn answer(&self) -> HttpResponse {
        let is_done = self.job.status.is_final();
        let mut response = HttpResponse::build(if is_done { StatusCode::OK } else { StatusCode::ACCEPTED });
        response.insert_header((header::LOCATION, job_path(self.job.id)));
        if !is_done {
            response.insert_header((header::RETRY_AFTER, FIRST_POLL_SECONDS));
        }
        if let (Some(prefer), true) = (self.prefer, is_done) {
            response.insert_header((PREFERENCE_APPLIED, format!("wait={}", prefer.seconds)));
        }
        if self.replayed {
            duplicate_prevented("replayed");
            response.insert_header((IDEMPOTENCY_REPLAYED, "true"));
        }
        response.json(self.body)
    }
}

pub fn job_path(id: Uuid) -> String {
    format!("{BASE}/jobs/{id}")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn status(if_none_match: Option<&str>) -> StatusCode {
        let request = TestRequest::default();
        let request = match if_none_match {
            Some(value) => request.insert_header((header::IF_NONE_MATCH, value)),
            None => request,
        };
        tagged_as(&request.to_http_request(), "abc", b"{}".to_vec()).status()
    }

    #[test]
    fn a_known_tag_is_not_sent_again() {
        for value in ["W/\"abc\"", "\"abc\"", "\"x\", W/\"abc\"", "*"] {
            assert_eq!(status(Some(value)), StatusCode::NOT_MODIFIED, "{value}");
        }
        for value in [None, Some("\"x\""), Some("abc"), Some("")] {
            assert_eq!(status(value), StatusCode::OK, "{value:?}");
        }
    }

    #[test]
    fn a_digest_tag_changes_with_the_text() {
        let request = TestRequest::default().to_http_request();
        let tag = |text: &str| tagged(&request, text.as_bytes().to_vec()).headers().get(header::ETAG).cloned().unwrap();
        assert_eq!(tag("{}"), tag("{}"));
        assert_ne!(tag("{}"), tag("[]"));
    }

    #[test]
    fn the_next_page_keeps_the_other_parameters() {
        let request = TestRequest::with_uri("/api/v1/jobs?limit=2&cursor=old&q=a%26b").to_http_request();
        let response = page(&request, &Page { items: vec![1], next_cursor: Some("n=1".into()) });
        let link = response.headers().get(header::LINK).unwrap();
        assert_eq!(link, "</api/v1/jobs?limit=2&q=a%26b&cursor=n%3D1>; rel=\"next\"");
        let last = page(&request, &Page::<u8> { items: vec![], next_cursor: None });
        assert!(last.headers().get(header::LINK).is_none());
    }
}
