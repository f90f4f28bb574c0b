//! Keys of stored files: plain names with slashes, never a way out of the storage folder.

use object_store::path::Path;

use crate::error::{Result, StorageError};

/// # Errors
/// `InvalidKey` for anything but parts of letters, digits, `-`, `_` and `.` (not first) with slashes between.
pub fn parse(key: &str) -> Result<Path> {
    let valid = key.len() <= 200 && key.split('/').all(is_part);
    if !valid {
        return Err(StorageError::InvalidKey(key.chars().take(200).collect()));
    }
    Path::parse(key).map_err(|_| StorageError::InvalidKey(key.to_owned()))
}

fn is_part(part: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !part.is_empty() && !part.starts_with('.') && part.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_below_the_root_are_keys() {
        assert!(parse("uploads/0193-ab").is_ok());
        assert!(parse("versions/0193.parquet").is_ok());
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".scratch/x", "a b", "ä", "a\\b", "a\0"] {
            assert!(matches!(parse(bad), Err(StorageError::InvalidKey(_))), "{bad:?} was accepted");
        }
        assert!(parse(&"a".repeat(201)).is_err());
    }
}
