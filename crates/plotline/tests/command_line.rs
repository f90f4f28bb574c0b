//! The command line of the real program: settings that are refused, accounts, migrations, locks and secrets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PASSWORD: &str = "plum-orbit-canyon-47";

fn plotline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plotline"));
    command
        .args(arguments)
        .env_clear()
        .env("PLOTLINE_ENVIRONMENT", "testing")
        .env("PLOTLINE_DATA_DIR", folder.join("data"))
        .env("PLOTLINE_HTTP_ADDR", "127.0.0.1:0")
        .env("PLOTLINE_AUTH_BCRYPT_COST", "4")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn with_input(mut command: Command, text: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // A program that refuses before it reads closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A running server; killed when dropped.
struct Serving(Child, String);

impl Serving {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().expect("the server came up").unwrap();
            if let Some((_, rest)) = line.split_once("listening on http://") {
                break rest.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect();
            }
        };
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self(child, address)
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.0.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn wrong_settings_stop_the_start_and_are_all_named() {
    let folder = folder();
    let mut command = plotline(folder.path(), &["serve"]);
    command.env("PLOTLINE_HTTP_ADDR", "here").env("PLOTLINE_WORKER_SLOT", "2").env("DATABASE_URL", "mysql://x");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    assert!(text.contains("3 settings are wrong"), "{text}");
    assert!(text.contains("PLOTLINE_HTTP_ADDR: \"here\" is not an address."), "{text}");
    assert!(text.contains("did you mean PLOTLINE_WORKER_SLOTS?"), "{text}");
    assert!(
        text.contains("DATABASE_URL") && text.contains("Allowed: sqlite:///absolute/path.db or postgres://"),
        "{text}"
    );
    assert!(!folder.path().join("data").exists(), "a refused start leaves nothing behind");
}

#[test]
fn migrations_go_up_down_and_up_and_tell_their_state() {
    let folder = folder();
    let run = |arguments: &[&str]| plotline(folder.path(), arguments).output().unwrap();
    assert!(stderr(&run(&["migrate", "--status"])).contains("Run: plotline migrate"));
    assert!(stderr(&run(&["user", "list"])).contains("Run: plotline migrate"));
    let applied = stdout(&run(&["migrate"]));
    assert!(applied.contains("applied: "), "{applied}");
    assert!(stdout(&run(&["migrate", "--status"])).contains("current"));
    assert!(stdout(&run(&["migrate"])).contains("nothing to do"));
    let steps = applied.lines().count().to_string();
    assert_eq!(stdout(&run(&["migrate", "--down", &steps])).lines().count(), applied.lines().count());
    assert_eq!(run(&["migrate", "--status"]).status.code(), Some(1));
    assert_eq!(stdout(&run(&["migrate"])), applied);
}

#[test]
fn accounts_are_made_listed_and_changed_with_passwords_from_standard_input_alone() {
    let folder = folder();
    stdout(&plotline(folder.path(), &["migrate"]).output().unwrap());
    let create = ["user", "create", "--email", "ada@example.com", "--username", "ada", "--role", "admin"];
    let weak = with_input(plotline(folder.path(), &create), "password\n");
    assert!(!weak.status.success() && stderr(&weak).contains("the password cannot be used"), "{}", stderr(&weak));
    assert!(!with_input(plotline(folder.path(), &create), "").status.success());
    assert!(stdout(&with_input(plotline(folder.path(), &create), &format!("{PASSWORD}\n"))).contains("made admin ada"));
    let again = with_input(plotline(folder.path(), &create), &format!("{PASSWORD}\n"));
    assert!(!again.status.success());
    let listed = stdout(&plotline(folder.path(), &["user", "list", "--json"]).output().unwrap());
    let user: serde_json::Value = serde_json::from_str(listed.trim()).unwrap();
    assert_eq!((user["username"].as_str(), user["role"].as_str()), (Some("ada"), Some("admin")));
    assert!(!listed.contains("password"), "{listed}");
    let last = plotline(folder.path(), &["user", "set-role", "ada", "viewer"]).output().unwrap();
    assert!(!last.status.success() && stderr(&last).contains("last administrator"), "{}", stderr(&last));
    let other = ["user", "create", "--email", "grace@example.com", "--username", "grace", "--role", "admin"];
    stdout(&with_input(plotline(folder.path(), &other), &format!("{PASSWORD}\n")));
    let role = stdout(&plotline(folder.path(), &["user", "set-role", "ada@example.com", "viewer"]).output().unwrap());
    assert!(role.contains("ada is viewer now"));
    let unknown = plotline(folder.path(), &["user", "set-role", "eve", "admin"]).output().unwrap();
    assert!(stderr(&unknown).contains("there is no account eve"));
    let wrong = plotline(folder.path(), &["user", "set-role", "ada", "root"]).output().unwrap();
    assert!(stderr(&wrong).contains("Allowed: admin, analyst, viewer"));
    let changed = with_input(
        plotline(folder.path(), &["user", "set-password", "ada", "--password-stdin"]),
        "gravel-teapot-violin-92\n",
    );
    assert!(stdout(&changed).contains("all its sessions have ended"));
}

#[test]
fn the_api_description_is_the_committed_one() {
    let folder = folder();
    let printed = stdout(&plotline(folder.path(), &["openapi"]).output().unwrap());
    let committed = Path::new("../../docs/openapi.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(committed, &printed).unwrap();
    }
    let committed = std::fs::read_to_string(committed).unwrap_or_default();
    assert!(printed == committed, "docs/openapi.json is out of step: run UPDATE_GOLDEN=1 cargo test -p plotline");
}

#[test]
fn a_second_process_is_kept_out_and_files_are_private() {
    let folder = folder();
    let mut first = Serving::start(plotline(folder.path(), &["serve"]));
    for arguments in [["serve"].as_slice(), &["migrate"]] {
        let second = plotline(folder.path(), arguments).output().unwrap();
        assert!(stderr(&second).contains("another plotline process uses the data folder"), "{}", stderr(&second));
    }
    let data = folder.path().join("data");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("secret.key")), 0o600);
    let secret = std::fs::read_to_string(data.join("secret.key")).unwrap();
    assert_eq!(secret.len(), 64);
    let mut taken = plotline(&folder.path().join("other"), &["serve"]);
    let taken = taken.env("PLOTLINE_HTTP_ADDR", &first.1).output().unwrap();
    assert!(stderr(&taken).contains("is taken: another program listens there"), "{}", stderr(&taken));
    first.signal("TERM");
    let start = Instant::now();
    while first.0.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(40), "the server does not stop");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(first.0.wait().unwrap().success(), "a server that was asked to stop ends well");
    drop(Serving::start(plotline(folder.path(), &["serve"])));
    assert_eq!(std::fs::read_to_string(data.join("secret.key")).unwrap(), secret, "the key outlives a restart");
}

#[test]
fn separate_processes_need_a_database_they_can_share() {
    let folder = folder();
    for command in ["api", "worker"] {
        let output = plotline(folder.path(), &[command]).output().unwrap();
        assert!(stderr(&output).contains("DATABASE_URL=postgres://"), "{}", stderr(&output));
        assert_eq!(output.status.code(), Some(1));
    }
    let mut serve = plotline(folder.path(), &["serve"]);
    let output = serve.env("DATABASE_URL", "postgres://127.0.0.1:1/plotline").output().unwrap();
    assert!(stderr(&output).contains("PLOTLINE_SECRET_KEY is missing"), "{}", stderr(&output));
}

#[test]
fn the_settings_make_an_administrator_once() {
    let folder = folder();
    for _ in 0..2 {
        let mut command = plotline(folder.path(), &["serve"]);
        command.env("PLOTLINE_ADMIN_EMAIL", "ops@example.com").env("PLOTLINE_ADMIN_PASSWORD", PASSWORD);
        drop(Serving::start(command));
    }
    let listed = stdout(&plotline(folder.path(), &["user", "list", "--json"]).output().unwrap());
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(listed.contains("\"role\":\"admin\"") && listed.contains("\"username\":\"ops\""), "{listed}");
}

#[test]
fn beyond_loopback_a_set_up_code_is_printed_while_the_server_is_empty() {
    let folder = folder();
    let mut command = plotline(folder.path(), &["serve"]);
    let mut child = command.env("PLOTLINE_HTTP_ADDR", "0.0.0.0:0").stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains("Set-up code"));
    let _ = child.kill();
    let _ = child.wait();
    let code = line.expect("a set-up code").split_whitespace().last().unwrap().to_owned();
    assert!(code.len() == 23 && code.split('-').count() == 4, "{code}");
}

#[test]
fn the_demo_reads_a_real_table_in() {
    let folder = folder();
    let first = stdout(&plotline(folder.path(), &["demo"]).output().unwrap());
    assert!(first.contains("is ready: 10000 rows") && first.contains("shown only now"), "{first}");
    let second = stdout(&plotline(folder.path(), &["demo"]).output().unwrap());
    assert!(second.contains("is ready: 10000 rows") && !second.contains("shown only now"), "{second}");
}
