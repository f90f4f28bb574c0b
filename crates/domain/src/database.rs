//! The database as the rest of the program sees it: reads, and writes of one transaction each.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;

use crate::catalog;
use crate::dialect::{self, Address, AnyConnection, Durability, Purpose};
use crate::errors::{DomainError, Result};
use crate::pool::Pool;

/// A handle to the database; clones share its connections.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    /// On SQLite one connection, so writers queue up here instead of failing on a lock.
    writers: Arc<Lane>,
    readers: Arc<Lane>,
}

/// How busy a pool of connections is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolLoad {
    pub name: &'static str,
    /// Connections at most.
    pub size: usize,
    /// Connections lent out or being opened.
    pub busy: usize,
}

/// A pool and its gate: callers wait at the gate without holding a blocking thread, first come, first served.
struct Lane {
    pool: Pool,
    gate: Arc<Semaphore>,
}

impl Lane {
    fn new(address: Address, purpose: Purpose, size: usize) -> Arc<Self> {
        Arc::new(Self { pool: Pool::new(address, purpose, size), gate: Arc::new(Semaphore::new(size)) })
    }
}

impl Database {
    /// Opens `sqlite:///absolute/path.db` (the file is made if need be; its folder must exist) or `postgres://…`.
    /// `readers` is the number of read connections beside SQLite's one writer, or of all connections to PostgreSQL.
    /// Any other URL is an `Invalid` error; a database that does not answer is `Unavailable`.
    pub fn connect(url: &str, readers: u32) -> Result<Self> {
        let address = Address::parse(url)?;
        let size = usize::try_from(readers).unwrap_or(1).max(1);
        let database = if dialect::has_one_writer(&address) {
            let writers = Lane::new(address.clone(), Purpose::Write, 1);
            let readers = Lane::new(address, Purpose::Read, size);
            Self { inner: Arc::new(Inner { writers, readers }) }
        } else {
            let both = Lane::new(address, Purpose::Write, size);
            Self { inner: Arc::new(Inner { writers: both.clone(), readers: both }) }
        };
        database.inner.writers.pool.run(|_| Ok(()))?;
        Ok(database)
    }

    /// Runs `work` on a read connection, each statement for itself. Work of a caller who goes away still ends.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        run_behind_gate(self.inner.readers.clone(), move |pool| pool.run(|conn| guarded(conn, work))).await
    }

    /// Runs `work` in one transaction, rolled back on an error and on a panic. Work of a caller who goes away still ends.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        self.write_lasting(Durability::Synced, move |conn| Ok((work(conn)?, Durability::Synced))).await
    }

    /// As [`Database::write`], without waiting for the disk: for what may be lost together with the machine, such as a
    /// claim. See `docs/decisions/0016-commits-in-groups.md`.
    pub async fn write_soon<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        self.write_lasting(Durability::Soon, move |conn| Ok((work(conn)?, Durability::Soon))).await
    }

    /// As [`Database::write`] for work that finds out whether its commit has to wait for the disk. Whoever says `Soon`
    /// and then promises something calls [`Database::sync`] first.
    pub async fn write_as_told<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<(T, Durability)> + Send + 'static,
    {
        self.write_lasting(Durability::Soon, work).await
    }

    /// As [`Database::write`] for work of which each statement may be committed by itself, so that no transaction is needed
    /// around it where the database does that: each of its ends is a way to the database and back. For loops that do
    /// nothing else meanwhile.
    pub async fn write_each<T, F>(&self, durability: Durability, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        let run = move |conn: &mut AnyConnection| {
            if dialect::commits_statements(conn) {
                return guarded(conn, work);
            }
            transaction(conn, durability, |conn| Ok((work(conn)?, durability)))
        };
        run_here(self.inner.writers.clone(), move |pool| pool.run(run)).await
    }

    async fn write_lasting<T, F>(&self, begun: Durability, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<(T, Durability)> + Send + 'static,
    {
        let writers = self.inner.writers.clone();
        run_behind_gate(writers, move |pool| pool.run(|conn| transaction(conn, begun, work))).await
    }

    /// Waits until everything that was committed before this call is on the disk.
    pub async fn sync(&self) -> Result<()> {
        run_behind_gate(self.inner.writers.clone(), move |pool| pool.run(dialect::sync)).await
    }

    /// [`Database::read`] on this thread, for the command line and tests.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        self.inner.readers.pool.run(|conn| guarded(conn, work))
    }

    /// [`Database::write`] on this thread, for the command line and tests.
    pub fn write_blocking<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let work = |conn: &mut AnyConnection| Ok((work(conn)?, Durability::Synced));
        self.inner.writers.pool.run(|conn| transaction(conn, Durability::Synced, work))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read(|conn| {
            diesel::RunQueryDsl::execute(diesel::sql_query("SELECT 1"), conn)?;
            Ok(())
        })
        .await
    }

    /// How busy the connections are.
    pub fn pools(&self) -> Vec<PoolLoad> {
        let load = |name, lane: &Lane| {
            let (size, busy) = lane.pool.load();
            PoolLoad { name, size, busy }
        };
        if Arc::ptr_eq(&self.inner.writers, &self.inner.readers) {
            return vec![load("database", &self.inner.writers)];
        }
        vec![load("database_write", &self.inner.writers), load("database_read", &self.inner.readers)]
    }

    /// The settings of the writing connection that durability rests on, by name.
    pub fn settings_in_force(&self) -> Result<Vec<(String, String)>> {
        self.on_writer(catalog::settings_in_force)
    }

    /// Runs `work` with a connection that may write, outside any transaction; migrations begin their own.
    pub(crate) fn on_writer<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        self.inner.writers.pool.run(|conn| {
            dialect::wait_for_disk(conn)?;
            work(conn)
        })
    }
}

async fn run_behind_gate<T, F>(lane: Arc<Lane>, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Pool) -> Result<T> + Send + 'static,
{
    let place = lane.gate.clone().acquire_owned().await.map_err(DomainError::internal)?;
    let task = tokio::task::spawn_blocking(move || {
        let outcome = work(&lane.pool);
        drop(place);
        outcome
    });
    task.await.map_err(DomainError::internal)?
}

/// As [`run_behind_gate`] on the thread of the caller, where its runtime has others that go on meanwhile: that is two
/// hand-overs less. The caller's task does nothing else until the work ends.
async fn run_here<T, F>(lane: Arc<Lane>, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Pool) -> Result<T> + Send + 'static,
{
    if Handle::current().runtime_flavor() != RuntimeFlavor::MultiThread {
        return run_behind_gate(lane, work).await;
    }
    let _place = lane.gate.acquire().await.map_err(DomainError::internal)?;
    tokio::task::block_in_place(|| work(&lane.pool))
}

fn transaction<T>(
    conn: &mut AnyConnection,
    begun: Durability,
    work: impl FnOnce(&mut AnyConnection) -> Result<(T, Durability)>,
) -> Result<T> {
    dialect::begin(conn, begun)?;
    match guarded(conn, work) {
        Ok((value, asked)) if asked == begun => dialect::commit(conn).map(|()| value),
        Ok((value, _)) => dialect::commit_synced(conn).map(|()| value),
        Err(error) => {
            // The first error is the one that tells; a connection that cannot roll back is thrown away by the pool.
            if let Err(second) = dialect::rollback(conn) {
                tracing::warn!(error = %second, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}

/// Turns a panic into an error, so that the transaction is rolled back and the connection stays usable.
fn guarded<T>(conn: &mut AnyConnection, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(DomainError::internal("work with rows panicked; the log tells where")))
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection as _;
    use serde_json::json;

    use super::*;
    use crate::audit::{Event, audit_record};

    fn record(database: &Database, bytes: usize) -> Result<()> {
        let event = Event {
            actor: None,
            action: "test",
            target: None,
            address: String::new(),
            request_id: String::new(),
            outcome: "ok",
            detail: json!("x".repeat(bytes)),
        };
        database.write_blocking(|conn| audit_record(conn, &event))
    }

    #[test]
    fn a_full_disk_stores_nothing_and_heals_when_there_is_room_again() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/plotline.db", folder.path().display());
        let database = Database::connect(&url, 1).unwrap();
        crate::migrations::migrate_up(&database).unwrap();
        let limit_pages = |pages: u32| {
            database.on_writer(|conn| Ok(conn.batch_execute(&format!("PRAGMA max_page_count = {pages}"))?)).unwrap();
        };
        limit_pages(1);
        let full = record(&database, 10_000_000).unwrap_err();
        assert!(matches!(full, DomainError::DiskFull(_)), "{full:?}");
        assert!(!full.public_message().contains("SQL"));
        limit_pages(1_000_000);
        record(&database, 10_000_000).unwrap();
        let events = database.read_blocking(|conn| crate::audit::audit_list(conn, &Default::default())).unwrap();
        assert_eq!(events.items.len(), 1);
    }
}
