//! Asks over Redis: a bounded list of ids, the asks and answers under keys that expire, and publications that wake.
//!
//! Plain Redis, since apalis would keep what shall be forgotten. All keys share a hash tag: one slot of a cluster.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use contract::asks::Ask;
use contract::errors::Failure;
use redis::AsyncCommands;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::serving::{Asked, Asker, Source};
use super::{Answered, AskError, WAITING_ASKS};
use crate::error::{QueueError, Result};
use crate::redis_link::{ASK_CHANNEL, RedisLink, answer_channel, in_time};

const WAITING: &str = "{plotline-asks}:waiting";
/// Ids that nobody takes are gone by then; their asks are gone before.
const WAITING_EXPIRES_MS: i64 = 60_000;
/// Publications may be lost, so both sides look by themselves this often.
const LOOK: Duration = Duration::from_millis(250);
const RECONNECT: Duration = Duration::from_millis(500);
/// For so long a step that failed is tried again: a Redis that is slow for once shall not cost the answer.
const PATIENCE: Duration = Duration::from_secs(3);
const RETRY: Duration = Duration::from_millis(100);

fn ask_key(id: Uuid) -> String {
    format!("{{plotline-asks}}:ask:{id}")
}

fn answer_key(id: Uuid) -> String {
    format!("{{plotline-asks}}:answer:{id}")
}

/// Wakes those of this process who wait for an ask or for an answer.
#[derive(Debug, Default)]
pub struct AskWakes {
    asked: Notify,
    answered: Mutex<HashMap<Uuid, Arc<Notify>>>,
}

impl AskWakes {
    /// Somebody asked something somewhere.
    pub fn asked(&self) {
        self.asked.notify_one();
    }

    /// The ask with this id has an answer.
    pub fn answered(&self, id: &str) {
        let id = Uuid::parse_str(id).unwrap_or_default();
        if let Some(waiting) = self.lock().get(&id) {
            waiting.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Notify>>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    /// The process that waits.
    origin: Uuid,
    ask: Ask,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Answer(Box<RawValue>),
    Failed(Failure),
}

#[derive(Clone, Debug)]
pub struct RedisAsks {
    link: RedisLink,
}

impl RedisAsks {
    pub fn new(link: RedisLink) -> Self {
        Self { link }
    }

    pub async fn ask(&self, ask: &Ask, deadline: Duration) -> std::result::Result<Answered, AskError> {
        let until = Instant::now() + deadline;
        let waiting = Pending::new(&self.link);
        self.send(waiting.id, ask, deadline).await?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(AskError::NoAnswer);
            }
            let _ = tokio::time::timeout(left.min(LOOK), waiting.answered.notified()).await;
            let mut connection = self.link.commands.clone();
            match in_time(connection.get::<_, Option<Vec<u8>>>(answer_key(waiting.id))).await {
                Ok(Some(text)) => return Ok(read_reply(&text)?),
                Ok(None) => {}
                // It may come back before the deadline, with the answer in it or not.
                Err(error) => tracing::debug!(%error, "an answer cannot be looked for"),
            }
        }
    }

    async fn send(&self, id: Uuid, ask: &Ask, deadline: Duration) -> std::result::Result<(), AskError> {
        let text = to_text(&Envelope { origin: self.link.origin, ask: ask.clone() })?;
        let waiting: usize = patiently(|| async {
            let mut connection = self.link.commands.clone();
            in_time(connection.llen(WAITING)).await
        })
        .await?;
        if waiting >= WAITING_ASKS {
            return Err(AskError::Busy);
        }
        let mut put = redis::pipe();
        // Redis' clock alone says when an ask is over: those of API and worker may differ.
        put.atomic().pset_ex(ask_key(id), text, milliseconds(deadline)).ignore();
        put.rpush(WAITING, id.to_string()).ignore().pexpire(WAITING, WAITING_EXPIRES_MS).ignore();
        patiently(|| async {
            let mut connection = self.link.commands.clone();
            in_time(put.query_async::<()>(&mut connection)).await
        })
        .await?;
        self.link.tell(ASK_CHANNEL, "").await;
        Ok(())
    }

    /// The next ask that is not over yet, if one waits now.
    async fn take(&self) -> Result<Option<Asked<RedisAsker>>> {
        let mut connection = self.link.commands.clone();
        loop {
            let id: Option<String> = in_time(connection.lpop(WAITING, None)).await?;
            let Some(id) = id else { return Ok(None) };
            let Ok(id) = Uuid::parse_str(&id) else { continue };
            let (left, text) = patiently(|| self.read(id)).await?;
            // Over, or taken back by whoever asked.
            let Some(text) = text else { continue };
            let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
            match serde_json::from_slice::<Envelope>(&text) {
                Ok(Envelope { origin, ask }) => {
                    let asker = RedisAsker { link: self.link.clone(), id, origin };
                    return Ok(Some(Asked { ask, left, asker }));
                }
                Err(error) => tracing::warn!(%error, "an ask of another version is left alone"),
            }
        }
    }

    /// How many milliseconds an ask has left, and its text. It stays where it is: who asked removes it.
    async fn read(&self, id: Uuid) -> Result<(i64, Option<Vec<u8>>)> {
        let mut connection = self.link.commands.clone();
        let mut get = redis::pipe();
        get.atomic().pttl(ask_key(id)).get(ask_key(id));
        in_time(get.query_async(&mut connection)).await
    }
}

impl Source for RedisAsks {
    type Asker = RedisAsker;

    async fn next(&self, shutdown: &CancellationToken) -> Option<Asked<RedisAsker>> {
        let mut away = false;
        while !shutdown.is_cancelled() {
            let pause = match self.take().await {
                Ok(Some(asked)) => return Some(asked),
                Ok(None) => {
                    away = false;
                    LOOK
                }
                Err(error) => {
                    if !away {
                        tracing::warn!(%error, "asks cannot be taken from Redis; trying again");
                    }
                    away = true;
                    RECONNECT
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = self.link.ask_wakes.asked.notified(), if !away => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        None
    }
}

/// An ask that this process waits for; when it is dropped nobody else shall begin with it.
struct Pending {
    id: Uuid,
    answered: Arc<Notify>,
    link: RedisLink,
}

impl Pending {
    fn new(link: &RedisLink) -> Self {
        let (id, answered) = (Uuid::now_v7(), Arc::new(Notify::new()));
        link.ask_wakes.lock().insert(id, Arc::clone(&answered));
        Self { id, answered, link: link.clone() }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.link.ask_wakes.lock().remove(&self.id);
        let (id, mut connection) = (self.id, self.link.commands.clone());
        // Both expire by themselves where this fails.
        tokio::spawn(async move { in_time(connection.del::<_, ()>(&[ask_key(id), answer_key(id)])).await });
    }
}

pub struct RedisAsker {
    link: RedisLink,
    id: Uuid,
    origin: Uuid,
}

impl Asker for RedisAsker {
    /// Somebody in another process cannot be seen to go.
    async fn gone(&mut self) {
        std::future::pending().await
    }

    async fn tell(self, answered: Answered) {
        let reply = match answered {
            Ok(answer) => Reply::Answer(answer),
            Err(failure) => Reply::Failed(failure),
        };
        if let Err(error) = self.send(&reply).await {
            tracing::warn!(%error, "an answer could not be sent");
        }
    }
}

impl RedisAsker {
    async fn send(&self, reply: &Reply) -> Result<()> {
        let text = to_text(reply)?;
        // Long enough to be fetched; the asker removes it.
        patiently(|| async {
            let mut connection = self.link.commands.clone();
            in_time(connection.pset_ex::<_, _, ()>(answer_key(self.id), &text, 5_000)).await
        })
        .await?;
        self.link.tell(&answer_channel(self.origin), &self.id.to_string()).await;
        Ok(())
    }
}

/// Tries a step again until it succeeds or [`PATIENCE`] is over. Each step may be done twice.
async fn patiently<T, F>(step: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let until = Instant::now() + PATIENCE;
    loop {
        match step().await {
            Err(error) if Instant::now() < until => tracing::debug!(%error, "a step of an ask is tried again"),
            done => return done,
        }
        tokio::time::sleep(RETRY).await;
    }
}

fn read_reply(text: &[u8]) -> Result<Answered> {
    match serde_json::from_slice(text).map_err(|error| QueueError::Message(error.to_string()))? {
        Reply::Answer(answer) => Ok(Ok(answer)),
        Reply::Failed(failure) => Ok(Err(failure)),
    }
}

fn to_text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| QueueError::Message(error.to_string()))
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}
