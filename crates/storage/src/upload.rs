//! A streaming write: counts, hashes and stores in one pass with flat memory, and leaves nothing if it is given up.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::error::{Result, StorageError};
use crate::folder;
use crate::local::ScratchFile;

/// How many of the first bytes are handed back, enough to tell what kind of file it is.
const HEAD_BYTES: usize = 4096;
/// Small network pieces are gathered to this size before they cross to the writing thread.
const BATCH_BYTES: usize = 1 << 20;
/// Batches that may wait for the disk; bounds the memory of one upload.
const WAITING_BATCHES: usize = 4;
/// Dirty bytes after which the writing thread asks the disk to begin, so that the last fsync is short.
const SYNC_BYTES: usize = 32 << 20;

/// What was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The first 4 KiB.
    pub head: Vec<u8>,
}

/// A write in progress. Dropping it without `finish` leaves nothing behind.
#[derive(Debug)]
pub struct Upload {
    limit: u64,
    bytes: u64,
    head: Vec<u8>,
    batch: Vec<Bytes>,
    batch_bytes: usize,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Folder(FolderWriter),
    Memory { store: Arc<dyn ObjectStore>, key: Path, pieces: Vec<Bytes>, hash: Sha256 },
}

#[derive(Debug)]
struct FolderWriter {
    batches: mpsc::Sender<Batch>,
    thread: JoinHandle<Result<String>>,
}

#[derive(Debug)]
enum Batch {
    Data(Vec<Bytes>),
    /// Everything was sent: make it durable. A channel that closes without this means that the upload was given up.
    Commit,
}

impl Upload {
    pub(crate) fn to_folder(scratch: ScratchFile, target: PathBuf, limit: u64) -> Result<Self> {
        let file = File::create_new(scratch.path())?;
        let (batches, receiver) = mpsc::channel(WAITING_BATCHES);
        let thread = tokio::task::spawn_blocking(move || write_file(file, scratch, &target, receiver));
        Ok(Self::new(limit, Target::Folder(FolderWriter { batches, thread })))
    }

    pub(crate) fn to_memory(store: Arc<dyn ObjectStore>, key: Path, limit: u64) -> Self {
        Self::new(limit, Target::Memory { store, key, pieces: Vec::new(), hash: Sha256::new() })
    }

    const fn new(limit: u64, target: Target) -> Self {
        Self { limit, bytes: 0, head: Vec::new(), batch: Vec::new(), batch_bytes: 0, target }
    }

    /// Bytes written so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the next piece; waits when the disk is slower than the sender.
    ///
    /// # Errors
    /// `TooLarge` beyond the limit, `DiskFull`, or the disk cannot be written.
    pub async fn write(&mut self, piece: Bytes) -> Result<()> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.limit {
            return Err(StorageError::TooLarge { limit: self.limit });
        }
        let missing = HEAD_BYTES - self.head.len();
        self.head.extend_from_slice(&piece[..piece.len().min(missing)]);
        self.batch_bytes += piece.len();
        self.batch.push(piece);
        if self.batch_bytes >= BATCH_BYTES {
            return self.send_batch().await;
        }
        Ok(())
    }

    /// Makes everything durable and visible under its key: the file first, then its folder.
    ///
    /// # Errors
    /// `DiskFull`, or the disk cannot be written; nothing is left then.
    pub async fn finish(mut self) -> Result<Stored> {
        self.send_batch().await?;
        let sha256 = match self.target {
            Target::Folder(writer) => {
                // A closed channel means that the thread has ended with an error, which joining it tells.
                let _ = writer.batches.send(Batch::Commit).await;
                join(writer.thread).await?
            }
            Target::Memory { store, key, pieces, hash } => {
                store.put(&key, PutPayload::from_iter(pieces)).await?;
                hex::encode(hash.finalize())
            }
        };
        Ok(Stored { bytes: self.bytes, sha256, head: self.head })
    }

    async fn send_batch(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        match &mut self.target {
            Target::Memory { pieces, hash, .. } => {
                for piece in batch {
                    hash.update(&piece);
                    pieces.push(piece);
                }
                Ok(())
            }
            Target::Folder(writer) => match writer.batches.send(Batch::Data(batch)).await {
                Ok(()) => Ok(()),
                Err(_) => join(&mut writer.thread).await.and(Err(StorageError::NotFound)),
            },
        }
    }
}

async fn join(
    thread: impl Future<Output = std::result::Result<Result<String>, tokio::task::JoinError>>,
) -> Result<String> {
    thread.await.map_err(|error| StorageError::Io(std::io::Error::other(error)))?
}

/// The writing thread of one upload. `scratch` removes the file on every way out but the last.
fn write_file(
    mut file: File,
    scratch: ScratchFile,
    target: &std::path::Path,
    mut batches: mpsc::Receiver<Batch>,
) -> Result<String> {
    let (mut hash, mut dirty) = (Sha256::new(), 0);
    while let Some(batch) = batches.blocking_recv() {
        let Batch::Data(pieces) = batch else {
            folder::move_durably(scratch.path(), target)?;
            scratch.disarm();
            return Ok(hex::encode(hash.finalize()));
        };
        for piece in pieces {
            file.write_all(&piece)?;
            hash.update(&piece);
            dirty += piece.len();
        }
        if dirty >= SYNC_BYTES {
            file.sync_data()?;
            dirty = 0;
        }
    }
    Err(StorageError::Io(std::io::Error::other("the upload was given up")))
}
