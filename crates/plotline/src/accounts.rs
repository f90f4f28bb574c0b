//! The first account: an administrator from the settings, or a code that makes the first one who registers it.

use anyhow::{Context, anyhow, bail};
use contract::users::Role;
use domain::passwords::{Passwords, password_check};
use domain::users::{Login, NewUser, user_by_login, user_count, user_create};
use domain::{Database, DomainError};
use rand::Rng;
use settings::Settings;

use crate::open;

/// Letters and digits that nobody mistakes for each other.
const CODE_ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Makes the administrator of the settings, unless an account has that e-mail address.
pub async fn make_admin(settings: &Settings, database: &Database, passwords: &Passwords) -> anyhow::Result<()> {
    let (Some(email), Some(password)) = (&settings.admin_email, &settings.admin_password) else { return Ok(()) };
    let asked = email.clone();
    let existing = database.read(move |conn| user_by_login(conn, Login::Email(&asked))).await.map_err(plain)?;
    if existing.is_some() {
        return Ok(());
    }
    let name = username(email);
    if let Err(error) = password_check(password.expose(), email, &name) {
        bail!("PLOTLINE_ADMIN_PASSWORD cannot be used: {}", error.detail);
    }
    let password_hash = passwords.hash(password.expose().to_owned()).await.map_err(plain)?;
    let new = NewUser { email: email.clone(), username: name.clone(), password_hash, role: Role::Admin };
    let made = database.write(move |conn| create_under_free_name(conn, &new)).await;
    let user = made.map_err(plain).context("the administrator of PLOTLINE_ADMIN_EMAIL cannot be made")?;
    tracing::info!(email, username = user.username, "the administrator was made");
    Ok(())
}

/// `admin`, and `admin2` where that is taken.
fn create_under_free_name(conn: &mut domain::Connection, new: &NewUser) -> domain::Result<contract::users::User> {
    for number in 2..100 {
        let username = if number == 2 { new.username.clone() } else { format!("{}{}", new.username, number - 1) };
        if user_by_login(conn, Login::Username(&username))?.is_none() {
            return user_create(conn, &NewUser { username, ..new.clone() });
        }
    }
    user_create(conn, new)
}

/// A user name out of the address: what stands before the @, as far as names may look like that.
pub fn username(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    let name: String =
        local.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')).take(60).collect();
    if name.len() < 3 { "admin".to_owned() } else { name }
}

/// How many accounts there are.
pub async fn count(database: &Database) -> anyhow::Result<u64> {
    database.read(user_count).await.map_err(plain)
}

/// The code for an empty server that others can reach: without it, whoever comes first would own it.
pub fn setup_code(settings: &Settings, accounts: u64) -> Option<String> {
    if settings.is_loopback() || accounts > 0 {
        return None;
    }
    let mut rng = rand::rng();
    let mut group =
        || -> String { (0..5).map(|_| char::from(CODE_ALPHABET[rng.random_range(0..CODE_ALPHABET.len())])).collect() };
    Some([group(), group(), group(), group()].join("-"))
}

/// A database error for the person at the terminal.
pub fn plain(error: DomainError) -> anyhow::Error {
    anyhow!(open::detail(&error))
}
