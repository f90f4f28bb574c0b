//! Live events: one loop per process reads what changed, once for all listeners, and hands it to their streams.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use contract::errors::ErrorCode;
use contract::jobs::Job;
use domain::jobs::{jobs_ended_since, jobs_with_owners};
use domain::sessions::sessions_alive;
use queue::{Queue, Signal};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, mpsc, watch};
use uuid::Uuid;

use crate::problems::{ApiError, Result};
use crate::state::State;

/// Streams of one account in this process.
pub const MAX_STREAMS_PER_USER: usize = 8;
/// Streams of this process.
const MAX_STREAMS: usize = 2_000;
/// Events that wait for a slow reader; one more and its stream ends.
const BACKLOG: usize = 256;
/// Signals that arrive within this time are read together.
const GATHER: Duration = Duration::from_millis(20);
/// Sessions are looked at this often: a log-out ends their streams.
const TICK: Duration = Duration::from_secs(1);
/// Signals may be lost, rows may not: so endings are looked for this often.
const SAFETY_NET: Duration = Duration::from_secs(5);
/// Times are written before they are committed, and clocks differ: so a look reaches this far back.
const MARGIN: TimeDelta = TimeDelta::seconds(10);
/// Jobs asked for in one question.
const AT_ONCE: usize = 500;
/// What was told is remembered this long, so that the safety net tells it only once.
const REMEMBERED: Duration = Duration::from_secs(60);

/// The streams of this process.
#[derive(Debug, Default)]
pub struct Events {
    streams: Arc<Mutex<Streams>>,
    /// Rung when a first stream opens.
    opened: Notify,
}

#[derive(Debug, Default)]
struct Streams {
    next: u64,
    open: HashMap<u64, Stream>,
    /// What the loop shall listen to since a first stream opened. While there is none it listens to nothing, so that
    /// jobs wake nobody.
    signals: Option<Receiver<Signal>>,
}

#[derive(Debug)]
struct Stream {
    user_id: Uuid,
    session_id: Uuid,
    /// When its access token ends, in Unix seconds.
    expires: i64,
    /// Closing it ends the stream; until then the place counts.
    sender: Option<mpsc::Sender<Bytes>>,
}

/// A place among the streams, given back when the answer is gone.
#[derive(Debug)]
pub struct Subscription {
    streams: Arc<Mutex<Streams>>,
    ticket: u64,
    pub frames: mpsc::Receiver<Bytes>,
}

impl Events {
    /// A place for one more stream; refused beyond the limits.
    pub fn subscribe(&self, queue: &Queue, user_id: Uuid, session_id: Uuid, expires: i64) -> Result<Subscription> {
        let mut streams = lock(&self.streams);
        if streams.open.values().filter(|stream| stream.user_id == user_id).count() >= MAX_STREAMS_PER_USER {
            // Whoever is gone is noticed by writing to them, so that the next try finds a place.
            let mine = streams.open.values().filter(|stream| stream.user_id == user_id);
            mine.filter_map(|stream| stream.sender.as_ref()).for_each(|sender| {
                let _ = sender.try_send(Bytes::from_static(b": still there\n\n"));
            });
            let detail = format!("At most {MAX_STREAMS_PER_USER} event streams are open for one account. Close one.");
            return Err(ApiError::new(ErrorCode::RateLimited, detail).retry_after(2));
        }
        if streams.open.len() >= MAX_STREAMS {
            return Err(ApiError::new(ErrorCode::Unavailable, "All event streams of this server are taken."));
        }
        let (sender, frames) = mpsc::channel(BACKLOG);
        let ticket = streams.next;
        streams.next += 1;
        if streams.open.is_empty() {
            streams.signals = Some(queue.subscribe());
            self.opened.notify_one();
        }
        streams.open.insert(ticket, Stream { user_id, session_id, expires, sender: Some(sender) });
        Ok(Subscription { streams: Arc::clone(&self.streams), ticket, frames })
    }

    /// What to listen to: something new since a first stream opened, nothing while there is none, else as before.
    fn listen(&self, signals: Option<Receiver<Signal>>) -> Option<Receiver<Signal>> {
        let mut streams = lock(&self.streams);
        let newer = streams.signals.take();
        if streams.open.is_empty() { None } else { newer.or(signals) }
    }

    /// Those who listen.
    fn users(&self) -> Vec<Uuid> {
        let users: HashSet<Uuid> = self.listening(|stream| stream.user_id);
        users.into_iter().collect()
    }

    fn sessions(&self) -> Vec<Uuid> {
        let sessions: HashSet<Uuid> = self.listening(|stream| stream.session_id);
        sessions.into_iter().collect()
    }

    fn listening(&self, what: fn(&Stream) -> Uuid) -> HashSet<Uuid> {
        lock(&self.streams).open.values().filter(|stream| stream.sender.is_some()).map(what).collect()
    }

    /// Hands a frame to every stream of the user; one that is too far behind ends.
    fn tell(&self, user_id: Uuid, frame: &Bytes) {
        for stream in lock(&self.streams).open.values_mut().filter(|stream| stream.user_id == user_id) {
            if stream.sender.as_ref().is_some_and(|sender| sender.try_send(frame.clone()).is_err()) {
                tracing::debug!(%user_id, "an event stream that does not keep up ends");
                stream.sender = None;
            }
        }
    }

    fn end_where(&self, is_over: impl Fn(&Stream) -> bool) {
        for stream in lock(&self.streams).open.values_mut().filter(|stream| is_over(stream)) {
            stream.sender = None;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        lock(&self.streams).open.remove(&self.ticket);
    }
}

fn lock(streams: &Mutex<Streams>) -> MutexGuard<'_, Streams> {
    streams.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One event. Its id is the moment before the row was read: what changes later has a later id.
pub fn frame(id: i64, job: &Job) -> Result<Bytes> {
    let data = serde_json::to_string(job).map_err(ApiError::internal)?;
    Ok(Bytes::from(format!("id: {id}\nevent: job\ndata: {data}\n\n")))
}

/// What was told of each job, so that nobody hears the same twice.
#[derive(Debug, Default)]
struct Told(HashMap<Uuid, (Bytes, Instant)>);

impl Told {
    fn is_news(&mut self, job: &Job) -> bool {
        let state = format!("{:?} {} {:?}", job.status, job.attempt, job.progress);
        let state = Bytes::from(state);
        let known = self.0.insert(job.id, (state.clone(), Instant::now()));
        known.is_none_or(|(known, _)| known != state)
    }

    fn forget_old(&mut self) {
        self.0.retain(|_, (_, since)| since.elapsed() < REMEMBERED);
    }
}

/// Tells all streams what changes, until the server stops.
pub async fn tell_loop(state: Arc<State>) {
    let mut signals = None;
    let mut stopping = state.stopping.clone();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut told, mut looked, mut lost) = (Told::default(), Instant::now(), false);
    loop {
        tokio::select! {
            () = asked_to_stop(&mut stopping) => break,
            () = state.events.opened.notified() => {}
            _ = tick.tick() => end_what_is_over(&state).await,
            heard = hear(&mut signals) => match heard {
                Ok(signal) => {
                    let ids = gather_more(signal, &mut signals).await;
                    tell_jobs(&state, &mut told, ids.into_iter().collect()).await;
                }
                Err(RecvError::Lagged(_)) => lost = true,
                Err(RecvError::Closed) => break,
            },
        }
        signals = state.events.listen(signals);
        if lost || looked.elapsed() >= SAFETY_NET {
            tell_endings(&state, &mut told).await;
            told.forget_old();
            (looked, lost) = (Instant::now(), false);
        }
    }
    state.events.end_where(|_| true);
}

async fn asked_to_stop(stopping: &mut watch::Receiver<bool>) {
    // An error means that the server is gone altogether.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// The next signal; never, while nothing is listened to.
async fn hear(signals: &mut Option<Receiver<Signal>>) -> std::result::Result<Signal, RecvError> {
    match signals {
        Some(signals) => signals.recv().await,
        None => std::future::pending().await,
    }
}

/// The jobs of this signal and of those shortly after it.
async fn gather_more(first: Signal, signals: &mut Option<Receiver<Signal>>) -> HashSet<Uuid> {
    let mut ids = HashSet::new();
    gather(first, &mut ids);
    tokio::time::sleep(GATHER).await;
    while let Some(Ok(more)) = signals.as_mut().map(Receiver::try_recv) {
        gather(more, &mut ids);
    }
    ids
}

fn gather(signal: Signal, ids: &mut HashSet<Uuid>) {
    if let Signal::Changed { job_ids, .. } = signal {
        ids.extend(job_ids);
    }
}

/// Ends the streams whose token has expired or whose session is over.
async fn end_what_is_over(state: &State) {
    let now = Utc::now().timestamp();
    state.events.end_where(|stream| stream.expires <= now || state.sessions.has_ended(stream.session_id));
    let sessions = state.events.sessions();
    if sessions.is_empty() {
        return;
    }
    let asked = sessions.clone();
    match state.database.read(move |connection| sessions_alive(connection, &asked)).await {
        Ok(alive) => {
            let alive: HashSet<Uuid> = alive.into_iter().collect();
            // A stream that was opened meanwhile was not asked about.
            state.events.end_where(|s| sessions.contains(&s.session_id) && !alive.contains(&s.session_id));
        }
        // Nobody can log out while the database is away either.
        Err(error) => tracing::debug!(%error, "the sessions of event streams cannot be looked at"),
    }
}

async fn tell_jobs(state: &State, told: &mut Told, ids: Vec<Uuid>) {
    for some in ids.chunks(AT_ONCE) {
        let (some, users) = (some.to_vec(), state.events.users());
        if users.is_empty() {
            return;
        }
        let id = Utc::now().timestamp_millis();
        match state.database.read(move |connection| jobs_with_owners(connection, &some, &users)).await {
            Ok(jobs) => hand_out(state, told, id, &jobs),
            Err(error) => tracing::debug!(%error, "what changed cannot be read; the next look finds it"),
        }
    }
}

async fn tell_endings(state: &State, told: &mut Told) {
    let users = state.events.users();
    if users.is_empty() {
        return;
    }
    let now = Utc::now();
    let since: DateTime<Utc> = now - MARGIN;
    match state.database.read(move |connection| jobs_ended_since(connection, &users, since)).await {
        Ok(jobs) => hand_out(state, told, now.timestamp_millis(), &jobs),
        Err(error) => tracing::debug!(%error, "endings cannot be looked for"),
    }
}

fn hand_out(state: &State, told: &mut Told, id: i64, jobs: &[(Uuid, Job)]) {
    for (user_id, job) in jobs {
        if !told.is_news(job) {
            continue;
        }
        match frame(id, job) {
            Ok(frame) => state.events.tell(*user_id, &frame),
            Err(error) => tracing::error!(%error, "a job cannot be written as an event"),
        }
    }
}
