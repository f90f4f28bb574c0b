//! Jobs: what a client polls, what a worker claims, and how a job ends.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::analyses::{self, Analysis, KINDS, LONG_SECONDS, QUICK_SECONDS};
use crate::appends::AppendParams;
use crate::errors::Failure;
use crate::exports::ExportParams;
use crate::ingest::{INGEST_TIMEOUT_SECONDS, IngestParams};
use crate::probe::ProbeParams;

/// What a worker is to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "job", content = "spec", rename_all = "snake_case")]
pub enum JobSpec {
    Ingest(IngestParams),
    Append(AppendParams),
    Analysis(Analysis),
    Export(ExportParams),
    /// Only in environment "testing".
    Probe(ProbeParams),
}

impl JobSpec {
    /// The word that stands in the job's `kind`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Ingest(_) => "ingest",
            Self::Append(_) => "append",
            Self::Analysis(analysis) => analysis.name(),
            Self::Export(_) => "export",
            Self::Probe(_) => "probe",
        }
    }

    pub fn lane(&self) -> Lane {
        match self {
            Self::Ingest(_) | Self::Append(_) => Lane::Batch,
            Self::Analysis(analysis) => analyses::kind(analysis.name()).map_or(Lane::Batch, |kind| kind.lane),
            Self::Export(params) if params.is_quick() => Lane::Interactive,
            Self::Export(_) => Lane::Batch,
            Self::Probe(params) => params.lane,
        }
    }

    /// How long work of this kind may take, as its kind states. Unit: seconds.
    pub fn timeout_seconds(&self) -> u32 {
        match self {
            Self::Ingest(_) | Self::Append(_) => INGEST_TIMEOUT_SECONDS,
            Self::Export(_) => LONG_SECONDS,
            Self::Analysis(analysis) => {
                analyses::kind(analysis.name()).map_or(LONG_SECONDS, |kind| kind.timeout_seconds)
            }
            Self::Probe(params) => match params.lane {
                Lane::Interactive => QUICK_SECONDS,
                Lane::Batch => LONG_SECONDS,
            },
        }
    }

    /// The dataset that the work is about; a probe has none.
    pub const fn dataset_id(&self) -> Option<Uuid> {
        match self {
            Self::Ingest(params) => Some(params.dataset_id),
            Self::Append(params) => Some(params.dataset_id),
            Self::Analysis(analysis) => Some(analysis.dataset_id()),
            Self::Export(params) => Some(params.dataset_id),
            Self::Probe(_) => None,
        }
    }
}

/// The words that a job's `kind` may be: reading a file, adding rows, writing a file, and every analysis. A server in environment "testing" also
/// knows `probe`.
pub fn kind_names() -> impl Iterator<Item = &'static str> {
    ["ingest", "append", "export"].into_iter().chain(KINDS.iter().map(|kind| kind.name))
}

/// Which slots run a job: quick work never waits behind long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    Interactive,
    Batch,
}

impl Lane {
    pub const ALL: [Self; 2] = [Self::Interactive, Self::Batch];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interactive => "interactive",
            Self::Batch => "batch",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == text)
    }
}

/// `queued` and `running` change; the other three are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

impl JobStatus {
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Succeeded, Self::Failed, Self::Cancelled];

    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// From 0 to 1; never goes back within one attempt.
    pub fraction: f64,
    /// What is being done, in one or two words.
    pub stage: String,
    /// Rows handled so far.
    pub rows: u64,
}

/// A job as its owner sees it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Job {
    pub id: Uuid,
    /// `ingest`, `append`, `export`, or the name of an analysis.
    pub kind: String,
    pub status: JobStatus,
    pub lane: Lane,
    pub dataset_id: Option<Uuid>,
    /// How often the work was started.
    pub attempt: u32,
    pub progress: Progress,
    /// Whether an earlier, identical request had computed the result already.
    pub cached: bool,
    /// How old the cached result was when it was asked for, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_seconds: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// The request that asked for this job.
    pub request_id: String,
    /// What an analysis was asked with, its defaults filled in and the dataset left out; only in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub parameters: Option<Box<RawValue>>,
    /// The outcome, where the request waited for it (`Prefer: wait`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub result: Option<Box<RawValue>>,
}

/// The outcome of a job that succeeded.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct JobResult {
    pub job_id: Uuid,
    pub kind: String,
    pub cached: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_seconds: Option<f64>,
    /// When the figures were computed.
    pub computed_at: DateTime<Utc>,
    /// The outcome; its shape is the kind's (`DescriptiveOutcome`, `IngestOutcome`, `ExportOutcome`, …).
    #[schema(value_type = Object)]
    pub result: Box<RawValue>,
}
