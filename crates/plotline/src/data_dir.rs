//! The data folder: made private, locked against a second process, home of the secret key.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use rand::RngCore;
use settings::{Secret, Settings};

const LOCK_FILE: &str = "plotline.lock";
const SECRET_FILE: &str = "secret.key";

/// Held for as long as the process uses the data folder.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

/// Makes the folder where it is missing, readable by its owner alone.
pub fn prepare(settings: &Settings) -> anyhow::Result<()> {
    let folder = &settings.data_dir;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the data folder {} cannot be made (PLOTLINE_DATA_DIR)", folder.display()))?;
    if fs::metadata(folder)?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    // A folder with other things in it (somebody chose /tmp) is not ours to close.
    let is_ours = folder.join(LOCK_FILE).exists() || fs::read_dir(folder)?.next().is_none();
    if !is_ours || fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).is_err() {
        tracing::warn!(folder = %folder.display(), "others on this machine may read the data folder");
    }
    Ok(())
}

/// Takes the lock, or says who must stop first.
pub fn lock(settings: &Settings) -> anyhow::Result<DataLock> {
    match try_lock(settings)? {
        Some(lock) => Ok(lock),
        None => bail!(
            "another plotline process uses the data folder {}. Stop it first, or choose another folder with PLOTLINE_DATA_DIR.",
            settings.data_dir.display()
        ),
    }
}

/// `None` means that another process holds the lock.
pub fn try_lock(settings: &Settings) -> anyhow::Result<Option<DataLock>> {
    prepare(settings)?;
    let path = settings.data_dir.join(LOCK_FILE);
    let mut open = OpenOptions::new();
    open.create(true).truncate(false).write(true).mode(0o600);
    let file = open.open(&path).with_context(|| format!("{} cannot be opened", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(DataLock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{} cannot be locked", path.display())),
    }
}

/// The key that signs tokens: given, or kept in the data folder where the database is a SQLite file.
pub fn secret(settings: &Settings) -> anyhow::Result<Secret> {
    if let Some(given) = &settings.secret_key {
        return Ok(given.clone());
    }
    if !settings.is_embedded() {
        bail!(
            "PLOTLINE_SECRET_KEY is missing: with PostgreSQL every API process needs the same key of at least \
             32 characters, for example from: openssl rand -hex 32"
        );
    }
    prepare(settings)?;
    let path = settings.data_dir.join(SECRET_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => read_secret(&path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_secret(&path),
        Err(error) => Err(error).with_context(|| format!("the secret key {} cannot be read", path.display())),
    }
}

fn read_secret(path: &Path, text: &str) -> anyhow::Result<Secret> {
    let key = text.trim();
    if key.chars().count() < 32 {
        bail!(
            "{} holds fewer than 32 characters. Remove it, and a new key is made; all sessions end then.",
            path.display()
        );
    }
    Ok(Secret::new(key))
}

/// Written under another name first, so that a full disk leaves no half key.
fn make_secret(path: &Path) -> anyhow::Result<Secret> {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let key = hex::encode(bytes);
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&fresh)?;
        file.write_all(key.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().with_context(|| format!("the secret key {} cannot be written", path.display()))?;
    Ok(Secret::new(key))
}
