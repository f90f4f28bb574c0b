//! The worker's side of asks, the same for both transports: take one when a slot is free, answer it, take the next.

use std::sync::Arc;
use std::time::Duration;

use contract::asks::Ask;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::Answered;

/// Where asks come from.
pub trait Source: Send + Sync {
    type Asker: Asker;

    /// The next ask that somebody still waits for, and for how long; `None` once `shutdown` is cancelled. An ask that
    /// was taken is always given out.
    fn next(&self, shutdown: &CancellationToken) -> impl Future<Output = Option<Asked<Self::Asker>>> + Send;
}

/// Who waits for the answer.
pub trait Asker: Send + 'static {
    /// Completes when nobody waits any more, as far as this transport can tell.
    fn gone(&mut self) -> impl Future<Output = ()> + Send;

    fn tell(self, answered: Answered) -> impl Future<Output = ()> + Send;
}

pub struct Asked<A> {
    pub ask: Ask,
    pub left: Duration,
    pub asker: A,
}

/// Answers up to `slots` asks at once until `shutdown`, then finishes those under way.
pub async fn serve<S, A, F>(source: &S, slots: usize, answer: A, shutdown: CancellationToken)
where
    S: Source,
    A: Fn(Ask, Duration) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answered> + Send + 'static,
{
    let free = Arc::new(Semaphore::new(slots.max(1)));
    let mut running = JoinSet::new();
    while let Ok(slot) = Arc::clone(&free).acquire_owned().await {
        let Some(asked) = source.next(&shutdown).await else { break };
        let answer = answer.clone();
        running.spawn(async move {
            answer_one(asked, answer).await;
            drop(slot);
        });
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}

async fn answer_one<A, F>(asked: Asked<impl Asker>, answer: A)
where
    A: Fn(Ask, Duration) -> F,
    F: Future<Output = Answered>,
{
    let Asked { ask, left, mut asker } = asked;
    let answered = tokio::select! {
        answered = answer(ask, left) => answered,
        () = asker.gone() => return,
        // The work has its own time-out; this is for work that ignores it.
        () = tokio::time::sleep(left) => return,
    };
    asker.tell(answered).await;
}
