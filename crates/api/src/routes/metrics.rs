//! `GET /metrics`: the figures of this process for Prometheus, for this machine and for whoever has a token.

use std::net::SocketAddr;

use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::errors::ErrorCode;
use settings::Secret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::access::{Access, Admin};
use crate::measuring;
use crate::problems::{ApiError, Result};
use crate::state::State;

const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// What a proxy adds: the caller is somewhere else then, wherever the connection comes from.
const FORWARDED: [HeaderName; 4] =
    [header::FORWARDED, header::VIA, HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-real-ip")];

/// Figures of this process
///
/// In the text form that Prometheus reads: requests, queue, pools, and what the worker in this process did. With the
/// setting `http.metrics_token` it needs that token, without it a connection from this very machine that no proxy
/// forwards; the access token of an administrator does in either case.
#[utoipa::path(
    tag = "System",
    security(()),
    responses(
        (status = 200, description = "The figures.", body = String, content_type = "text/plain"),
        crate::openapi::MetricsRefused
    )
)]
#[get("/metrics")]
pub async fn metrics(
    admin: Option<Access<Admin>>,
    state: web::Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    if admin.is_none() {
        check(request.headers(), request.peer_addr(), state.settings.http.metrics_token.as_ref())?;
    }
    Ok(answer(measuring::render(&state.database, Some(&state.passwords)).await))
}

pub fn answer(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, FORMAT))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

/// Whether a request without an administrator's token may read the figures.
pub fn check(headers: &HeaderMap, peer: Option<SocketAddr>, token: Option<&Secret>) -> Result<()> {
    let allowed = match token {
        Some(token) => given(headers).is_some_and(|given| is_equal(given, token.expose())),
        None => is_here(headers, peer),
    };
    if allowed {
        return Ok(());
    }
    let detail = "Send the `http.metrics_token` of this server, or an administrator's access token, as \
                  `Authorization: Bearer <token>`.";
    Err(ApiError::new(ErrorCode::Unauthenticated, detail))
}

fn given(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Digests have one length, so that the time tells nothing about the token, not even its length.
fn is_equal(a: &str, b: &str) -> bool {
    Sha256::digest(a).ct_eq(&Sha256::digest(b)).into()
}

fn is_here(headers: &HeaderMap, peer: Option<SocketAddr>) -> bool {
    let is_forwarded = FORWARDED.iter().any(|name| headers.contains_key(name));
    peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) && !is_forwarded
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn may(peer: &str, headers: &[(HeaderName, &'static str)], token: Option<&str>) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name.clone(), HeaderValue::from_static(value));
        }
        check(&map, peer.parse().ok(), token.map(Secret::new).as_ref()).is_ok()
    }

    #[test]
    fn without_a_token_only_this_machine_may() {
        assert!(may("127.0.0.1:9", &[], None));
        assert!(may("[::1]:9", &[], None));
        assert!(may("[::ffff:127.0.0.1]:9", &[], None));
        assert!(!may("192.0.2.1:9", &[], None));
        assert!(!may("nobody", &[], None));
        for name in FORWARDED {
            assert!(!may("127.0.0.1:9", &[(name.clone(), "127.0.0.1")], None), "{name}");
        }
    }

    #[test]
    fn with_a_token_nobody_else_may() {
        let token = Some("0123456789abcdef");
        assert!(may("192.0.2.1:9", &[(header::AUTHORIZATION, "Bearer 0123456789abcdef")], token));
        assert!(!may("127.0.0.1:9", &[], token));
        for wrong in ["Bearer 0123456789abcde", "Basic 0123456789abcdef", "0123456789abcdef", "Bearer "] {
            assert!(!may("127.0.0.1:9", &[(header::AUTHORIZATION, wrong)], token), "{wrong}");
        }
    }
}
