//! Results read a moment ago, as the bytes that are sent: who reads one again and again costs the database nothing.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use uuid::Uuid;

/// How long the database's word counts that this user may read this result. The result itself never changes.
const REMEMBERED: Duration = Duration::from_secs(2);
/// All together.
const MOST_BYTES: usize = 32 << 20;
/// A larger one is read anew each time.
const LARGEST: usize = 1 << 20;

/// A small map in this process.
#[derive(Debug, Default)]
pub struct Results(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// By user and job.
    entries: HashMap<(Uuid, Uuid), Entry>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    json: Bytes,
    since: Instant,
}

impl Entry {
    fn is_over(&self, now: Instant) -> bool {
        now.duration_since(self.since) >= REMEMBERED
    }
}

impl Results {
    /// The result as the user read it a moment ago.
    pub fn get(&self, user_id: Uuid, job_id: Uuid) -> Option<Bytes> {
        let kept = self.lock();
        let entry = kept.entries.get(&(user_id, job_id))?;
        (!entry.is_over(Instant::now())).then(|| entry.json.clone())
    }

    /// Remembers what the database gave the user, counted from when it was asked.
    pub fn remember(&self, user_id: Uuid, job_id: Uuid, json: &Bytes, asked: Instant) {
        if json.len() > LARGEST {
            return;
        }
        let mut kept = self.lock();
        kept.make_room(json.len());
        kept.bytes += json.len();
        if let Some(older) = kept.entries.insert((user_id, job_id), Entry { json: json.clone(), since: asked }) {
            kept.bytes -= older.json.len();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn make_room(&mut self, bytes: usize) {
        if self.bytes + bytes <= MOST_BYTES {
            return;
        }
        let now = Instant::now();
        self.entries.retain(|_, entry| !entry.is_over(now));
        self.bytes = self.entries.values().map(|entry| entry.json.len()).sum();
        if self.bytes + bytes > MOST_BYTES {
            self.entries.clear();
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_remembered_for_its_reader_alone_and_for_two_seconds() {
        let (results, now) = (Results::default(), Instant::now());
        let (anna, berta, job) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let json = Bytes::from_static(b"{}");
        results.remember(anna, job, &json, now);
        assert_eq!(results.get(anna, job), Some(json.clone()));
        assert_eq!(results.get(berta, job), None);
        results.remember(anna, job, &json, now.checked_sub(REMEMBERED).unwrap());
        assert_eq!(results.get(anna, job), None);
    }

    #[test]
    fn memory_stays_within_its_bound() {
        let (results, now) = (Results::default(), Instant::now());
        let json = Bytes::from(vec![b' '; LARGEST]);
        for id in 0..100 {
            results.remember(Uuid::nil(), Uuid::from_u128(id), &json, now);
            results.remember(Uuid::nil(), Uuid::from_u128(id), &json, now);
        }
        let kept = results.lock();
        assert!(kept.bytes <= MOST_BYTES && kept.bytes == kept.entries.len() * LARGEST, "{}", kept.bytes);
        drop(kept);
        results.remember(Uuid::nil(), Uuid::max(), &Bytes::from(vec![b' '; LARGEST + 1]), now);
        assert_eq!(results.get(Uuid::nil(), Uuid::max()), None);
    }
}
