//! Answers to asks in the memory of this process, bounded in bytes; the least recently used go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::OnceCell;

/// What an entry takes beside its answer, about.
const ENTRY_BYTES: u64 = 200;

/// Where the answer to one ask goes: those who ask the same at once wait for the first.
pub type Place = Arc<OnceCell<Bytes>>;

#[derive(Debug)]
pub struct Remembered {
    most_bytes: u64,
    state: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    by_tag: HashMap<String, Entry>,
    /// Of the kept answers.
    bytes: u64,
    /// Counts uses.
    clock: u64,
}

#[derive(Debug)]
struct Entry {
    place: Place,
    used: u64,
    /// 0 until the answer is kept.
    bytes: u64,
}

impl Remembered {
    /// Keeps at most about so many bytes; none with 0.
    pub fn new(most_bytes: u64) -> Self {
        Self { most_bytes, state: Mutex::default() }
    }

    /// The place of this tag, filled or not.
    pub fn place(&self, tag: &str) -> Place {
        let mut entries = self.lock();
        entries.clock += 1;
        let used = entries.clock;
        if let Some(entry) = entries.by_tag.get_mut(tag) {
            entry.used = used;
            return Arc::clone(&entry.place);
        }
        // Places whose askers failed or went away hold nothing; they are swept now and then.
        if used.is_multiple_of(1024) {
            entries.by_tag.retain(|_, entry| entry.bytes > 0 || Arc::strong_count(&entry.place) > 1);
        }
        let place = Place::default();
        entries.by_tag.insert(tag.to_owned(), Entry { place: Arc::clone(&place), used, bytes: 0 });
        place
    }

    /// Keeps the answer under its tag, at the expense of those not used for longest. One that would take more than an
    /// eighth of the room is forgotten.
    pub fn keep(&self, tag: &str, answer: &Bytes) {
        let bytes = answer.len() as u64 + ENTRY_BYTES;
        let mut entries = self.lock();
        if bytes > self.most_bytes / 8 {
            entries.by_tag.remove(tag);
            return;
        }
        let Some(entry) = entries.by_tag.get_mut(tag) else { return };
        if entry.bytes > 0 || entry.place.get().is_none() {
            return;
        }
        entry.bytes = bytes;
        entries.bytes += bytes;
        if entries.bytes > self.most_bytes {
            entries.shrink_to(self.most_bytes / 8 * 7);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    /// Forgets several at once, so that the search for the oldest is rare.
    fn shrink_to(&mut self, bytes: u64) {
        let kept = self.by_tag.iter().filter(|(_, entry)| entry.bytes > 0);
        let mut by_age: Vec<(u64, String)> = kept.map(|(tag, entry)| (entry.used, tag.clone())).collect();
        by_age.sort_unstable();
        for (_, tag) in by_age {
            if self.bytes <= bytes {
                return;
            }
            if let Some(entry) = self.by_tag.remove(&tag) {
                self.bytes -= entry.bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remember(remembered: &Remembered, tag: &str, length: usize) {
        let answer = Bytes::from(vec![b'x'; length]);
        remembered.place(tag).set(answer.clone()).unwrap();
        remembered.keep(tag, &answer);
    }

    #[test]
    fn the_least_recently_used_answers_go_first_and_memory_is_bounded() {
        let remembered = Remembered::new(100_000);
        for i in 0..1_000 {
            remember(&remembered, &i.to_string(), 1_000);
            assert!(remembered.place("0").get().is_some(), "what is used stays");
            assert!(remembered.lock().bytes <= 100_000);
        }
        assert!(remembered.place("999").get().is_some());
        assert!(remembered.place("500").get().is_none());
    }

    #[test]
    fn large_answers_and_a_cache_of_nothing_keep_nothing() {
        let remembered = Remembered::new(8_000);
        remember(&remembered, "large", 1_000);
        assert!(remembered.place("large").get().is_none());
        let none = Remembered::new(0);
        remember(&none, "small", 1);
        assert!(none.place("small").get().is_none());
    }

    #[test]
    fn places_that_were_never_filled_are_swept() {
        let remembered = Remembered::new(100_000);
        for i in 0..5_000 {
            remembered.place(&i.to_string());
        }
        assert!(remembered.lock().by_tag.len() < 2_048);
    }

    #[tokio::test]
    async fn equal_asks_at_once_are_one_and_a_failure_is_not_kept() {
        let remembered = Remembered::new(100_000);
        let failing = remembered.place("a");
        assert!(failing.get_or_try_init(|| async { Err::<Bytes, ()>(()) }).await.is_err());
        let count = std::sync::atomic::AtomicUsize::new(0);
        let ask = || async {
            let place = remembered.place("a");
            let fill = || async {
                count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok::<_, ()>(Bytes::from_static(b"1"))
            };
            place.get_or_try_init(fill).await.cloned()
        };
        let (one, two, three) = tokio::join!(ask(), ask(), ask());
        assert_eq!((one, two, three), (Ok("1".into()), Ok("1".into()), Ok("1".into())));
        assert_eq!(count.into_inner(), 1);
    }
}
