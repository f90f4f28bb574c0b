//! Accounts as administrators see and change them: the list, roles, shutting out, and that one administrator stays.

use contract::administration::AdminUser;
use contract::lists::{DEFAULT_LIMIT, Page};
use contract::users::Role;
use diesel::prelude::*;
use uuid::Uuid;

use super::{StoredUser, UserRow, user_by_id, user_set_disabled, user_set_role};
use crate::dialect::{AnyConnection, lock_accounts};
use crate::errors::{DomainError, Result};
use crate::lists::{self, Cursor, Key, Sort, SortField, rows_to_load, search_pattern};
use crate::schema::users;

/// The longest reason that is kept, in characters.
const MAX_REASON: usize = 500;

/// Which accounts to list; the oldest first.
#[derive(Clone, Debug)]
pub struct UserQuery {
    /// Looked for in e-mail address and user name.
    pub q: Option<String>,
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self { q: None, role: None, disabled: None, cursor: None, limit: DEFAULT_LIMIT }
    }
}

/// What to change of an account; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// Why; kept beside an account that is disabled.
    pub reason: Option<String>,
}

/// A page of accounts.
pub fn user_list(conn: &mut AnyConnection, query: &UserQuery) -> Result<Page<AdminUser>> {
    let sort = Sort { field: SortField::CreatedAt, descending: false };
    let mut rows = users::table.select(StoredUser::as_select()).into_boxed();
    if let Some(pattern) = search_pattern(query.q.as_deref()) {
        let in_email = users::email_lower.like(pattern.clone()).escape('\\');
        rows = rows.filter(in_email.or(users::username_lower.like(pattern).escape('\\')));
    }
    if let Some(role) = query.role {
        rows = rows.filter(users::role.eq(role.as_str()));
    }
    if let Some(disabled) = query.disabled {
        rows = rows.filter(users::disabled.eq(disabled));
    }
    if let Some(Cursor { key: Key::Time(time), id }) = Cursor::decode(query.cursor.as_deref(), sort)? {
        let after = users::created_at.gt(time).or(users::id.gt(id));
        rows = rows.filter(users::created_at.ge(time).and(after));
    }
    let rows = rows.order((users::created_at, users::id)).limit(rows_to_load(query.limit)).load(conn)?;
    let cursor = |row: &StoredUser| Cursor { key: Key::Time(row.created_at), id: row.id.clone() }.encode(sort);
    lists::page(rows, query.limit, cursor, |row| Ok(row.into_row()?.admin_view()))
}

/// One account; `NotFound` if there is none.
pub fn user_admin_fetch(conn: &mut AnyConnection, id: Uuid) -> Result<AdminUser> {
    Ok(fetch(conn, id)?.admin_view())
}

/// Changes role and admission of an account; answers it as it was and as it is. Whoever is disabled loses all sessions.
/// `Conflict` where no administrator would be left who can sign in: then nobody could manage the server.
pub fn user_change(conn: &mut AnyConnection, id: Uuid, change: &UserChange) -> Result<(AdminUser, AdminUser)> {
    check_reason(change.reason.as_deref())?;
    // Two administrators who demote each other at once must not both succeed.
    lock_accounts(conn)?;
    let before = fetch(conn, id)?;
    let role = change.role.unwrap_or(before.role);
    let disabled = change.disabled.unwrap_or(before.disabled);
    let manages = before.role == Role::Admin && !before.disabled;
    if manages && (role != Role::Admin || disabled) && other_administrators(conn, id)? == 0 {
        let field = if disabled { "disabled" } else { "role" };
        let message = "This is the last administrator who can sign in. Make another account administrator first.";
        return Err(DomainError::Conflict { field, message: message.to_owned() });
    }
    if role != before.role {
        user_set_role(conn, id, role)?;
    }
    if change.disabled.is_some() {
        user_set_disabled(conn, id, disabled, change.reason.as_deref())?;
    }
    Ok((before.admin_view(), user_admin_fetch(conn, id)?))
}

fn fetch(conn: &mut AnyConnection, id: Uuid) -> Result<UserRow> {
    user_by_id(conn, id)?.ok_or(DomainError::NotFound)
}

/// Administrators beside this one who can sign in.
fn other_administrators(conn: &mut AnyConnection, id: Uuid) -> Result<i64> {
    let others = users::table
        .filter(users::role.eq(Role::Admin.as_str()))
        .filter(users::disabled.eq(false))
        .filter(users::id.ne(id.to_string()));
    Ok(others.count().get_result(conn)?)
}

fn check_reason(reason: Option<&str>) -> Result<()> {
    let Some(reason) = reason else { return Ok(()) };
    if reason.contains('\0') {
        return Err(DomainError::invalid("/reason", "A reason cannot hold the character NUL."));
    }
    match reason.chars().count() {
        0..=MAX_REASON => Ok(()),
        length => {
            let detail = format!("A reason has at most {MAX_REASON} characters, this one {length}.");
            Err(DomainError::invalid("/reason", detail))
        }
    }
}
