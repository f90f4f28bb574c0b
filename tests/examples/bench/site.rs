//! A scaled-out site to measure: PostgreSQL that waits for its disk, Redis, one API process, one worker.

use domain::Database;
use queue::Queue;
use tests::actor::Account;
use tests::cluster::{Cluster, Plan};
use tokio::runtime::Runtime;
use uuid::Uuid;

pub struct Site {
    pub cluster: Cluster,
    pub account: Account,
    pub user_id: Uuid,
    /// A second program beside the API: it submits through `domain`, as Celery's client does through its library.
    pub database: Database,
    pub queue: Queue,
    pub runtime: Runtime,
}

impl Site {
    /// `slots` are the worker's.
    pub fn start(slots: usize) -> Self {
        let cluster = Cluster::with_durable_postgres(Plan { apis: 1, workers: 1, slots, settings: Vec::new() });
        let account = cluster.account();
        let me = cluster.actor(0, &account).get("/api/v1/users/me").expect(200).json();
        let user_id = me["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let database = Database::connect(cluster.database_url(), 2).expect("the database");
        let queue = runtime.block_on(Queue::open(Some(&cluster.redis.url()))).expect("the queue");
        Self { cluster, account, user_id, database, queue, runtime }
    }

    /// Host and port of the API.
    pub fn address(&self) -> &str {
        self.cluster.apis[0].address()
    }
}
