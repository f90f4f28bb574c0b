//! What the worker counts: how long work waited and ran, what was refused as another's, what was rescued.

use std::time::{Duration, SystemTime};

use domain::jobs::Claim;
use metrics::{counter, histogram};

/// The first start of an execution. Its id was made when it was asked for and tells the time of that.
pub fn started(claim: &Claim) {
    if claim.attempt != 1 {
        return;
    }
    let Some(asked) = claim.execution_id.get_timestamp() else { return };
    let (seconds, nanoseconds) = asked.to_unix();
    let asked = SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds);
    let waited = asked.elapsed().unwrap_or_default();
    histogram!("plotline_job_wait_seconds", "kind" => claim.spec.kind()).record(waited);
}

/// The end of an attempt, however it ended.
pub fn ran(kind: &'static str, took: Duration) {
    histogram!("plotline_job_run_seconds", "kind" => kind).record(took);
}

/// An ask that a child worked on.
pub fn asked(ask: &'static str, took: Duration) {
    histogram!("plotline_ask_seconds", "ask" => ask).record(took);
}

/// Work that was done and whose ending was refused, since the execution was cancelled or is another worker's.
pub fn fenced() {
    counter!("plotline_duplicates_prevented_total", "how" => "fenced").increment(1);
}

/// An execution whose worker was lost: queued again, or given up as `worker_lost`.
pub fn rescued(requeued: bool) {
    let outcome = if requeued { "requeued" } else { "given_up" };
    counter!("plotline_jobs_rescued_total", "outcome" => outcome).increment(1);
}
