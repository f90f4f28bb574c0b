//! The outside witness of probes: one line for each success that was committed.

use std::io::Write as _;

use contract::probe::ProbeLedger;
use uuid::Uuid;

/// Appends the line; one write, so that lines of several processes do not mix.
pub async fn enter(ledger: ProbeLedger, execution_id: Uuid, attempt: u32) {
    let written = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&ledger.path)?;
        file.write_all(format!("{}\t{execution_id}\t{attempt}\n", ledger.line).as_bytes())
    });
    match written.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the ledger of a probe cannot be written"),
        Err(error) => tracing::error!(%error, "the ledger of a probe cannot be written"),
    }
}
