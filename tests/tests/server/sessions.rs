//! Sessions: refresh tokens that work once, log-out that counts at once, and the list of places one is signed in.

use serde_json::{Value, json};
use tests::actor::{Account, Actor};
use tests::answer::text_at;
use tests::{Server, shared};

fn refresh(server: &Server, token: &str) -> tests::Answer {
    server.anonymous().post("/api/v1/auth/refresh", &json!({ "refresh_token": token }))
}

fn with_token(account: &Account, tokens: &Value) -> Account {
    Account {
        access_token: text_at(tokens, "/access_token"),
        refresh_token: text_at(tokens, "/refresh_token"),
        ..account.clone()
    }
}

#[test]
fn a_refresh_gives_new_tokens() {
    let server = shared();
    let account = server.analyst().account().clone();
    let tokens = refresh(&server, &account.refresh_token).expect(200).json();
    let renewed = with_token(&account, &tokens);
    assert_ne!(renewed.refresh_token, account.refresh_token);
    let me = Actor::new(&server, Some(renewed)).get("/api/v1/users/me").expect(200).json();
    assert_eq!(me["id"], account.id);
}

#[test]
fn a_refresh_token_used_twice_ends_the_session() {
    let server = shared();
    let account = server.analyst().account().clone();
    let tokens = refresh(&server, &account.refresh_token).expect(200).json();
    refresh(&server, &account.refresh_token).expect(401);
    let renewed = with_token(&account, &tokens);
    refresh(&server, &renewed.refresh_token).expect(401);
    Actor::new(&server, Some(renewed)).get("/api/v1/users/me").problem(401, "unauthenticated");
}

#[test]
fn an_unknown_refresh_token_is_refused() {
    let server = shared();
    for token in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let status = refresh(&server, token).status;
        assert!(status == 401 || status == 422, "{token:?} answered {status}");
    }
}

#[test]
fn after_log_out_neither_token_works() {
    let server = shared();
    let anna = server.analyst();
    anna.request("POST", "/api/v1/auth/logout").send().expect(204);
    let problem = anna.get("/api/v1/users/me").problem(401, "unauthenticated");
    assert!(problem["detail"].as_str().unwrap_or_default().contains("ended"), "{problem}");
    refresh(&server, &anna.account().refresh_token).expect(401);
}

#[test]
fn sessions_are_listed_and_one_can_be_ended_from_another() {
    let server = shared();
    let anna = server.analyst();
    let phone = Actor::new(&server, Some(Account::log_in(&server, &anna.account().username)));
    let list = anna.get("/api/v1/auth/sessions").expect(200).json();
    let sessions = list["items"].as_array().or(list.as_array()).cloned().unwrap_or_default();
    assert_eq!(sessions.len(), 2, "{list}");
    assert_eq!(sessions.iter().filter(|session| session["current"] == true).count(), 1);
    assert!(sessions.iter().all(|session| session["address"] == "127.0.0.1"), "{list}");
    let other = sessions.iter().find(|session| session["current"] == false).expect("the phone's session");
    anna.delete(&format!("/api/v1/auth/sessions/{}", text_at(other, "/id"))).expect(204);
    phone.get("/api/v1/users/me").expect(401);
    anna.get("/api/v1/users/me").expect(200);
}

#[test]
fn nobody_ends_the_session_of_another() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let list = anna.get("/api/v1/auth/sessions").expect(200).json();
    let id = list.pointer("/items/0/id").or(list.pointer("/0/id")).and_then(Value::as_str).expect("a session");
    berta.delete(&format!("/api/v1/auth/sessions/{id}")).problem(404, "not_found");
    anna.get("/api/v1/users/me").expect(200);
}

#[test]
fn all_sessions_end_together() {
    let server = shared();
    let anna = server.analyst();
    let phone = Actor::new(&server, Some(Account::log_in(&server, &anna.account().username)));
    anna.delete("/api/v1/auth/sessions").expect(204);
    phone.get("/api/v1/users/me").expect(401);
    anna.get("/api/v1/users/me").expect(401);
}
