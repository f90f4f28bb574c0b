//! Keeps a loop going: one that breaks is started again, and liveness tells of it meanwhile.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::backoff;
use crate::health::Pulse;

/// The longest pause before a broken loop is started again: shorter than a lease, so that no lease is lost to it.
const LONGEST: Duration = Duration::from_secs(2);

/// Runs `start()` until it ends because of `stop`. When it panics, or ends unasked, it is started again after a pause.
/// `pulse` knows of it as broken from its break to its next start, and for ever when this is dropped unasked.
pub async fn keep<F, L>(pulse: Arc<Pulse>, name: &'static str, stop: CancellationToken, start: F)
where
    F: Fn() -> L,
    L: Future<Output = ()>,
{
    let mut breaks = 0;
    loop {
        let running = Running { pulse: &pulse, name, stop: &stop };
        let ended = AssertUnwindSafe(start()).catch_unwind().await;
        drop(running);
        if stop.is_cancelled() {
            return;
        }
        breaks += 1;
        let panicked = ended.is_err();
        tracing::error!(name, breaks, panicked, "a loop of the worker broke; it is started again");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(backoff::delay(breaks).min(LONGEST)) => {}
        }
        pulse.mended(name);
    }
}

/// A loop that turns. Dropped in any way but an orderly end, it is missed.
struct Running<'a> {
    pulse: &'a Pulse,
    name: &'static str,
    stop: &'a CancellationToken,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.stop.is_cancelled() {
            self.pulse.broke(self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_loop_that_panics_or_ends_unasked_is_started_again() {
        let (pulse, stop) = (Arc::new(Pulse::new()), CancellationToken::new());
        let (starts, missed) = (AtomicU32::new(0), AtomicU32::new(0));
        let looping = keep(Arc::clone(&pulse), "looks for work", stop.clone(), || async {
            match starts.fetch_add(1, Ordering::SeqCst) {
                0 => panic!("broken"),
                1 => {}
                _ => stop.cancelled().await,
            }
        });
        let watching = async {
            while starts.load(Ordering::SeqCst) < 3 {
                missed.fetch_add(u32::from(pulse.complaint().is_some()), Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            // Now it runs, and nobody starts it a fourth time.
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(pulse.complaint(), None);
            stop.cancel();
        };
        tokio::join!(looping, watching);
        assert_eq!(starts.load(Ordering::SeqCst), 3);
        assert!(missed.load(Ordering::SeqCst) > 0, "liveness tells of a broken loop");
        assert_eq!(pulse.complaint(), None, "an orderly end is no complaint");
    }

    #[tokio::test]
    async fn a_broken_loop_does_not_hold_up_the_end_and_one_that_is_dropped_is_missed() {
        let (pulse, stop) = (Arc::new(Pulse::new()), CancellationToken::new());
        let looping = keep(Arc::clone(&pulse), "sweeps", stop.clone(), || async { panic!("broken") });
        let ending = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            stop.cancel();
        };
        tokio::join!(looping, ending);
        let pulse = Arc::new(Pulse::new());
        let task = tokio::spawn(keep(Arc::clone(&pulse), "renews", CancellationToken::new(), std::future::pending));
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(pulse.complaint(), None);
        task.abort();
        assert!(task.await.is_err());
        assert!(pulse.complaint().is_some_and(|complaint| complaint.contains("renews")));
    }
}
