//! Endings of many slots in one transaction: what arrives while one commit is under way goes into the next.

use std::sync::Arc;

use domain::jobs::{Ending, endings_share_statements, executions_finish};
use domain::{Database, Durability};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Endings in one transaction at most.
pub const MOST: usize = 16;

/// The jobs that waited for the execution; `None` when the ending was refused as another's.
type Answer = domain::Result<Option<Vec<Uuid>>>;

#[derive(Debug)]
struct Order {
    execution_id: Uuid,
    attempt: u32,
    ending: Arc<Ending>,
    alone: bool,
    answer: oneshot::Sender<Answer>,
}

/// Cheap to clone; its loop ends with the last clone.
#[derive(Clone, Debug)]
pub struct Finisher(mpsc::Sender<Order>);

impl Finisher {
    /// A finisher of this worker; needs a tokio runtime.
    pub fn start(database: Database, worker: String) -> Self {
        let (orders, waiting) = mpsc::channel(MOST * 4);
        tokio::spawn(finish_loop(database, worker, waiting));
        Self(orders)
    }

    /// Writes the ending; as [`domain::jobs::execution_finish`], with who waited for it. After an error it is tried
    /// again `alone`, so that one that cannot be written keeps no other from it.
    pub async fn finish(&self, execution_id: Uuid, attempt: u32, ending: Arc<Ending>, alone: bool) -> Answer {
        let (answer, answered) = oneshot::channel();
        let gone = || domain::DomainError::Unavailable("the loop that writes endings is gone".into());
        self.0.send(Order { execution_id, attempt, ending, alone, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

/// Nobody waits on purpose: one ending alone is written at once, and a commit gathers the next ones by taking its time.
async fn finish_loop(database: Database, worker: String, mut waiting: mpsc::Receiver<Order>) {
    let mut orders = Vec::with_capacity(MOST);
    while waiting.recv_many(&mut orders, MOST).await > 0 {
        let (alone, together): (Vec<Order>, Vec<Order>) = orders.drain(..).partition(|order| order.alone);
        if !together.is_empty() {
            write(&database, &worker, together).await;
        }
        for order in alone {
            write(&database, &worker, vec![order]).await;
        }
    }
}

/// One transaction. An error is everybody's: whether it was committed may be unclear, which whoever asked must know.
async fn write(database: &Database, worker: &str, orders: Vec<Order>) {
    let endings: Vec<(Uuid, u32, Arc<Ending>)> =
        orders.iter().map(|order| (order.execution_id, order.attempt, Arc::clone(&order.ending))).collect();
    let worker = worker.to_owned();
    let written = if endings_share_statements(&endings) {
        database.write_each(Durability::Synced, move |conn| executions_finish(conn, &worker, &endings)).await
    } else {
        database.write(move |conn| executions_finish(conn, &worker, &endings)).await
    };
    let mut answers = match written {
        Ok(answers) => answers.into_iter(),
        Err(error) => {
            let shared = error.to_string();
            for order in orders {
                let _ = order.answer.send(Err(domain::DomainError::Unavailable(shared.clone().into())));
            }
            return;
        }
    };
    for order in orders {
        // Whoever asked may have lost its lease meanwhile and be gone.
        let _ = order.answer.send(Ok(answers.next().flatten()));
    }
}
