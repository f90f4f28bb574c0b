//! The command line: help, wrong settings, accounts, migrations, and what the first start makes.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use serde_json::json;
use tests::actor::PASSWORD;
use tests::{Server, shared};

fn run(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

#[test]
fn help_names_every_sub_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(tests::cli::command(folder.path()).arg("--help"));
    assert!(output.status.success());
    for word in ["serve", "api", "worker", "migrate", "openapi", "user", "demo"] {
        assert!(text(&output).contains(word), "{word}: {}", text(&output));
    }
    let version = run(tests::cli::command(folder.path()).arg("--version"));
    assert!(text(&version).starts_with("plotline "), "{}", text(&version));
}

#[test]
fn wrong_settings_stop_the_start_and_are_all_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = tests::cli::command(folder.path());
    command
        .env("PLOTLINE_HTTP_ADDR", "nowhere")
        .env("PLOTLINE_JOBS_RETENTION_DAYS", "-3")
        .env("DATABASE_URL", "mysql://localhost/x")
        .env("PLOTLINE_HTTP_UPLOAD_BYTE", "5");
    let output = run(command.arg("serve"));
    assert!(!output.status.success());
    let message = text(&output);
    let names = ["PLOTLINE_HTTP_ADDR", "PLOTLINE_JOBS_RETENTION_DAYS", "DATABASE_URL", "PLOTLINE_HTTP_UPLOAD_BYTES"];
    for name in names {
        assert!(message.contains(name), "{name} is not named: {message}");
    }
    assert!(!message.contains("panicked"), "{message}");
    assert!(!folder.path().join("plotline.db").exists(), "nothing is made before the settings are right");
}

#[test]
fn a_taken_port_is_said() {
    let server = shared();
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = tests::cli::command(folder.path());
    let output = run(command.env("PLOTLINE_HTTP_ADDR", server.address()).arg("serve"));
    assert!(!output.status.success());
    assert!(text(&output).contains(server.address()), "the message names the address: {}", text(&output));
}

#[test]
fn production_needs_no_weak_password_hash() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = tests::cli::command(folder.path());
    let output = run(command.env("PLOTLINE_ENVIRONMENT", "production").arg("serve"));
    assert!(!output.status.success());
    assert!(text(&output).contains("PLOTLINE_AUTH_BCRYPT_COST"), "{}", text(&output));
}

#[test]
fn the_first_start_makes_a_secret_that_only_its_owner_reads() {
    let server = shared();
    let mode = |name: &str| {
        let path = server.data_dir().join(name);
        path.metadata().unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
    };
    assert_eq!(mode("secret.key"), 0o600);
    assert_eq!(mode("plotline.db") & 0o077, 0, "others cannot read the database");
    let secret = std::fs::read_to_string(server.data_dir().join("secret.key")).expect("the secret");
    assert!(secret.trim().len() >= 32);
    assert!(!server.log().contains(secret.trim()), "the secret is not logged");
}

#[test]
fn an_administrator_can_be_made_by_settings() {
    let settings = [("PLOTLINE_ADMIN_EMAIL", "root@example.com"), ("PLOTLINE_ADMIN_PASSWORD", PASSWORD)];
    let server = Server::with(&settings);
    let body = json!({ "email": "root@example.com", "password": PASSWORD });
    let tokens = server.anonymous().post("/api/v1/auth/login", &body).expect(200).json();
    assert_eq!(tokens["user"]["role"], "admin");
    let body = json!({ "email": "next@example.com", "username": "next", "password": PASSWORD });
    assert_eq!(server.anonymous().post("/api/v1/auth/register", &body).expect(201).json()["role"], "analyst");
    assert!(!server.log().contains(PASSWORD), "the password is not logged");
}

#[test]
fn accounts_are_listed_and_changed_from_the_command_line() {
    let server = Server::start();
    let anna = server.analyst();
    let name = anna.account().username.clone();
    let list = run(&mut server.command(&["user", "list"]));
    assert!(list.status.success() && text(&list).contains(&name), "{}", text(&list));
    assert!(run(&mut server.command(&["user", "set-role", &name, "admin"])).status.success());
    let role = || tests::actor::Account::log_in(&server, &name).role;
    assert_eq!(role(), "admin");
    let unknown = run(&mut server.command(&["user", "set-role", "nobody", "admin"]));
    assert!(!unknown.status.success() && text(&unknown).contains("nobody"), "{}", text(&unknown));
    let wrong = run(&mut server.command(&["user", "set-role", &name, "emperor"]));
    assert!(!wrong.status.success() && text(&wrong).contains("viewer"), "{}", text(&wrong));
}

#[test]
fn migrations_are_applied_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let migrate = || run(tests::cli::command(folder.path()).arg("migrate"));
    let first = migrate();
    assert!(first.status.success(), "{}", text(&first));
    assert!(folder.path().join("plotline.db").exists());
    let second = migrate();
    assert!(second.status.success(), "{}", text(&second));
    assert_ne!(text(&first), text(&second), "the second run says that there is nothing to do");
}

#[test]
fn api_and_worker_alone_need_a_database_that_can_be_shared() {
    let folder = tempfile::tempdir().expect("a folder");
    for word in ["api", "worker"] {
        let output = run(tests::cli::command(folder.path()).arg(word));
        assert!(!output.status.success());
        assert!(text(&output).contains("DATABASE_URL=postgres://"), "{word}: {}", text(&output));
    }
}

#[test]
fn beyond_loopback_the_first_account_needs_the_printed_code() {
    let server = Server::with(&[("PLOTLINE_HTTP_ADDR", "0.0.0.0:0")]);
    let body = |code: Option<&str>, name: &str| json!({ "email": format!("{name}@example.com"), "username": name, "password": PASSWORD, "setup_code": code });
    let role = |answer: tests::Answer| answer.expect(201).json()["role"].as_str().unwrap_or_default().to_owned();
    let register = |body: &serde_json::Value| server.anonymous().post("/api/v1/auth/register", body);
    let stranger = register(&body(None, "stranger"));
    if stranger.status == 201 {
        assert_eq!(role(stranger), "analyst", "without the code nobody becomes administrator");
    }
    let wrong = register(&body(Some("00000000"), "guesser"));
    assert!(wrong.status != 201 || role(wrong) != "admin");
    let log = server.log();
    let code = log.lines().find_map(|line| line.trim().strip_prefix("Set-up code")).map(str::trim);
    let code = code.unwrap_or_else(|| panic!("no set-up code in the log:\n{log}"));
    assert_eq!(role(register(&body(Some(code), "owner"))), "admin");
    let again = register(&body(Some(code), "second"));
    assert!(again.status != 201 || role(again) != "admin", "the code works once");
}

#[test]
fn the_program_loads_no_system_library_but_that_of_c() {
    let output = run(Command::new("ldd").arg(tests::program::program()));
    assert!(output.status.success(), "{}", text(&output));
    let listed = text(&output);
    let libraries: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(libraries.len() >= 3, "{listed}");
    for library in libraries {
        let name = library.rsplit('/').next().unwrap_or_default();
        let known = ["linux-vdso.", "linux-gate.", "ld-linux", "libc.", "libm.", "libgcc_s."];
        assert!(known.iter().any(|known| name.starts_with(known)), "{library} would have to be installed:\n{listed}");
    }
}
