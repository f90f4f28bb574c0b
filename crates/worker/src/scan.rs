//! The malware scan of a stored file before anything reads it: ClamAV's INSTREAM, where the operator names a clamd.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, scan_file};
use contract::errors::{ErrorCode, Failure};

/// A clamd that says nothing for so long is not going to.
const PATIENCE: Duration = Duration::from_secs(600);
const UNIX_PREFIX: &str = "unix:";

/// Whether the file may be read.
///
/// # Errors
/// `infected_file` with the signature's name as its value; `unavailable` when clamd cannot be asked: a file that was not
/// scanned is never read.
pub async fn scan(address: &str, path: &Path) -> Result<(), Failure> {
    let answer = tokio::time::timeout(PATIENCE, async {
        match address.strip_prefix(UNIX_PREFIX) {
            Some(socket_path) => scan_file(path, Socket { socket_path }, None).await,
            None => scan_file(path, Tcp { host_address: address }, None).await,
        }
    });
    match answer.await {
        Ok(Ok(answer)) => verdict(&String::from_utf8_lossy(&answer)),
        Ok(Err(error)) => {
            tracing::warn!(%error, "clamd cannot be asked");
            Err(unreachable())
        }
        Err(_) => {
            tracing::warn!(seconds = PATIENCE.as_secs(), "clamd does not answer");
            Err(unreachable())
        }
    }
}

/// What clamd says: `stream: OK`, `stream: NAME FOUND`, or an error.
fn verdict(answer: &str) -> Result<(), Failure> {
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(());
    }
    if let Some(signature) = said.strip_suffix(" FOUND") {
        return Err(infected(signature));
    }
    tracing::warn!(answer, "clamd did not scan the file");
    if answer.contains("size limit exceeded") {
        return Err(Failure::new(
            ErrorCode::InvalidFile,
            "The file is larger than this server's malware scanner takes.",
        )
        .advice("Split the file, or ask the operator to raise clamd's StreamMaxLength."));
    }
    Err(unreachable())
}

/// Keys of stored files in which nothing was found, so that each is scanned once however often somebody looks at it.
#[derive(Debug, Default)]
pub struct Clean(Mutex<HashSet<String>>);

impl Clean {
    /// More are forgotten, and scanned again.
    const MOST: usize = 1_000;

    pub fn holds(&self, key: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(key)
    }

    pub fn add(&self, key: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= Self::MOST {
            keys.clear();
        }
        keys.insert(key.to_owned());
    }
}

fn infected(signature: &str) -> Failure {
    Failure::new(ErrorCode::InfectedFile, format!("The file holds malware ({signature}), so it was not read."))
        .value(signature)
        .advice("Nobody can read or download it. Upload a clean file; tell the operator if you think that this is a mistake.")
}

fn unreachable() -> Failure {
    Failure::new(ErrorCode::Unavailable, "The file could not be scanned for malware, so it was not read.")
        .advice("Try again later; if it goes on, tell the operator that clamd does not answer.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_clean_is_known_and_never_piles_up() {
        let clean = Clean::default();
        clean.add("uploads/a");
        assert!(clean.holds("uploads/a") && !clean.holds("uploads/b"));
        (0..2 * Clean::MOST).for_each(|n| clean.add(&format!("uploads/{n}")));
        assert!(clean.0.lock().unwrap().len() <= Clean::MOST);
    }

    #[test]
    fn answers_of_clamd() {
        assert_eq!(verdict("stream: OK\0"), Ok(()));
        let infected = verdict("stream: Eicar-Test-Signature FOUND\0").unwrap_err();
        assert_eq!((infected.code, infected.value.as_deref()), (ErrorCode::InfectedFile, Some("Eicar-Test-Signature")));
        let large = verdict("INSTREAM size limit exceeded. ERROR\0").unwrap_err();
        assert_eq!(large.code, ErrorCode::InvalidFile);
        // Whatever is not plainly clean is not read; a signature may be called anything.
        for unclear in ["", "stream: lstat() failed ERROR\0", "OKAY", "stream: OK x"] {
            assert_eq!(verdict(unclear).unwrap_err().code, ErrorCode::Unavailable, "{unclear:?}");
        }
        assert_eq!(verdict("stream: OK FOUND").unwrap_err().code, ErrorCode::InfectedFile);
    }
}
