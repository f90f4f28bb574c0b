//! Faults: real processes are killed, cut off and starved; no job is lost, and nothing happens twice.
//!
//! *Lost* is an id that got 202 and has not ended at the end. *Doubled* is an id with two committed results, or an effect
//! with two lines in the ledger that probes keep outside of the database. Short forms run in scripts/test.sh and bear the
//! loads that are promised: 9,000 jobs before any worker (2,000 of them over HTTP), chaos around 1,000 jobs in 20 s, 10 s
//! without Redis, 30 s of mixed load. They differ from the promise in seconds alone: bounds are doubled, or three seconds
//! longer (`Run::bound`), since other tests run beside them. Full forms in scripts/soak.sh (`FAULTS=full`) bear up to ten
//! times as much within the exact bounds; `FAULTS_SEED` repeats the random choices of a run.

#![expect(clippy::expect_used, reason = "what stands beside the tests stops them by panicking, too")]

mod backlog;
mod beside;
mod bulk;
mod chaos;
mod clocks;
mod disk_full;
mod kills;
mod mixed_load;
mod postgres_restart;
mod redis_outage;
mod redis_sites;
mod rolling;
mod sharing;
mod site;
