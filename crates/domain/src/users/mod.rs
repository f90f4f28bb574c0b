//! Accounts: unique whatever the case of their names, and who becomes the first administrator.

mod administering;

use chrono::NaiveDateTime;
use contract::administration::AdminUser;
use contract::errors::FieldError;
use contract::users::{Role, User};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use uuid::Uuid;

use crate::dialect::{AnyConnection, lock_accounts};
use crate::email::email_check;
use crate::errors::{DomainError, Result};
use crate::rows::{new_id, now, parse_id, parse_word, utc};
use crate::schema::users;
use crate::sessions;

pub use administering::{UserChange, UserQuery, user_admin_fetch, user_change, user_list};

/// An account as stored; [`UserRow::view`] is what may be shown.
#[derive(Clone)]
pub struct UserRow {
    pub id: Uuid,
    pub email: String,
    pub username: String,
    pub password_hash: String,
    pub role: Role,
    pub disabled: bool,
    pub created_at: NaiveDateTime,
    pub last_login: Option<NaiveDateTime>,
    /// Why it is disabled, where somebody said so.
    pub disabled_reason: Option<String>,
}

impl UserRow {
    pub fn view(&self) -> User {
        User {
            id: self.id,
            email: self.email.clone(),
            username: self.username.clone(),
            role: self.role,
            created_at: utc(self.created_at),
            last_login: self.last_login.map(utc),
        }
    }

    /// The account as administrators see it.
    pub fn admin_view(&self) -> AdminUser {
        AdminUser {
            id: self.id,
            email: self.email.clone(),
            username: self.username.clone(),
            role: self.role,
            disabled: self.disabled,
            disabled_reason: self.disabled_reason.clone(),
            created_at: utc(self.created_at),
            last_login: self.last_login.map(utc),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(crate) struct StoredUser {
    id: String,
    email: String,
    username: String,
    password_hash: String,
    role: String,
    disabled: bool,
    created_at: NaiveDateTime,
    last_login: Option<NaiveDateTime>,
    disabled_reason: Option<String>,
}

impl StoredUser {
    pub fn into_row(self) -> Result<UserRow> {
        Ok(UserRow {
            id: parse_id(&self.id)?,
            email: self.email,
            username: self.username,
            password_hash: self.password_hash,
            role: parse_word(&self.role, Role::parse)?,
            disabled: self.disabled,
            created_at: self.created_at,
            last_login: self.last_login,
            disabled_reason: self.disabled_reason,
        })
    }
}

/// An account to make; check its names with [`user_check_new`].
#[derive(Clone)]
pub struct NewUser {
    pub email: String,
    pub username: String,
    pub password_hash: String,
    pub role: Role,
}

/// What a person signs in with; neither minds case.
#[derive(Clone, Copy, Debug)]
pub enum Login<'a> {
    Email(&'a str),
    Username(&'a str),
}

pub fn user_count(conn: &mut AnyConnection) -> Result<u64> {
    Ok(crate::rows::to_u64(users::table.count().get_result(conn)?))
}

/// Whether e-mail address and user name have an acceptable form; pointers `/email` and `/username`.
pub fn user_check_new(email: &str, username: &str) -> std::result::Result<(), Vec<FieldError>> {
    let mut errors = Vec::new();
    if let Err(detail) = email_check(email) {
        errors.push(FieldError::new("/email", detail));
    }
    let length = username.chars().count();
    let strange = username.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')));
    if let Some(strange) = strange {
        let detail =
            format!("The character {strange:?} cannot stand in a user name: use letters a–z, digits, '.', '_', '-'.");
        errors.push(FieldError::new("/username", detail));
    } else if !(3..=64).contains(&length) {
        errors.push(FieldError::new("/username", format!("A user name has 3 to 64 characters, this one {length}.")));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Makes an account. `Invalid` if its names have no acceptable form; `Conflict` on `email` or `username` if taken.
pub fn user_create(conn: &mut AnyConnection, new: &NewUser) -> Result<User> {
    user_check_new(&new.email, &new.username).map_err(DomainError::Invalid)?;
    let row = UserRow {
        id: new_id(),
        email: new.email.clone(),
        username: new.username.clone(),
        password_hash: new.password_hash.clone(),
        role: new.role,
        disabled: false,
        created_at: now(),
        last_login: None,
        disabled_reason: None,
    };
    diesel::insert_into(users::table)
        .values((
            users::id.eq(row.id.to_string()),
            users::email.eq(&row.email),
            users::email_lower.eq(row.email.to_lowercase()),
            users::username.eq(&row.username),
            users::username_lower.eq(row.username.to_lowercase()),
            users::password_hash.eq(&row.password_hash),
            users::role.eq(row.role.as_str()),
            users::disabled.eq(false),
            users::created_at.eq(row.created_at),
        ))
        .execute(conn)
        .map_err(taken)?;
    Ok(row.view())
}

/// The unique index that refused the row tells which name is taken.
fn taken(error: DieselError) -> DomainError {
    let DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = &error else { return error.into() };
    let index = info.constraint_name().unwrap_or_else(|| info.message());
    if index.contains("email_lower") {
        let message = "An account with this e-mail address exists. Sign in, or use another address.".to_owned();
        return DomainError::Conflict { field: "email", message };
    }
    let message = "This user name is taken. Choose another one.".to_owned();
    DomainError::Conflict { field: "username", message }
}

/// Makes an account for whoever asks: an administrator if `first_becomes_admin` and no account exists yet (two who
/// register at once do not both become one), an analyst otherwise. `new.role` does not count.
pub fn user_register(conn: &mut AnyConnection, new: &NewUser, first_becomes_admin: bool) -> Result<User> {
    let mut role = Role::Analyst;
    if first_becomes_admin && user_count(conn)? == 0 {
        // Whoever gets the lock first is counted by the other.
        lock_accounts(conn)?;
        if user_count(conn)? == 0 {
            role = Role::Admin;
        }
    }
    user_create(conn, &NewUser { role, ..new.clone() })
}

/// Makes an account for somebody who proved to operate the server (the set-up code): an administrator if none exists,
/// whatever other accounts there are, an analyst otherwise.
pub fn user_register_operator(conn: &mut AnyConnection, new: &NewUser) -> Result<User> {
    lock_accounts(conn)?;
    let admins: i64 = users::table.filter(users::role.eq(Role::Admin.as_str())).count().get_result(conn)?;
    let role = if admins == 0 { Role::Admin } else { Role::Analyst };
    user_create(conn, &NewUser { role, ..new.clone() })
}

/// The account that signs in with this name, disabled or not.
pub fn user_by_login(conn: &mut AnyConnection, login: Login) -> Result<Option<UserRow>> {
    let (Login::Email(name) | Login::Username(name)) = login;
    // No account has such a name, and PostgreSQL would refuse the text.
    if name.contains('\0') {
        return Ok(None);
    }
    let name = name.to_lowercase();
    let query = users::table.select(StoredUser::as_select());
    let found = match login {
        Login::Email(_) => query.filter(users::email_lower.eq(name)).get_result(conn).optional()?,
        Login::Username(_) => query.filter(users::username_lower.eq(name)).get_result(conn).optional()?,
    };
    found.map(StoredUser::into_row).transpose()
}

pub fn user_by_id(conn: &mut AnyConnection, id: Uuid) -> Result<Option<UserRow>> {
    let query = users::table.find(id.to_string()).select(StoredUser::as_select());
    query.get_result(conn).optional()?.map(StoredUser::into_row).transpose()
}

pub fn user_set_role(conn: &mut AnyConnection, id: Uuid, role: Role) -> Result<()> {
    found(diesel::update(users::table.find(id.to_string())).set(users::role.eq(role.as_str())).execute(conn)?)
}

/// Stores a new password hash and ends all sessions: whoever knew the old password is out.
pub fn user_set_password(conn: &mut AnyConnection, id: Uuid, password_hash: &str) -> Result<()> {
    let row = users::table.find(id.to_string());
    found(diesel::update(row).set(users::password_hash.eq(password_hash)).execute(conn)?)?;
    sessions::session_revoke_all(conn, id)?;
    Ok(())
}

/// Shuts an account out, for a reason, ending its sessions; or lets it in again.
pub fn user_set_disabled(conn: &mut AnyConnection, id: Uuid, disabled: bool, reason: Option<&str>) -> Result<()> {
    let reason = reason.filter(|_| disabled);
    let values = (users::disabled.eq(disabled), users::disabled_reason.eq(reason));
    found(diesel::update(users::table.find(id.to_string())).set(values).execute(conn)?)?;
    if disabled {
        sessions::session_revoke_all(conn, id)?;
    }
    Ok(())
}

/// Notes a log-in.
pub fn user_touch_login(conn: &mut AnyConnection, id: Uuid) -> Result<()> {
    found(diesel::update(users::table.find(id.to_string())).set(users::last_login.eq(now())).execute(conn)?)
}

const fn found(rows: usize) -> Result<()> {
    if rows == 0 { Err(DomainError::NotFound) } else { Ok(()) }
}
