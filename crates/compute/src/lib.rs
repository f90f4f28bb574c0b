//! Compute in child processes: the protocol, the pool that runs and stops children, and the child's own loop.
//!
//! A child knows file paths and parameters, and nothing else: no database, no secrets, no network settings.

mod budget;
mod charts;
mod child;
mod confine;
mod export;
mod frames;
mod pool;
mod probe;
mod process;

use std::path::PathBuf;

use contract::analyses::Analysis;
use contract::asks::{Answer, Ask};
use contract::columns::Column;
use contract::ingest::{IngestOutcome, ParseOptions};
use contract::limits::IngestLimits;
use contract::probe::{ProbeOutcome, ProbeParams};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use budget::{Budget, machine_memory};
pub use child::child_main;
pub use export::{ExportTask, Exported};
pub use frames::MAX_FRAME_BYTES;
pub use pool::{Folders, Pool, PoolConfig};
pub use tokio_util::sync::CancellationToken;

/// What a child is to compute. Paths are absolute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Task {
    /// Reads the table at `source` within the limits and writes Parquet to `target`.
    Ingest {
        source: PathBuf,
        target: PathBuf,
        /// Where malformed rows go, if there are any.
        quarantine: PathBuf,
        options: Box<ParseOptions>,
        limits: IngestLimits,
    },
    /// Writes the rows of `base` and those of the file `source` to `target`.
    Append {
        base: PathBuf,
        /// The columns of the base.
        columns: Vec<Column>,
        source: PathBuf,
        /// Where the rows of the source may lie meanwhile.
        addition: PathBuf,
        target: PathBuf,
        /// How to read the source.
        options: Box<ParseOptions>,
        limits: IngestLimits,
    },
    Analysis {
        analysis: Analysis,
        parquet: PathBuf,
    },
    Ask {
        ask: Ask,
        file: PathBuf,
        /// Where files may be kept that speed up the next ask.
        scratch: PathBuf,
    },
    /// Writes the table as a file of another format.
    Export {
        export: ExportTask,
        parquet: PathBuf,
        target: PathBuf,
    },
    Probe {
        params: ProbeParams,
        attempt: u32,
    },
}

/// What an append stored.
#[derive(Debug, Serialize, Deserialize)]
pub struct Appended {
    pub outcome: IngestOutcome,
    pub rows_added: u64,
}

/// What a child computed.
#[derive(Debug, Serialize, Deserialize)]
pub enum Outcome {
    Ingest(Box<IngestOutcome>),
    Append(Box<Appended>),
    Analysis(Box<RawValue>),
    Answer(Answer),
    Export(Exported),
    Probe(ProbeOutcome),
}
