//! When to ask again for a job: soon while it is young, later as it ages, and not before its lane is usually done.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::Utc;
use contract::jobs::{Job, Lane};
use domain::jobs::lane_run_seconds;

use crate::state::State;

/// The shortest and the longest time to the next poll, in seconds.
const LEAST: f64 = 1.0;
const MOST: f64 = 10.0;
/// How long the typical time of a lane is believed.
const REMEMBERED: Duration = Duration::from_secs(30);

/// What the work of each lane usually takes, as the database told lately.
#[derive(Debug, Default)]
pub struct Pacing(Mutex<[Option<(Instant, f64)>; Lane::ALL.len()]>);

impl Pacing {
    fn known(&self, lane: Lane) -> Option<f64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known[lane as usize].filter(|(asked, _)| asked.elapsed() < REMEMBERED).map(|(_, seconds)| seconds)
    }

    fn remember(&self, lane: Lane, seconds: f64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known[lane as usize] = Some((Instant::now(), seconds));
    }
}

/// Seconds until it is worth asking again; `None` for a job that has finished.
pub async fn retry_after(state: &State, job: &Job) -> Option<u64> {
    if job.status.is_final() {
        return None;
    }
    let lane = job.lane;
    let typical = match state.pacing.known(lane) {
        Some(seconds) => seconds,
        None => {
            let asked = state.database.read(move |connection| lane_run_seconds(connection, lane)).await;
            // A hint is not worth an error; without history the job's age decides alone.
            let seconds = asked.ok().flatten().unwrap_or_default();
            state.pacing.remember(lane, seconds);
            seconds
        }
    };
    Some(pace(seconds_since(job), typical))
}

fn seconds_since(job: &Job) -> f64 {
    (Utc::now() - job.created_at).as_seconds_f64().max(0.0)
}

/// Half of what is usually left, or an eighth of the time it has taken so far, whichever is longer; 1 to 10 seconds.
fn pace(age: f64, typical: f64) -> u64 {
    let left = (typical - age).max(0.0);
    (left / 2.0).max(age / 8.0).clamp(LEAST, MOST).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_lanes_are_asked_every_second_and_old_jobs_less_often() {
        assert_eq!(pace(0.0, 0.0), 1);
        assert_eq!(pace(0.0, 0.2), 1);
        assert_eq!(pace(7.0, 0.2), 1);
        assert_eq!(pace(40.0, 0.2), 5);
        assert_eq!(pace(3600.0, 0.2), 10);
    }

    #[test]
    fn slow_lanes_are_asked_later_at_first_and_sooner_towards_their_usual_end() {
        assert_eq!(pace(0.0, 300.0), 10);
        assert_eq!(pace(0.0, 12.0), 6);
        assert_eq!(pace(10.0, 12.0), 1);
        assert_eq!(pace(24.0, 12.0), 3);
    }

    #[test]
    fn what_was_learned_is_kept_by_lane() {
        let pacing = Pacing::default();
        assert_eq!(pacing.known(Lane::Batch), None);
        pacing.remember(Lane::Batch, 4.0);
        assert_eq!((pacing.known(Lane::Batch), pacing.known(Lane::Interactive)), (Some(4.0), None));
    }
}
