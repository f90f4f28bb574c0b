//! What all routes share.

use std::sync::Arc;

use contract::jobs::JobSpec;
use contract::limits::IngestLimits;
use domain::Database;
use domain::jobs::Submission;
use domain::passwords::Passwords;
use queue::Queue;
use settings::{Environment, Settings};
use storage::Storage;
use tokio::sync::watch;
use uuid::Uuid;

use crate::addresses::TrustedProxies;
use crate::asking::Remembered;
use crate::cookies::Cookies;
use crate::events::Events;
use crate::methods::Methods;
use crate::pacing::Pacing;
use crate::rates::Rates;
use crate::results::Results;
use crate::sessions::Sessions;
use crate::tokens::Tokens;
use crate::{ApiContext, openapi};

/// One value for the whole server; every worker thread holds the same.
pub struct State {
    pub database: Database,
    pub storage: Storage,
    pub queue: Queue,
    pub settings: Arc<Settings>,
    pub ingest_limits: IngestLimits,
    pub passwords: Passwords,
    pub setup_code: Option<String>,
    pub worker_health: Option<WorkerHealth>,
    pub tokens: Tokens,
    pub cookies: Cookies,
    pub sessions: Sessions,
    pub results: Results,
    pub rates: Rates,
    pub pacing: Pacing,
    pub events: Events,
    /// Answers to asks.
    pub remembered: Remembered,
    pub proxies: TrustedProxies,
    pub methods: Methods,
    /// `/api/openapi.json`, rendered once.
    pub document: bytes::Bytes,
    /// Becomes true when the server is asked to stop, so that nobody waits on.
    pub stopping: watch::Receiver<bool>,
}

/// Tells what is wrong with the worker in this process; `None` when it is well.
pub type WorkerHealth = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl State {
    pub fn new(context: ApiContext, stopping: watch::Receiver<bool>) -> Self {
        let document = openapi::openapi();
        let auth = &context.settings.auth;
        Self {
            cookies: Cookies::new(&context.secret, context.settings.environment == Environment::Production),
            tokens: Tokens::new(&context.secret, auth.access_minutes),
            sessions: Sessions::default(),
            results: Results::default(),
            rates: Rates::new(auth.attempts_per_minute, context.queue.clone()),
            pacing: Pacing::default(),
            events: Events::default(),
            remembered: Remembered::new(context.settings.http.answer_cache_bytes),
            proxies: TrustedProxies::parse(&context.settings.http.trusted_proxies),
            methods: Methods::of(&document),
            document: openapi::print(&document).into(),
            database: context.database,
            storage: context.storage,
            queue: context.queue,
            settings: context.settings,
            ingest_limits: context.ingest_limits,
            passwords: context.passwords,
            setup_code: context.setup_code,
            worker_health: context.worker_health,
            stopping,
        }
    }

    /// A request for work under this server's limits, with the priority of its kind.
    pub fn submission(&self, user_id: Uuid, spec: JobSpec, request_id: &str) -> Submission {
        let priority = self.priority_of(spec.kind());
        Submission { priority, ..Submission::new(user_id, spec, request_id, self.settings.jobs.queued_per_user) }
    }

    /// The priority of jobs of this kind.
    pub fn priority_of(&self, kind: &str) -> i32 {
        self.settings.jobs.priorities.get(kind).copied().unwrap_or_default()
    }
}
