//! A small pool of connections: opened when first needed, validated before use, thrown away when broken. It opens a new
//! connection at once after a server restart and reports a server that is down at once, where r2d2 would wait.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::dialect::{self, Address, AnyConnection, Purpose};
use crate::errors::{DomainError, Result};

/// How long a caller waits for a connection to come free.
const WAIT: Duration = Duration::from_secs(10);
/// A connection used this short a time ago is not asked again whether it still answers.
const FRESH: Duration = Duration::from_millis(200);

/// At most `size` connections for one purpose.
pub struct Pool {
    address: Address,
    purpose: Purpose,
    size: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<(AnyConnection, Instant)>,
    /// Connections lent out or being opened.
    busy: usize,
}

impl Pool {
    pub fn new(address: Address, purpose: Purpose, size: usize) -> Self {
        Self { address, purpose, size: size.max(1), state: Mutex::default(), freed: Condvar::new() }
    }

    /// Runs `work` with a connection; gives it back if it is still sound.
    pub fn run<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let mut lent = self.take()?;
        let outcome = match lent.connection.as_mut() {
            Some(conn) => work(conn),
            None => Err(DomainError::internal("a lent connection was empty")),
        };
        lent.keep = outcome.is_ok() || lent.is_sound(&outcome);
        outcome
    }

    /// Connections at most, and those lent out or being opened.
    pub fn load(&self) -> (usize, usize) {
        (self.size, self.lock().busy)
    }

    fn take(&self) -> Result<Lent<'_>> {
        let idle = self.wait_for_place()?;
        // From here on the place is given back by Lent's drop, whatever happens.
        let mut lent = Lent { pool: self, connection: None, keep: false };
        if let Some((mut conn, since)) = idle {
            if since.elapsed() < FRESH || dialect::answers(&mut conn) {
                lent.connection = Some(conn);
                return Ok(lent);
            }
            // The others belong to the same server that went away.
            self.lock().idle.clear();
        }
        lent.connection = Some(dialect::open(&self.address, self.purpose)?);
        Ok(lent)
    }

    fn wait_for_place(&self) -> Result<Option<(AnyConnection, Instant)>> {
        let (mut state, timeout) = self
            .freed
            .wait_timeout_while(self.lock(), WAIT, |state| state.busy >= self.size)
            .unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            return Err(DomainError::unavailable(format!("no database connection came free within {WAIT:?}")));
        }
        state.busy += 1;
        Ok(state.idle.pop())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan; dropping it frees its place, also when `work` panics.
struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<AnyConnection>,
    keep: bool,
}

impl Lent<'_> {
    fn is_sound<T>(&mut self, outcome: &Result<T>) -> bool {
        let unavailable = matches!(outcome, Err(DomainError::Unavailable(_)));
        self.connection
            .as_mut()
            .is_some_and(|conn| dialect::is_usable(conn) && (!unavailable || dialect::answers(conn)))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let connection = self.connection.take();
        let mut state = self.pool.lock();
        state.busy -= 1;
        if let (true, Some(conn)) = (self.keep, connection) {
            state.idle.push((conn, Instant::now()));
        }
        drop(state);
        self.pool.freed.notify_one();
    }
}
