//! The file that knows there are two databases: opening a connection, beginning a transaction, the words in which
//! their SQL differs, and their migrations. `docs/decisions/0004-one-database-code.md` tells why it is built like this.

use std::path::Path;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::errors::{Cause, DomainError, Result};
use crate::statement::Statement;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Sqlite(String),
    Postgres(String),
}

impl Address {
    /// Reads a database URL. An error never repeats the URL, since it may hold a password.
    pub fn parse(url: &str) -> Result<Self> {
        const ALLOWED: &str = "Give sqlite:///absolute/path.db or postgres://user:password@host/database.";
        let refuse = |what: &str| DomainError::invalid("database_url", format!("{what} {ALLOWED}"));
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(with_time_limits(url)));
        }
        let Some(path) = url.strip_prefix("sqlite://") else {
            return Err(refuse("The database URL begins with neither sqlite:// nor postgres://."));
        };
        if path.is_empty() || path.ends_with('/') {
            return Err(refuse("The database URL names no file."));
        }
        if path.contains(['?', '#', '\0']) || path.starts_with(':') || path.starts_with("file:") {
            return Err(refuse("The database URL must name a plain file, without options."));
        }
        Ok(Self::Sqlite(path.to_owned()))
    }
}

/// A server that is gone without a word must not hold a request for minutes.
fn with_time_limits(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [("connect_timeout", "5"), ("tcp_user_timeout", "10000"), ("application_name", "plotline")] {
        if url.contains(&format!("{name}=")) {
            continue;
        }
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("{name}={value}"));
    }
    url
}

/// What a connection is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Read,
    Write,
}

/// Opens a connection and sets everything that durability and concurrency rest on.
pub fn open(address: &Address, purpose: Purpose) -> Result<AnyConnection> {
    match address {
        Address::Sqlite(path) => open_sqlite(path, purpose),
        Address::Postgres(url) => open_postgres(url),
    }
}

fn open_sqlite(path: &str, purpose: Purpose) -> Result<AnyConnection> {
    create_private_file(Path::new(path)).map_err(DomainError::unavailable)?;
    let mut conn = SqliteConnection::establish(path).map_err(DomainError::unavailable)?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 30000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    if purpose == Purpose::Read {
        conn.batch_execute("PRAGMA query_only = ON;")?;
    }
    Ok(AnyConnection::Sqlite(conn))
}

/// SQLite gives its side files the mode of the database, which holds password hashes.
fn create_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn open_postgres(url: &str) -> Result<AnyConnection> {
    let mut conn = PgConnection::establish(url).map_err(DomainError::unavailable)?;
    // Prepared statements outlive the sizes they were planned for: one that was planned on a young server would read
    // whole tables when they have grown, until the server gathers statistics. Every statement here has an index.
    // What is planned against that rule looks so dear that the server would compile it, which takes longer than to run it.
    // Only some roles may choose the language of messages; the others keep the server's.
    conn.batch_execute(
        "SET synchronous_commit = on;
         SET TIME ZONE 'UTC';
         SET enable_seqscan = off;
         SET jit = off;
         SET lock_timeout = '20s';
         SET statement_timeout = '60s';
         SET idle_in_transaction_session_timeout = '60s';
         DO $$ BEGIN PERFORM set_config('lc_messages', 'C', false); EXCEPTION WHEN OTHERS THEN NULL; END $$;",
    )?;
    Ok(AnyConnection::Postgres(conn))
}

/// What a commit is worth when the machine dies right after it. Losing the process alone loses neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before the commit returns.
    Synced,
    /// On the disk with the next synced commit, or a moment later. Commits are never lost out of order.
    Soon,
}

/// Begins a transaction that may write. SQLite takes the write lock at once: a transaction that reads first and
/// then finds the lock taken could only fail.
pub fn begin(conn: &mut AnyConnection, durability: Durability) -> Result<()> {
    match (conn, durability) {
        (AnyConnection::Sqlite(conn), Durability::Synced) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE")?;
        }
        (AnyConnection::Sqlite(conn), Durability::Soon) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE")?;
        }
        (AnyConnection::Postgres(conn), Durability::Synced) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL READ COMMITTED")?;
        }
        (AnyConnection::Postgres(conn), Durability::Soon) => {
            let begin = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off";
            AnsiTransactionManager::begin_transaction_sql(conn, begin)?;
        }
    }
    Ok(())
}

pub fn commit(conn: &mut AnyConnection) -> Result<()> {
    Ok(<AnyConnection as TransactionManager<AnyConnection>>::commit_transaction(conn)?)
}

pub fn rollback(conn: &mut AnyConnection) -> Result<()> {
    Ok(<AnyConnection as TransactionManager<AnyConnection>>::rollback_transaction(conn)?)
}

/// Commits a transaction that was begun as [`Durability::Soon`], and yet waits for the disk.
pub fn commit_synced(conn: &mut AnyConnection) -> Result<()> {
    if let AnyConnection::Postgres(conn) = conn {
        conn.batch_execute("SET LOCAL synchronous_commit = on")?;
        return Ok(AnsiTransactionManager::commit_transaction(conn)?);
    }
    commit(conn)?;
    sync(conn)
}

/// Lets commits outside of [`begin`] wait for the disk, whatever the transaction before asked for.
pub fn wait_for_disk(conn: &mut AnyConnection) -> Result<()> {
    match conn {
        AnyConnection::Sqlite(conn) => Ok(conn.batch_execute("PRAGMA synchronous = FULL")?),
        AnyConnection::Postgres(_) => Ok(()),
    }
}

/// Waits until everything committed before is on the disk.
pub fn sync(conn: &mut AnyConnection) -> Result<()> {
    match conn {
        // A commit that changes nothing writes nothing, so one byte of the header is written anew.
        AnyConnection::Sqlite(conn) => {
            conn.batch_execute("PRAGMA synchronous = FULL; PRAGMA user_version = 1;")?;
        }
        // A record of the log, which its commit flushes together with everything before it.
        AnyConnection::Postgres(conn) => {
            conn.batch_execute("SELECT pg_logical_emit_message(true, 'plotline', '')")?;
        }
    }
    Ok(())
}

/// Whether a statement outside a transaction is as good as one within: it commits by itself, and several connections may
/// write. SQLite's one writer sets for each transaction what its commit is worth.
pub const fn commits_statements(conn: &AnyConnection) -> bool {
    matches!(conn, AnyConnection::Postgres(_))
}

/// Whether a connection that lay idle still answers. A file always does.
pub fn answers(conn: &mut AnyConnection) -> bool {
    match conn {
        AnyConnection::Sqlite(_) => true,
        AnyConnection::Postgres(conn) => conn.batch_execute("SELECT 1").is_ok(),
    }
}

/// Whether a connection may be used again after an error.
pub fn is_usable(conn: &mut AnyConnection) -> bool {
    match conn {
        AnyConnection::Sqlite(conn) => !AnsiTransactionManager::is_broken_transaction_manager(conn),
        AnyConnection::Postgres(conn) => !AnsiTransactionManager::is_broken_transaction_manager(conn),
    }
}

/// Whether several transactions may write at once, so that a row must be locked before it is judged.
pub const fn has_one_writer(address: &Address) -> bool {
    matches!(address, Address::Sqlite(_))
}

/// The words of a statement that differ: the database's clock, and the locks of a database with many writers.
/// `{now_plus}` takes one `?`, a number of seconds. `{or_skip}` makes an insert that meets a unique index do nothing: an
/// error would end PostgreSQL's transaction. `{or_seen_now}` makes it note the time instead. Between `{in_these}` and
/// `{these_end}` stands a question that is asked once: PostgreSQL may ask one after IN again for every row, and with a
/// limit and locks in it every answer would be another.
const WORDS: [(&str, &str, &str); 11] = [
    (
        "or_seen_now",
        "ON CONFLICT (name) DO UPDATE SET seen_at = {now}, confinement = excluded.confinement",
        "ON CONFLICT (name) DO UPDATE SET seen_at = {now}, confinement = excluded.confinement",
    ),
    ("now", "strftime('%Y-%m-%d %H:%M:%f', 'now')", "(statement_timestamp() AT TIME ZONE 'UTC')"),
    (
        "now_plus",
        "strftime('%Y-%m-%d %H:%M:%f', 'now', ? || ' seconds')",
        "(statement_timestamp() AT TIME ZONE 'UTC' + ? * INTERVAL '1 second')",
    ),
    ("or_skip", "ON CONFLICT DO NOTHING", "ON CONFLICT DO NOTHING"),
    ("for_update", "", "FOR UPDATE"),
    ("for_share", "", "FOR SHARE"),
    ("skip_locked", "", "FOR UPDATE SKIP LOCKED"),
    // What follows the columns of an INSERT ... SELECT, with a user's id as its value: makes the transactions that judge how
    // much of something this user has wait for each other until they end. Of two that count at once, neither would see what
    // the other is about to add, so the count comes in a later statement. SQLite's BEGIN IMMEDIATE has done so already.
    (
        "user_locked",
        "WHERE ? IS NOT NULL",
        "FROM (SELECT pg_advisory_xact_lock(hashtextextended(?, 7021871450133))) AS locked",
    ),
    // True, and lets the transaction that the statement stands in be committed as [`Durability::Soon`].
    ("soon", "TRUE", "set_config('synchronous_commit', 'off', true) = 'off'"),
    ("in_these", "IN", "= ANY (ARRAY"),
    ("these_end", "", ")"),
];

/// A statement in this connection's dialect.
pub fn statement<'a>(conn: &AnyConnection, template: &str) -> Statement<'a> {
    let mut sql = String::with_capacity(template.len() * 2);
    fill(conn, template, &mut sql);
    Statement::new(sql)
}

/// In one pass: this runs for every statement. A word may stand for text with words in it.
fn fill(conn: &AnyConnection, template: &str, sql: &mut String) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        sql.push_str(before);
        let known = WORDS.iter().find_map(|(word, sqlite, postgres)| {
            let left = after.strip_prefix(word)?.strip_prefix('}')?;
            let meaning = match conn {
                AnyConnection::Sqlite(_) => sqlite,
                AnyConnection::Postgres(_) => postgres,
            };
            Some((meaning, left))
        });
        if let Some((meaning, _)) = known {
            fill(conn, meaning, sql);
        } else {
            sql.push('{');
        }
        rest = known.map_or(after, |(_, left)| left);
    }
    sql.push_str(rest);
}

/// Makes all who judge by other accounts (who is first, who is last) wait for each other until the transaction ends.
pub fn lock_accounts(conn: &mut AnyConnection) -> Result<()> {
    match conn {
        // BEGIN IMMEDIATE has done so already.
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(conn) => Ok(conn.batch_execute("SELECT pg_advisory_xact_lock(7021871450132)")?),
    }
}

/// The names of all migrations of this build, oldest first, with their versions.
pub fn migrations_known(conn: &AnyConnection) -> Result<Vec<(String, String)>> {
    fn names<DB: diesel::backend::Backend>(
        source: &EmbeddedMigrations,
    ) -> std::result::Result<Vec<(String, String)>, Cause> {
        let migrations: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
        let mut names: Vec<_> =
            migrations.iter().map(|m| (m.name().version().to_string(), m.name().to_string())).collect();
        names.sort();
        Ok(names)
    }
    match conn {
        AnyConnection::Sqlite(_) => names::<diesel::sqlite::Sqlite>(&SQLITE),
        AnyConnection::Postgres(_) => names::<diesel::pg::Pg>(&POSTGRES),
    }
    .map_err(DomainError::Internal)
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The versions that this database has, oldest first; reads only, so an empty database stays empty.
pub fn migrations_applied(conn: &mut AnyConnection) -> Result<Vec<String>> {
    let tables = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT name AS version FROM sqlite_master WHERE type = 'table' AND name = '__diesel_schema_migrations'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT to_regclass('__diesel_schema_migrations')::text AS version
             WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL"
        }
    };
    let found: Vec<Version> = diesel::sql_query(tables).load(conn)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let query = "SELECT version FROM __diesel_schema_migrations ORDER BY version";
    let versions: Vec<Version> = diesel::sql_query(query).load(conn)?;
    Ok(versions.into_iter().map(|row| row.version).collect())
}

/// Applies everything that is missing; answers the versions. Servers that start together wait for each other.
pub fn migrate_up(conn: &mut AnyConnection) -> Result<Vec<String>> {
    with_migration_lock(conn, |conn| match conn {
        AnyConnection::Sqlite(conn) => {
            Ok(conn.run_pending_migrations(SQLITE)?.iter().map(ToString::to_string).collect())
        }
        AnyConnection::Postgres(conn) => {
            Ok(conn.run_pending_migrations(POSTGRES)?.iter().map(ToString::to_string).collect())
        }
    })
}

/// Takes back the newest migration; answers its version.
pub fn migrate_down(conn: &mut AnyConnection) -> Result<String> {
    with_migration_lock(conn, |conn| match conn {
        AnyConnection::Sqlite(conn) => Ok(conn.revert_last_migration(SQLITE)?.to_string()),
        AnyConnection::Postgres(conn) => Ok(conn.revert_last_migration(POSTGRES)?.to_string()),
    })
}

fn with_migration_lock<T>(
    conn: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> std::result::Result<T, Cause>,
) -> Result<T> {
    if let AnyConnection::Postgres(conn) = conn {
        conn.batch_execute("SELECT pg_advisory_lock(7021871450131)")?;
    }
    let outcome = work(conn).map_err(DomainError::Internal);
    if let AnyConnection::Postgres(conn) = conn {
        conn.batch_execute("SELECT pg_advisory_unlock(7021871450131)")?;
    }
    outcome
}
