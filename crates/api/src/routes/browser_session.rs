//! `/auth/session`: signing in with a browser, whose session lives in a cookie that scripts cannot read.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::TimeDelta;
use contract::users::{BrowserSession, LoginRequest, User};
use domain::sessions;
use uuid::Uuid;

use super::auth::{authenticated, signed_in};
use crate::access::{Access, SignedIn};
use crate::frame::RequestMeta;
use crate::inputs::Json;
use crate::openapi::RateLimited;
use crate::problems::Result;
use crate::state::State;

/// Sign in with a browser
///
/// Like `POST /auth/login`, but the session lives in an HttpOnly cookie. Requests by cookie that change something must
/// repeat `csrf_token` as `X-CSRF-Token`. The session ends when its person does nothing for some hours.
#[utoipa::path(
    tag = "Accounts",
    security(()),
    request_body(content = LoginRequest, example = json!({
        "username": "ada", "password": "correct horse battery staple"
    })),
    responses(
        (status = 200, description = "The account and the token; the cookie is set.", body = BrowserSession),
        crate::openapi::WrongCredentials, crate::openapi::Disabled, RateLimited
    )
)]
#[post("/auth/session")]
pub async fn browser_session_create(
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    body: Json<LoginRequest>,
) -> Result<HttpResponse> {
    let (row, attempt) = authenticated(&state, &request, &meta, body.0).await?;
    // The refresh token stays unknown to everybody: the cookie is the only key of this session.
    let begun = signed_in(&state, &meta, row, idle(&state), attempt.clone()).await;
    let (session, _, user) = attempt.guard(&state, begun).await?;
    let mut response = answer(&state, session.id, user);
    response.add_cookie(&state.cookies.issue(session.id)).map_err(crate::problems::ApiError::internal)?;
    Ok(response)
}

/// The session of this browser
///
/// Who is signed in, and the token for requests that change something. Asking tells that the person is still there:
/// the session's idle time begins anew.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "The account and the token.", body = BrowserSession))
)]
#[get("/auth/session")]
pub async fn browser_session_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let session_id = access.session_id;
    if state.cookies.session(request.headers()) == Some(session_id) {
        let lifetime = idle(&state);
        state.database.write(move |connection| sessions::session_prolong(connection, session_id, lifetime)).await?;
    }
    Ok(answer(&state, session_id, access.user))
}

fn idle(state: &State) -> TimeDelta {
    TimeDelta::hours(i64::try_from(state.settings.auth.idle_hours).unwrap_or(12))
}

fn answer(state: &State, session_id: Uuid, user: User) -> HttpResponse {
    let mut response =
        HttpResponse::Ok().json(BrowserSession { csrf_token: state.cookies.csrf_token(session_id), user });
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
