//! `/auth/sessions`: where the account is signed in, and ending that.

use actix_web::{HttpResponse, delete, get, web};
use contract::lists::Page;
use contract::users::SessionInfo;
use domain::sessions::{self, Session};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Access, SignedIn};
use crate::frame::RequestMeta;
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::state::State;

/// Where the account is signed in
///
/// The live sessions, the newest first, at most 200.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "All live sessions.", body = Page<SessionInfo>))
)]
#[get("/auth/sessions")]
pub async fn session_list(access: Access<SignedIn>, state: web::Data<State>) -> Result<HttpResponse> {
    let items = live(&access, &state).await?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor: None }))
}

/// One session
///
/// When and from where it began, and when it was last used.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The session.")),
    responses((status = 200, description = "The session.", body = SessionInfo))
)]
#[get("/auth/sessions/{id}")]
pub async fn session_fetch(
    access: Access<SignedIn>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let found = live(&access, &state).await?.into_iter().find(|session| session.id == *id);
    Ok(HttpResponse::Ok().json(found.ok_or_else(|| ApiError::not_found("session"))?))
}

/// End one session
///
/// Its access and refresh tokens are void at once.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    params(("id" = Uuid, Path, description = "The session.")),
    responses((status = 204, description = "The session has ended."))
)]
#[delete("/auth/sessions/{id}")]
pub async fn session_delete(
    access: Access<SignedIn>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let (user_id, session_id) = (access.user.id, *id);
    let attempt = Attempt::new("session.revoke", &session_id.to_string(), &meta);
    let ended = state.database.write(move |connection| {
        let ended = sessions::session_revoke(connection, user_id, session_id)?;
        if ended {
            attempt.succeeded(connection, user_id, json!({}))?;
        }
        Ok(ended)
    });
    if !ended.await? {
        return Err(ApiError::not_found("session"));
    }
    state.sessions.end(session_id);
    Ok(HttpResponse::NoContent().finish())
}

/// End all sessions
///
/// Signs the account out everywhere, here too.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 204, description = "All sessions have ended."))
)]
#[delete("/auth/sessions")]
pub async fn session_delete_all(
    access: Access<SignedIn>,
    state: web::Data<State>,
    meta: RequestMeta,
) -> Result<HttpResponse> {
    let user_id = access.user.id;
    let attempt = Attempt::new("session.revoke_all", &access.user.username, &meta);
    let ended = state.database.write(move |connection| {
        let count = sessions::session_revoke_all(connection, user_id)?;
        attempt.succeeded(connection, user_id, json!({ "sessions": count }))
    });
    ended.await?;
    state.sessions.end_all(user_id);
    state.sessions.end(access.session_id);
    Ok(HttpResponse::NoContent().finish())
}

async fn live(access: &Access<SignedIn>, state: &State) -> Result<Vec<SessionInfo>> {
    let user_id = access.user.id;
    let rows = state.database.read(move |connection| sessions::session_list(connection, user_id)).await?;
    Ok(rows.into_iter().map(|row| view(row, access.session_id)).collect())
}

fn view(row: Session, current: Uuid) -> SessionInfo {
    SessionInfo {
        id: row.id,
        created_at: row.created_at.and_utc(),
        last_used: row.last_used.and_utc(),
        expires_at: row.expires_at.and_utc(),
        address: row.address,
        user_agent: row.user_agent,
        current: row.id == current,
    }
}
