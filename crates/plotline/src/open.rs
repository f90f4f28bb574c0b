//! Opens what the settings name: database, storage, queue and the pools of compute children.

use std::path::PathBuf;

use anyhow::{Context, bail};
use compute::{Budget, Folders, Pool, PoolConfig};
use contract::jobs::kind_names;
use contract::limits::IngestLimits;
use domain::Database;
use domain::migrations::{SchemaState, schema_state};
use queue::{Queue, TlsFiles};
use settings::{Settings, SettingsError};
use storage::Storage;
use worker::{WorkerContext, WorkerSettings};

/// Jobs after which a child is replaced by a fresh one.
const RECYCLE_AFTER: u32 = 200;
/// Asks are small and many.
const RECYCLE_ASKS_AFTER: u32 = 2_000;
/// Batch children step back behind interactive ones and the API when processors are short.
const BATCH_NICE: i32 = 5;

pub fn database(settings: &Settings) -> anyhow::Result<Database> {
    let url = match &settings.database_url {
        Some(url) => url.clone(),
        None => format!("sqlite://{}", settings.data_dir.join("plotline.db").display()),
    };
    let readers = u32::try_from(settings.http.threads + settings.worker.slots).unwrap_or(64).clamp(4, 64);
    match Database::connect(&url, readers) {
        Ok(database) => Ok(database),
        Err(error) => bail!("the database cannot be used (DATABASE_URL): {}", detail(&error)),
    }
}

/// The schema must be this build's; `serve` migrates by itself, everything else refuses with the command to run.
pub fn require_current_schema(database: &Database) -> anyhow::Result<()> {
    match schema_state(database).map_err(|error| anyhow::anyhow!("the database does not answer: {}", detail(&error)))? {
        SchemaState::Current => Ok(()),
        SchemaState::Empty => bail!("the database is empty. Run: plotline migrate"),
        SchemaState::Older { missing } => {
            bail!("the database lacks {missing} migration(s) of this version. Run: plotline migrate")
        }
        SchemaState::Newer => {
            bail!("the database was written by a newer version of Plotline. Start that version instead.")
        }
    }
}

/// A time-out for a kind that does not exist would do nothing, silently.
pub fn check_kinds(settings: &Settings) -> Result<(), SettingsError> {
    let is_known = |kind: &str| kind == "probe" || kind_names().any(|known| known == kind);
    if let Some(kind) = settings.jobs.timeout_seconds.keys().find(|kind| !is_known(kind)) {
        let known = kind_names().collect::<Vec<_>>().join(", ");
        let problem = format!("there is no kind of job \"{kind}\".");
        return Err(SettingsError::one("PLOTLINE_JOBS_TIMEOUT_SECONDS", problem, known));
    }
    Ok(())
}

pub fn storage(settings: &Settings) -> anyhow::Result<Storage> {
    let url = match &settings.storage_url {
        Some(url) => url.clone(),
        None => format!("file://{}", settings.data_dir.join("files").display()),
    };
    Storage::open(&url).with_context(|| format!("the storage {url} cannot be used (STORAGE_URL)"))
}

pub async fn queue(settings: &Settings) -> anyhow::Result<Queue> {
    let files = TlsFiles {
        ca: settings.redis_ca_file.clone(),
        cert: settings.redis_cert_file.clone(),
        key: settings.redis_key_file.clone(),
    };
    match &settings.redis_url {
        Some(url) => Queue::over_redis(url.expose(), &files).await,
        None => Queue::open(None).await,
    }
    .context("the queue cannot be used (REDIS_URL)")
}

/// The worker's context; needs a tokio runtime for the sampler of the children's memory.
pub fn worker_context(
    settings: &Settings,
    database: Database,
    storage: Storage,
    queue: Queue,
) -> anyhow::Result<WorkerContext> {
    let budget = Budget::start(settings.worker.memory_budget_bytes);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (read, write) = storage.folders();
    let config = |nice| -> anyhow::Result<PoolConfig> {
        Ok(PoolConfig {
            program: own_program()?,
            args: vec!["compute".to_owned()],
            size: settings.worker.slots,
            max_threads: cores,
            recycle_after: RECYCLE_AFTER,
            nice,
            folders: Some(Folders { read: read.to_owned(), write: write.to_owned() }),
        })
    };
    let (interactive, batch) = (Pool::new(config(0)?, budget.clone()), Pool::new(config(BATCH_NICE)?, budget.clone()));
    let asks = PoolConfig { size: settings.worker.ask_slots, recycle_after: RECYCLE_ASKS_AFTER, ..config(0)? };
    let asks = Pool::new(asks, budget);
    let settings = WorkerSettings::of(settings, ingest_limits(settings));
    Ok(WorkerContext { database, storage, queue, interactive, batch, asks, settings })
}

/// The settings of `[ingest]`. A column must fit the memory budget three times: as stored, sorted, and as it is read.
pub fn ingest_limits(settings: &Settings) -> IngestLimits {
    let budget = match settings.worker.memory_budget_bytes {
        0 => compute::machine_memory() / 10 * 6,
        bytes => bytes,
    };
    let ingest = &settings.ingest;
    IngestLimits {
        unpacked_bytes: ingest.unpacked_bytes,
        unpacked_ratio: ingest.unpacked_ratio,
        nesting: ingest.nesting,
        columns: ingest.columns,
        cell_bytes: ingest.cell_bytes,
        document_bytes: ingest.document_bytes,
        exact_rows: ingest.exact_rows,
        column_memory_bytes: budget / 3,
    }
}

/// The very program that runs now, even when an upgrade has replaced its file meanwhile.
fn own_program() -> anyhow::Result<PathBuf> {
    let link = PathBuf::from("/proc/self/exe");
    if link.exists() { Ok(link) } else { std::env::current_exe().context("this program's own path is not known") }
}

/// What a database error says to an operator, cause included.
pub fn detail(error: &domain::DomainError) -> String {
    match error {
        domain::DomainError::Invalid(errors) => {
            errors.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" ")
        }
        domain::DomainError::Conflict { message, .. } => message.clone(),
        other => other.to_string(),
    }
}
