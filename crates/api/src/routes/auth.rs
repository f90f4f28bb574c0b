//! Accounts and tokens: register, log in, refresh, log out, profile.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::TimeDelta;
use contract::errors::{ErrorCode, FieldError};
use contract::users::{LoginRequest, RefreshRequest, RegisterRequest, Role, TokenAnswer, User};
use domain::passwords::password_check;
use domain::sessions::{Refresh, Session};
use domain::users::{Login, NewUser, UserRow};
use domain::{DomainError, sessions, users};
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::access::{Access, SignedIn};
use crate::addresses::rate_subject;
use crate::frame::RequestMeta;
use crate::inputs::Json;
use crate::openapi::{Conflict, RateLimited};
use crate::problems::{ApiError, Result};
use crate::rates::count_for;
use crate::recording::Attempt;
use crate::state::State;

/// Register an account
///
/// The first account of a server that listens on loopback becomes its administrator; elsewhere the `setup_code`
/// printed at the first start does that. Everybody else becomes an analyst. Counted per account and address.
#[utoipa::path(
    tag = "Accounts",
    security(()),
    request_body(content = RegisterRequest, example = json!({
        "email": "ada@example.org", "username": "ada", "password": "correct horse battery staple"
    })),
    responses((status = 201, description = "The new account.", body = User), Conflict, RateLimited)
)]
#[post("/auth/register")]
pub async fn auth_register(
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    body: Json<RegisterRequest>,
) -> Result<HttpResponse> {
    let body = body.0;
    let attempt = Attempt::new("auth.register", &body.email, &meta);
    attempt.guard(&state, count_for(&request, &state.rates, "register", &rate_subject(meta.address)).await).await?;
    attempt.guard(&state, count_for(&request, &state.rates, "register", &body.email.to_lowercase()).await).await?;
    let operator = attempt.guard(&state, checked(&state, &body)).await?;

    let password_hash = attempt.guard(&state, hashed(&state, body.password).await).await?;
    let new = NewUser { email: body.email, username: body.username, password_hash, role: Role::Analyst };
    let first_becomes_admin = state.settings.is_loopback();
    let ok = attempt.clone();
    let written = state.database.write(move |connection| {
        let user = match operator {
            true => users::user_register_operator(connection, &new)?,
            false => users::user_register(connection, &new, first_becomes_admin)?,
        };
        ok.succeeded(connection, user.id, json!({ "role": user.role }))?;
        Ok(user)
    });
    let user = attempt.guard(&state, written.await.map_err(ApiError::from)).await?;
    Ok(HttpResponse::Created().json(user))
}

/// Checks everything that needs no database; answers whether the set-up code was given and right.
fn checked(state: &State, body: &RegisterRequest) -> Result<bool> {
    let mut errors = users::user_check_new(&body.email, &body.username).err().unwrap_or_default();
    errors.extend(password_check(&body.password, &body.email, &body.username).err());
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    let operator = match (&body.setup_code, &state.setup_code) {
        (Some(given), Some(code)) => bool::from(digest(given).ct_eq(&digest(code))),
        _ => false,
    };
    if body.setup_code.is_some() && !operator {
        let detail =
            "This is not the set-up code of this server. Leave it out, or read it where the server was started.";
        errors.push(FieldError::new("/setup_code", detail));
    }
    match errors.is_empty() {
        true => Ok(operator),
        false => Err(ApiError::invalid(errors)),
    }
}

async fn hashed(state: &State, password: String) -> Result<String> {
    Ok(state.passwords.hash(password).await?)
}

/// Log in
///
/// By `email` or `username`, whichever is given. The access token is valid for minutes; the refresh token works once
/// and brings a new pair. An unknown account and a wrong password get the same answer after the same time.
/// Counted per account and address.
#[utoipa::path(
    tag = "Accounts",
    security(()),
    request_body(content = LoginRequest, example = json!({
        "username": "ada", "password": "correct horse battery staple"
    })),
    responses(
        (status = 200, description = "Tokens and the account.", body = TokenAnswer),
        crate::openapi::WrongCredentials, crate::openapi::Disabled, RateLimited
    )
)]
#[post("/auth/login")]
pub async fn auth_login(
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    body: Json<LoginRequest>,
) -> Result<HttpResponse> {
    let (row, attempt) = authenticated(&state, &request, &meta, body.0).await?;
    let lifetime = sessions::days(state.settings.auth.refresh_days);
    let begun = signed_in(&state, &meta, row, lifetime, attempt.clone()).await;
    let (session, refresh_token, user) = attempt.guard(&state, begun).await?;
    Ok(token_answer(&tokens(&state, &session, refresh_token, user)?))
}

/// Whose name and password these are, and the attempt to record; counted per account and address.
pub(super) async fn authenticated(
    state: &State,
    request: &HttpRequest,
    meta: &RequestMeta,
    body: LoginRequest,
) -> Result<(UserRow, Attempt)> {
    let name = login_name(&body)?;
    let attempt = Attempt::new("auth.login", &name, meta);
    attempt.guard(state, count_for(request, &state.rates, "login", &rate_subject(meta.address)).await).await?;
    let (lookup, by_email) = (name.clone(), body.email.is_some());
    let row = state.database.read(move |connection| {
        let login = if by_email { Login::Email(&lookup) } else { Login::Username(&lookup) };
        users::user_by_login(connection, login)
    });
    let row = row.await?;
    // One account has one allowance, by whichever of its names somebody tries.
    let account = row.as_ref().map_or_else(|| name.to_lowercase(), |row| row.id.to_string());
    attempt.guard(state, count_for(request, &state.rates, "login", &account).await).await?;

    let hash = row.as_ref().map(|row| row.password_hash.clone());
    let verified = state.passwords.verify(body.password, hash).await;
    let is_right = attempt.guard(state, verified.map_err(ApiError::from)).await?;
    let row = attempt.guard(state, admitted(row, is_right)).await?;
    Ok((row, attempt))
}

/// The one name that the body gives.
fn login_name(body: &LoginRequest) -> Result<String> {
    match (&body.email, &body.username) {
        (Some(name), None) | (None, Some(name)) if name.chars().count() <= 254 => Ok(name.clone()),
        (Some(_), None) => Err(ApiError::field("/email", "An address has at most 254 characters.")),
        (None, Some(_)) => Err(ApiError::field("/username", "A user name has at most 64 characters.")),
        _ => Err(ApiError::field("", "Give either `email` or `username`, with `password`.")),
    }
}

fn admitted(row: Option<UserRow>, is_right: bool) -> Result<UserRow> {
    match row {
        // Only who knows the password learns that the account is disabled.
        Some(row) if is_right && row.disabled => {
            Err(ApiError::new(ErrorCode::Forbidden, "This account is disabled. Ask an administrator."))
        }
        Some(row) if is_right => Ok(row),
        _ => Err(ApiError::new(ErrorCode::InvalidCredentials, "There is no account with this name and password.")),
    }
}

/// Begins a session of `lifetime`; answers it with its refresh token and the account.
pub(super) async fn signed_in(
    state: &State,
    meta: &RequestMeta,
    row: UserRow,
    lifetime: TimeDelta,
    attempt: Attempt,
) -> Result<(Session, String, User)> {
    let (address, user_agent) = (meta.address.to_string(), meta.user_agent.clone());
    let begun = state
        .database
        .write(move |connection| {
            let (session, token) = sessions::session_create(connection, row.id, &address, &user_agent, lifetime)?;
            users::user_touch_login(connection, row.id)?;
            attempt.succeeded(connection, row.id, json!({ "session": session.id }))?;
            let user = users::user_by_id(connection, row.id)?.ok_or(DomainError::NotFound)?;
            Ok((session, token, user.view()))
        })
        .await?;
    Ok(begun)
}

/// Trade a refresh token
///
/// Answers a new pair of tokens and prolongs the session. A refresh token works once: one that is used again has been
/// stolen, by this caller or the one before, and ends the session. Counted per account and address.
#[utoipa::path(
    tag = "Accounts",
    security(()),
    request_body(content = RefreshRequest, example = json!({
        "refresh_token": "pN3qYc0rW1o2x5Jt8mZk4vB7dQfLhSgUaEiRjXwTyHs"
    })),
    responses(
        (status = 200, description = "Tokens and the account.", body = TokenAnswer),
        crate::openapi::WrongCredentials, RateLimited
    )
)]
#[post("/auth/refresh")]
pub async fn auth_refresh(
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    body: Json<RefreshRequest>,
) -> Result<HttpResponse> {
    let attempt = Attempt::new("auth.refresh", "", &meta);
    attempt.guard(&state, count_for(&request, &state.rates, "refresh", &rate_subject(meta.address)).await).await?;
    let token = body.0.refresh_token;
    let (shown, refresh_days, ok) = (token.clone(), state.settings.auth.refresh_days, attempt.clone());
    // Whose it is comes first: too many attempts leave the token good for later.
    let owner = state.database.read(move |connection| sessions::session_token_owner(connection, &shown)).await;
    if let Some(user_id) = attempt.guard(&state, owner.map_err(ApiError::from)).await? {
        attempt.guard(&state, count_for(&request, &state.rates, "refresh", &user_id.to_string()).await).await?;
    }
    let refreshed = state.database.write(move |connection| {
        let refresh = sessions::session_refresh(connection, &token, refresh_days)?;
        match &refresh {
            Refresh::Rotated { user, session, .. } => {
                ok.succeeded(connection, user.id, json!({ "session": session.id }))?;
            }
            Refresh::Reused { user_id, session_id } => {
                ok.denied(connection, Some(*user_id), json!({ "session": session_id, "reason": "reused" }))?;
            }
            Refresh::Unknown => ok.denied(connection, None, json!({ "reason": "unknown" }))?,
        }
        Ok(refresh)
    });
    match refreshed.await {
        Err(error) => attempt.guard(&state, Err(error.into())).await,
        Ok(Refresh::Rotated { session, user, refresh_token }) => {
            Ok(token_answer(&tokens(&state, &session, refresh_token, user.view())?))
        }
        Ok(Refresh::Reused { session_id, .. }) => {
            state.sessions.end(session_id);
            Err(refresh_refusal("This refresh token was used before, so its session has been ended. Log in again."))
        }
        Ok(Refresh::Unknown) => Err(refresh_refusal("This refresh token is not valid. Log in again.")),
    }
}

fn refresh_refusal(detail: &str) -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated, detail)
}

/// Log out
///
/// Ends the session of this access token at once; its refresh token is void too.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 204, description = "The session has ended."))
)]
#[post("/auth/logout")]
pub async fn auth_logout(access: Access<SignedIn>, state: web::Data<State>, meta: RequestMeta) -> Result<HttpResponse> {
    let attempt = Attempt::new("auth.logout", &access.user.username, &meta);
    let (user_id, session_id) = (access.user.id, access.session_id);
    let ended = state.database.write(move |connection| {
        sessions::session_revoke(connection, user_id, session_id)?;
        attempt.succeeded(connection, user_id, json!({ "session": session_id }))
    });
    ended.await?;
    state.sessions.end(session_id);
    Ok(HttpResponse::NoContent().cookie(state.cookies.removal()).finish())
}

/// The signed-in account
///
/// Who this access token belongs to, with the role as it is now.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "The account.", body = User))
)]
#[get("/auth/profile")]
pub async fn auth_profile(access: Access<SignedIn>) -> HttpResponse {
    HttpResponse::Ok().json(access.user)
}

/// The signed-in account, by its address among users
///
/// The same as `GET /auth/profile`.
#[utoipa::path(
    tag = "Accounts",
    security(("bearer" = ["viewer"])),
    responses((status = 200, description = "The account.", body = User))
)]
#[get("/users/me")]
pub async fn user_me(access: Access<SignedIn>) -> HttpResponse {
    HttpResponse::Ok().json(access.user)
}

fn tokens(state: &State, session: &Session, refresh_token: String, user: User) -> Result<TokenAnswer> {
    Ok(TokenAnswer {
        access_token: state.tokens.issue(user.id, session.id)?,
        token_type: "bearer".to_owned(),
        expires_in: state.tokens.seconds(),
        refresh_token,
        user,
    })
}

/// Tokens are kept by nobody on the way.
fn token_answer(tokens: &TokenAnswer) -> HttpResponse {
    let mut response = HttpResponse::Ok().json(tokens);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
