//! Waiting for something to become true, with an end.

use std::time::{Duration, Instant};

/// Only a hang takes longer.
const LIMIT: Duration = Duration::from_secs(60);

/// Looks every few milliseconds; panics when it has looked in vain for a minute.
#[track_caller]
pub fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < LIMIT, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
