//! The connections to Redis: one for commands that reconnects by itself, one that listens to signals and bells.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::jobs::Lane;
use futures_util::StreamExt;
use redis::AsyncCommands;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::asks::AskWakes;
use crate::error::{QueueError, Result};
use crate::redis_address::TlsFiles;
use crate::redis_connection::{self, Connection, Listening, TIMEOUT};
use crate::signals::{Signal, Signals};

/// Workers hear here that somebody asks.
pub(crate) const ASK_CHANNEL: &str = "plotline.asks";
const SIGNAL_CHANNEL: &str = "plotline.signals";
const BELL_CHANNEL: &str = "plotline.bells";
const RECONNECT: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub struct RedisLink {
    pub(crate) commands: Connection,
    pub(crate) wakes: Arc<Wakes>,
    pub(crate) ask_wakes: Arc<AskWakes>,
    /// Whether somebody listens to Redis now.
    pub(crate) hears: Arc<AtomicBool>,
    /// This process: its own signals, which it has delivered already, and the answers to its asks.
    pub(crate) origin: Uuid,
    /// Ends the listener with the last clone.
    _listener: Arc<DropGuard>,
}

/// Counts the bells that are rung anywhere, by lane.
#[derive(Debug, Default)]
pub struct Wakes {
    interactive: watch::Sender<u64>,
    batch: watch::Sender<u64>,
}

impl Wakes {
    pub fn rung(&self, lane: Lane) -> watch::Receiver<u64> {
        self.lane(lane).subscribe()
    }

    fn call(&self, lane: Lane) {
        self.lane(lane).send_modify(|bells| *bells = bells.wrapping_add(1));
    }

    const fn lane(&self, lane: Lane) -> &watch::Sender<u64> {
        match lane {
            Lane::Interactive => &self.interactive,
            Lane::Batch => &self.batch,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    origin: Uuid,
    signal: Signal,
}

impl std::fmt::Debug for RedisLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedisLink")
    }
}

impl RedisLink {
    pub fn open(url: &str, files: &TlsFiles, signals: Signals) -> Result<Self> {
        let (commands, listening) = redis_connection::open(url, files)?;
        let (wakes, ask_wakes) = (Arc::new(Wakes::default()), Arc::new(AskWakes::default()));
        let (origin, ended) = (Uuid::now_v7(), CancellationToken::new());
        let hears = Arc::new(AtomicBool::new(false));
        let listener = Listener {
            signals,
            wakes: Arc::clone(&wakes),
            ask_wakes: Arc::clone(&ask_wakes),
            hears: Arc::clone(&hears),
            origin,
        };
        tokio::spawn(listen(listening, listener, ended.clone()));
        Ok(Self { commands, wakes, ask_wakes, hears, origin, _listener: Arc::new(ended.drop_guard()) })
    }

    pub async fn publish_signal(&self, signal: &Signal) -> Result<()> {
        let envelope = Envelope { origin: self.origin, signal: signal.clone() };
        let text = serde_json::to_string(&envelope).map_err(|error| QueueError::Message(error.to_string()))?;
        self.publish(SIGNAL_CHANNEL, &text).await
    }

    pub async fn publish_bell(&self, lane: Lane) -> Result<()> {
        self.publish(BELL_CHANNEL, lane.as_str()).await
    }

    pub async fn publish(&self, channel: &str, text: &str) -> Result<()> {
        let mut connection = self.commands.clone();
        in_time(connection.publish::<_, _, ()>(channel, text)).await
    }

    /// As [`Self::publish`], where those who do not hear it look by themselves.
    pub async fn tell(&self, channel: &str, text: &str) {
        if let Err(error) = self.publish(channel, text).await {
            tracing::debug!(%error, channel, "a publication was lost");
        }
    }

    pub async fn ping(&self) -> Result<()> {
        let mut connection = self.commands.clone();
        in_time(connection.ping::<()>()).await
    }
}

/// Bounds a command, reconnecting included.
pub async fn in_time<T>(command: impl Future<Output = redis::RedisResult<T>>) -> Result<T> {
    match tokio::time::timeout(TIMEOUT * 2, command).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(QueueError::Slow),
    }
}

/// Where the answers to the asks of a process are announced.
pub(crate) fn answer_channel(origin: Uuid) -> String {
    format!("plotline.answers.{origin}")
}

/// Listens until the link is gone; a lost connection is made again.
async fn listen(listening: Listening, listener: Listener, ended: CancellationToken) {
    let mut away = false;
    loop {
        let outcome = tokio::select! {
            () = ended.cancelled() => return,
            outcome = listener.listen(&listening) => outcome,
        };
        listener.hears.store(false, Ordering::Relaxed);
        // An outage is said once, not twice a second.
        match outcome {
            Ok(()) => away = false,
            Err(error) if away => tracing::debug!(%error, "Redis is still away"),
            Err(error) => {
                away = true;
                tracing::warn!(%error, "Redis is not listened to; trying again");
            }
        }
        tokio::select! {
            () = ended.cancelled() => return,
            () = tokio::time::sleep(RECONNECT) => {}
        }
    }
}

/// What messages of Redis wake in this process.
struct Listener {
    signals: Signals,
    wakes: Arc<Wakes>,
    ask_wakes: Arc<AskWakes>,
    hears: Arc<AtomicBool>,
    origin: Uuid,
}

impl Listener {
    async fn listen(&self, listening: &Listening) -> Result<()> {
        let answers = answer_channel(self.origin);
        let mut listener = in_time(listening.connect()).await?;
        in_time(listener.subscribe(&[SIGNAL_CHANNEL, BELL_CHANNEL, ASK_CHANNEL, answers.as_str()])).await?;
        self.hears.store(true, Ordering::Relaxed);
        // What was rung while nobody listened is fetched now.
        Lane::ALL.into_iter().for_each(|lane| self.wakes.call(lane));
        let mut messages = listener.on_message();
        while let Some(message) = messages.next().await {
            self.heard(message.get_channel_name(), &message.get_payload::<String>()?);
        }
        Ok(())
    }

    fn heard(&self, channel: &str, text: &str) {
        match channel {
            BELL_CHANNEL => {
                if let Some(lane) = Lane::parse(text) {
                    self.wakes.call(lane);
                }
            }
            ASK_CHANNEL => self.ask_wakes.asked(),
            SIGNAL_CHANNEL => match serde_json::from_str::<Envelope>(text) {
                Ok(envelope) if envelope.origin != self.origin => self.signals.deliver(&envelope.signal),
                Ok(_) => {}
                Err(error) => tracing::debug!(%error, "a signal of another version is left alone"),
            },
            _ => self.ask_wakes.answered(text),
        }
    }
}
