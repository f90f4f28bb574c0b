//! Sessions: one a log-in, with a refresh token that works once; using a spent one ends the session.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use rand::TryRngCore as _;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::dialect::AnyConnection;
use crate::errors::{DomainError, Result};
use crate::rows::{clip, new_id, now, parse_id};
use crate::schema::{session_tokens, sessions, users};
use crate::users::{StoredUser, UserRow};

/// A log-in; times are UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub user_id: Uuid,
    pub created_at: NaiveDateTime,
    pub last_used: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub address: String,
    pub user_agent: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct StoredSession {
    id: String,
    user_id: String,
    created_at: NaiveDateTime,
    last_used: NaiveDateTime,
    expires_at: NaiveDateTime,
    address: String,
    user_agent: String,
}

impl StoredSession {
    fn into_session(self) -> Result<Session> {
        Ok(Session {
            id: parse_id(&self.id)?,
            user_id: parse_id(&self.user_id)?,
            created_at: self.created_at,
            last_used: self.last_used,
            expires_at: self.expires_at,
            address: self.address,
            user_agent: self.user_agent,
        })
    }
}

/// Begins a session; answers it with its refresh token: 256 random bits in base64url, of which only the SHA-256 is stored.
pub fn session_create(
    conn: &mut AnyConnection,
    user_id: Uuid,
    address: &str,
    user_agent: &str,
    lifetime: TimeDelta,
) -> Result<(Session, String)> {
    let now = now();
    let session = Session {
        id: new_id(),
        user_id,
        created_at: now,
        last_used: now,
        expires_at: now + lifetime,
        address: clip(address, 64),
        user_agent: clip(user_agent, 400),
    };
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(session.id.to_string()),
            sessions::user_id.eq(user_id.to_string()),
            sessions::created_at.eq(now),
            sessions::last_used.eq(now),
            sessions::expires_at.eq(session.expires_at),
            sessions::address.eq(&session.address),
            sessions::user_agent.eq(&session.user_agent),
        ))
        .execute(conn)?;
    let token = token_issue(conn, &session.id.to_string(), now)?;
    Ok((session, token))
}

/// Lets a live session last from now for `lifetime`; false if there is no such live session.
pub fn session_prolong(conn: &mut AnyConnection, session_id: Uuid, lifetime: TimeDelta) -> Result<bool> {
    let now = now();
    let live = sessions::table
        .find(session_id.to_string())
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now));
    let columns = (sessions::last_used.eq(now), sessions::expires_at.eq(now + lifetime));
    Ok(diesel::update(live).set(columns).execute(conn)? > 0)
}

/// What became of a refresh token.
pub enum Refresh {
    /// It was good; here is its successor.
    Rotated { session: Box<Session>, user: Box<UserRow>, refresh_token: String },
    /// It had been used before, so somebody holds a stolen copy: the session is revoked.
    Reused { user_id: Uuid, session_id: Uuid },
    /// It is none of ours, or its session ended, or its user is disabled.
    Unknown,
}

/// Trades a refresh token for the next one and prolongs the session. Of two callers with the same token one wins,
/// and the other ends the session: there is no telling which of them is the thief.
pub fn session_refresh(conn: &mut AnyConnection, token: &str, refresh_days: u64) -> Result<Refresh> {
    let now = now();
    let hash = token_hash(token);
    let Some(session) = session_of_token(conn, &hash, now)? else { return Ok(Refresh::Unknown) };
    let fresh = session_tokens::table.find(&hash).filter(session_tokens::spent_at.is_null());
    let spent = diesel::update(fresh).set(session_tokens::spent_at.eq(now)).execute(conn)?;
    let (session_id, user_id) = (parse_id(&session.id)?, parse_id(&session.user_id)?);
    if spent == 0 {
        session_revoke(conn, user_id, session_id)?;
        return Ok(Refresh::Reused { user_id, session_id });
    }
    let Some(user) = session_user(conn, session_id)? else { return Ok(Refresh::Unknown) };
    let live = sessions::table.find(&session.id).filter(sessions::revoked_at.is_null());
    let expires_at = now + days(refresh_days);
    let prolonged =
        diesel::update(live).set((sessions::last_used.eq(now), sessions::expires_at.eq(expires_at))).execute(conn)?;
    if prolonged == 0 {
        return Ok(Refresh::Unknown);
    }
    let refresh_token = token_issue(conn, &session.id, now)?;
    let session = Session { last_used: now, expires_at, ..session.into_session()? };
    Ok(Refresh::Rotated { session: Box::new(session), user: Box::new(user), refresh_token })
}

/// Whose live session a token, fresh or spent, belongs to.
pub fn session_token_owner(conn: &mut AnyConnection, token: &str) -> Result<Option<Uuid>> {
    let session = session_of_token(conn, &token_hash(token), now())?;
    session.map(|session| parse_id(&session.user_id)).transpose()
}

/// The live session that a token, fresh or spent, belongs to.
fn session_of_token(conn: &mut AnyConnection, hash: &str, now: NaiveDateTime) -> Result<Option<StoredSession>> {
    let found = session_tokens::table
        .inner_join(sessions::table)
        .filter(session_tokens::token_hash.eq(hash))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select(StoredSession::as_select())
        .get_result(conn)
        .optional()?;
    Ok(found)
}

/// Ends one session of the user; false if there is no such live session.
pub fn session_revoke(conn: &mut AnyConnection, user_id: Uuid, session_id: Uuid) -> Result<bool> {
    let live = sessions::table
        .find(session_id.to_string())
        .filter(sessions::user_id.eq(user_id.to_string()))
        .filter(sessions::revoked_at.is_null());
    Ok(diesel::update(live).set(sessions::revoked_at.eq(now())).execute(conn)? > 0)
}

/// Ends all sessions of the user; answers how many were live.
pub fn session_revoke_all(conn: &mut AnyConnection, user_id: Uuid) -> Result<usize> {
    let live = sessions::table.filter(sessions::user_id.eq(user_id.to_string())).filter(sessions::revoked_at.is_null());
    Ok(diesel::update(live).set(sessions::revoked_at.eq(now())).execute(conn)?)
}

/// The user's live sessions, newest first, at most 200.
pub fn session_list(conn: &mut AnyConnection, user_id: Uuid) -> Result<Vec<Session>> {
    let rows: Vec<StoredSession> = sessions::table
        .filter(sessions::user_id.eq(user_id.to_string()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now()))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .limit(200)
        .select(StoredSession::as_select())
        .load(conn)?;
    rows.into_iter().map(StoredSession::into_session).collect()
}

/// Whose session this is; `None` if it is revoked or expired or its user is disabled.
pub fn session_user(conn: &mut AnyConnection, session_id: Uuid) -> Result<Option<UserRow>> {
    let found: Option<StoredUser> = sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(session_id.to_string()))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now()))
        .filter(users::disabled.eq(false))
        .select(StoredUser::as_select())
        .get_result(conn)
        .optional()?;
    found.map(StoredUser::into_row).transpose()
}

/// Those of the sessions that are still alive: neither revoked nor expired, and of users who are not disabled.
pub fn sessions_alive(conn: &mut AnyConnection, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let alive: Vec<String> = sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq_any(ids))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now()))
        .filter(users::disabled.eq(false))
        .select(sessions::id)
        .load(conn)?;
    alive.iter().map(|id| parse_id(id)).collect()
}

/// Deletes at most `batch` sessions that ended more than `days` days ago, with their tokens, and as many tokens
/// that were spent so long ago; answers how many rows went.
pub fn sessions_prune(conn: &mut AnyConnection, older_than_days: u64, batch: u32) -> Result<usize> {
    let before = now() - days(older_than_days);
    let ended: Vec<String> = sessions::table
        .filter(sessions::expires_at.lt(before).or(sessions::revoked_at.lt(before)))
        .select(sessions::id)
        .limit(i64::from(batch))
        .load(conn)?;
    let mut gone = diesel::delete(sessions::table.filter(sessions::id.eq_any(ended))).execute(conn)?;
    let spent: Vec<String> = session_tokens::table
        .filter(session_tokens::spent_at.lt(before))
        .select(session_tokens::token_hash)
        .limit(i64::from(batch))
        .load(conn)?;
    gone += diesel::delete(session_tokens::table.filter(session_tokens::token_hash.eq_any(spent))).execute(conn)?;
    Ok(gone)
}

fn token_issue(conn: &mut AnyConnection, session_id: &str, now: NaiveDateTime) -> Result<String> {
    let mut bits = [0_u8; 32];
    rand::rngs::OsRng.try_fill_bytes(&mut bits).map_err(DomainError::internal)?;
    let token = URL_SAFE_NO_PAD.encode(bits);
    diesel::insert_into(session_tokens::table)
        .values((
            session_tokens::token_hash.eq(token_hash(&token)),
            session_tokens::session_id.eq(session_id),
            session_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(token)
}

/// A token of 256 random bits needs no salt and no slow hash.
fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Days as a span; no session lasts longer than ten years.
pub fn days(days: u64) -> TimeDelta {
    TimeDelta::days(i64::try_from(days.min(3650)).unwrap_or(3650))
}
