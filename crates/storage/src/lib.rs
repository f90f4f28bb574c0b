//! The bytes of datasets: uploads and versions, in a folder or in memory, durable before anybody names them.

mod error;
mod folder;
mod infected;
mod key;
mod local;
mod sweep;
mod upload;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use uuid::Uuid;

pub use error::{Result, StorageError};
pub use local::{LocalFile, ScratchFile};
pub use upload::{Stored, Upload};

/// Where temporary files lie within the storage folder, so that moving them into place is one atomic rename.
const SCRATCH_FOLDER: &str = ".scratch";

/// A store of files under keys such as `uploads/<dataset id>` and `versions/<version id>.parquet`.
#[derive(Clone, Debug)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// The root of a folder store; `None` for memory.
    folder: Option<Arc<Path>>,
    scratch: Arc<Path>,
    /// Removes the scratch folder of a memory store with its last clone.
    _scratch_owner: Option<Arc<local::ScratchFolder>>,
}

impl Storage {
    /// Opens `file:///absolute/path` (made when missing) or `memory://`.
    ///
    /// # Errors
    /// An unknown scheme, a relative path, or a folder that cannot be made or written.
    pub fn open(url: &str) -> Result<Self> {
        if url == "memory://" {
            return Self::open_memory();
        }
        match url.strip_prefix("file://").map(Path::new) {
            Some(root) if root.is_absolute() => Self::open_folder(root),
            _ => Err(StorageError::UnknownUrl),
        }
    }

    fn open_folder(root: &Path) -> Result<Self> {
        let scratch = root.join(SCRATCH_FOLDER);
        folder::make(&scratch)?;
        let store = LocalFileSystem::new_with_prefix(root)?;
        Ok(Self { store: Arc::new(store), folder: Some(root.into()), scratch: scratch.into(), _scratch_owner: None })
    }

    fn open_memory() -> Result<Self> {
        let scratch = std::env::temp_dir().join(format!("plotline-{}", Uuid::now_v7()));
        folder::make(&scratch)?;
        Ok(Self {
            store: Arc::new(InMemory::new()),
            folder: None,
            scratch: scratch.as_path().into(),
            _scratch_owner: Some(Arc::new(local::ScratchFolder(scratch))),
        })
    }

    /// The folder that local copies and scratch files are in, and the one of scratch files, which is within it.
    pub fn folders(&self) -> (&Path, &Path) {
        (self.folder.as_deref().unwrap_or(&self.scratch), &self.scratch)
    }

    /// Starts a streaming write of at most `limit` bytes. Nothing is visible under `key` until it is finished.
    ///
    /// # Errors
    /// An invalid key, a full disk, or a folder that cannot be written.
    pub async fn upload(&self, key: &str, limit: u64) -> Result<Upload> {
        let location = key::parse(key)?;
        match &self.folder {
            Some(root) => Upload::to_folder(self.scratch_path()?, root.join(key), limit),
            None => Ok(Upload::to_memory(Arc::clone(&self.store), location, limit)),
        }
    }

    /// The bytes under `key`, in pieces.
    ///
    /// # Errors
    /// `NotFound`, or the store cannot be read.
    pub async fn get_stream(&self, key: &str) -> Result<BoxStream<'static, Result<Bytes>>> {
        let found = self.store.get(&key::parse(key)?).await?;
        Ok(found.into_stream().map(|piece| piece.map_err(StorageError::from)).boxed())
    }

    /// Removes what lies under `key`; nothing there is fine.
    ///
    /// # Errors
    /// An invalid key, or the store cannot be written.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&key::parse(key)?).await.map_err(StorageError::from) {
            Ok(()) | Err(StorageError::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// # Errors
    /// An invalid key, or the store cannot be read.
    pub async fn exists(&self, key: &str) -> Result<bool> {
        match self.size(key).await {
            Ok(_) => Ok(true),
            Err(StorageError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The size in bytes of what lies under `key`.
    ///
    /// # Errors
    /// `NotFound`, or the store cannot be read.
    pub async fn size(&self, key: &str) -> Result<u64> {
        Ok(self.store.head(&key::parse(key)?).await?.size)
    }

    /// A file of this machine with the bytes under `key`: the stored file itself, or a copy that is
    /// removed when the value is dropped.
    ///
    /// # Errors
    /// `NotFound`, a full disk, or the store cannot be read.
    pub async fn local_copy(&self, key: &str) -> Result<LocalFile> {
        let location = key::parse(key)?;
        self.store.head(&location).await?;
        if let Some(root) = &self.folder {
            return Ok(LocalFile::stored(root.join(key)));
        }
        let bytes = self.store.get(&location).await?.bytes().await?;
        let copy = self.scratch_path()?;
        tokio::fs::write(copy.path(), bytes).await?;
        Ok(LocalFile::copied(copy))
    }

    /// A free path for another process to write to; the file is removed on drop unless it is adopted.
    ///
    /// # Errors
    /// The scratch folder cannot be made.
    pub fn scratch_path(&self) -> Result<ScratchFile> {
        folder::make(&self.scratch)?;
        Ok(ScratchFile::new(self.scratch.join(Uuid::now_v7().to_string())))
    }

    /// Moves a written scratch file under `key`, durably: the file is on disk before its name is, and its
    /// name before this returns. Answers its size.
    ///
    /// # Errors
    /// Nothing was written to the file, an invalid key, or a full disk. The scratch file is gone either way.
    pub async fn adopt(&self, file: ScratchFile, key: &str) -> Result<u64> {
        let location = key::parse(key)?;
        let Some(root) = &self.folder else {
            let bytes = tokio::fs::read(file.path()).await?;
            let size = bytes.len() as u64;
            self.store.put(&location, PutPayload::from(bytes)).await?;
            return Ok(size);
        };
        let target: PathBuf = root.join(key);
        blocking(move || {
            let size = folder::move_durably(file.path(), &target)?;
            file.disarm();
            Ok(size)
        })
        .await
    }

    /// Whether files can be written now.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn probe(&self) -> Result<()> {
        let file = self.scratch_path()?;
        tokio::fs::write(file.path(), b"probe").await?;
        Ok(())
    }

    /// Bytes that are still free where files are kept.
    ///
    /// # Errors
    /// The file system cannot be asked.
    pub fn free_bytes(&self) -> Result<u64> {
        folder::free_bytes(&self.scratch)
    }
}

/// Runs file work off the asynchronous threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StorageError::Io(std::io::Error::other(error)))?
}
