//! `parse_preview`: what an uploaded file would become with these options of reading.

use serde::{Deserialize, Serialize};

use super::AskFile;
use crate::ingest::ParseOptions;
use crate::limits::IngestLimits;

/// The options were checked when the request was read. The answer is a [`crate::ingest::ParsePreview`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParsePreviewAsk {
    /// The uploaded file, not a version.
    pub file: AskFile,
    pub options: ParseOptions,
    pub limits: IngestLimits,
}
