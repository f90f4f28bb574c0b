//! Rate limits of log-in, registration and refresh, counted per account and per address.

use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use contract::errors::ErrorCode;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use queue::Queue;
use sha2::{Digest, Sha256};

use crate::problems::{ApiError, Result};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const WINDOW: Duration = Duration::from_secs(60);
/// Beyond this many remembered subjects, those whose allowance is full again are forgotten.
const MAX_SUBJECTS: usize = 10_000;

type Limiter = RateLimiter<u128, DefaultKeyedStateStore<u128>, DefaultClock, StateInformationMiddleware>;

/// Counts attempts in this process, and with Redis in all of them.
pub struct Rates {
    limiter: Limiter,
    queue: Queue,
    clock: DefaultClock,
    per_minute: NonZeroU32,
}

/// How much of a limit is left, for the `RateLimit` fields of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until one more attempt is allowed.
    pub reset: u64,
}

impl Rates {
    pub fn new(per_minute: u32, queue: Queue) -> Self {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware();
        Self { limiter, queue, clock: DefaultClock::default(), per_minute }
    }

    /// Counts one attempt of `action` by `subject` (an address or an account). What this process refuses by itself goes
    /// no further; while Redis is away each process counts alone.
    pub async fn count(&self, action: &str, subject: &str) -> std::result::Result<Standing, Standing> {
        let key = key(action, subject);
        let here = self.count_here(key)?;
        match self.queue.count_attempt(&format!("{key:032x}"), self.per_minute).await {
            Ok(None) => Ok(here),
            Ok(Some(allowance)) => {
                let reset = allowance.next.as_secs_f64().ceil().max(1.0) as u64;
                let standing = Standing { limit: here.limit, remaining: allowance.remaining, reset };
                if allowance.is_allowed { Ok(standing) } else { Err(standing) }
            }
            Err(error) => {
                tracing::debug!(%error, action, "an attempt is counted in this process alone");
                Ok(here)
            }
        }
    }

    fn count_here(&self, key: u128) -> std::result::Result<Standing, Standing> {
        if self.limiter.len() > MAX_SUBJECTS {
            self.limiter.retain_recent();
        }
        let limit = self.per_minute.get();
        match self.limiter.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let refill = WINDOW.as_secs_f64() / f64::from(limit);
                Ok(Standing { limit, remaining, reset: refill.ceil() as u64 })
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                Err(Standing { limit, remaining: 0, reset: wait.as_secs_f64().ceil().max(1.0) as u64 })
            }
        }
    }
}

impl Standing {
    /// The `RateLimit` and `RateLimit-Policy` fields (IETF draft-ietf-httpapi-ratelimit-headers).
    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self.fields() {
            headers.insert(name, value);
        }
    }

    /// 429 with the time to wait.
    pub fn refusal(&self) -> ApiError {
        let detail = format!(
            "At most {} attempts a minute for one account and one address. Try again in {} seconds.",
            self.limit, self.reset
        );
        let error = ApiError::new(ErrorCode::RateLimited, detail).retry_after(self.reset);
        self.fields().into_iter().fold(error, |error, (name, value)| error.header(name, value))
    }

    fn fields(&self) -> Vec<(HeaderName, HeaderValue)> {
        let policy = format!("\"auth\";q={};w={}", self.limit, WINDOW.as_secs());
        let state = format!("\"auth\";r={};t={}", self.remaining, self.reset);
        [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, state)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::try_from(value).ok()?)))
            .collect()
    }
}

/// Counts an attempt and leaves its standing with the request, from where the frame writes it into the answer.
pub async fn count_for(request: &actix_web::HttpRequest, rates: &Rates, action: &str, subject: &str) -> Result<()> {
    let standing = rates.count(action, subject).await.map_err(|standing| standing.refusal())?;
    let least = match request.extensions().get::<Standing>() {
        Some(known) if known.remaining < standing.remaining => *known,
        _ => standing,
    };
    request.extensions_mut().insert(least);
    Ok(())
}

/// A digest, so that a key has one size however long the name is that somebody sends.
fn key(action: &str, subject: &str) -> u128 {
    let digest = Sha256::new().chain_update(action).chain_update([0]).chain_update(subject).finalize();
    digest.iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn rates(per_minute: u32) -> Rates {
        Rates::new(per_minute, Queue::open(None).await.unwrap())
    }

    #[actix_web::test]
    async fn the_sixth_attempt_in_a_minute_waits() {
        let rates = rates(5).await;
        for left in (0..5).rev() {
            assert_eq!(rates.count("login", "192.0.2.1").await.map(|standing| standing.remaining), Ok(left));
        }
        let refused = rates.count("login", "192.0.2.1").await.unwrap_err();
        assert!((1..=12).contains(&refused.reset), "{refused:?}");
        let error = refused.refusal();
        assert_eq!(error.code(), ErrorCode::RateLimited);
        let header = |wanted: &str| error.headers().iter().find(|(name, _)| name == wanted).map(|(_, v)| v.clone());
        assert_eq!(header("retry-after").unwrap(), refused.reset.to_string().as_str());
        assert_eq!(header("ratelimit-policy").unwrap(), "\"auth\";q=5;w=60");
    }

    #[actix_web::test]
    async fn subjects_and_actions_are_counted_apart() {
        let rates = rates(1).await;
        assert!(rates.count("login", "a").await.is_ok());
        assert!(rates.count("login", "b").await.is_ok());
        assert!(rates.count("register", "a").await.is_ok());
        assert!(rates.count("login", "a").await.is_err());
    }

    #[test]
    fn a_longer_action_never_meets_a_shorter_one() {
        assert_ne!(key("ab", "c"), key("a", "bc"));
    }

    #[actix_web::test]
    async fn full_allowances_are_forgotten_beyond_the_bound() {
        let rates = rates(6_000_000).await;
        for i in 0..MAX_SUBJECTS * 2 {
            let _ = rates.count("login", &i.to_string()).await;
        }
        assert!(rates.limiter.len() <= MAX_SUBJECTS + 2, "{}", rates.limiter.len());
    }
}
