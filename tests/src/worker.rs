//! A `plotline worker` process of a test: its log is kept, it is ended by its own process id.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::http::{Request, client};

/// The setting with which a worker tells its figures, on a free port.
pub const METRICS: (&str, &str) = ("PLOTLINE_WORKER_METRICS_ADDR", "127.0.0.1:0");
/// Only a hang takes longer.
const LIMIT: Duration = Duration::from_secs(60);

/// A worker process, killed when dropped.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Worker {
    /// Starts it and waits until it says that it works.
    pub fn start(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a worker");
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let (words, kept) = (child.stderr.take().expect("its log"), Arc::clone(&log));
        std::thread::spawn(move || follow(words, &kept));
        let worker = Self { child, log };
        let start = Instant::now();
        while !worker.has_said("the worker starts") {
            assert!(start.elapsed() < LIMIT, "the worker does not start:\n{}", worker.tail());
            std::thread::sleep(Duration::from_millis(5));
        }
        worker
    }

    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process has neither ended nor waits to be asked how.
    pub fn is_alive(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
    }

    /// SIGKILL, and its end.
    pub fn kill(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Asks it to end; the answer may be waited for with [`Worker::wait`].
    pub fn ask_to_stop(&self) {
        crate::cli::signal(self.child.id(), "TERM");
    }

    pub fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the state of the worker") {
                return status;
            }
            assert!(start.elapsed() < LIMIT, "the worker does not end:\n{}", self.tail());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn has_said(&self, words: &str) -> bool {
        self.log.lock().unwrap().iter().any(|line| line.contains(words))
    }

    /// How many lines of the log hold these words.
    pub fn times_said(&self, words: &str) -> usize {
        self.log.lock().unwrap().iter().filter(|line| line.contains(words)).count()
    }

    /// What its `/metrics` answers; it was started with [`METRICS`].
    pub fn figures(&self) -> String {
        const WORDS: &str = "metrics on http://";
        let log = self.log.lock().unwrap().clone();
        let address =
            log.iter().find_map(|line| line.split_once(WORDS)?.1.split_whitespace().next().map(str::to_owned));
        let address = address.unwrap_or_else(|| panic!("it tells no figures:\n{}", self.tail()));
        let address: String = address.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect();
        let request = Request::new(&client(), "GET", &format!("http://{address}/metrics"), None);
        request.send().expect(200).text()
    }

    /// The last lines of its log.
    pub fn tail(&self) -> String {
        let log = self.log.lock().unwrap();
        log[log.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

fn follow(output: impl Read, log: &Mutex<Vec<String>>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        log.lock().unwrap().push(line);
    }
}
