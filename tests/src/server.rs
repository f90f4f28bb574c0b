//! A running Plotline: started on port 0 with its own data folder, stopped with SIGTERM and checked when dropped.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::actor::{Account, Actor};
use crate::program::program;

/// Only a hang takes longer.
const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(45);

/// A server process and everything it owns.
#[derive(Debug)]
pub struct Server {
    /// The sub-command that runs.
    word: &'static str,
    /// What starts the program, where it does not stand for itself.
    launcher: Vec<String>,
    process: Mutex<Option<Child>>,
    folder: Option<TempDir>,
    settings: Vec<(String, String)>,
    url: String,
    log: Arc<Mutex<Vec<String>>>,
    accounts: Mutex<Vec<Account>>,
    admin: Mutex<Option<Account>>,
    counter: AtomicU32,
    client: reqwest::Client,
}

impl Server {
    /// A server with the settings of tests: cheap password hashes and no practical rate limit.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// The same with further environment variables.
    pub fn with(settings: &[(&str, &str)]) -> Self {
        Self::running("serve", &[], settings)
    }

    /// The same with a data folder of its own that holds this many MiB and no more: a file system in memory, in a
    /// mount namespace that ends with the process. Needs no rights beyond those of any user.
    pub fn with_small_disk(mebibytes: u32, settings: &[(&str, &str)]) -> Self {
        const MOUNT: &str = r#"mount -t tmpfs -o "size=$0m,mode=700" tmpfs "$PLOTLINE_DATA_DIR" && exec "$@""#;
        let size = mebibytes.to_string();
        Self::running("serve", &["unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, &size], settings)
    }

    /// The API alone, with settings that name its database; workers are the test's affair.
    pub fn api(settings: &[(&str, &str)]) -> Self {
        Self::running("api", &[], settings)
    }

    fn running(word: &'static str, launcher: &[&str], settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("plotline-test-").tempdir().expect("a temporary folder");
        let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let mut server = Self {
            word,
            launcher: launcher.iter().map(|word| (*word).to_owned()).collect(),
            process: Mutex::new(None),
            folder: Some(folder),
            settings,
            url: String::new(),
            log: Arc::default(),
            accounts: Mutex::default(),
            admin: Mutex::default(),
            counter: AtomicU32::new(1),
            client: crate::http::client(),
        };
        server.url = server.launch();
        server
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port, for tests that speak to the socket themselves.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.as_ref().map(|folder| folder.path().join("data")).unwrap_or_default()
    }

    pub fn process_id(&self) -> u32 {
        self.process.lock().unwrap().as_ref().map_or(0, Child::id)
    }

    /// Everything the program has printed so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Whoever has no account.
    pub fn anonymous(&self) -> Actor<'_> {
        Actor::new(self, None)
    }

    /// The first account of this server.
    pub fn admin(&self) -> Actor<'_> {
        let account = self.admin_account();
        Actor::new(self, Some(account))
    }

    /// A fresh account that may upload and analyse.
    pub fn analyst(&self) -> Actor<'_> {
        self.admin_account();
        let account = Account::register(self, &self.fresh_name("analyst"));
        self.accounts.lock().unwrap().push(account.clone());
        Actor::new(self, Some(account))
    }

    /// A fresh account that may only read what is shared with it.
    pub fn viewer(&self) -> Actor<'_> {
        self.admin_account();
        let name = self.fresh_name("viewer");
        Account::register(self, &name);
        let output = self.command(&["user", "set-role", &name, "viewer"]).output().expect("plotline user set-role");
        assert!(output.status.success(), "set-role failed: {}", String::from_utf8_lossy(&output.stderr));
        Actor::new(self, Some(Account::log_in(self, &name)))
    }

    /// A name no other account of this server has.
    pub fn fresh_name(&self, word: &str) -> String {
        format!("{word}{}", self.counter.fetch_add(1, Ordering::Relaxed))
    }

    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// The program with this server's settings, for its other sub-commands.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = crate::cli::command(&self.data_dir());
        command.envs(self.settings.iter().map(|(k, v)| (k, v))).args(arguments);
        command
    }

    /// Sends a signal such as `TERM` or `KILL` to the server.
    pub fn signal(&self, name: &str) {
        crate::cli::signal(self.process_id(), name);
    }

    /// Waits until the process has ended.
    pub fn wait_for_end(&self) -> ExitStatus {
        let mut process = self.process.lock().unwrap();
        let child = process.as_mut().expect("the server was started");
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait().expect("the state of the server") {
                return status;
            }
            if start.elapsed() > STOP_LIMIT {
                child.kill().ok();
                child.wait().ok();
                panic!("the server did not end within {STOP_LIMIT:?}; its log:\n{}", self.tail());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts the program again on the same data after it has ended; accounts stay valid.
    pub fn restart(&mut self) {
        self.wait_for_end();
        self.url = self.launch();
    }

    /// Ends the program and starts it again on the same data, from now on with its clock ahead (`+50m`) or behind.
    pub fn restart_at(&mut self, skew: &str) {
        self.signal("TERM");
        for (name, value) in crate::clock::skewed(skew) {
            self.settings.retain(|(known, _)| known != name);
            self.settings.push((name.to_owned(), value));
        }
        self.restart();
    }

    fn admin_account(&self) -> Account {
        let mut admin = self.admin.lock().unwrap();
        if let Some(account) = admin.as_ref() {
            return account.clone();
        }
        let account = Account::register(self, "admin0");
        assert_eq!(account.role, "admin", "the first account on loopback becomes the administrator");
        self.accounts.lock().unwrap().push(account.clone());
        admin.insert(account).clone()
    }

    fn launch(&self) -> String {
        std::fs::create_dir_all(self.data_dir()).expect("a data folder");
        let mut command = self.launch_command();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("start");
        let (stdout, stderr) = (child.stdout.take().expect("its words"), child.stderr.take().expect("its log"));
        *self.process.lock().unwrap() = Some(child);
        let (found, url) = mpsc::channel();
        for output in [Box::new(stdout) as Box<dyn Read + Send>, Box::new(stderr)] {
            let (log, found) = (Arc::clone(&self.log), found.clone());
            std::thread::spawn(move || follow(output, &log, &found));
        }
        drop(found);
        match url.recv_timeout(START_LIMIT) {
            Ok(url) => url,
            Err(_) => {
                if let Some(child) = self.process.lock().unwrap().as_mut() {
                    child.kill().ok();
                    child.wait().ok();
                }
                panic!("{} {} did not come up; its log:\n{}", program().display(), self.word, self.tail());
            }
        }
    }

    fn launch_command(&self) -> Command {
        let plain = self.command(&[self.word]);
        let Some((first, rest)) = self.launcher.split_first() else { return plain };
        let mut command = Command::new(first);
        command.args(rest).arg(plain.get_program()).args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    fn tail(&self) -> String {
        let log = self.log.lock().unwrap();
        log[log.len().saturating_sub(60)..].join("\n")
    }

    /// The unfinished jobs of every account of this server, as the API tells them.
    fn jobs_left(&self) -> Vec<String> {
        let accounts = self.accounts.lock().unwrap().clone();
        let mut left = Vec::new();
        for account in accounts {
            for status in ["queued", "running"] {
                let path = format!("/api/v1/jobs?status={status}");
                let answer = Actor::new(self, Some(account.clone())).get(&path);
                // A test may have ended this session or run its token out; then there is nobody to ask for.
                if answer.status != 200 {
                    continue;
                }
                let items = answer.json()["items"].as_array().cloned().unwrap_or_default();
                left.extend(items.iter().map(|job| job.to_string()));
            }
        }
        left
    }

    fn is_running(&self) -> bool {
        let mut process = self.process.lock().unwrap();
        process.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.is_running() {
            return;
        }
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.tail());
            self.signal("KILL");
            self.wait_for_end();
            return;
        }
        let left = self.jobs_left();
        self.signal("TERM");
        let status = self.wait_for_end();
        assert!(left.is_empty(), "the test left jobs behind: {left:#?}");
        assert!(status.success(), "the server ended with {status}; its log:\n{}", self.tail());
    }
}

/// Keeps what the program says and reports its address once it is known.
fn follow(output: impl Read, log: &Mutex<Vec<String>>, found: &mpsc::Sender<String>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some((_, rest)) = line.split_once("listening on http://") {
            let address: String = rest.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect();
            found.send(format!("http://{address}")).ok();
        }
        log.lock().unwrap().push(line);
    }
}

/// Every file below a folder, for tests that look at what was stored.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
