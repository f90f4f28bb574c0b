//! A throw-away PostgreSQL server from the installed binaries: its own data folder, a free port, trusted local log-in.
//!
//! A small shell process owns the server and stops it when its standard input closes, so the server and its files are
//! gone with the test executable however that ends. Clusters that the system runs are never touched.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// PostgreSQL refuses to run as root; root starts it as one of these.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// What the shell does: `start` and `stop` on a line of its own, each answered with a line; the end of input ends all.
const OWNER: &str = r#"
data="$1"; port="$2"; bin="$3"; fsync="$4"
cd "$data" || exit 1
start() {
    "$bin/pg_ctl" -D "$data/cluster" -l "$data/log" -w -t 60 \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=$fsync -c max_connections=200" \
        start >/dev/null 2>&1 && echo started || { tail -n 20 "$data/log" >&2; echo failed; }
}
stop() { "$bin/pg_ctl" -D "$data/cluster" -m fast -w -t 60 stop >/dev/null 2>&1; echo stopped; }
trap '' INT HUP TERM
while read -r order; do
    case "$order" in start) start ;; stop) stop ;; esac
done
"$bin/pg_ctl" -D "$data/cluster" -m immediate -w stop >/dev/null 2>&1
cd / && rm -rf "$data"
"#;

/// A running server. Dropping it stops it and removes its files.
pub struct PostgresServer {
    owner: Child,
    orders: Mutex<Option<(ChildStdin, BufReader<ChildStdout>)>>,
    port: u16,
    bin: PathBuf,
    account: Account,
    databases: AtomicU32,
}

impl PostgresServer {
    /// Starts a server of its own, for tests that stop it. It does not wait for the disk.
    pub fn start() -> Self {
        Self::start_with("off")
    }

    /// Starts a server that waits for the disk, as real ones do: for measuring.
    pub fn start_durable() -> Self {
        Self::start_with("on")
    }

    fn start_with(fsync: &str) -> Self {
        let bin = installed_binaries();
        let account = Account::find();
        for _ in 0..5 {
            if let Some(server) = Self::try_start(&bin, &account, fsync) {
                return server;
            }
        }
        panic!("PostgreSQL from {} did not start; its messages stand above", bin.display());
    }

    fn try_start(bin: &Path, account: &Account, fsync: &str) -> Option<Self> {
        // Another program may take the port before the server does: hence several tries.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let data = account.run(Path::new("mktemp"), &["-d", "/tmp/plotline-postgres-XXXXXXXX"]).trim().to_owned();
        let cluster = format!("{data}/cluster");
        let arguments = ["-D", &cluster, "-U", "plotline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"];
        account.run(&bin.join("initdb"), &arguments);
        let mut owner = account
            .command(Path::new("sh"))
            .args(["-c", OWNER, "sh", &data, &port.to_string()])
            .arg(bin)
            .arg(fsync)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let orders = owner.stdin.take().zip(owner.stdout.take().map(BufReader::new));
        let server = Self {
            owner,
            orders: Mutex::new(orders),
            port,
            bin: bin.to_owned(),
            account: account.clone(),
            databases: AtomicU32::new(0),
        };
        (server.order("start") == "started").then_some(server)
    }

    /// The server that the tests of one executable share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<PostgresServer> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Makes an empty database and answers its URL.
    pub fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}")).expect("a new database");
        self.url(&name)
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://plotline@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs statements with psql; answers what it prints, or its error.
    pub fn sql(&self, database: &str, statements: &str) -> Result<String, String> {
        let url = self.url(database);
        let arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statements, url.as_str()];
        let output = self.account.command(&self.bin.join("psql")).args(arguments).output().expect("psql starts");
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Stops the server as an administrator would; its data stay.
    pub fn stop(&self) {
        assert_eq!(self.order("stop"), "stopped");
    }

    /// Starts it again on the same port.
    pub fn start_again(&self) {
        assert_eq!(self.order("start"), "started");
    }

    fn order(&self, order: &str) -> String {
        let mut orders = self.orders.lock().expect("one order at a time");
        let (input, output) = orders.as_mut().expect("the owner listens until it is dropped");
        writeln!(input, "{order}").expect("the owner lives");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("the owner answers");
        answer.trim().to_owned()
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        if let Ok(mut orders) = self.orders.lock() {
            *orders = None;
        }
        // A test that is panicking already must not panic again.
        let _ended = self.owner.wait();
    }
}

/// Who runs the server: this user, or an unprivileged one when this user is root.
#[derive(Clone)]
struct Account(Option<(u32, u32)>);

impl Account {
    fn find() -> Self {
        if id("-u", None) != Some(0) {
            return Self(None);
        }
        let found = UNPRIVILEGED.iter().find_map(|name| Some((id("-u", Some(name))?, id("-g", Some(name))?)));
        Self(Some(found.expect("root needs a user postgres or nobody to run PostgreSQL as")))
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/tmp");
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> String {
        let output = self.command(program).args(arguments).output().expect("the program starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {arguments:?}: {errors}", program.display());
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

fn id(option: &str, user: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg(option).args(user).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// The newest installed server; Debian keeps them outside PATH.
fn installed_binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("pg_ctl").exists())
        .max();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let on_path = || std::env::split_paths(&paths).find(|folder| folder.join("pg_ctl").exists());
    newest.map(|(_, bin)| bin).or_else(on_path).expect("PostgreSQL is installed (scripts/test.sh installs it)")
}
