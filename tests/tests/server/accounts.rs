//! Registration and log-in: who becomes what, which bodies are refused and how the refusal reads.

use serde_json::{Value, json};
use tests::actor::{PASSWORD, email};
use tests::{Server, shared};

fn registration(name: &str) -> Value {
    json!({ "email": email(name), "username": name, "password": PASSWORD })
}

#[test]
fn the_first_account_on_loopback_is_the_administrator_and_the_next_an_analyst() {
    let server = Server::start();
    let first = server.anonymous().post("/api/v1/auth/register", &registration("first")).expect(201).json();
    let second = server.anonymous().post("/api/v1/auth/register", &registration("second")).expect(201).json();
    assert_eq!(first["role"], "admin", "{first}");
    assert_eq!(second["role"], "analyst", "{second}");
}

#[test]
fn a_new_account_shows_what_was_given_and_never_the_password() {
    let server = shared();
    let name = server.fresh_name("anna");
    server.admin();
    let answer = server.anonymous().post("/api/v1/auth/register", &registration(&name)).expect(201);
    let user = answer.json();
    assert_eq!(user["email"], email(&name));
    assert_eq!(user["username"], name);
    assert!(user["last_login"].is_null());
    assert!(!answer.text().contains(PASSWORD) && !answer.text().contains("hash"), "{}", answer.text());
}

#[test]
fn wrong_registrations_name_the_field_and_what_to_do() {
    let server = shared();
    server.admin();
    let long = format!("plum-orbit-{}", "x7Q".repeat(21));
    assert!(long.len() > 72);
    let cases = [
        ("email", json!("not an address"), "address"),
        ("email", json!(""), "address"),
        ("username", json!("ab"), "3"),
        ("username", json!("two words"), "letters"),
        ("password", json!("short7x"), "8"),
        ("password", json!(long), "72"),
        ("password", json!("password1"), ""),
        ("password", json!("qwertyuiop"), ""),
    ];
    for (field, value, word) in cases {
        let mut body = registration(&server.fresh_name("wrong"));
        body[field] = value.clone();
        let problem = server.anonymous().post("/api/v1/auth/register", &body).problem(422, "validation_failed");
        let error = &problem["errors"][0];
        assert_eq!(error["pointer"], format!("/{field}"), "{value}: {problem}");
        let detail = error["detail"].as_str().unwrap_or_default();
        assert!(detail.len() > 10 && detail.contains(word), "{value}: {detail}");
    }
}

#[test]
fn a_password_made_of_the_own_name_is_refused() {
    let server = shared();
    server.admin();
    let name = server.fresh_name("margarethe");
    let mut body = registration(&name);
    body["password"] = json!(name);
    server.anonymous().post("/api/v1/auth/register", &body).problem(422, "validation_failed");
}

#[test]
fn unknown_and_missing_fields_are_refused() {
    let server = shared();
    let mut unknown = registration("nobody");
    unknown["nickname"] = json!("nob");
    let problem = server.anonymous().post("/api/v1/auth/register", &unknown).problem(422, "validation_failed");
    assert!(problem.to_string().contains("nickname"), "{problem}");
    let missing = json!({ "email": "nobody@example.com", "username": "nobody" });
    let problem = server.anonymous().post("/api/v1/auth/register", &missing).problem(422, "validation_failed");
    assert!(problem.to_string().contains("password"), "{problem}");
}

#[test]
fn a_taken_name_or_address_is_a_conflict_whatever_its_case() {
    let server = shared();
    server.admin();
    let name = server.fresh_name("taken");
    server.anonymous().post("/api/v1/auth/register", &registration(&name)).expect(201);
    for (field, value) in [("username", name.to_uppercase()), ("email", email(&name).to_uppercase())] {
        let mut body = registration(&server.fresh_name("other"));
        body[field] = json!(value);
        let problem = server.anonymous().post("/api/v1/auth/register", &body).problem(409, "conflict");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"), "{problem}");
    }
}

#[test]
fn one_logs_in_by_address_or_name_in_any_case() {
    let server = shared();
    let account = server.analyst().account().clone();
    for (field, value) in [
        ("email", account.email.clone()),
        ("username", account.username.clone()),
        ("email", account.email.to_uppercase()),
        ("username", account.username.to_uppercase()),
    ] {
        let body = json!({ field: value, "password": PASSWORD });
        let tokens = server.anonymous().post("/api/v1/auth/login", &body).expect(200).json();
        assert_eq!(tokens["user"]["id"], account.id, "{value}");
        assert_eq!(tokens["token_type"], "bearer");
        assert_eq!(tokens["expires_in"], 900);
    }
}

#[test]
fn the_profile_tells_who_one_is_and_when_one_came() {
    let server = shared();
    let anna = server.analyst();
    let profile = anna.get("/api/v1/auth/profile").expect(200).json();
    assert_eq!(profile["id"], anna.account().id);
    assert_eq!(profile["role"], "analyst");
    assert!(profile["last_login"].is_string(), "{profile}");
    assert_eq!(anna.get("/api/v1/users/me").expect(200).json(), profile);
}

#[test]
fn a_wrong_password_and_an_unknown_account_answer_alike() {
    let server = shared();
    let account = server.analyst().account().clone();
    let log_in = |name: &str, password: &str| {
        let body = json!({ "username": name, "password": password });
        let mut problem = server.anonymous().post("/api/v1/auth/login", &body).problem(401, "invalid_credentials");
        problem["instance"] = Value::Null;
        problem
    };
    let wrong = log_in(&account.username, "not-the-password-1");
    assert_eq!(wrong, log_in("nobody-of-that-name", PASSWORD));
    assert_eq!(wrong, log_in(&account.username, &"x".repeat(500)));
    assert_eq!(wrong, log_in("' OR 1=1 --", PASSWORD));
}

#[test]
fn a_log_in_names_exactly_one_of_address_and_name() {
    let server = shared();
    for body in [
        json!({ "password": PASSWORD }),
        json!({ "email": "a@example.com", "username": "a", "password": PASSWORD }),
        json!({ "username": "a" }),
        json!({ "username": 7, "password": PASSWORD }),
    ] {
        server.anonymous().post("/api/v1/auth/login", &body).problem(422, "validation_failed");
    }
}

#[test]
fn the_viewer_reads_and_uploads_nothing() {
    let server = shared();
    let viewer = server.viewer();
    assert_eq!(viewer.get("/api/v1/users/me").expect(200).json()["role"], "viewer");
    let problem = viewer.upload("a.csv", "a\n1\n").problem(403, "forbidden");
    assert!(problem["detail"].as_str().unwrap_or_default().contains("analyst"), "{problem}");
}
