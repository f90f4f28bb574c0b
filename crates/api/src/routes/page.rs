//! The bundled web app: its files, and its page for every address that is not the API's.

use actix_web::http::header::{self, CacheDirective};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::errors::ErrorCode;
use web::Asset;

use crate::problems::{ApiError, Result};

const ONE_YEAR: u32 = 31_536_000;

pub async fn page(request: HttpRequest) -> Result<HttpResponse> {
    if request.method() != Method::GET {
        let error = ApiError::new(ErrorCode::MethodNotAllowed, "Only GET and HEAD work outside of /api.");
        return Err(error.header(header::ALLOW, header::HeaderValue::from_static("GET, HEAD")));
    }
    let path = request.path().trim_start_matches('/');
    if let Some(asset) = web::asset(path) {
        return Ok(answer(asset, &nonce()));
    }
    // A file of an older build is gone: a page in its place would only confuse the browser.
    if path.starts_with("assets/") {
        return Err(ApiError::new(ErrorCode::NotFound, "There is no such file; reload the page."));
    }
    Ok(app_page())
}

/// The app itself; it finds its way by the address.
pub fn app_page() -> HttpResponse {
    let nonce = nonce();
    answer(web::page(&nonce), &nonce)
}

/// 128 random bits, which nobody can guess before the answer is there.
fn nonce() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}

fn answer(asset: Asset, nonce: &str) -> HttpResponse {
    let caching = if asset.immutable {
        vec![
            CacheDirective::Public,
            CacheDirective::MaxAge(ONE_YEAR),
            CacheDirective::Extension("immutable".to_owned(), None),
        ]
    } else {
        vec![CacheDirective::NoCache]
    };
    HttpResponse::build(StatusCode::OK)
        .insert_header((header::CONTENT_SECURITY_POLICY, web::content_security_policy(nonce)))
        .insert_header(header::CacheControl(caching))
        .content_type(asset.mime)
        .body(asset.bytes.into_owned())
}
