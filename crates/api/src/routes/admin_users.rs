//! `/admin/users`: every account, making one, its role, and shutting it out.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, patch, post, web};
use contract::administration::{AdminUser, CreateUser, UpdateUser};
use contract::lists::Page;
use contract::users::Role;
use domain::passwords::password_check;
use domain::users::{
    NewUser, UserChange, UserQuery, user_admin_fetch, user_change, user_check_new, user_create, user_list,
};
use domain::{Connection, Result as DomainResult};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, Admin};
use crate::answers;
use crate::frame::RequestMeta;
use crate::inputs::{Json, Query, at_most, list_limit};
use crate::openapi::{BASE, Conflict};
use crate::problems::{ApiError, Result};
use crate::recording::Attempt;
use crate::state::State;

/// Which accounts to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminUserParams {
    /// Only accounts with this in their e-mail address or user name.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    q: Option<String>,
    /// Only accounts of this role.
    #[serde(default)]
    role: Option<Role>,
    /// Only accounts that are shut out, or only those that are not.
    #[serde(default)]
    disabled: Option<bool>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many accounts, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// All accounts
///
/// One page, the oldest first.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(AdminUserParams),
    responses((status = 200, description = "One page of accounts.", body = Page<AdminUser>,
        headers(("Link" = String, description = "The next page, where there is one."))))
)]
#[get("/admin/users")]
pub async fn admin_user_list(
    _access: Access<Admin>,
    state: web::Data<State>,
    request: HttpRequest,
    params: Query<AdminUserParams>,
) -> Result<HttpResponse> {
    let AdminUserParams { q, role, disabled, cursor, limit } = params.0;
    let query = UserQuery { q, role, disabled, cursor, limit: list_limit(limit)? };
    let page = state.database.read(move |connection| user_list(connection, &query)).await?;
    Ok(answers::page(&request, &page))
}

/// Make an account
///
/// Of any role; hand the password over by a safe way. Recorded in the audit log.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    request_body(content = CreateUser, example = json!({
        "email": "grace@example.org", "username": "grace", "password": "seven quiet otters", "role": "analyst"
    })),
    responses((status = 201, description = "The new account.", body = AdminUser,
        headers(("Location" = String, description = "The account's address."))), Conflict)
)]
#[post("/admin/users")]
pub async fn admin_user_create(
    access: Access<Admin>,
    state: web::Data<State>,
    meta: RequestMeta,
    body: Json<CreateUser>,
) -> Result<HttpResponse> {
    let (actor, body) = (access.user.id, body.0);
    let attempt = Attempt::new("user.create", &body.email, &meta);
    let mut errors = user_check_new(&body.email, &body.username).err().unwrap_or_default();
    errors.extend(password_check(&body.password, &body.email, &body.username).err());
    if !errors.is_empty() {
        return attempt.guard(&state, Err(ApiError::invalid(errors))).await;
    }
    let hashed = state.passwords.hash(body.password).await;
    let password_hash = attempt.guard(&state, hashed.map_err(ApiError::from)).await?;
    let new = NewUser { email: body.email, username: body.username, password_hash, role: body.role };
    let ok = attempt.clone();
    let made = state.database.write(move |connection| {
        let user = user_create(connection, &new)?;
        ok.succeeded(connection, actor, json!({ "user": user.id, "role": user.role }))?;
        user_admin_fetch(connection, user.id)
    });
    let user = attempt.guard(&state, made.await.map_err(ApiError::from)).await?;
    Ok(HttpResponse::Created().insert_header((LOCATION, format!("{BASE}/admin/users/{}", user.id))).json(user))
}

/// One account
///
/// Whoever it belongs to.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(("id" = Uuid, Path, description = "The account.")),
    responses((status = 200, description = "The account.", body = AdminUser))
)]
#[get("/admin/users/{id}")]
pub async fn admin_user_fetch(
    _access: Access<Admin>,
    state: web::Data<State>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse> {
    let user_id = *id;
    let user = state.database.read(move |connection| user_admin_fetch(connection, user_id)).await?;
    Ok(HttpResponse::Ok().json(user))
}

/// Change an account
///
/// Its role, or whether it is shut out: then its sessions, its tokens and its event streams end within two seconds in
/// every process; jobs that it started go on. 409 for the last administrator who can sign in. Recorded in the audit log.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(("id" = Uuid, Path, description = "The account.")),
    request_body(content = UpdateUser, example = json!({ "disabled": true, "reason": "Left the company." })),
    responses((status = 200, description = "The account as it is now.", body = AdminUser), Conflict)
)]
#[patch("/admin/users/{id}")]
pub async fn admin_user_update(
    access: Access<Admin>,
    state: web::Data<State>,
    meta: RequestMeta,
    id: web::Path<Uuid>,
    body: Json<UpdateUser>,
) -> Result<HttpResponse> {
    let (actor, user_id) = (access.user.id, *id);
    let UpdateUser { role, disabled, reason } = body.0;
    let target = user_id.to_string();
    let attempt = Attempt::new("user.update", &target, &meta);
    if role.is_none() && disabled.is_none() {
        let error = ApiError::field("", "Give `role`, `disabled` or both; a reason alone changes nothing.");
        return attempt.guard(&state, Err(error)).await;
    }
    let change = UserChange { role, disabled, reason };
    let changed = state.database.write(move |connection| {
        let (before, after) = user_change(connection, user_id, &change)?;
        record(connection, actor, &meta, &before, &after, change.reason.as_deref())?;
        Ok((before, after))
    });
    let (before, after) = attempt.guard(&state, changed.await.map_err(ApiError::from)).await?;
    if after.disabled {
        state.sessions.end_all(user_id);
    } else if after.role != before.role {
        state.sessions.forget(user_id);
    }
    Ok(HttpResponse::Ok().json(after))
}

/// One event for each thing that changed.
fn record(
    connection: &mut Connection,
    actor: Uuid,
    meta: &RequestMeta,
    before: &AdminUser,
    after: &AdminUser,
    reason: Option<&str>,
) -> DomainResult<()> {
    let target = after.id.to_string();
    if after.role != before.role {
        let detail = json!({ "from": before.role, "role": after.role, "reason": reason });
        Attempt::new("user.set_role", &target, meta).succeeded(connection, actor, detail)?;
    }
    if after.disabled != before.disabled {
        let action = if after.disabled { "user.disable" } else { "user.enable" };
        Attempt::new(action, &target, meta).succeeded(connection, actor, json!({ "reason": reason }))?;
    }
    Ok(())
}
