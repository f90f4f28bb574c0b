//! Passwords: bcrypt on a bounded number of threads, and the rule which passwords are good enough.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::errors::FieldError;
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::errors::{DomainError, Result};

/// How many callers may wait for a core; more are turned away with `Busy`.
pub const MAX_WAITING: usize = 16;
/// bcrypt reads no further than this; a longer password would be cut without a word.
pub const MAX_BYTES: usize = 72;
pub const MIN_CHARACTERS: usize = 8;

/// Hashes and verifies passwords: at most one at a time per core. Clones share the bound.
#[derive(Clone)]
pub struct Passwords {
    cores: Arc<Semaphore>,
    size: usize,
    /// Callers inside: at work or waiting.
    inside: Arc<AtomicUsize>,
    cost: u32,
}

impl Passwords {
    /// `cost` is bcrypt's: each step doubles the time.
    pub fn new(cost: u32) -> Self {
        let size = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { cores: Arc::new(Semaphore::new(size)), size, inside: Arc::default(), cost }
    }

    /// The hash to store. Check the password with [`password_check`] first; one of more than 72 bytes is `Invalid`.
    pub async fn hash(&self, password: String) -> Result<String> {
        if let Some(error) = too_long(&password) {
            return Err(DomainError::Invalid(vec![error]));
        }
        let cost = self.cost;
        // All 72 bytes count; the crate's non-truncating form would refuse the last one for the sake of a final NUL.
        self.run(move || bcrypt::hash(password, cost)).await
    }

    /// Whether the password fits the hash. Without a hash (an unknown account) the answer is `false` after as much work,
    /// so that the time does not tell which accounts exist.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let known = hash.is_some() && password.len() <= MAX_BYTES;
        let hash = hash.filter(|_| known).unwrap_or_else(|| dummy_hash(self.cost));
        let fits = self.run(move || bcrypt::verify(password, &hash)).await?;
        Ok(fits && known)
    }

    /// How many hashes are computed at once, and how many callers are inside: at work or waiting.
    pub fn load(&self) -> (usize, usize) {
        (self.size, self.inside.load(Ordering::Acquire))
    }

    async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> bcrypt::BcryptResult<T> + Send + 'static,
    {
        let place = Place::enter(&self.inside, self.size + MAX_WAITING)?;
        let core = self.cores.clone().acquire_owned().await.map_err(DomainError::internal)?;
        // Both travel with the work: a caller who goes away does not free a core that still computes.
        let task = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop((core, place));
            outcome
        });
        task.await.map_err(DomainError::internal)?.map_err(DomainError::internal)
    }
}

/// One of the places inside, given back on drop.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn enter(inside: &Arc<AtomicUsize>, limit: usize) -> Result<Self> {
        let entered = inside.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| (n < limit).then_some(n + 1));
        entered.map_err(|_| DomainError::Busy)?;
        Ok(Self(inside.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A well-formed hash that costs as much as a real one and that [`Passwords::verify`] never accepts.
fn dummy_hash(cost: u32) -> String {
    format!("$2b${cost:02}${}", ".".repeat(53))
}

/// Whether a password is good enough; the error (pointer `/password`) says why not and what to do.
pub fn password_check(password: &str, email: &str, username: &str) -> std::result::Result<(), FieldError> {
    let refuse = |detail: String| Err(FieldError::new("/password", detail));
    let characters = password.chars().count();
    if characters < MIN_CHARACTERS {
        return refuse(format!("The password has {characters} characters; use at least {MIN_CHARACTERS}."));
    }
    if let Some(error) = too_long(password) {
        return Err(error);
    }
    if password.contains('\0') {
        return refuse("The password holds a NUL character, which no keyboard sends. Leave it out.".to_owned());
    }
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let estimate = zxcvbn(password, &[email, local, domain, username, "plotline"]);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let mut sentences = vec!["This password is too easy to guess.".to_owned()];
    let lower = password.to_lowercase();
    let personal = [("your user name", username), ("your e-mail address", local), ("this server's name", "plotline")];
    if let Some((what, _)) = personal.iter().find(|(_, word)| word.len() >= 3 && lower.contains(&word.to_lowercase())) {
        sentences.push(format!("It holds {what}."));
    }
    let feedback = estimate.feedback();
    sentences.extend(feedback.and_then(zxcvbn::feedback::Feedback::warning).map(|warning| warning.to_string()));
    let advice = feedback.map(zxcvbn::feedback::Feedback::suggestions).unwrap_or_default();
    sentences.extend(advice.iter().map(ToString::to_string));
    if advice.is_empty() {
        sentences.push("Add another word or two; uncommon words are better.".to_owned());
    }
    refuse(sentences.join(" "))
}

fn too_long(password: &str) -> Option<FieldError> {
    let bytes = password.len();
    (bytes > MAX_BYTES).then(|| {
        let detail = format!(
            "The password takes {bytes} bytes; at most {MAX_BYTES} count (letters beyond a–z take more than one). \
             Use a shorter one."
        );
        FieldError::new("/password", detail)
    })
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    #[test]
    fn the_dummy_hash_costs_as_much_as_a_real_one() {
        for cost in [4, 9, 12] {
            let parts = bcrypt::HashParts::from_str(&dummy_hash(cost)).unwrap();
            assert_eq!(parts.get_cost(), cost);
        }
        assert!(!bcrypt::verify("anything", &dummy_hash(4)).unwrap());
    }
}
