//! Connections to Redis that are made again by themselves: to one server, to the master of the moment, to a cluster.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig, MultiplexedConnection, PubSub};
use redis::cluster::{ClusterClient, ClusterConfig};
use redis::cluster_async::ClusterConnection;
use redis::sentinel::SentinelClient;
use redis::{
    AsyncConnectionConfig, Client, Cmd, ConnectionInfo, ErrorKind, Pipeline, RedisError, RedisFuture, RedisResult,
    ServerErrorKind, TlsCertificates, Value,
};
use tokio::sync::Mutex;

use crate::error::Result;
use crate::redis_address::{Address, TlsFiles, certificates, sentinel_client};

/// A slow Redis must not hold up a request: the bell is worth less than the wait.
pub const TIMEOUT: Duration = Duration::from_secs(1);

/// Cheap to clone; all clones share their connections. Commands that fail are not sent again.
#[derive(Clone)]
pub enum Connection {
    Server(ConnectionManager),
    Found(Found),
}

/// Where to listen to publications.
#[derive(Clone)]
pub enum Listening {
    Server(Box<Client>),
    Sentinel(Arc<Mutex<SentinelClient>>),
    Cluster(Nodes),
}

/// The nodes of a cluster; a publication reaches every one of them.
#[derive(Clone)]
pub struct Nodes {
    clients: Arc<Vec<Client>>,
    next: Arc<AtomicUsize>,
}

/// Prepares both; nothing is connected yet, so a server that is away is no error.
pub fn open(url: &str, files: &TlsFiles) -> Result<(Connection, Listening)> {
    let address = Address::parse(url)?;
    if address.is_encrypted() {
        // Fails when it is installed already, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let certificates = if address.is_encrypted() { certificates(files)? } else { None };
    match address {
        Address::Server(info) => {
            let client = client(&info, certificates.as_ref())?;
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(TIMEOUT))
                .set_response_timeout(Some(TIMEOUT))
                .set_number_of_retries(1);
            let commands = client.get_connection_manager_lazy(config)?;
            Ok((Connection::Server(commands), Listening::Server(Box::new(client))))
        }
        Address::Sentinel { sentinels, service, master } => {
            let client = || sentinel_client(&sentinels, &service, &master, certificates.clone());
            let found = Found::new(Way::Sentinel(client()?));
            Ok((Connection::Found(found), Listening::Sentinel(Arc::new(Mutex::new(client()?)))))
        }
        Address::Cluster(nodes) => {
            let clients = nodes.iter().map(|info| client(info, certificates.as_ref())).collect::<Result<Vec<_>>>()?;
            let mut builder =
                ClusterClient::builder(nodes).connection_timeout(TIMEOUT).response_timeout(TIMEOUT).retries(2);
            if let Some(certificates) = certificates {
                builder = builder.certs(certificates);
            }
            let found = Found::new(Way::Cluster(builder.build()?));
            let nodes = Nodes { clients: Arc::new(clients), next: Arc::default() };
            Ok((Connection::Found(found), Listening::Cluster(nodes)))
        }
    }
}

fn client(info: &ConnectionInfo, certificates: Option<&TlsCertificates>) -> Result<Client> {
    match certificates {
        Some(certificates) => Ok(Client::build_with_tls(info.clone(), certificates.clone())?),
        None => Ok(Client::open(info.clone())?),
    }
}

impl Listening {
    /// A new connection for subscriptions.
    pub async fn connect(&self) -> RedisResult<PubSub> {
        match self {
            Self::Server(client) => client.get_async_pubsub().await,
            Self::Sentinel(sentinels) => {
                let client = sentinels.lock().await.async_get_client().await?;
                client.get_async_pubsub().await
            }
            Self::Cluster(nodes) => {
                // Another node each time: one that is away is left out the next time.
                let next = nodes.next.fetch_add(1, Ordering::Relaxed);
                let client = nodes.clients.get(next % nodes.clients.len().max(1));
                let missing = || RedisError::from((ErrorKind::InvalidClientConfig, "the cluster has no nodes"));
                client.ok_or_else(missing)?.get_async_pubsub().await
            }
        }
    }
}

/// A connection to whoever is found at the time: looked for anew when it fails.
#[derive(Clone)]
pub struct Found {
    state: Arc<Mutex<State>>,
}

struct State {
    way: Way,
    current: Option<Current>,
    /// Counts connections, so that a late error does not drop a newer one.
    generation: u64,
}

enum Way {
    Sentinel(SentinelClient),
    Cluster(ClusterClient),
}

#[derive(Clone)]
enum Current {
    Server(MultiplexedConnection),
    Cluster(ClusterConnection),
}

impl Way {
    async fn connect(&mut self) -> RedisResult<Current> {
        match self {
            Self::Sentinel(sentinels) => {
                let config = AsyncConnectionConfig::new()
                    .set_connection_timeout(Some(TIMEOUT))
                    .set_response_timeout(Some(TIMEOUT));
                sentinels.get_async_connection_with_config(&config).await.map(Current::Server)
            }
            Self::Cluster(client) => {
                client.get_async_connection_with_config(ClusterConfig::new()).await.map(Current::Cluster)
            }
        }
    }
}

impl Found {
    fn new(way: Way) -> Self {
        Self { state: Arc::new(Mutex::new(State { way, current: None, generation: 0 })) }
    }

    async fn current(&self) -> RedisResult<(Current, u64)> {
        let mut state = self.state.lock().await;
        if let Some(current) = &state.current {
            return Ok((current.clone(), state.generation));
        }
        let current = state.way.connect().await?;
        state.generation += 1;
        state.current = Some(current.clone());
        Ok((current, state.generation))
    }

    /// Drops the connection that gave an error after which another server may be the right one.
    async fn judge<T>(&self, answer: RedisResult<T>, generation: u64) -> RedisResult<T> {
        if answer.as_ref().is_err_and(is_lost) {
            let mut state = self.state.lock().await;
            if state.generation == generation {
                state.current = None;
            }
        }
        answer
    }
}

/// Whether the server is gone, or is no master any more.
fn is_lost(error: &RedisError) -> bool {
    let moved = matches!(
        error.kind(),
        ErrorKind::ClusterConnectionNotFound
            | ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown | ServerErrorKind::ClusterDown)
    );
    moved || error.is_io_error() || error.is_unrecoverable_error() || error.to_string().contains("READONLY")
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Server(server) => server.req_packed_command(command),
            Self::Found(found) => Box::pin(async move {
                let (mut current, generation) = found.current().await?;
                let answer = match &mut current {
                    Current::Server(server) => server.req_packed_command(command).await,
                    Current::Cluster(cluster) => cluster.req_packed_command(command).await,
                };
                found.judge(answer, generation).await
            }),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Server(server) => server.req_packed_commands(pipeline, offset, count),
            Self::Found(found) => Box::pin(async move {
                let (mut current, generation) = found.current().await?;
                let answer = match &mut current {
                    Current::Server(server) => server.req_packed_commands(pipeline, offset, count).await,
                    Current::Cluster(cluster) => cluster.req_packed_commands(pipeline, offset, count).await,
                };
                found.judge(answer, generation).await
            }),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Server(server) => server.get_db(),
            Self::Found(_) => 0,
        }
    }
}
