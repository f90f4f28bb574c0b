//! Who may look at a saved chart.

use std::collections::HashMap;

use contract::charts::requests::Visualization;
use diesel::prelude::*;
use uuid::Uuid;

use super::{owned, visualization_fetch};
use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::rows::{now, parse_id};
use crate::schema::{users, visualization_shares, visualizations};
use crate::users::{Login, user_by_login};

/// The most people that a chart is shared with.
const MOST_SHARES: i64 = 500;

/// Lets the user of this name look; again is no error. `NotFound` unless the caller owns the chart, `Invalid` (pointer `/username`)
/// if nobody has this name or it is the owner's own.
pub fn visualization_share(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    username: &str,
) -> Result<Visualization> {
    owned(conn, owner_id, id)?;
    let user = named(conn, username)?;
    if user == owner_id {
        return Err(DomainError::invalid("/username", "This is you: the chart is yours already."));
    }
    let key = (id.to_string(), user.to_string());
    let known = visualization_shares::table.find(key.clone()).select(visualization_shares::user_id);
    if known.get_result::<String>(conn).optional()?.is_none() {
        let shares = visualization_shares::table.filter(visualization_shares::visualization_id.eq(&key.0));
        if shares.count().get_result::<i64>(conn)? >= MOST_SHARES {
            return Err(DomainError::invalid(
                "/username",
                format!("A chart is shared with at most {MOST_SHARES} people."),
            ));
        }
        diesel::insert_into(visualization_shares::table)
            .values((
                visualization_shares::visualization_id.eq(&key.0),
                visualization_shares::user_id.eq(&key.1),
                visualization_shares::created_at.eq(now()),
            ))
            .execute(conn)?;
    }
    visualization_fetch(conn, owner_id, id, None)
}

/// Takes a share back; one that is not there is no error. Errors as for [`visualization_share`].
pub fn visualization_unshare(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    username: &str,
) -> Result<Visualization> {
    owned(conn, owner_id, id)?;
    let user = named(conn, username)?;
    diesel::delete(visualization_shares::table.find((id.to_string(), user.to_string()))).execute(conn)?;
    visualization_fetch(conn, owner_id, id, None)
}

/// The chart that the caller saved last, for clients that name none.
pub fn newest_visualization(conn: &mut AnyConnection, owner_id: Uuid) -> Result<Uuid> {
    let id: String = visualizations::table
        .filter(visualizations::owner_id.eq(owner_id.to_string()))
        .order((visualizations::created_at.desc(), visualizations::id.desc()))
        .select(visualizations::id)
        .first(conn)?;
    parse_id(&id)
}

fn named(conn: &mut AnyConnection, username: &str) -> Result<Uuid> {
    let user = user_by_login(conn, Login::Username(username.trim()))?;
    let shown: String = username.chars().take(64).collect();
    let unknown = || DomainError::invalid("/username", format!("There is no user \"{shown}\"."));
    user.map(|user| user.id).ok_or_else(unknown)
}

/// The names that each chart is shared with, in order, by the chart's id.
pub(super) fn names(conn: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Vec<String>>> {
    let rows: Vec<(String, String)> = visualization_shares::table
        .inner_join(users::table)
        .filter(visualization_shares::visualization_id.eq_any(ids))
        .order(users::username_lower)
        .select((visualization_shares::visualization_id, users::username))
        .load(conn)?;
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for (id, name) in rows {
        names.entry(id).or_default().push(name);
    }
    Ok(names)
}
