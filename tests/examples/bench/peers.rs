//! What people would take instead, run from `scripts/bench/peers` with the Pythons that scripts/bench.sh names.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Queue libraries, by the word that queues.py takes.
pub const QUEUES: [&str; 4] = ["celery", "rq", "dramatiq", "arq"];
const JOBS: &str = "2000";
const SINGLES: &str = "60";
/// The secret that signs the tokens for FastAPI.
pub const SECRET: &str = "a secret of the bench that is long enough";

pub struct Queue {
    /// Jobs a second.
    pub rate: f64,
    /// Milliseconds of one job on the idle queue.
    pub p50: f64,
}

/// Measures one library on this Redis server, in a database of its own, with so many jobs at once.
pub fn queue_peer(name: &str, redis: &str, slots: usize) -> Queue {
    let python = python(if name == "arq" { "BENCH_PYTHON_ARQ" } else { "BENCH_PYTHON" });
    let output = Command::new(python)
        .arg(folder().join("queues.py"))
        .args([JOBS, SINGLES])
        .env("PEER", name)
        .env("CONCURRENCY", slots.to_string())
        .env("REDIS_URL", format!("{redis}/5"))
        .env("PYTHONPATH", folder())
        .stderr(Stdio::inherit())
        .output()
        .expect("python starts");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{name} could not be measured"));
    let figure = |name: &str| told[name].as_f64().expect("a number");
    Queue { rate: figure("rate"), p50: figure("p50") }
}

/// A running FastAPI service, ended when dropped.
pub struct FastApi {
    child: Child,
    pub address: String,
}

impl FastApi {
    /// Two worker processes of uvicorn.
    pub fn start(redis: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let child = Command::new(python("BENCH_PYTHON"))
            .args(["-m", "uvicorn", "web:app", "--workers", "2", "--log-level", "error", "--no-access-log", "--port"])
            .arg(port.to_string())
            .current_dir(folder())
            .env("REDIS_URL", format!("{redis}/6"))
            .env("BENCH_SECRET", SECRET)
            .stdin(Stdio::null())
            .spawn()
            .expect("uvicorn starts");
        let peer = Self { child, address: format!("127.0.0.1:{port}") };
        let start = Instant::now();
        while std::net::TcpStream::connect(&peer.address).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "FastAPI does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        std::thread::sleep(Duration::from_secs(1));
        peer
    }
}

impl Drop for FastApi {
    fn drop(&mut self) {
        tests::cli::signal(self.child.id(), "TERM");
        let _ended = self.child.wait();
    }
}

/// A FastAPI service that takes files, ended when dropped.
pub struct Receiver {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Receiver {
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let folder = tempfile::tempdir().expect("a folder");
        let child = Command::new(python("BENCH_PYTHON"))
            .args([
                "-m",
                "uvicorn",
                "receive:app",
                "--workers",
                "2",
                "--log-level",
                "error",
                "--no-access-log",
                "--port",
            ])
            .arg(port.to_string())
            .current_dir(self::folder())
            .env("BENCH_FOLDER", folder.path())
            .stdin(Stdio::null())
            .spawn()
            .expect("uvicorn starts");
        let receiver = Self { child, address: format!("127.0.0.1:{port}"), folder };
        let start = Instant::now();
        while std::net::TcpStream::connect(&receiver.address).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "FastAPI does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        std::thread::sleep(Duration::from_secs(1));
        receiver
    }

    /// Seconds that it takes to send a form with this file.
    pub fn take(&self, file: &[u8]) -> f64 {
        let url = format!("http://{}/upload", self.address);
        let request = tests::http::Request::new(&tests::http::client(), "POST", &url, None);
        let request = request.form(&[], "t.csv", file.to_vec());
        let start = Instant::now();
        let answer = request.send();
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!((answer.status, &answer.json()["bytes"]), (200, &serde_json::json!(file.len())));
        for stored in std::fs::read_dir(self.folder.path()).expect("the folder").flatten() {
            let _removed = std::fs::remove_file(stored.path());
        }
        seconds
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        tests::cli::signal(self.child.id(), "TERM");
        let _ended = self.child.wait();
    }
}

/// What a peer with pandas tells about these files.
pub fn table(script: &str, files: &[&std::path::Path]) -> Value {
    told("BENCH_PYTHON_STATISTICS", script, files)
}

/// What ydata-profiling tells about a CSV file.
pub fn profile(file: &std::path::Path) -> Value {
    told("BENCH_PYTHON_PROFILE", "describe.py", &[file])
}

/// What a drawing library tells about one chart of these tables.
pub fn chart(library: &str, chart: &str, files: &[&std::path::Path]) -> Value {
    let mut arguments = vec![std::path::Path::new(library), std::path::Path::new(chart)];
    arguments.extend(files);
    told("BENCH_PYTHON_CHARTS", "charts.py", &arguments)
}

fn told(variable: &str, script: &str, files: &[&std::path::Path]) -> Value {
    let output = Command::new(python(variable))
        .arg(folder().join(script))
        .args(files)
        // Scripts of this folder have names that Python's own modules have.
        .env("PYTHONSAFEPATH", "1")
        .stderr(Stdio::inherit())
        .output()
        .expect("python starts");
    // Libraries print besides; the last line is ours.
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.lines().last().unwrap_or_default()).unwrap_or_else(|_| panic!("{script}: {text}"))
}

/// Runs a line of Python and answers what it prints.
pub fn ask_python(code: &str, arguments: &[&str]) -> String {
    let output = Command::new(python("BENCH_PYTHON")).arg("-c").arg(code).args(arguments).output().expect("python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn python(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: use scripts/bench.sh"))
}

fn folder() -> PathBuf {
    tests::program::root().join("scripts/bench/peers")
}
