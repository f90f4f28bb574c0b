//! The outermost middleware: request id, log line, caught panics, problem documents and security headers.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, ResponseError as _, web};
use futures_util::FutureExt as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::headers::{self, X_REQUEST_ID};
use crate::measuring;
use crate::paths;
use crate::problems::{self, ApiError, PROBLEM_JSON};
use crate::rates::Standing;
use crate::state::State;

const MAX_REQUEST_ID: usize = 128;
const MAX_USER_AGENT: usize = 300;
/// The part of the log that has a line for each request, so that it can be left out alone.
const LINES: &str = "requests";

/// What is known of a request before its handler runs.
#[derive(Clone, Debug)]
pub struct RequestMeta {
    pub request_id: String,
    pub address: IpAddr,
    pub user_agent: String,
}

/// Whose request it is, for its line in the log.
#[derive(Clone, Copy, Debug)]
pub struct CallerId(pub Uuid);

/// Marks a request that came as HEAD: it is answered as GET, and whoever streams need not begin.
#[derive(Clone, Copy, Debug)]
pub struct IsHead;

impl FromRequest for RequestMeta {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.extensions().get::<Self>().cloned();
        ready(Ok(known.unwrap_or_else(|| meta(request))))
    }
}

pub async fn frame(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let meta = meta(request.request());
    let request_id = meta.request_id.clone();
    // The id alone stands on every line of the request; its last line tells the rest.
    let span = tracing::info_span!("request", request_id);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    paths::tidy(&mut request);
    request.extensions_mut().insert(meta);
    // HEAD is GET without a body; the connection leaves the body out by the method it has read.
    if request.method() == Method::HEAD {
        request.extensions_mut().insert(IsHead);
        request.head_mut().method = Method::GET;
    }
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind().instrument(span.clone()).await;
    let _entered = span.enter();
    let response = match answer {
        Ok(Ok(response)) => finished(response, &request_id),
        Ok(Err(error)) => return Err(unanswered(&request_id, &method, &uri, started, error.to_string())),
        Err(panic) => return Err(unanswered(&request_id, &method, &uri, started, panic_text(&*panic))),
    };
    let took = started.elapsed();
    measuring::request(response.request().match_pattern(), &method, response.status(), took);
    tell(&response, &method, &uri, took);
    Ok(response)
}

/// The line of an answered request; `path` is spelt as the client did.
fn tell(response: &ServiceResponse<BoxBody>, method: &Method, uri: &Uri, took: Duration) {
    let (status, ms) = (response.status().as_u16(), took.as_micros() as f64 / 1e3);
    let (method, path) = (method.as_str(), uri.path());
    match response.request().extensions().get::<CallerId>() {
        Some(CallerId(user_id)) => tracing::info!(target: LINES, status, ms, method, path, %user_id, "answered"),
        None => tracing::info!(target: LINES, status, ms, method, path, "answered"),
    }
}

/// An answer on its way out: errors become problem documents, and every answer gets its headers.
fn finished(response: ServiceResponse<impl MessageBody + 'static>, request_id: &str) -> ServiceResponse<BoxBody> {
    let standing = response.request().extensions().get::<Standing>().copied();
    let error = response.response().error();
    let mut response = match error.and_then(|error| error.as_error::<ApiError>()) {
        Some(error) => {
            let (status, headers, body) = (error.status_code(), error.headers().to_vec(), rendered(error, request_id));
            problem(response, status, &headers, body)
        }
        None if is_bare_error(response.status(), response.headers()) => {
            let status = response.status();
            let error = problems::from_status(status);
            problem(response, status, error.headers(), rendered(&error, request_id))
        }
        None => response.map_into_boxed_body(),
    };
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    headers::secure(response.headers_mut(), request_id);
    response
}

/// An error that the web framework made, in its own words instead of a problem document.
fn is_bare_error(status: StatusCode, headers: &HeaderMap) -> bool {
    let is_json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"json"));
    (status.is_client_error() || status.is_server_error()) && !is_json
}

fn rendered(error: &ApiError, request_id: &str) -> Vec<u8> {
    if let Some(cause) = error.logged_cause() {
        tracing::error!(code = ?error.code(), cause, "the request failed");
    }
    problems::body(&error.problem(request_id))
}

/// Keeps the headers that other middleware has set (CORS above all) and replaces the body.
fn problem<B>(
    response: ServiceResponse<B>,
    status: StatusCode,
    headers: &[(header::HeaderName, HeaderValue)],
    body: Vec<u8>,
) -> ServiceResponse<BoxBody> {
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    *response.response_mut().status_mut() = status;
    let target = response.headers_mut();
    for name in [header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::ETAG] {
        target.remove(name);
    }
    target.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    target.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in headers {
        target.insert(name.clone(), value.clone());
    }
    response
}

/// The answer to a request that ended without one.
fn unanswered(request_id: &str, method: &Method, uri: &Uri, started: Instant, cause: String) -> Error {
    measuring::request(None, method, StatusCode::INTERNAL_SERVER_ERROR, started.elapsed());
    tracing::error!(cause, method = method.as_str(), path = uri.path(), "the request ended without an answer");
    let mut headers = HeaderMap::new();
    headers::secure(&mut headers, request_id);
    let error = ApiError::internal(cause).instance(request_id);
    headers.into_iter().fold(error, |error, (name, value)| error.header(name, value)).into()
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

fn meta(request: &HttpRequest) -> RequestMeta {
    let headers = request.headers();
    let address = request
        .app_data::<web::Data<State>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |state| state.proxies.client(request.peer_addr(), headers));
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    RequestMeta {
        request_id: request_id(headers),
        address,
        user_agent: user_agent.chars().take(MAX_USER_AGENT).collect(),
    }
}

/// The request id that the client or a proxy gave, if it is harmless, or a new one.
fn request_id(headers: &HeaderMap) -> String {
    let harmless = |id: &&str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        !id.is_empty() && id.len() <= MAX_REQUEST_ID && id.bytes().all(allowed)
    };
    let given = headers.get(X_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(harmless);
    given.map_or_else(|| domain::new_id().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use actix_web::middleware::from_fn;
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, HttpResponse};

    use super::*;

    fn id_for(value: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(X_REQUEST_ID, HeaderValue::from_str(value).unwrap());
        request_id(&headers)
    }

    #[test]
    fn a_harmless_request_id_is_kept() {
        assert_eq!(id_for("trace-1.A_b"), "trace-1.A_b");
        assert_eq!(id_for(&"x".repeat(128)), "x".repeat(128));
    }

    #[test]
    fn any_other_request_id_is_replaced() {
        for value in ["", "two words", "a/b", "<script>", &"x".repeat(129)] {
            let id = id_for(value);
            assert_ne!(id, value);
            assert_eq!(id.len(), 36, "{id}");
        }
    }

    #[test]
    fn only_errors_that_are_no_json_are_rewritten() {
        let headers = |kind: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers
        };
        assert!(is_bare_error(StatusCode::NOT_FOUND, &HeaderMap::new()));
        assert!(is_bare_error(StatusCode::BAD_REQUEST, &headers("text/plain; charset=utf-8")));
        assert!(!is_bare_error(StatusCode::SERVICE_UNAVAILABLE, &headers("application/json")));
        assert!(!is_bare_error(StatusCode::NOT_FOUND, &headers(PROBLEM_JSON)));
        assert!(!is_bare_error(StatusCode::OK, &headers("text/plain")));
    }

    #[actix_web::test]
    async fn a_panic_is_answered_without_its_text() {
        async fn explode() -> HttpResponse {
            panic!("secret {}", 42)
        }
        let app = App::new().wrap(from_fn(frame)).route("/", web::get().to(explode));
        let service = test::init_service(app).await;
        let request = TestRequest::get().uri("/").insert_header(("x-request-id", "r-9")).to_request();
        let error = test::try_call_service(&service, request).await.unwrap_err();
        let response = error.error_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers().get(X_REQUEST_ID).unwrap(), "r-9");
        assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), PROBLEM_JSON);
        let body = to_bytes(response.into_body()).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("\"instance\":\"r-9\"") && !text.contains("secret"), "{text}");
    }
}
