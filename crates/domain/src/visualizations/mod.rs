//! Saved charts: their owner changes them, each changed chart is a new version; those they are shared with may look.

mod images;
mod sharing;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::charts::ChartSpec;
use contract::charts::requests::{Visualization, VisualizationChange, VisualizationVersion};
use contract::lists::Page;
use diesel::prelude::*;
use uuid::Uuid;

pub use images::{visualization_image, visualization_image_add};
pub use sharing::{newest_visualization, visualization_share, visualization_unshare};

use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::lists::{self, Cursor, Key, Sort, rows_to_load};
use crate::rows::{from_json, new_id, now, parse_id, to_i32, to_json, utc};
use crate::schema::{datasets, users, visualization_shares, visualization_versions, visualizations};

/// The longest name, in characters.
pub const MAX_NAME_LENGTH: usize = 200;
/// The most versions that are kept; older ones go.
const MOST_VERSIONS: i32 = 100;

/// Which saved charts to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The caller's own and those shared with the caller.
    #[default]
    All,
    Mine,
    Shared,
}

#[derive(Clone, Debug)]
pub struct ListQuery {
    pub scope: Scope,
    pub dataset_id: Option<Uuid>,
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

/// What a chart is computed from: the spec, and whose dataset it is.
#[derive(Clone, Debug)]
pub struct SavedChart {
    pub owner_id: Uuid,
    pub name: String,
    pub chart: ChartSpec,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = visualizations)]
struct Stored {
    id: String,
    owner_id: String,
    dataset_id: String,
    name: String,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

/// Saves a chart as version 1. `NotFound` if the dataset is not the caller's; `Invalid` (pointer `/name`) if the name cannot be one.
pub fn visualization_create(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    name: &str,
    chart: &ChartSpec,
) -> Result<Visualization> {
    let name = name_check(name)?;
    crate::datasets::dataset_fetch(conn, owner_id, chart.dataset_id)?;
    let (id, now) = (new_id(), now());
    diesel::insert_into(visualizations::table)
        .values((
            visualizations::id.eq(id.to_string()),
            visualizations::owner_id.eq(owner_id.to_string()),
            visualizations::dataset_id.eq(chart.dataset_id.to_string()),
            visualizations::name.eq(&name),
            visualizations::version.eq(1),
            visualizations::created_at.eq(now),
            visualizations::updated_at.eq(now),
        ))
        .execute(conn)?;
    version_add(conn, id, 1, chart, now)?;
    visualization_fetch(conn, owner_id, id, None)
}

fn version_add(conn: &mut AnyConnection, id: Uuid, number: i32, chart: &ChartSpec, now: NaiveDateTime) -> Result<()> {
    diesel::insert_into(visualization_versions::table)
        .values((
            visualization_versions::visualization_id.eq(id.to_string()),
            visualization_versions::number.eq(number),
            visualization_versions::chart.eq(to_json(chart)?),
            visualization_versions::created_at.eq(now),
        ))
        .execute(conn)?;
    let old = visualization_versions::table
        .filter(visualization_versions::visualization_id.eq(id.to_string()))
        .filter(visualization_versions::number.le(number - MOST_VERSIONS));
    diesel::delete(old).execute(conn)?;
    Ok(())
}

/// One saved chart that the caller may see, at a version or the newest.
pub fn visualization_fetch(
    conn: &mut AnyConnection,
    user_id: Uuid,
    id: Uuid,
    version: Option<u32>,
) -> Result<Visualization> {
    let row = visible(conn, user_id, id)?;
    let number = version.map_or(row.version, to_i32);
    let mut views = views(conn, user_id, vec![row], Some(number))?;
    views.pop().ok_or_else(|| DomainError::invalid("version", format!("The chart has no version {number}.")))
}

/// What to compute for the caller; errors as for [`visualization_fetch`].
pub fn visualization_chart(
    conn: &mut AnyConnection,
    user_id: Uuid,
    id: Uuid,
    version: Option<u32>,
) -> Result<SavedChart> {
    let row = visible(conn, user_id, id)?;
    let number = version.map_or(row.version, to_i32);
    let chart = chart_at(conn, &row.id, number)?
        .ok_or_else(|| DomainError::invalid("version", format!("The chart has no version {number}.")))?;
    Ok(SavedChart { owner_id: parse_id(&row.owner_id)?, name: row.name, chart })
}

fn chart_at(conn: &mut AnyConnection, id: &str, number: i32) -> Result<Option<ChartSpec>> {
    let found: Option<String> = visualization_versions::table
        .find((id, number))
        .select(visualization_versions::chart)
        .get_result(conn)
        .optional()?;
    found.as_deref().map(from_json).transpose()
}

/// The row, if the caller owns it or it is shared with the caller, and its dataset is not deleted.
fn visible(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Stored> {
    let user = user_id.to_string();
    let live = datasets::table.filter(datasets::deleted_at.is_null()).select(datasets::id);
    let row: Stored = visualizations::table
        .find(id.to_string())
        .filter(visualizations::dataset_id.eq_any(live))
        .select(Stored::as_select())
        .get_result(conn)?;
    if row.owner_id == user {
        return Ok(row);
    }
    let share = visualization_shares::table.find((&row.id, &user)).select(visualization_shares::user_id);
    share.get_result::<String>(conn).optional()?.ok_or(DomainError::NotFound)?;
    Ok(row)
}

/// A page of saved charts, the newest first.
pub fn visualization_list(conn: &mut AnyConnection, user_id: Uuid, query: &ListQuery) -> Result<Page<Visualization>> {
    let (user, sort) = (user_id.to_string(), Sort::default());
    let live = datasets::table.filter(datasets::deleted_at.is_null()).select(datasets::id);
    let shared = visualization_shares::table
        .filter(visualization_shares::user_id.eq(user.clone()))
        .select(visualization_shares::visualization_id);
    let mut rows =
        visualizations::table.filter(visualizations::dataset_id.eq_any(live)).select(Stored::as_select()).into_boxed();
    rows = match query.scope {
        Scope::Mine => rows.filter(visualizations::owner_id.eq(user)),
        Scope::Shared => rows.filter(visualizations::id.eq_any(shared)),
        Scope::All => rows.filter(visualizations::owner_id.eq(user).or(visualizations::id.eq_any(shared))),
    };
    if let Some(dataset_id) = query.dataset_id {
        rows = rows.filter(visualizations::dataset_id.eq(dataset_id.to_string()));
    }
    if let Some(Cursor { key: Key::Time(time), id }) = Cursor::decode(query.cursor.as_deref(), sort)? {
        let after = visualizations::created_at.lt(time).or(visualizations::id.lt(id));
        rows = rows.filter(visualizations::created_at.le(time).and(after));
    }
    let rows: Vec<Stored> = rows
        .order((visualizations::created_at.desc(), visualizations::id.desc()))
        .limit(rows_to_load(query.limit))
        .load(conn)?;
    let cursor = |row: &Stored| Cursor { key: Key::Time(row.created_at), id: row.id.clone() }.encode(sort);
    let page = lists::page(rows, query.limit, cursor, Ok)?;
    Ok(Page { items: views(conn, user_id, page.items, None)?, next_cursor: page.next_cursor })
}

/// The rows as their caller sees them, at one version or each at its newest; rows without that version are left out.
fn views(
    conn: &mut AnyConnection,
    user_id: Uuid,
    rows: Vec<Stored>,
    version: Option<i32>,
) -> Result<Vec<Visualization>> {
    let user = user_id.to_string();
    let owners: Vec<&str> = rows.iter().map(|row| row.owner_id.as_str()).collect();
    let owners: Vec<(String, String)> =
        users::table.filter(users::id.eq_any(owners)).select((users::id, users::username)).load(conn)?;
    let owners: HashMap<String, String> = owners.into_iter().collect();
    let mine: Vec<&str> = rows.iter().filter(|row| row.owner_id == user).map(|row| row.id.as_str()).collect();
    let mut shares = sharing::names(conn, &mine)?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let number = version.unwrap_or(row.version);
        let Some(chart) = chart_at(conn, &row.id, number)? else { continue };
        views.push(Visualization {
            id: parse_id(&row.id)?,
            kind: chart.kind,
            dataset_id: parse_id(&row.dataset_id)?,
            version: number.unsigned_abs(),
            chart,
            is_mine: row.owner_id == user,
            owner: owners.get(&row.owner_id).cloned().unwrap_or_default(),
            shared_with: shares.remove(&row.id).unwrap_or_default(),
            image_url: format!("/api/v1/visualizations/{}/export?format=png", row.id),
            name: row.name,
            created_at: utc(row.created_at),
            updated_at: utc(row.updated_at),
        });
    }
    Ok(views)
}

/// Changes name or chart; a changed chart is the next version. `NotFound` unless the caller owns it, `Conflict` if the change was
/// made from a version that is no longer the newest.
pub fn visualization_update(
    conn: &mut AnyConnection,
    owner_id: Uuid,
    id: Uuid,
    change: &VisualizationChange,
) -> Result<Visualization> {
    let row = owned(conn, owner_id, id)?;
    if change.version.is_some_and(|version| to_i32(version) != row.version) {
        let message = format!("The chart has changed meanwhile: its newest version is {}. Load it again.", row.version);
        return Err(DomainError::Conflict { field: "version", message });
    }
    let name = change.name.as_deref().map_or_else(|| Ok(row.name.clone()), name_check)?;
    let now = now();
    let mut number = row.version;
    let mut dataset_id = row.dataset_id.clone();
    if let Some(chart) = &change.chart
        && chart_at(conn, &row.id, number)?.as_ref() != Some(chart)
    {
        crate::datasets::dataset_fetch(conn, owner_id, chart.dataset_id)?;
        number += 1;
        dataset_id = chart.dataset_id.to_string();
        version_add(conn, id, number, chart, now)?;
    }
    // The version in the condition: of two changes at once one finds no row.
    let newest = visualizations::table.find(id.to_string()).filter(visualizations::version.eq(row.version));
    let changed = diesel::update(newest)
        .set((
            visualizations::name.eq(&name),
            visualizations::version.eq(number),
            visualizations::dataset_id.eq(dataset_id),
            visualizations::updated_at.eq(now),
        ))
        .execute(conn)?;
    if changed == 0 {
        let message = "The chart has changed meanwhile. Load it again.".to_owned();
        return Err(DomainError::Conflict { field: "version", message });
    }
    visualization_fetch(conn, owner_id, id, None)
}

/// Deletes a saved chart with its versions, shares and pictures; `NotFound` unless the caller owns it.
pub fn visualization_delete(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<()> {
    owned(conn, owner_id, id)?;
    diesel::delete(visualizations::table.find(id.to_string())).execute(conn)?;
    Ok(())
}

/// All versions that are kept, the newest first.
pub fn visualization_versions(conn: &mut AnyConnection, user_id: Uuid, id: Uuid) -> Result<Vec<VisualizationVersion>> {
    let row = visible(conn, user_id, id)?;
    let rows: Vec<(i32, String, NaiveDateTime)> = visualization_versions::table
        .filter(visualization_versions::visualization_id.eq(&row.id))
        .order(visualization_versions::number.desc())
        .select((visualization_versions::number, visualization_versions::chart, visualization_versions::created_at))
        .load(conn)?;
    let view = |(number, chart, created_at): (i32, String, NaiveDateTime)| {
        let chart: ChartSpec = from_json(&chart)?;
        Ok(VisualizationVersion {
            version: number.unsigned_abs(),
            kind: chart.kind,
            chart,
            created_at: utc(created_at),
        })
    };
    rows.into_iter().map(view).collect()
}

fn owned(conn: &mut AnyConnection, owner_id: Uuid, id: Uuid) -> Result<Stored> {
    let row = visible(conn, owner_id, id)?;
    if row.owner_id == owner_id.to_string() { Ok(row) } else { Err(DomainError::NotFound) }
}

/// The name as it is stored, without white space around it; `Invalid` (pointer `/name`) if it cannot be one.
fn name_check(name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if !(1..=MAX_NAME_LENGTH).contains(&length) {
        let detail = format!("Give the chart a name of 1 to {MAX_NAME_LENGTH} characters; this has {length}.");
        return Err(DomainError::invalid("/name", detail));
    }
    if name.chars().any(char::is_control) {
        return Err(DomainError::invalid("/name", "The name holds a control character. Leave it out."));
    }
    Ok(name.to_owned())
}
