//! Keeps an apalis worker loop running until it is told to stop, the same for both transports.

use std::fmt::Display;
use std::io;
use std::time::Duration;

use contract::jobs::Lane;
use tokio_util::sync::CancellationToken;

/// Between the end of a loop and its next start.
const RESTART: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub struct Keeper {
    lane: Lane,
    shutdown: CancellationToken,
    /// The last loop ended with an error: the next one is not news.
    away: bool,
}

impl Keeper {
    pub const fn new(lane: Lane, shutdown: CancellationToken) -> Self {
        Self { lane, shutdown, away: false }
    }

    /// Whether a loop shall be started.
    pub fn is_wanted(&self) -> bool {
        !self.shutdown.is_cancelled()
    }

    /// What tells an apalis worker to stop.
    pub fn told(&self) -> impl Future<Output = io::Result<()>> + Send + use<> {
        let shutdown = self.shutdown.clone();
        async move {
            shutdown.cancelled().await;
            Ok(())
        }
    }

    /// Waits for the end of a loop; of one that was not told to stop it is said why it ended.
    pub async fn watch<E: Display>(&mut self, ended: impl Future<Output = Result<(), E>>) {
        let result = tokio::select! {
            // The worker's own stop waits for a next bell; nothing is lost by leaving it.
            () = self.shutdown.cancelled() => return,
            result = ended => result,
        };
        let lane = self.lane.as_str();
        match result {
            Ok(()) => self.away = false,
            Err(error) if self.away => tracing::debug!(lane, %error, "bells still do not come through"),
            Err(error) => {
                self.away = true;
                tracing::warn!(lane, %error, "bells do not come through; the database is asked every second");
            }
        }
        tokio::time::sleep(RESTART).await;
    }
}
