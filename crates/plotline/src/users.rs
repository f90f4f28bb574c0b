//! `plotline user`: accounts from the command line, also beside a running server.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, anyhow, bail};
use contract::administration::AdminUser;
use contract::users::Role;
use domain::audit::{Event, audit_record};
use domain::passwords::{Passwords, password_check};
use domain::users::{
    Login, NewUser, UserChange, UserQuery, UserRow, user_by_id, user_by_login, user_change, user_check_new,
    user_create, user_list, user_set_password,
};
use domain::{Connection, Database};
use serde_json::json;
use settings::Settings;
use uuid::Uuid;

use crate::accounts::plain;
use crate::cli::UserCommand;
use crate::output::print;
use crate::{data_dir, open};

pub fn user(settings: &Settings, command: UserCommand) -> anyhow::Result<()> {
    if settings.is_embedded() {
        data_dir::prepare(settings)?;
    }
    let database = open::database(settings)?;
    open::require_current_schema(&database)?;
    let cost = settings.auth.bcrypt_cost;
    match command {
        UserCommand::Create { email, username, role, .. } => create(&database, cost, email, username, &role),
        UserCommand::List { json } => list(&database, json),
        UserCommand::SetRole { account, role } => set_role(&database, &account, &role),
        UserCommand::Disable { account, reason } => set_disabled(&database, &account, true, reason),
        UserCommand::Enable { account } => set_disabled(&database, &account, false, None),
        UserCommand::SetPassword { account, .. } => set_password(&database, cost, &account),
    }
}

fn create(database: &Database, cost: u32, email: String, username: String, role: &str) -> anyhow::Result<()> {
    let role = parse_role(role)?;
    user_check_new(&email, &username).map_err(|errors| plain(domain::DomainError::Invalid(errors)))?;
    let password = read_password()?;
    check(&password, &email, &username)?;
    let new = NewUser { email, username, password_hash: hash(cost, password)?, role };
    let user = database
        .write_blocking(|conn| {
            let user = user_create(conn, &new)?;
            record(conn, "user.create", user.id, json!({ "role": role }))?;
            Ok(user)
        })
        .map_err(plain)?;
    print(&format!("made {} {} {} ({})", role.as_str(), user.username, user.email, user.id))
}

fn list(database: &Database, as_json: bool) -> anyhow::Result<()> {
    let (mut query, mut lines) = (UserQuery { limit: 200, ..UserQuery::default() }, Vec::new());
    loop {
        let page = database.read_blocking(|conn| user_list(conn, &query)).map_err(plain)?;
        for user in &page.items {
            lines.push(if as_json { serde_json::to_string(user)? } else { line(user) });
        }
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    if lines.is_empty() {
        return if as_json { Ok(()) } else { print("no accounts") };
    }
    print(&lines.join("\n"))
}

fn line(user: &AdminUser) -> String {
    let login = match user.last_login {
        _ if user.disabled => "disabled".to_owned(),
        Some(at) => at.format("%F %R UTC").to_string(),
        None => "never signed in".to_owned(),
    };
    format!("{}  {:8} {:20} {:32} {login}", user.id, user.role.as_str(), user.username, user.email)
}

fn set_role(database: &Database, account: &str, role: &str) -> anyhow::Result<()> {
    let role = parse_role(role)?;
    let user = find(database, account)?;
    let change = UserChange { role: Some(role), ..UserChange::default() };
    database
        .write_blocking(|conn| {
            user_change(conn, user.id, &change)?;
            record(conn, "user.set_role", user.id, json!({ "role": role }))
        })
        .map_err(plain)?;
    print(&format!("{} is {} now", user.username, role.as_str()))
}

fn set_disabled(database: &Database, account: &str, disabled: bool, reason: Option<String>) -> anyhow::Result<()> {
    let user = find(database, account)?;
    let (action, word) = if disabled { ("user.disable", "shut out") } else { ("user.enable", "let in again") };
    let detail = json!({ "reason": reason });
    let change = UserChange { role: None, disabled: Some(disabled), reason };
    database
        .write_blocking(|conn| {
            user_change(conn, user.id, &change)?;
            record(conn, action, user.id, detail)
        })
        .map_err(plain)?;
    print(&format!("{} is {word}", user.username))
}

fn set_password(database: &Database, cost: u32, account: &str) -> anyhow::Result<()> {
    let user = find(database, account)?;
    let password = read_password()?;
    check(&password, &user.email, &user.username)?;
    let password_hash = hash(cost, password)?;
    database
        .write_blocking(|conn| {
            user_set_password(conn, user.id, &password_hash)?;
            record(conn, "user.set_password", user.id, json!({}))
        })
        .map_err(plain)?;
    print(&format!("the password of {} is changed and all its sessions have ended", user.username))
}

fn find(database: &Database, account: &str) -> anyhow::Result<UserRow> {
    let found = database.read_blocking(|conn| match account.parse::<Uuid>() {
        Ok(id) => user_by_id(conn, id),
        Err(_) if account.contains('@') => user_by_login(conn, Login::Email(account)),
        Err(_) => user_by_login(conn, Login::Username(account)),
    });
    found.map_err(plain)?.ok_or_else(|| anyhow!("there is no account {account}. Run: plotline user list"))
}

fn parse_role(text: &str) -> anyhow::Result<Role> {
    Role::parse(text).ok_or_else(|| anyhow!("there is no role {text}. Allowed: admin, analyst, viewer"))
}

fn check(password: &str, email: &str, username: &str) -> anyhow::Result<()> {
    password_check(password, email, username).map_err(|error| anyhow!("the password cannot be used: {}", error.detail))
}

fn hash(cost: u32, password: String) -> anyhow::Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(Passwords::new(cost).hash(password)).map_err(plain)
}

/// The first line of standard input: an argument would stand in the shell's history and in the list of processes.
fn read_password() -> anyhow::Result<String> {
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        eprintln!("Type the password and press Enter (it is shown as you type):");
    }
    let mut text = String::new();
    input.read_line(&mut text).context("the password on standard input cannot be read")?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("there is no password on standard input. For example: printf '%s' \"$PASSWORD\" | plotline user …");
    }
    Ok(password.to_owned())
}

fn record(conn: &mut Connection, action: &str, target: Uuid, detail: serde_json::Value) -> domain::Result<()> {
    let event = Event {
        actor: None,
        action,
        target: Some(target.to_string()),
        address: "command line".to_owned(),
        request_id: domain::new_id().to_string(),
        outcome: "ok",
        detail,
    };
    audit_record(conn, &event)
}
