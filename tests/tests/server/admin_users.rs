//! Administration of accounts: list, make, role, shutting out; what is refused, and what the audit log says of it.

use domain::Database;
use domain::audit::{AuditQuery, audit_list};
use serde_json::{Value, json};
use tests::actor::{Account, PASSWORD};
use tests::answer::text_at;
use tests::{Server, shared};

const USERS: &str = "/api/v1/admin/users";

fn new_account(name: &str, role: &str) -> Value {
    json!({ "email": tests::actor::email(name), "username": name, "password": PASSWORD, "role": role })
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().filter_map(|user| user["username"].as_str()).collect()
}

#[test]
fn an_administrator_makes_accounts_and_finds_them() {
    let server = Server::start();
    let admin = server.admin();
    let made = admin.post(USERS, &new_account("vera", "viewer")).expect(201);
    let vera = made.json();
    assert_eq!(
        (&vera["role"], &vera["disabled"], &vera["last_login"]),
        (&json!("viewer"), &json!(false), &json!(null))
    );
    assert!(!made.text().contains("password"), "{}", made.text());
    assert_eq!(admin.get(made.need("location")).expect(200).json(), vera);
    assert_eq!(Account::log_in(&server, "vera").role, "viewer");
    admin.post(USERS, &new_account("anna", "analyst")).expect(201);

    let list = |query: &str| admin.get(&format!("{USERS}?{query}")).expect(200).json();
    assert_eq!(names(&list("")), ["admin0", "vera", "anna"]);
    assert_eq!(names(&list("role=analyst")), ["anna"]);
    assert_eq!(names(&list("q=VER")), ["vera"]);
    assert_eq!(names(&list("disabled=true")), Vec::<&str>::new());
    let first = list("limit=2");
    let rest = list(&format!("limit=2&cursor={}", text_at(&first, "/next_cursor")));
    assert_eq!((names(&first), names(&rest)), (vec!["admin0", "vera"], vec!["anna"]));

    let taken = admin.post(USERS, &new_account("Vera", "viewer")).problem(409, "conflict");
    assert!(["/email", "/username"].contains(&taken["errors"][0]["pointer"].as_str().unwrap_or_default()), "{taken}");
    let weak = json!({ "email": "x", "username": "a b", "password": "12345678", "role": "viewer" });
    let problem = admin.post(USERS, &weak).problem(422, "validation_failed");
    let pointers: Vec<&Value> = problem["errors"].as_array().expect("errors").iter().map(|e| &e["pointer"]).collect();
    assert_eq!(pointers, ["/email", "/username", "/password"], "everything is named at once: {problem}");
    let boss = json!({ "email": "b@example.com", "username": "boss", "password": PASSWORD, "role": "boss" });
    assert_eq!(admin.post(USERS, &boss).problem(422, "validation_failed")["errors"][0]["pointer"], "/role");
}

#[test]
fn a_role_changes_at_once_and_ends_no_session() {
    let server = shared();
    let (admin, anna) = (server.admin(), server.analyst());
    let path = format!("{USERS}/{}", anna.account().id);
    anna.get("/api/v1/users/me").expect(200);
    assert_eq!(admin.patch(&path, &json!({ "role": "viewer" })).expect(200).json()["role"], "viewer");
    anna.upload("a.csv", "a\n1\n").problem(403, "forbidden");
    assert_eq!(admin.patch(&path, &json!({ "role": "admin" })).expect(200).json()["role"], "admin");
    anna.get(USERS).expect(200);
    admin.patch(&path, &json!({ "role": "analyst" })).expect(200);
    anna.dataset("a\n1\n");
}

#[test]
fn a_disabled_account_is_out_until_it_is_enabled_again() {
    let server = shared();
    let (admin, anna) = (server.admin(), server.analyst());
    let path = format!("{USERS}/{}", anna.account().id);
    let reason = "On leave until May.";
    let out = admin.patch(&path, &json!({ "disabled": true, "reason": reason })).expect(200).json();
    assert_eq!((&out["disabled"], &out["disabled_reason"]), (&json!(true), &json!(reason)));
    anna.get("/api/v1/users/me").problem(401, "unauthenticated");
    let refresh = json!({ "refresh_token": anna.account().refresh_token });
    server.anonymous().post("/api/v1/auth/refresh", &refresh).problem(401, "unauthenticated");
    let login = json!({ "username": anna.account().username, "password": PASSWORD });
    let refused = server.anonymous().post("/api/v1/auth/login", &login).problem(403, "forbidden");
    assert!(!refused.to_string().contains(reason), "the reason is for administrators");
    let back = admin.patch(&path, &json!({ "disabled": false })).expect(200).json();
    assert_eq!((&back["disabled"], &back["disabled_reason"]), (&json!(false), &json!(null)));
    anna.get("/api/v1/users/me").problem(401, "unauthenticated");
    server.anonymous().post("/api/v1/auth/login", &login).expect(200);
}

#[test]
fn the_last_administrator_stays_and_wrong_changes_are_named() {
    let server = Server::start();
    let admin = server.admin();
    let path = format!("{USERS}/{}", admin.account().id);
    for (change, pointer) in [(json!({ "disabled": true }), "/disabled"), (json!({ "role": "analyst" }), "/role")] {
        let problem = admin.patch(&path, &change).problem(409, "conflict");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    admin.get("/api/v1/users/me").expect(200);
    for change in [json!({}), json!({ "reason": "no more than a reason" })] {
        admin.patch(&path, &change).problem(422, "validation_failed");
    }
    let long = json!({ "disabled": false, "reason": "x".repeat(501) });
    assert_eq!(admin.patch(&path, &long).problem(422, "validation_failed")["errors"][0]["pointer"], "/reason");
    // With a second one the first may go.
    let second = admin.post(USERS, &new_account("second", "admin")).expect(201).json();
    admin.patch(&path, &json!({ "role": "analyst" })).expect(200);
    admin.get(USERS).problem(403, "forbidden");
    let now = tests::Actor::new(&server, Some(Account::log_in(&server, "second")));
    now.patch(&format!("{USERS}/{}", text_at(&second, "/id")), &json!({ "disabled": true })).problem(409, "conflict");
}

#[test]
fn the_audit_log_says_who_changed_whom_and_why() {
    let server = Server::start();
    let (admin, anna) = (server.admin(), server.analyst());
    let path = format!("{USERS}/{}", anna.account().id);
    admin.post(USERS, &new_account("vera", "viewer")).expect(201);
    admin.patch(&path, &json!({ "role": "viewer", "disabled": true, "reason": "left" })).expect(200);
    admin.patch(&path, &json!({ "disabled": false, "reason": "came back" })).expect(200);
    admin.patch(&format!("{USERS}/{}", admin.account().id), &json!({ "disabled": true })).expect(409);
    let database =
        Database::connect(&format!("sqlite://{}/plotline.db", server.data_dir().display()), 1).expect("rows");
    let events = |action: &str| {
        let query = AuditQuery { action: Some(action.to_owned()), ..AuditQuery::default() };
        database.read_blocking(|conn| audit_list(conn, &query)).expect("events").items
    };
    for (action, detail) in [
        ("user.set_role", json!({ "from": "analyst", "role": "viewer", "reason": "left" })),
        ("user.disable", json!({ "reason": "left" })),
        ("user.enable", json!({ "reason": "came back" })),
    ] {
        let found = events(action);
        assert_eq!(found.len(), 1, "{action}: {found:?}");
        assert_eq!(found[0].actor.map(|id| id.to_string()).as_deref(), Some(admin.account().id.as_str()));
        assert_eq!(found[0].target.as_deref(), Some(anna.account().id.as_str()));
        assert_eq!((&found[0].detail, found[0].outcome.as_str()), (&detail, "ok"));
    }
    assert_eq!(events("user.create").len(), 1);
    assert_eq!(events("user.update")[0].outcome, "invalid", "what was refused is recorded too");
}

#[test]
fn the_command_line_shuts_out_and_lets_in() {
    let server = Server::start();
    let anna = server.analyst();
    let name = anna.account().username.clone();
    let run = |arguments: &[&str]| server.command(arguments).output().expect("plotline user");
    assert!(run(&["user", "disable", &name, "--reason", "on leave"]).status.success());
    let listed = run(&["user", "list", "--json"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let line = listed.lines().find(|line| line.contains(&format!("\"{name}\""))).unwrap_or_default().to_owned();
    assert!(line.contains("\"disabled\":true") && line.contains("on leave"), "{line}");
    let login = json!({ "username": name, "password": PASSWORD });
    server.anonymous().post("/api/v1/auth/login", &login).problem(403, "forbidden");
    assert!(run(&["user", "enable", &name]).status.success());
    server.anonymous().post("/api/v1/auth/login", &login).expect(200);
    let last = run(&["user", "set-role", "admin0", "viewer"]);
    assert!(!last.status.success(), "the last administrator stays one");
    let message = String::from_utf8_lossy(&last.stderr).into_owned();
    assert!(message.contains("last administrator"), "{message}");
}
