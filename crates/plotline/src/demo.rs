//! `plotline demo`: puts a table into the server the way an upload does, reads it in, and tells what to do next.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use bytes::Bytes;
use contract::errors::Failure;
use contract::ingest::{IngestParams, ParseOptions};
use contract::jobs::{Job, JobSpec, JobStatus};
use contract::users::Role;
use domain::datasets::{NewDataset, dataset_create};
use domain::jobs::{Submission, job_fetch, job_submit};
use domain::migrations::migrate_up;
use domain::passwords::Passwords;
use domain::users::{NewUser, UserQuery, user_create, user_list};
use domain::{Connection, Database};
use rand::RngCore;
use settings::Settings;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use worker::Worker;

use crate::accounts::plain;
use crate::output::print;
use crate::{data_dir, demo_data, open};

const NAME: &str = "Demo: orders of 2025";
const PATIENCE: Duration = Duration::from_secs(120);

pub fn demo(settings: &Settings) -> anyhow::Result<()> {
    // Where a server runs on this data, it reads the file in; otherwise this process does.
    let lock = if settings.is_embedded() { data_dir::try_lock(settings)? } else { None };
    let database = open::database(settings)?;
    if lock.is_some() {
        migrate_up(&database).map_err(plain)?;
    }
    open::require_current_schema(&database)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let owner = owner(settings, &database).await?;
        let (dataset_id, job) = upload(settings, &database, owner.id).await?;
        let worker = match lock.is_some() {
            true => Some(start_worker(settings, &database).await?),
            false => None,
        };
        let ended = wait(&database, owner.id, job.id).await;
        if let Some((shutdown, running)) = worker {
            shutdown.cancel();
            running.await?;
        }
        tell(settings, &owner, dataset_id, &ended?)
    })
}

struct Owner {
    id: Uuid,
    username: String,
    /// Set when the account was made just now.
    password: Option<String>,
}

/// The first administrator, or the first account, or a new administrator named `demo`.
async fn owner(settings: &Settings, database: &Database) -> anyhow::Result<Owner> {
    let page = database
        .read(|conn| user_list(conn, &UserQuery { limit: 200, ..UserQuery::default() }))
        .await
        .map_err(plain)?;
    let admin = page.items.iter().find(|user| user.role == Role::Admin);
    if let Some(user) = admin.or_else(|| page.items.first()) {
        return Ok(Owner { id: user.id, username: user.username.clone(), password: None });
    }
    let mut bytes = [0; 12];
    rand::rng().fill_bytes(&mut bytes);
    let password = hex::encode(bytes);
    let password_hash = Passwords::new(settings.auth.bcrypt_cost).hash(password.clone()).await.map_err(plain)?;
    let (email, username) = ("demo@example.com".to_owned(), "demo".to_owned());
    let new = NewUser { email, username, password_hash, role: Role::Admin };
    let user = database.write(move |conn| user_create(conn, &new)).await.map_err(plain)?;
    Ok(Owner { id: user.id, username: user.username, password: Some(password) })
}

/// Stores the file, then its rows: dataset and job in one transaction.
async fn upload(settings: &Settings, database: &Database, owner_id: Uuid) -> anyhow::Result<(Uuid, Job)> {
    let storage = open::storage(settings)?;
    let dataset_id = domain::new_id();
    let source_key = format!("uploads/{dataset_id}");
    let mut upload = storage.upload(&source_key, settings.http.upload_bytes).await?;
    upload.write(Bytes::from(demo_data::csv())).await?;
    let stored = upload.finish().await.context("the demo file cannot be stored")?;
    let dataset = NewDataset {
        ingest: true,
        id: dataset_id,
        owner_id,
        name: NAME.to_owned(),
        description: format!("{} made-up orders of a shop that does not exist.", demo_data::ROWS),
        file_name: Some("orders.csv".to_owned()),
        bytes: stored.bytes,
        sha256: stored.sha256,
        source_key: source_key.clone(),
    };
    let target_key = format!("versions/{}.parquet", domain::new_id());
    let params = IngestParams { dataset_id, source_key, target_key, options: ParseOptions::default() };
    let submission = Submission::new(owner_id, JobSpec::Ingest(params), domain::new_id().to_string(), 0);
    let record = move |conn: &mut Connection| {
        dataset_create(conn, &dataset)?;
        Ok(job_submit(conn, &submission)?.into_job())
    };
    Ok((dataset_id, database.write(record).await.map_err(plain)?))
}

type Running = (CancellationToken, tokio::task::JoinHandle<()>);

async fn start_worker(settings: &Settings, database: &Database) -> anyhow::Result<Running> {
    let (storage, queue) = (open::storage(settings)?, open::queue(settings).await?);
    let worker = Worker::new(open::worker_context(settings, database.clone(), storage, queue)?);
    let shutdown = CancellationToken::new();
    let token = shutdown.clone();
    Ok((shutdown, tokio::spawn(async move { worker.run(token).await })))
}

async fn wait(database: &Database, owner_id: Uuid, job_id: Uuid) -> anyhow::Result<Job> {
    let start = Instant::now();
    loop {
        let job = database.read(move |conn| job_fetch(conn, owner_id, job_id)).await.map_err(plain)?;
        if job.status.is_final() {
            return Ok(job);
        }
        if start.elapsed() > PATIENCE {
            bail!("the demo file was stored, but no worker has read it within {} seconds", PATIENCE.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn tell(settings: &Settings, owner: &Owner, dataset_id: Uuid, job: &Job) -> anyhow::Result<()> {
    if job.status != JobStatus::Succeeded {
        bail!("the demo file could not be read: {}", job.error.as_ref().map_or("", |Failure { message, .. }| message));
    }
    let base = format!("http://{}/api/v1", settings.http.addr);
    let password = match &owner.password {
        Some(password) => format!("with the password {password} (shown only now)"),
        None => "with its password".to_owned(),
    };
    let shown = owner.password.as_deref().unwrap_or("…");
    print(&format!(
        "The data set \"{NAME}\" is ready: {} rows, id {dataset_id}.\n\
         It belongs to the account {}; sign in {password}.\n\n\
         Next, with the server running (plotline serve):\n  \
           TOKEN=$(curl -s {base}/auth/login -H 'Content-Type: application/json' \\\n    \
             -d '{{\"username\":\"{}\",\"password\":\"{shown}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n  \
           curl -s {base}/datasets/{dataset_id}/preview -H \"Authorization: Bearer $TOKEN\"\n  \
           curl -s {base}/analysis/descriptive -H \"Authorization: Bearer $TOKEN\" -H 'Prefer: wait=10' \\\n    \
             -H 'Content-Type: application/json' -d '{{\"dataset_id\":\"{dataset_id}\"}}'",
        demo_data::ROWS,
        owner.username,
        owner.username,
    ))
}
