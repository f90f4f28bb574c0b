//! `serve`, `api` and `worker`: the long-running commands, from settings to a graceful end.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, bail};
use api::ApiContext;
use domain::Database;
use domain::migrations::migrate_up;
use domain::passwords::Passwords;
use queue::Queue;
use settings::{Secret, Settings};
use storage::Storage;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;
use worker::Worker;

use crate::{accounts, data_dir, greeting, open, stop};

/// API and worker in one process.
pub fn serve(settings: Settings) -> anyhow::Result<()> {
    let _lock = if settings.is_embedded() { Some(data_dir::lock(&settings)?) } else { None };
    let secret = data_dir::secret(&settings)?;
    let listener = listen(&settings)?;
    let database = open::database(&settings)?;
    let applied = migrate_up(&database)
        .map_err(|error| anyhow::anyhow!("the database cannot be migrated: {}", open::detail(&error)))?;
    if !applied.is_empty() {
        tracing::info!(migrations = applied.len(), "the database's schema was brought up to date");
    }
    runtime()?.block_on(async {
        let parts = Parts::open(&settings, database).await?;
        let shutdown = stop::on_signal()?;
        let worker = Worker::new(parts.worker_context(&settings)?);
        let running = tokio::spawn({
            let (worker, shutdown) = (worker.clone(), shutdown.clone());
            async move { worker.run(shutdown).await }
        });
        let served = run_api(settings, parts, secret, listener, Some(worker), shutdown.clone()).await;
        shutdown.cancel();
        running.await.context("the worker ended unexpectedly")?;
        served
    })
}

/// The API alone: any number of these share a PostgreSQL database with any number of workers.
pub fn api_only(settings: Settings) -> anyhow::Result<()> {
    refuse_embedded(&settings, "api")?;
    let secret = data_dir::secret(&settings)?;
    let listener = listen(&settings)?;
    let database = open::database(&settings)?;
    open::require_current_schema(&database)?;
    runtime()?.block_on(async {
        let parts = Parts::open(&settings, database).await?;
        let shutdown = stop::on_signal()?;
        run_api(settings, parts, secret, listener, None, shutdown).await
    })
}

/// A worker alone.
pub fn worker_only(settings: Settings) -> anyhow::Result<()> {
    refuse_embedded(&settings, "worker")?;
    let database = open::database(&settings)?;
    open::require_current_schema(&database)?;
    runtime()?.block_on(async {
        let parts = Parts::open(&settings, database).await?;
        let shutdown = stop::on_signal()?;
        let worker = Worker::new(parts.worker_context(&settings)?);
        let figures = metrics_server(&settings, &parts, &worker, shutdown.clone())?;
        worker.run(shutdown).await;
        if let Some(figures) = figures {
            figures.await.context("the metrics server ended unexpectedly")??;
        }
        Ok(())
    })
}

struct Parts {
    database: Database,
    storage: Storage,
    queue: Queue,
}

impl Parts {
    async fn open(settings: &Settings, database: Database) -> anyhow::Result<Self> {
        if settings.storage_url.is_none() {
            data_dir::prepare(settings)?;
        }
        Ok(Self { database, storage: open::storage(settings)?, queue: open::queue(settings).await? })
    }

    fn worker_context(&self, settings: &Settings) -> anyhow::Result<worker::WorkerContext> {
        open::worker_context(settings, self.database.clone(), self.storage.clone(), self.queue.clone())
    }
}

/// The figures of a worker that runs alone, where the settings name an address.
fn metrics_server(
    settings: &Settings,
    parts: &Parts,
    worker: &Worker,
    shutdown: CancellationToken,
) -> anyhow::Result<Option<tokio::task::JoinHandle<std::io::Result<()>>>> {
    let Some(address) = settings.worker.metrics_addr else { return Ok(None) };
    let listener = TcpListener::bind(address)
        .with_context(|| format!("listening on {address} failed (PLOTLINE_WORKER_METRICS_ADDR)"))?;
    tracing::info!("metrics on http://{}", listener.local_addr()?);
    let worker = worker.clone();
    let figures = api::WorkerParts {
        database: parts.database.clone(),
        metrics_token: settings.http.metrics_token.clone(),
        health: Arc::new(move || worker.liveness()),
    };
    let server = api::metrics_server(figures, listener, async move { shutdown.cancelled().await });
    Ok(Some(tokio::spawn(server)))
}

async fn run_api(
    settings: Settings,
    parts: Parts,
    secret: Secret,
    listener: TcpListener,
    worker: Option<Worker>,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let passwords = Passwords::new(settings.auth.bcrypt_cost);
    accounts::make_admin(&settings, &parts.database, &passwords).await?;
    let accounts = accounts::count(&parts.database).await?;
    let setup_code = accounts::setup_code(&settings, accounts);
    let address = listener.local_addr()?;
    greeting::greet(&settings, address, accounts, setup_code.as_deref())?;
    tracing::info!("listening on http://{address}");
    let context = ApiContext {
        database: parts.database,
        storage: parts.storage,
        queue: parts.queue,
        ingest_limits: open::ingest_limits(&settings),
        settings: Arc::new(settings),
        secret,
        passwords,
        setup_code,
        worker_health: worker.map(|worker| -> api::WorkerHealth { Arc::new(move || worker.liveness()) }),
    };
    let asked = shutdown.clone();
    api::serve(context, listener, async move { asked.cancelled().await }).await.context("the server failed")
}

fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    let address = settings.http.addr;
    TcpListener::bind(address).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "{address} is taken: another program listens there. Stop it, or choose another port: \
             PLOTLINE_HTTP_ADDR={}:{}",
            address.ip(),
            address.port().wrapping_add(1).max(1024)
        ),
        ErrorKind::PermissionDenied => anyhow::anyhow!(
            "listening on {address} is not allowed: ports below 1024 need special rights. \
             Choose another one with PLOTLINE_HTTP_ADDR."
        ),
        ErrorKind::AddrNotAvailable => {
            anyhow::anyhow!(
                "{} is not an address of this machine. Choose another one with PLOTLINE_HTTP_ADDR.",
                address.ip()
            )
        }
        _ => anyhow::anyhow!("listening on {address} failed: {error} (PLOTLINE_HTTP_ADDR)"),
    })
}

fn refuse_embedded(settings: &Settings, command: &str) -> anyhow::Result<()> {
    if settings.is_embedded() {
        bail!(
            "plotline {command} needs a database that several processes can share: set \
             DATABASE_URL=postgres://user:password@host:5432/database, or run `plotline serve`, \
             which is API and worker in one process on a SQLite file."
        );
    }
    if settings.redis_url.is_none() {
        tracing::warn!(
            "REDIS_URL is not set: workers look for jobs once a second, a waiting request is not woken, and rows beyond \
             the stored first ones cannot be read"
        );
    }
    Ok(())
}

fn runtime() -> anyhow::Result<Runtime> {
    Builder::new_multi_thread().enable_all().thread_name("plotline").build().context("threads cannot be started")
}
