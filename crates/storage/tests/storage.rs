//! Storage in a folder and in memory: what is stored is whole, what is given up is gone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use storage::{Storage, StorageError};
use tempfile::TempDir;

fn folder() -> (TempDir, Storage) {
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::open(&format!("file://{}/files", dir.path().display())).unwrap();
    (dir, storage)
}

async fn put(storage: &Storage, key: &str, text: &str) -> storage::Stored {
    let mut upload = storage.upload(key, 1 << 20).await.unwrap();
    upload.write(Bytes::from(text.to_owned())).await.unwrap();
    upload.finish().await.unwrap()
}

async fn read(storage: &Storage, key: &str) -> Vec<u8> {
    let pieces: Vec<Bytes> = storage.get_stream(key).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

fn files_below(root: &Path) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(root).unwrap().map(Result::unwrap) {
        count += if entry.path().is_dir() { files_below(&entry.path()) } else { 1 };
    }
    count
}

async fn until_files(root: &Path, wanted: usize) {
    for _ in 0..200 {
        if files_below(root) == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} files instead of {wanted}", files_below(root));
}

#[tokio::test]
async fn an_upload_is_hashed_counted_and_readable_in_both_stores() {
    let (_dir, folder) = folder();
    for storage in [folder, Storage::open("memory://").unwrap()] {
        let stored = put(&storage, "uploads/a", "abc").await;
        assert_eq!(stored.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((stored.bytes, stored.head.as_slice()), (3, b"abc".as_slice()));
        assert_eq!(read(&storage, "uploads/a").await, b"abc");
        assert_eq!(storage.size("uploads/a").await.unwrap(), 3);
        let copy = storage.local_copy("uploads/a").await.unwrap();
        assert_eq!(std::fs::read(copy.path()).unwrap(), b"abc");
        storage.delete("uploads/a").await.unwrap();
        storage.delete("uploads/a").await.unwrap();
        assert!(!storage.exists("uploads/a").await.unwrap());
        assert!(matches!(storage.local_copy("uploads/a").await, Err(StorageError::NotFound)));
    }
}

#[tokio::test]
async fn many_small_and_large_pieces_arrive_in_order() {
    let (_dir, storage) = folder();
    let mut upload = storage.upload("uploads/big", 1 << 30).await.unwrap();
    let mut expected = Vec::new();
    for i in 0..500_u32 {
        let piece = vec![i.to_le_bytes()[0]; (i as usize * 37) % 40_000];
        expected.extend_from_slice(&piece);
        upload.write(Bytes::from(piece)).await.unwrap();
    }
    let stored = upload.finish().await.unwrap();
    assert_eq!(stored.bytes, expected.len() as u64);
    assert_eq!(stored.head, expected[..4096]);
    assert!(read(&storage, "uploads/big").await == expected);
}

#[tokio::test]
async fn an_upload_that_is_given_up_or_too_large_leaves_nothing() {
    let (dir, storage) = folder();
    let mut upload = storage.upload("uploads/a", 10).await.unwrap();
    upload.write(Bytes::from_static(b"12345")).await.unwrap();
    drop(upload);
    until_files(dir.path(), 0).await;
    let mut upload = storage.upload("uploads/a", 10).await.unwrap();
    let error = upload.write(Bytes::from_static(b"12345678901")).await.unwrap_err();
    assert!(matches!(error, StorageError::TooLarge { limit: 10 }));
    drop(upload);
    until_files(dir.path(), 0).await;
}

#[tokio::test]
async fn scratch_files_are_adopted_or_removed() {
    let (dir, storage) = folder();
    let scratch = storage.scratch_path().unwrap();
    std::fs::write(scratch.path(), b"parquet").unwrap();
    assert_eq!(storage.adopt(scratch, "versions/v.parquet").await.unwrap(), 7);
    assert_eq!(read(&storage, "versions/v.parquet").await, b"parquet");
    let abandoned = storage.scratch_path().unwrap();
    std::fs::write(abandoned.path(), b"half").unwrap();
    drop(abandoned);
    let unwritten = storage.scratch_path().unwrap();
    assert!(matches!(storage.adopt(unwritten, "versions/w.parquet").await, Err(StorageError::NotFound)));
    until_files(dir.path(), 1).await;
}

#[tokio::test]
async fn the_sweep_takes_only_old_files_that_nobody_names() {
    let (dir, storage) = folder();
    put(&storage, "uploads/kept", "1").await;
    put(&storage, "uploads/orphan", "2").await;
    std::fs::write(dir.path().join("files/.scratch/left"), b"x").unwrap();
    assert_eq!(storage.sweep(Duration::from_secs(3600), |_| false).await.unwrap(), 0);
    assert_eq!(storage.sweep(Duration::ZERO, |key| key == "uploads/kept").await.unwrap(), 2);
    assert!(storage.exists("uploads/kept").await.unwrap());
    assert_eq!(files_below(dir.path()), 1);
}

#[tokio::test]
async fn infected_files_are_set_aside_out_of_reach_of_the_sweep_and_go_after_their_time() {
    let (dir, folder) = folder();
    for storage in [folder, Storage::open("memory://").unwrap()] {
        put(&storage, "uploads/bad", "malware").await;
        assert_eq!(storage.set_aside("uploads/bad").await.unwrap(), "infected/bad");
        assert!(!storage.exists("uploads/bad").await.unwrap());
        assert!(matches!(storage.set_aside("uploads/bad").await, Err(StorageError::NotFound)));
        assert_eq!(storage.sweep(Duration::ZERO, |_| false).await.unwrap(), 0);
        assert_eq!(storage.remove_infected(Duration::from_secs(3600)).await.unwrap(), 0);
        assert_eq!(read(&storage, "infected/bad").await, b"malware");
        let path = dir.path().join("files/infected/bad");
        if let Ok(file) = path.metadata() {
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o777, 0o600);
        }
        assert_eq!(storage.remove_infected(Duration::ZERO).await.unwrap(), 1);
        assert!(!storage.exists("infected/bad").await.unwrap());
    }
    assert_eq!(files_below(dir.path()), 0);
}

#[tokio::test]
async fn keys_and_urls_that_lead_elsewhere_are_refused() {
    let (_dir, storage) = folder();
    for key in ["../x", "/etc/passwd", ".scratch/x", ""] {
        assert!(matches!(storage.upload(key, 1).await, Err(StorageError::InvalidKey(_))), "{key}");
        assert!(matches!(storage.local_copy(key).await, Err(StorageError::InvalidKey(_))), "{key}");
    }
    for url in ["", "file://relative", "s3://bucket", "/tmp/x"] {
        assert!(matches!(Storage::open(url), Err(StorageError::UnknownUrl)), "{url}");
    }
    storage.probe().await.unwrap();
    assert!(storage.free_bytes().unwrap() > 0);
}
