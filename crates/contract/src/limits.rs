//! What ingest takes of a file: the bounds that travel to the compute child with the task, since it knows no settings.

use serde::{Deserialize, Serialize};

/// The bounds of one ingest. The operator sets them in the section `[ingest]`; the defaults are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IngestLimits {
    /// What a packed file may come to when it is unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// How many times larger than the file its unpacked content may be.
    pub unpacked_ratio: u64,
    /// How deep objects and arrays may stand in each other.
    pub nesting: u32,
    /// Columns of a table.
    pub columns: u32,
    /// Bytes of one cell.
    pub cell_bytes: u64,
    /// Bytes of a document that can only be read as a whole: JSON by columns, and sheets of OpenDocument.
    pub document_bytes: u64,
    /// Up to so many rows every figure of a profile is exact.
    pub exact_rows: u64,
    /// What one column may take in memory, so that it can be computed on.
    pub column_memory_bytes: u64,
}

impl Default for IngestLimits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 4 << 30,
            unpacked_ratio: 200,
            nesting: 128,
            columns: 10_000,
            cell_bytes: 16 << 20,
            document_bytes: 256 << 20,
            exact_rows: 10_000_000,
            column_memory_bytes: 4 << 30,
        }
    }
}
