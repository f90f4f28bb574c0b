//! `GET /limits`: what this server accepts.

use actix_web::{HttpResponse, get, web};
use contract::lists::MAX_LIMIT;
use contract::system::Limits;

use crate::state::State;
use crate::waiting::MAX_WAIT_SECONDS;

/// What this server accepts
///
/// Sizes in bytes, times in seconds, rates per minute. A request beyond one of these is refused with an error that
/// names the limit.
#[utoipa::path(
    tag = "System",
    security(()),
    responses((status = 200, description = "The limits in force.", body = Limits))
)]
#[get("/limits")]
pub async fn limits(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(Limits {
        upload_bytes: state.settings.http.upload_bytes,
        body_bytes: state.settings.http.body_bytes,
        auth_per_minute: state.settings.auth.attempts_per_minute,
        list_limit: MAX_LIMIT,
        wait_seconds: MAX_WAIT_SECONDS,
    })
}
