//! `GET /`, `/api` and `/api/v1`: where things are; for a browser at `/` the page.

use actix_web::http::header::{self, Accept, Header as _};
use actix_web::{HttpRequest, HttpResponse, get, mime};
use contract::system::ApiRoot;

use super::page;
use crate::openapi::BASE;

/// Where things are
///
/// Version of the server, and the addresses of its documentation and health.
#[utoipa::path(
    tag = "System",
    security(()),
    responses((status = 200, description = "The API's root.", body = ApiRoot))
)]
#[get("")]
pub async fn api_root() -> HttpResponse {
    root()
}

fn root() -> HttpResponse {
    HttpResponse::Ok().json(ApiRoot {
        name: "Plotline".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        documentation: "/api/docs".to_owned(),
        openapi: "/api/openapi.json".to_owned(),
        health: format!("{BASE}/health"),
    })
}

pub async fn root_or_page(request: HttpRequest) -> HttpResponse {
    let mut response = if wants_html(&request) { page::app_page() } else { root() };
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("accept"));
    response
}

/// Whether the client asks for HTML by name, as browsers do.
fn wants_html(request: &HttpRequest) -> bool {
    let Ok(accept) = Accept::parse(request) else { return false };
    accept
        .iter()
        .any(|item| item.item.essence_str() == mime::TEXT_HTML.essence_str() && item.quality > header::Quality::ZERO)
}
