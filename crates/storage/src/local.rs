//! Files of this machine that a compute child reads or writes, and their removal.

use std::path::{Path, PathBuf};

/// A readable file with stored bytes. A copy is removed on drop.
#[derive(Debug)]
pub struct LocalFile {
    path: PathBuf,
    _copy: Option<ScratchFile>,
}

impl LocalFile {
    pub(crate) const fn stored(path: PathBuf) -> Self {
        Self { path, _copy: None }
    }

    pub(crate) fn copied(copy: ScratchFile) -> Self {
        Self { path: copy.path().to_owned(), _copy: Some(copy) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A path to write to. What lies there is removed on drop, unless storage has adopted it.
#[derive(Debug)]
pub struct ScratchFile {
    path: PathBuf,
    armed: bool,
}

impl ScratchFile {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self { path, armed: true }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn disarm(mut self) {
        self.armed = false;
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        if self.armed {
            remove(&self.path, std::fs::remove_file(&self.path));
        }
    }
}

/// The scratch folder of a memory store, removed on drop.
#[derive(Debug)]
pub struct ScratchFolder(pub PathBuf);

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        remove(&self.0, std::fs::remove_dir_all(&self.0));
    }
}

fn remove(path: &Path, outcome: std::io::Result<()>) {
    match outcome {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(path = %path.display(), %error, "a temporary file could not be removed"),
    }
}
