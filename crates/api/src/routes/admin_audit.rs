//! `/admin/audit`: who did what to what, from where, and how it ended.

use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::administration::AuditEvent;
use contract::lists::Page;
use domain::audit::{AuditQuery, audit_list};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::access::{Access, Admin};
use crate::answers;
use crate::inputs::{Query, list_limit};
use crate::problems::{ApiError, Result};
use crate::state::State;

/// Which events to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Only what this account did.
    #[serde(default)]
    actor: Option<Uuid>,
    /// Only this action: noun and verb, such as `dataset.upload`.
    #[param(min_length = 1, max_length = 100, pattern = "^[a-z._]+$")]
    #[serde(default)]
    action: Option<String>,
    /// Only what was done to this: an id, or the name that was given.
    #[param(max_length = 400)]
    #[serde(default)]
    target: Option<String>,
    /// Only what ended so: `ok`, `denied`, `invalid`, …
    #[param(min_length = 1, max_length = 100, pattern = "^[a-z._]+$")]
    #[serde(default)]
    outcome: Option<String>,
    /// Where the page begins: `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many events, 50 unless told otherwise.
    #[param(minimum = 1, maximum = 200)]
    #[serde(default)]
    limit: Option<u32>,
}

/// The audit log
///
/// One page, the newest first. Events are only ever added, and none holds a secret.
#[utoipa::path(
    tag = "Administration",
    security(("bearer" = ["admin"])),
    params(AuditParams),
    responses((status = 200, description = "One page of events.", body = Page<AuditEvent>,
        headers(("Link" = String, description = "The next page, where there is one."))))
)]
#[get("/admin/audit")]
pub async fn admin_audit_list(
    _access: Access<Admin>,
    state: web::Data<State>,
    request: HttpRequest,
    params: Query<AuditParams>,
) -> Result<HttpResponse> {
    let AuditParams { actor, action, target, outcome, cursor, limit } = params.0;
    check_word("action", action.as_deref())?;
    check_word("outcome", outcome.as_deref())?;
    if target.as_ref().is_some_and(|text| text.contains('\0') || text.chars().count() > 400) {
        return Err(ApiError::field("target", "At most 400 characters, none of them NUL."));
    }
    let query = AuditQuery { actor, action, target, outcome, cursor, limit: list_limit(limit)? };
    let page = state.database.read(move |connection| audit_list(connection, &query)).await?;
    Ok(answers::page(&request, &page))
}

/// Actions and outcomes are words of the server's own; another spelling would find nothing, and nobody would know why.
fn check_word(name: &str, value: Option<&str>) -> Result<()> {
    let is_word = |text: &str| {
        (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte))
    };
    match value {
        Some(text) if !is_word(text) => {
            Err(ApiError::field(name, "Give 1 to 100 lower-case letters, points and underscores."))
        }
        _ => Ok(()),
    }
}
