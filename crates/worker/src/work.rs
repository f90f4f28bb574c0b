//! The work itself: files from storage, a child that computes, files back into storage. No database in here.

use std::path::Path;
use std::time::Duration;

use compute::{Appended, CancellationToken, ExportTask, Outcome, Task};
use contract::analyses::Analysis;
use contract::appends::{AppendOutcome, AppendParams};
use contract::columns::Column;
use contract::errors::{ErrorCode, Failure};
use contract::exports::{ExportOutcome, ExportParams};
use contract::ingest::{IngestParams, quarantine_key};
use contract::jobs::{JobSpec, Progress};
use contract::probe::ProbeParams;
use domain::datasets::dataset_head;
use domain::jobs::Claim;
use storage::StorageError;

use crate::Shared;
use crate::outcome::{Finished, internal};
use crate::scan::scan;

/// Does what the claim says. A stopped child comes back as a failure; the caller knows why it was stopped.
pub async fn work(
    shared: &Shared,
    claim: &Claim,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Finished {
    let result = match &claim.spec {
        JobSpec::Ingest(params) => ingest(shared, claim, params, stop, on_progress).await,
        JobSpec::Analysis(analysis) => analyse(shared, claim, analysis, stop, on_progress).await,
        JobSpec::Append(params) => append(shared, claim, params, stop, on_progress).await,
        JobSpec::Export(params) => export(shared, claim, params, stop, on_progress).await,
        JobSpec::Probe(params) => probe(shared, claim, params, stop, on_progress).await,
    };
    result.unwrap_or_else(|trouble| match trouble {
        Trouble::Failed(failure) => Finished::of_failure(failure),
        Trouble::Storage(error) => {
            tracing::warn!(execution_id = %claim.execution_id, %error, "storage failed a job");
            Finished::of_storage(&error)
        }
    })
}

enum Trouble {
    Failed(Failure),
    Storage(StorageError),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

async fn ingest(
    shared: &Shared,
    claim: &Claim,
    params: &IngestParams,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Result<Finished, Trouble> {
    let storage = &shared.context.storage;
    let source = storage.local_copy(&params.source_key).await?;
    if let Some(infected) = scanned(shared, &params.source_key, source.path(), &stop).await? {
        return Ok(infected);
    }
    let (target, quarantine) = (storage.scratch_path()?, storage.scratch_path()?);
    let task = Task::Ingest {
        source: source.path().to_owned(),
        target: target.path().to_owned(),
        quarantine: quarantine.path().to_owned(),
        options: Box::new(params.options.clone()),
        limits: shared.context.settings.ingest,
    };
    let outcome = shared.pool(claim.lane).run(task, shared.timeout(&claim.spec), stop, on_progress).await?;
    let Outcome::Ingest(outcome) = outcome else { return Err(internal().into()) };
    let result_json = serde_json::to_string(&outcome).map_err(|_| internal())?;
    // A key of its own for every attempt: an attempt that was fenced off removes its own file, never its successor's.
    let key = format!("versions/{}.parquet", domain::new_id());
    storage.adopt(target, &key).await?;
    if outcome.quarantine.rows > 0 {
        storage.adopt(quarantine, &quarantine_key(&key)).await?;
    }
    Ok(Finished::Ingest { result_json, outcome, key })
}

/// Has the file scanned where the operator wants that; an infected one is what the job ends with.
async fn scanned(
    shared: &Shared,
    key: &str,
    path: &Path,
    stop: &CancellationToken,
) -> Result<Option<Finished>, Trouble> {
    let Some(address) = shared.context.settings.clamav_addr.as_deref() else { return Ok(None) };
    let verdict = tokio::select! {
        verdict = scan(address, path) => verdict,
        () = stop.cancelled() => Err(Failure::new(ErrorCode::Cancelled, "The job was stopped.")),
    };
    match verdict {
        Ok(()) => Ok(None),
        Err(failure) if failure.code == ErrorCode::InfectedFile => {
            Ok(Some(Finished::Infected { failure, key: key.to_owned() }))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn analyse(
    shared: &Shared,
    claim: &Claim,
    analysis: &Analysis,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Result<Finished, Trouble> {
    let Some(version) = &claim.version else {
        return Err(Failure::new(ErrorCode::NotFound, "The dataset of this analysis is gone.").into());
    };
    let parquet = shared.context.storage.local_copy(&version.storage_key).await?;
    let task = Task::Analysis { analysis: analysis.clone(), parquet: parquet.path().to_owned() };
    let outcome = shared.pool(claim.lane).run(task, shared.timeout(&claim.spec), stop, on_progress).await?;
    let Outcome::Analysis(result) = outcome else { return Err(internal().into()) };
    Ok(Finished::Analysis { result_json: Box::<str>::from(result).into_string() })
}

/// Continues the version that is the newest now; if another one comes first, the job begins anew (`Ending::Appended`).
async fn append(
    shared: &Shared,
    claim: &Claim,
    params: &AppendParams,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Result<Finished, Trouble> {
    let dataset_id = params.dataset_id;
    let head = shared.context.database.read(move |conn| dataset_head(conn, dataset_id)).await.map_err(|error| {
        tracing::warn!(%error, "the newest version cannot be read now");
        Failure::new(ErrorCode::Unavailable, "The database did not answer, again and again.").advice("Try again later.")
    })?;
    let Some((version, parent)) = head else {
        return Err(
            Failure::new(ErrorCode::NotFound, "The dataset of these rows is gone, or is being read anew.").into()
        );
    };
    let storage = &shared.context.storage;
    let source = storage.local_copy(&params.source_key).await?;
    if let Some(infected) = scanned(shared, &params.source_key, source.path(), &stop).await? {
        return Ok(infected);
    }
    let base = storage.local_copy(&version.storage_key).await?;
    let (addition, target) = (storage.scratch_path()?, storage.scratch_path()?);
    let task = Task::Append {
        base: base.path().to_owned(),
        columns: version.columns,
        source: source.path().to_owned(),
        addition: addition.path().to_owned(),
        target: target.path().to_owned(),
        options: Box::new(params.options.clone()),
        limits: shared.context.settings.ingest,
    };
    let outcome = shared.pool(claim.lane).run(task, shared.timeout(&claim.spec), stop, on_progress).await?;
    let Outcome::Append(appended) = outcome else { return Err(internal().into()) };
    let Appended { outcome, rows_added } = *appended;
    let told = AppendOutcome {
        dataset_id,
        parent,
        rows_added,
        rows: outcome.rows,
        content_hash: outcome.content_hash.clone(),
        bytes: outcome.bytes,
    };
    let result_json = serde_json::to_string(&told).map_err(|_| internal())?;
    let key = format!("versions/{}.parquet", domain::new_id());
    storage.adopt(target, &key).await?;
    Ok(Finished::Append { result_json, outcome: Box::new(outcome), key, parent })
}

async fn export(
    shared: &Shared,
    claim: &Claim,
    params: &ExportParams,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Result<Finished, Trouble> {
    let Some(version) = &claim.version else {
        return Err(Failure::new(ErrorCode::NotFound, "The dataset of this export is gone.").into());
    };
    let columns: Vec<Column> = match &params.columns {
        None => version.columns.clone(),
        Some(names) => {
            names.iter().filter_map(|name| version.columns.iter().find(|c| c.name == *name).cloned()).collect()
        }
    };
    let storage = &shared.context.storage;
    let parquet = storage.local_copy(&version.storage_key).await?;
    let target = storage.scratch_path()?;
    let width = columns.len() as u64;
    let export = ExportTask { format: params.format, columns, bom: params.bom, neutralise: params.neutralise };
    let task = Task::Export { export, parquet: parquet.path().to_owned(), target: target.path().to_owned() };
    let outcome = shared.pool(claim.lane).run(task, shared.timeout(&claim.spec), stop, on_progress).await?;
    let Outcome::Export(exported) = outcome else { return Err(internal().into()) };
    let key = format!("exports/{}.{}", domain::new_id(), params.format.as_str());
    storage.adopt(target, &key).await?;
    let outcome = ExportOutcome {
        format: params.format,
        rows: version.rows,
        columns: width,
        bytes: exported.bytes,
        file: key.clone(),
    };
    let result_json = serde_json::to_string(&outcome).map_err(|_| internal())?;
    Ok(Finished::Export { result_json, key })
}

async fn probe(
    shared: &Shared,
    claim: &Claim,
    params: &ProbeParams,
    stop: CancellationToken,
    on_progress: impl FnMut(Progress) + Send,
) -> Result<Finished, Trouble> {
    if !shared.context.settings.probes {
        return Err(Failure::new(ErrorCode::Forbidden, "Probes run in environment \"testing\" alone.").into());
    }
    let timeout = params.timeout_milliseconds.map_or_else(|| shared.timeout(&claim.spec), Duration::from_millis);
    let task = Task::Probe { params: params.clone(), attempt: claim.attempt };
    let outcome = shared.pool(claim.lane).run(task, timeout, stop, on_progress).await?;
    let Outcome::Probe(outcome) = outcome else { return Err(internal().into()) };
    let result_json = serde_json::to_string(&outcome).map_err(|_| internal())?;
    Ok(Finished::Probe { result_json, ledger: params.ledger.clone() })
}
