//! Growing waits between tries, with jitter so that workers do not try in step.

use std::time::Duration;

use rand::Rng;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(60);

/// The wait after the `attempt`-th try (counted from 1): doubling from half a second to a minute, between half and all
/// of it at random.
pub fn delay(attempt: u32) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1).min(16)));
    doubled.min(LONGEST).mul_f64(rand::rng().random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute() {
        for (attempt, most) in [(1, 500), (2, 1000), (4, 4000), (8, 60_000), (u32::MAX, 60_000)] {
            let wait = delay(attempt).as_millis();
            assert!(wait >= most / 2 && wait <= most, "{attempt}: {wait} ms");
        }
    }
}
