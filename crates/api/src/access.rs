//! Who is asking, and what role a handler needs: `Access<SignedIn>`, `Access<Analyst>`, `Access<Admin>`.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use chrono::Utc;
use contract::errors::ErrorCode;
use contract::users::{Role, User};
use domain::sessions;
use uuid::Uuid;

use crate::cookies::has_cookie;
use crate::frame::CallerId;
use crate::problems::{ApiError, Result};
use crate::state::State;
use crate::tokens::Refused;

/// The caller of a handler, who has at least the role that `R` names.
/// It stands first among a handler's arguments, so that nothing is read from a stranger.
#[derive(Clone, Debug)]
pub struct Access<R> {
    pub user: User,
    pub session_id: Uuid,
    /// When the access token ends, in Unix seconds.
    pub expires: i64,
    rule: PhantomData<R>,
}

/// The least role that a handler asks for.
pub trait Rule {
    const ROLE: Role;
}

/// Everybody with an account.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn;

/// Whoever may upload and start work.
#[derive(Clone, Copy, Debug)]
pub struct Analyst;

/// Whoever manages the server.
#[derive(Clone, Copy, Debug)]
pub struct Admin;

impl Rule for SignedIn {
    const ROLE: Role = Role::Viewer;
}

impl Rule for Analyst {
    const ROLE: Role = Role::Analyst;
}

impl Rule for Admin {
    const ROLE: Role = Role::Admin;
}

impl<R: Rule> FromRequest for Access<R> {
    type Error = ApiError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let identity = request.extensions_mut().remove::<Identity>();
        ready(identity.map_or_else(|| Err(missing()), |identity| identity.0).and_then(admit))
    }
}

fn admit<R: Rule>(caller: Caller) -> Result<Access<R>> {
    let Caller { user, session_id, expires } = caller;
    if user.role < R::ROLE {
        let detail = format!(
            "This needs the role {}; yours is {}. Ask an administrator to change it.",
            R::ROLE.as_str(),
            user.role.as_str()
        );
        return Err(ApiError::new(ErrorCode::Forbidden, detail));
    }
    Ok(Access { user, session_id, expires, rule: PhantomData })
}

/// Whoever sent a valid token.
struct Caller {
    user: User,
    session_id: Uuid,
    expires: i64,
}

/// What `identify` found out about the caller.
struct Identity(Result<Caller>);

/// Middleware: finds out who is asking before the handler's arguments are read,
/// so that a missing role is told before a wrong body.
pub async fn identify<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<B>, Error> {
    let state = request.app_data::<web::Data<State>>().cloned();
    let headers = request.headers();
    if let (Some(state), true) = (state, headers.contains_key(header::AUTHORIZATION) || has_cookie(headers)) {
        let identity = caller(&state, request.method(), headers).await;
        if let Ok(caller) = &identity {
            request.extensions_mut().insert(CallerId(caller.user.id));
        }
        request.extensions_mut().insert(Identity(identity));
    }
    next.call(request).await
}

/// By the access token, or else by the cookie of a browser.
async fn caller(state: &State, method: &Method, headers: &HeaderMap) -> Result<Caller> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return browser(state, method, headers).await;
    }
    let token = bearer(headers)?;
    let claims = state.tokens.read(token).map_err(|refused| match refused {
        Refused::Expired => refusal("The access token has expired. Refresh it, or log in again."),
        Refused::Invalid => refusal("The access token is not valid. Log in again."),
    })?;
    let user = session_user(state, claims.sid).await?.filter(|user| user.id == claims.sub);
    Ok(Caller { user: user.ok_or_else(over)?, session_id: claims.sid, expires: claims.exp })
}

async fn browser(state: &State, method: &Method, headers: &HeaderMap) -> Result<Caller> {
    let session_id = state.cookies.session(headers).ok_or_else(over)?;
    let user = session_user(state, session_id).await?.ok_or_else(over)?;
    if !state.cookies.may(method, headers, session_id) {
        let detail =
            "A request by cookie that changes something needs the token of GET /auth/session as `X-CSRF-Token`.";
        return Err(ApiError::new(ErrorCode::Forbidden, detail));
    }
    // Streams end when an access token would, so that nothing outlives its session by much.
    Ok(Caller { user, session_id, expires: Utc::now().timestamp().saturating_add_unsigned(state.tokens.seconds()) })
}

/// Whose session this is, by what was seen a moment ago or by the database; `None` when it is over.
async fn session_user(state: &State, session_id: Uuid) -> Result<Option<User>> {
    if let Some(user) = state.sessions.get(session_id) {
        return Ok(Some(user));
    }
    if state.sessions.has_ended(session_id) {
        return Ok(None);
    }
    let asked = Instant::now();
    let row = state.database.read(move |connection| sessions::session_user(connection, session_id)).await?;
    let user = row.map(|row| row.view());
    if let Some(user) = &user {
        state.sessions.remember(session_id, user.clone(), asked);
    }
    Ok(user)
}

fn over() -> ApiError {
    refusal("This session has ended. Log in again.")
}

/// The token of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Result<&str> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Err(missing());
    }
    Ok(token.trim())
}

fn missing() -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated, "Log in and send the access token as `Authorization: Bearer <token>`.")
}

/// A token was sent and does not count (RFC 6750).
fn refusal(detail: &str) -> ApiError {
    let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
    ApiError::new(ErrorCode::Unauthenticated, detail).header(header::WWW_AUTHENTICATE, challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(role: Role) -> User {
        let (email, username) = ("a@example.org".into(), "a".into());
        User { id: Uuid::nil(), email, username, role, created_at: Utc::now(), last_login: None }
    }

    #[test]
    fn each_role_may_what_the_lower_ones_may() {
        let admits = |role: Role| {
            let caller = || Caller { user: user(role), session_id: Uuid::nil(), expires: 0 };
            [admit::<SignedIn>(caller()).is_ok(), admit::<Analyst>(caller()).is_ok(), admit::<Admin>(caller()).is_ok()]
        };
        assert_eq!(admits(Role::Viewer), [true, false, false]);
        assert_eq!(admits(Role::Analyst), [true, true, false]);
        assert_eq!(admits(Role::Admin), [true, true, true]);
    }

    #[test]
    fn only_bearer_tokens_are_read() {
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_static(value));
            bearer(&headers).map(str::to_owned).ok()
        };
        assert_eq!(read("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(read("bearer  abc ").as_deref(), Some("abc"));
        for value in ["", "Bearer", "Bearer ", "Basic abc", "Token abc", "abc"] {
            assert_eq!(read(value), None, "{value:?}");
        }
    }
}
