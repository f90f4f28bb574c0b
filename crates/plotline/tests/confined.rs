//! What a compute child cannot do: reach the network, read the database, write beside its folder. Needs Linux with
//! Landlock and seccomp, as every kernel since 5.13 has them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use compute::{Budget, CancellationToken, Folders, Outcome, Pool, PoolConfig, Task};
use contract::errors::{ErrorCode, Failure};
use contract::jobs::Lane;
use contract::probe::{ProbeAction, ProbeParams};

fn pool(root: &Path) -> Pool {
    let folders = Folders { read: root.join("files"), write: root.join("files/.scratch") };
    std::fs::create_dir_all(&folders.write).unwrap();
    let config = PoolConfig {
        program: PathBuf::from(env!("CARGO_BIN_EXE_plotline")),
        args: vec!["compute".to_owned()],
        size: 1,
        max_threads: 2,
        recycle_after: 100,
        nice: 0,
        folders: Some(folders),
    };
    Pool::new(config, Budget::start(8 << 30))
}

async fn probe(pool: &Pool, action: ProbeAction) -> Result<Outcome, Failure> {
    let lane = Lane::Interactive;
    let params = ProbeParams {
        action,
        lane,
        priority: 0,
        attempts: None,
        timeout_milliseconds: None,
        share_key: None,
        ledger: None,
    };
    pool.run(Task::Probe { params, attempt: 1 }, Duration::from_secs(60), CancellationToken::new(), |_| {}).await
}

async fn is_refused(pool: &Pool, action: ProbeAction) -> bool {
    match probe(pool, action).await {
        Ok(_) => false,
        Err(failure) => {
            assert_eq!(failure.code, ErrorCode::Forbidden, "{failure:?}");
            failure.message.contains("ermi")
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_reads_and_writes_in_its_folders_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let pool = pool(root);
    std::fs::write(root.join("plotline.db"), "secrets").unwrap();
    std::fs::write(root.join("files/table"), "1").unwrap();
    let read = |path: PathBuf| ProbeAction::Read { path };
    let write = |path: PathBuf| ProbeAction::Write { path };
    assert!(!is_refused(&pool, read(root.join("files/table"))).await);
    assert!(!is_refused(&pool, write(root.join("files/.scratch/new"))).await);
    assert!(is_refused(&pool, read(root.join("plotline.db"))).await);
    assert!(is_refused(&pool, read(root.join("files/.scratch/../../plotline.db"))).await);
    let environment = format!("/proc/{}/environ", std::process::id());
    for path in ["/etc/passwd", &environment] {
        assert!(is_refused(&pool, read(PathBuf::from(path))).await, "{path}");
    }
    assert!(is_refused(&pool, write(root.join("new"))).await);
    assert!(is_refused(&pool, write(root.join("files/table"))).await, "what is stored stays as it is");
    pool.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_opens_no_socket() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(folder.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    assert!(std::net::TcpStream::connect(address).is_ok(), "somebody listens there");
    assert!(is_refused(&pool, ProbeAction::Connect { address }).await);
    pool.shutdown().await;
}
