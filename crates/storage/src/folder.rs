//! The folder's own file work: what must be on disk, in which order.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::SystemTime;

use crate::error::{Result, StorageError};

/// Makes a folder and those above it.
pub fn make(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        fs::create_dir_all(folder)?;
    }
    Ok(())
}

/// Moves a file into place so that a power cut leaves either nothing or the whole file: first its bytes go to disk,
/// then its name. Answers its size.
pub fn move_durably(from: &Path, to: &Path) -> Result<u64> {
    let file = File::open(from)?;
    file.sync_all()?;
    let size = file.metadata()?.len();
    let folder = to.parent().ok_or(StorageError::NotFound)?;
    if !folder.is_dir() {
        fs::create_dir_all(folder)?;
        sync_folder(folder.parent().unwrap_or(folder))?;
    }
    fs::rename(from, to)?;
    sync_folder(folder)?;
    Ok(size)
}

/// Moves a file to where it is kept from use: only the server's own account may open it, and it is as old as the move.
pub fn set_aside(from: &Path, to: &Path) -> Result<()> {
    let file = File::open(from)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.set_modified(SystemTime::now())?;
    move_durably(from, to).map(drop)
}

fn sync_folder(folder: &Path) -> Result<()> {
    Ok(File::open(folder)?.sync_all()?)
}

pub fn free_bytes(folder: &Path) -> Result<u64> {
    let status = rustix::fs::statvfs(folder).map_err(std::io::Error::from)?;
    Ok(status.f_bavail.saturating_mul(status.f_frsize))
}
