//! Audit events: who did what to what, from where, and how it ended. Rows are only ever added.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::administration::AuditEvent;
use contract::lists::Page;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::lists::{self, Cursor, Key, Sort, rows_to_load};
use crate::rows::{clip, from_json, new_id, now, parse_id, to_json, utc};
use crate::schema::{audit_events, users};

/// Something that happened. `detail` never holds a secret; long texts are cut.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    pub actor: Option<Uuid>,
    /// Noun and verb, as in `auth.login`.
    pub action: &'a str,
    pub target: Option<String>,
    pub address: String,
    pub request_id: String,
    /// `ok`, `denied`, …
    pub outcome: &'a str,
    pub detail: Value,
}

/// Which events to list; the newest come first.
#[derive(Clone, Debug)]
pub struct AuditQuery {
    pub actor: Option<Uuid>,
    pub action: Option<String>,
    pub target: Option<String>,
    pub outcome: Option<String>,
    pub cursor: Option<String>,
    pub limit: u32,
}

impl Default for AuditQuery {
    fn default() -> Self {
        Self {
            actor: None,
            action: None,
            target: None,
            outcome: None,
            cursor: None,
            limit: contract::lists::DEFAULT_LIMIT,
        }
    }
}

pub fn audit_record(conn: &mut AnyConnection, event: &Event) -> Result<()> {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(new_id().to_string()),
            audit_events::happened_at.eq(now()),
            audit_events::actor_id.eq(event.actor.map(|id| id.to_string())),
            audit_events::action.eq(clip(event.action, 100)),
            audit_events::target.eq(event.target.as_deref().map(|target| clip(target, 400))),
            audit_events::address.eq(clip(&event.address, 64)),
            audit_events::request_id.eq(clip(&event.request_id, 200)),
            audit_events::outcome.eq(clip(event.outcome, 100)),
            audit_events::detail.eq(to_json(&event.detail)?),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
struct StoredEvent {
    id: String,
    happened_at: NaiveDateTime,
    actor_id: Option<String>,
    action: String,
    target: Option<String>,
    address: String,
    request_id: String,
    outcome: String,
    detail: String,
}

/// A page of events, each with the name that its actor has now.
pub fn audit_list(conn: &mut AnyConnection, query: &AuditQuery) -> Result<Page<AuditEvent>> {
    let sort = Sort::default();
    let mut rows = audit_events::table.select(StoredEvent::as_select()).into_boxed();
    if let Some(actor) = query.actor {
        rows = rows.filter(audit_events::actor_id.eq(actor.to_string()));
    }
    if let Some(action) = &query.action {
        rows = rows.filter(audit_events::action.eq(clip(action, 100)));
    }
    if let Some(target) = &query.target {
        rows = rows.filter(audit_events::target.eq(clip(target, 400)));
    }
    if let Some(outcome) = &query.outcome {
        rows = rows.filter(audit_events::outcome.eq(clip(outcome, 100)));
    }
    if let Some(Cursor { key: Key::Time(time), id }) = Cursor::decode(query.cursor.as_deref(), sort)? {
        let after = audit_events::happened_at.lt(time).or(audit_events::id.lt(id));
        rows = rows.filter(audit_events::happened_at.le(time).and(after));
    }
    let rows = rows
        .order((audit_events::happened_at.desc(), audit_events::id.desc()))
        .limit(rows_to_load(query.limit))
        .load(conn)?;
    let names = names_of(conn, &rows)?;
    let cursor = |row: &StoredEvent| Cursor { key: Key::Time(row.happened_at), id: row.id.clone() }.encode(sort);
    lists::page(rows, query.limit, cursor, |row| {
        Ok(AuditEvent {
            id: parse_id(&row.id)?,
            happened_at: utc(row.happened_at),
            actor_name: row.actor_id.as_ref().and_then(|id| names.get(id)).cloned(),
            actor: row.actor_id.as_deref().map(parse_id).transpose()?,
            action: row.action,
            target: row.target,
            address: row.address,
            request_id: row.request_id,
            outcome: row.outcome,
            detail: from_json(&row.detail)?,
        })
    })
}

/// The user names of the accounts that did these things, by id.
fn names_of(conn: &mut AnyConnection, events: &[StoredEvent]) -> Result<HashMap<String, String>> {
    let mut ids: Vec<&str> = events.iter().filter_map(|event| event.actor_id.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(String, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)?;
    Ok(names.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_refuses_to_change_or_remove_events() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/plotline.db", folder.path().display());
        let database = crate::Database::connect(&url, 1).unwrap();
        crate::migrations::migrate_up(&database).unwrap();
        let event = Event {
            actor: None,
            action: "auth.login",
            target: None,
            address: "127.0.0.1".to_owned(),
            request_id: "r".to_owned(),
            outcome: "denied",
            detail: Value::Null,
        };
        database.write_blocking(|conn| audit_record(conn, &event)).unwrap();
        for statement in ["UPDATE audit_events SET outcome = 'ok'", "DELETE FROM audit_events"] {
            let refused = database.write_blocking(|conn| Ok(diesel::sql_query(statement).execute(conn)?));
            assert!(format!("{:?}", refused.unwrap_err()).contains("append-only"));
        }
        let page = database.read_blocking(|conn| audit_list(conn, &AuditQuery::default())).unwrap();
        assert_eq!(page.items[0].outcome, "denied");
    }
}
