//! The test harness: starts the real program on a free port with its own data, and speaks to it as typed actors.
//!
//! ```text
//! let server = tests::shared();              // read-mostly tests share one server per executable
//! let anna = server.analyst();               // a fresh account of that role
//! let id = anna.dataset("a,b\n1,2\n");       // uploaded and read
//! let answer = anna.get(&format!("/api/v1/datasets/{id}")).expect(200);
//! ```
//!
//! A server that is dropped checks that no job was left behind and that the program ended by itself with code 0.

#![expect(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a harness stops its test by panicking")]

pub mod actor;
pub mod answer;
#[cfg(feature = "services")]
pub mod clamd;
pub mod cli;
pub mod clock;
#[cfg(feature = "services")]
pub mod cluster;
pub mod dice;
pub mod figures;
pub mod files;
pub mod http;
pub mod listener;
mod patience;
#[cfg(feature = "services")]
pub mod postgres;
pub mod probes;
pub mod program;
#[cfg(feature = "services")]
pub mod redis;
#[cfg(feature = "services")]
pub mod redis_sites;
pub mod run;
pub mod server;
mod shared;
pub mod worker;

pub use actor::Actor;
pub use answer::Answer;
pub use patience::wait_until;
pub use server::Server;
pub use shared::shared;
