//! Allowances that all processes share: so many attempts a minute of one subject, counted in Redis on its clock.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::error::{QueueError, Result};
use crate::redis_link::RedisLink;

const WINDOW_MICROS: u64 = 60_000_000;
/// Whoever signs in does not wait longer for a count.
const PATIENCE: Duration = Duration::from_millis(250);

/// The generic cell rate algorithm (ITU-T I.371, annex A) in one step: the key holds when the subject's allowance will
/// be full again, in microseconds, and is gone by then. Answers whether the attempt is allowed, and that time less now.
const COUNT: &str = r"
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + tonumber(ARGV[2])
if full - now > tonumber(ARGV[1]) then
  return {0, full - now - ARGV[2]}
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return {1, full - now}
";

/// What an attempt found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub is_allowed: bool,
    /// Attempts that are allowed now, after this one.
    pub remaining: u32,
    /// Until one more is allowed than are now.
    pub next: Duration,
}

/// Counts one attempt. A refused one costs nothing.
pub async fn count(link: &RedisLink, subject: &str, per_minute: NonZeroU32) -> Result<Allowance> {
    let each = WINDOW_MICROS / u64::from(per_minute.get());
    let mut command = redis::cmd("EVAL");
    command.arg(COUNT).arg(1).arg(format!("plotline.allowance.{subject}")).arg(WINDOW_MICROS).arg(each);
    let mut connection = link.commands.clone();
    match tokio::time::timeout(PATIENCE, command.query_async::<(u8, u64)>(&mut connection)).await {
        Ok(answer) => {
            let (is_allowed, until_full) = answer?;
            Ok(Allowance::of(is_allowed == 1, until_full, each))
        }
        Err(_) => Err(QueueError::Slow),
    }
}

impl Allowance {
    /// From the time until the allowance is full again and the time that brings one attempt, in microseconds.
    fn of(is_allowed: bool, until_full: u64, each: u64) -> Self {
        let left = WINDOW_MICROS.saturating_sub(until_full);
        let next = Duration::from_micros(each - left % each);
        Self { is_allowed, remaining: u32::try_from(left / each).unwrap_or(u32::MAX), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_follows_from_when_the_allowance_is_full() {
        let each = 12_000_000;
        let first = Allowance::of(true, each, each);
        assert_eq!((first.remaining, first.next), (4, Duration::from_secs(12)));
        let last = Allowance::of(true, 5 * each, each);
        assert_eq!((last.remaining, last.next), (0, Duration::from_secs(12)));
        let refused = Allowance::of(false, 5 * each - 2_000_000, each);
        assert_eq!((refused.remaining, refused.next), (0, Duration::from_secs(10)));
    }
}
