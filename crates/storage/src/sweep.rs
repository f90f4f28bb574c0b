//! Removes bytes that no row names: uploads whose request died, versions whose job was fenced off.

use std::path::Path;
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt;
use object_store::ObjectMeta;

use crate::error::Result;
use crate::{Storage, blocking, key};

/// The folders of keys that rows name.
const SWEPT: [&str; 3] = ["uploads", "versions", "exports"];

impl Storage {
    /// Removes stored files older than `older_than` that `keep` does not claim, and temporary files of that age.
    /// Ask the rows which keys they name AFTER calling [`Storage::list_older_than`] or with files old enough that
    /// no row can be on its way. Answers how many were removed.
    ///
    /// # Errors
    /// The store cannot be listed; a file that cannot be removed is logged and left for the next time.
    pub async fn sweep(&self, older_than: Duration, keep: impl Fn(&str) -> bool) -> Result<usize> {
        let mut removed = 0;
        for found in self.list_older_than(older_than).await? {
            if keep(&found) {
                continue;
            }
            match self.delete(&found).await {
                Ok(()) => removed += 1,
                Err(error) => tracing::warn!(key = found, %error, "a file without a row could not be removed"),
            }
        }
        if self.folder.is_some() {
            let scratch = self.scratch.clone();
            removed += blocking(move || sweep_scratch(&scratch, older_than)).await?;
        }
        Ok(removed)
    }

    /// The keys of stored files last written longer ago than `age`.
    ///
    /// # Errors
    /// The store cannot be listed.
    pub async fn list_older_than(&self, age: Duration) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for prefix in SWEPT {
            keys.extend(self.older_than(prefix, age).await?);
        }
        Ok(keys)
    }

    /// The keys below one folder that were last written longer ago than `age`.
    pub(crate) async fn older_than(&self, prefix: &str, age: Duration) -> Result<Vec<String>> {
        let now = SystemTime::now();
        let found: Vec<ObjectMeta> = self.store.list(Some(&key::parse(prefix)?)).try_collect().await?;
        let old = found.into_iter().filter(|meta| is_older(now, meta.last_modified.into(), age));
        Ok(old.map(|meta| meta.location.to_string()).collect())
    }
}

fn is_older(now: SystemTime, written: SystemTime, age: Duration) -> bool {
    now.duration_since(written).is_ok_and(|passed| passed >= age)
}

fn sweep_scratch(scratch: &Path, older_than: Duration) -> Result<usize> {
    let (now, mut removed) = (SystemTime::now(), 0);
    for entry in std::fs::read_dir(scratch)? {
        let entry = entry?;
        let old =
            entry.metadata().and_then(|meta| meta.modified()).is_ok_and(|written| is_older(now, written, older_than));
        if old && std::fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}
