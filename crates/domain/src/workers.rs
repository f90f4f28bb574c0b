//! The live workers: each tells of itself every few seconds, and is forgotten when it has been silent for a minute.

use chrono::NaiveDateTime;
use contract::jobs::Lane;
use contract::operating::{Confinement, WorkerInfo};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use crate::dialect::{AnyConnection, statement};
use crate::errors::Result;
use crate::rows::{from_json, now, parse_word, to_i32, to_json, to_u32, to_u64, utc};
use crate::schema::workers;

/// A worker that was silent for so long is gone. Unit: seconds.
const SILENCE: f64 = 60.0;

/// What a worker tells of itself.
#[derive(Clone, Debug)]
pub struct Presence {
    /// Unique for every start.
    pub name: String,
    pub version: String,
    pub lanes: Vec<Lane>,
    pub slots: u32,
    /// What its compute children are kept from, once the first has told.
    pub confinement: Option<Confinement>,
}

/// Notes that the worker lives, and forgets those that have been silent.
pub fn worker_heartbeat(conn: &mut AnyConnection, presence: &Presence) -> Result<()> {
    const BEAT: &str = "INSERT INTO workers (name, version, lanes, slots, started_at, confinement, seen_at)
                        VALUES (?, ?, ?, ?, ?, ?, {now})
                        {or_seen_now}";
    let lanes = presence.lanes.iter().map(|lane| lane.as_str()).collect::<Vec<_>>().join(",");
    let confinement = presence.confinement.as_ref().map(to_json).transpose()?;
    statement(conn, BEAT)
        .text(&presence.name)
        .text(&presence.version)
        .text(&lanes)
        .integer(to_i32(presence.slots))
        .time(now())
        .optional_text(confinement.as_deref())
        .execute(conn)?;
    statement(conn, "DELETE FROM workers WHERE seen_at < {now_plus}").double(-SILENCE).execute(conn)?;
    Ok(())
}

/// The worker ends.
pub fn worker_leave(conn: &mut AnyConnection, name: &str) -> Result<()> {
    diesel::delete(workers::table.find(name)).execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    lanes: String,
    #[diesel(sql_type = Integer)]
    slots: i32,
    #[diesel(sql_type = BigInt)]
    running: i64,
    #[diesel(sql_type = Nullable<Text>)]
    confinement: Option<String>,
    #[diesel(sql_type = Timestamp)]
    started_at: NaiveDateTime,
    #[diesel(sql_type = Timestamp)]
    seen_at: NaiveDateTime,
}

/// The workers that live, the oldest first, each with how much it runs.
pub fn worker_list(conn: &mut AnyConnection) -> Result<Vec<WorkerInfo>> {
    const LIST: &str = "
        SELECT w.name, w.version, w.lanes, w.slots, w.confinement, w.started_at, w.seen_at,
            (SELECT count(*) FROM executions e WHERE e.status = 'running' AND e.worker = w.name) AS running
        FROM workers w WHERE w.seen_at >= {now_plus} ORDER BY w.started_at, w.name";
    let rows: Vec<Row> = statement(conn, LIST).double(-SILENCE).load(conn)?;
    rows.into_iter().map(view).collect()
}

fn view(row: Row) -> Result<WorkerInfo> {
    Ok(WorkerInfo {
        name: row.name,
        version: row.version,
        lanes: row.lanes.split(',').map(|lane| parse_word(lane, Lane::parse)).collect::<Result<_>>()?,
        slots: to_u32(row.slots),
        running: to_u64(row.running),
        confinement: row.confinement.as_deref().map(from_json).transpose()?,
        started_at: utc(row.started_at),
        seen_at: utc(row.seen_at),
    })
}
