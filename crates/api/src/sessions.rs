//! Sessions seen a moment ago, so that most requests need no database read to know their caller.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use contract::users::User;
use uuid::Uuid;

/// How long a session is believed without asking the database: other processes' log-outs take this long to be seen.
const REMEMBERED: Duration = Duration::from_secs(2);
/// How long an ended session is kept as ended, so that a look-up that began before cannot bring it back.
const ENDED: Duration = Duration::from_secs(60);
const MAX_ENTRIES: usize = 10_000;

/// A small map in this process.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<Uuid, Entry>>);

enum Entry {
    Alive { user: User, since: Instant },
    Ended { since: Instant },
}

impl Entry {
    fn is_over(&self, now: Instant) -> bool {
        match self {
            Self::Alive { since, .. } => now.duration_since(*since) >= REMEMBERED,
            Self::Ended { since } => now.duration_since(*since) >= ENDED,
        }
    }
}

impl Sessions {
    /// The user of a session that was alive a moment ago.
    pub fn get(&self, session_id: Uuid) -> Option<User> {
        match self.entries().get(&session_id)? {
            entry if entry.is_over(Instant::now()) => None,
            Entry::Alive { user, .. } => Some(user.clone()),
            Entry::Ended { .. } => None,
        }
    }

    /// Whether the session ended in this process a moment ago.
    pub fn has_ended(&self, session_id: Uuid) -> bool {
        matches!(self.entries().get(&session_id), Some(Entry::Ended { .. }))
    }

    /// Remembers what the database said, counted from when it was asked.
    pub fn remember(&self, session_id: Uuid, user: User, asked: Instant) {
        let mut entries = self.entries();
        if matches!(entries.get(&session_id), Some(Entry::Ended { .. })) {
            return;
        }
        make_room(&mut entries);
        entries.insert(session_id, Entry::Alive { user, since: asked });
    }

    /// The session is over: nobody in this process believes it any more.
    pub fn end(&self, session_id: Uuid) {
        let mut entries = self.entries();
        make_room(&mut entries);
        entries.insert(session_id, Entry::Ended { since: Instant::now() });
    }

    /// All remembered sessions of the user are over.
    pub fn end_all(&self, user_id: Uuid) {
        let now = Instant::now();
        for entry in self.entries().values_mut() {
            if matches!(entry, Entry::Alive { user, .. } if user.id == user_id) {
                *entry = Entry::Ended { since: now };
            }
        }
    }

    /// The user has changed: the next request of each session asks the database.
    pub fn forget(&self, user_id: Uuid) {
        self.entries().retain(|_, entry| !matches!(entry, Entry::Alive { user, .. } if user.id == user_id));
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<Uuid, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(entries: &mut HashMap<Uuid, Entry>) {
    if entries.len() < MAX_ENTRIES {
        return;
    }
    let now = Instant::now();
    entries.retain(|_, entry| !entry.is_over(now));
    if entries.len() >= MAX_ENTRIES {
        entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use contract::users::Role;

    use super::*;

    fn user(id: u128) -> User {
        User {
            id: Uuid::from_u128(id),
            email: "a@example.org".into(),
            username: "a".into(),
            role: Role::Analyst,
            created_at: Utc::now(),
            last_login: None,
        }
    }

    #[test]
    fn a_session_is_believed_for_two_seconds() {
        let (sessions, id) = (Sessions::default(), Uuid::from_u128(9));
        let now = Instant::now();
        sessions.remember(id, user(1), now);
        assert_eq!(sessions.get(id).map(|user| user.id), Some(Uuid::from_u128(1)));
        sessions.remember(id, user(1), now.checked_sub(REMEMBERED).unwrap());
        assert_eq!(sessions.get(id), None);
    }

    #[test]
    fn an_ended_session_does_not_come_back_by_a_look_up_that_began_before() {
        let (sessions, id) = (Sessions::default(), Uuid::from_u128(9));
        let asked = Instant::now();
        sessions.end(id);
        sessions.remember(id, user(1), asked);
        assert_eq!(sessions.get(id), None);
        assert!(sessions.has_ended(id));
    }

    #[test]
    fn ending_all_touches_that_user_only() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        sessions.remember(Uuid::from_u128(8), user(1), now);
        sessions.remember(Uuid::from_u128(9), user(2), now);
        sessions.end_all(Uuid::from_u128(1));
        assert_eq!(sessions.get(Uuid::from_u128(8)), None);
        assert!(sessions.get(Uuid::from_u128(9)).is_some());
    }

    #[test]
    fn forgetting_asks_again_and_ends_nothing() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        sessions.remember(Uuid::from_u128(8), user(1), now);
        sessions.remember(Uuid::from_u128(9), user(2), now);
        sessions.forget(Uuid::from_u128(1));
        assert_eq!(sessions.get(Uuid::from_u128(8)), None);
        assert!(!sessions.has_ended(Uuid::from_u128(8)));
        assert!(sessions.get(Uuid::from_u128(9)).is_some());
    }

    #[test]
    fn the_map_stays_small() {
        let sessions = Sessions::default();
        for id in 0..(MAX_ENTRIES as u128 + 10) {
            sessions.remember(Uuid::from_u128(id), user(1), Instant::now());
        }
        assert!(sessions.entries().len() <= MAX_ENTRIES);
    }
}
