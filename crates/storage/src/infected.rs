//! Files with malware: set aside where no row names them and no route reads them, and removed after a time.

use std::time::Duration;

use object_store::ObjectStoreExt;

use crate::error::Result;
use crate::{Storage, blocking, folder, key};

/// The folder of files that were set aside.
const FOLDER: &str = "infected";

impl Storage {
    /// Moves what lies under an upload's key into the folder of infected files, where its owner alone may open it and its
    /// age counts from now. Answers its new key.
    ///
    /// # Errors
    /// `NotFound`, an invalid key, or the store cannot be written: then the file lies where it lay.
    pub async fn set_aside(&self, stored: &str) -> Result<String> {
        let from = key::parse(stored)?;
        let name = stored.rsplit('/').next().unwrap_or(stored);
        let target = format!("{FOLDER}/{name}");
        let to = key::parse(&target)?;
        match &self.folder {
            None => self.store.rename(&from, &to).await?,
            Some(root) => {
                let (from, to) = (root.join(stored), root.join(&target));
                blocking(move || folder::set_aside(&from, &to)).await?;
            }
        }
        Ok(target)
    }

    /// Removes files that were set aside longer ago than `age`; answers how many.
    ///
    /// # Errors
    /// The store cannot be listed or written.
    pub async fn remove_infected(&self, age: Duration) -> Result<usize> {
        let old = self.older_than(FOLDER, age).await?;
        for found in &old {
            self.delete(found).await?;
        }
        Ok(old.len())
    }
}
