//! Log-in, log-out, and attempts that are counted.

use actix_web::http::StatusCode;
use serde_json::json;

use super::{PASSWORD, api, get, post};

#[actix_web::test]
async fn a_session_begins_with_log_in_and_ends_with_log_out() {
    let api = api(&[]).await;
    let missing = api.call(get("/api/v1/auth/profile")).await;
    missing.problem(401, "unauthenticated");
    assert_eq!(missing.header("www-authenticate"), "Bearer");
    let token = api.sign_in("ada").await;
    let profile = api.call(get("/api/users/me/").insert_header(token.clone())).await;
    assert_eq!((profile.json()["username"].as_str(), profile.json()["role"].as_str()), (Some("ada"), Some("admin")));
    let sessions = api.call(get("/api/v1/auth/sessions").insert_header(token.clone())).await.json();
    assert_eq!(sessions["items"][0]["current"], true);
    let ended = api.call(post("/api/v1/auth/logout").insert_header(token.clone())).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    api.call(get("/api/v1/auth/profile").insert_header(token)).await.problem(401, "unauthenticated");
    let events = api.state.database.read(|connection| domain::audit::audit_list(connection, &Default::default()));
    let actions: Vec<String> = events.await.unwrap().items.into_iter().map(|event| event.action).collect();
    assert_eq!(actions, ["auth.logout", "auth.login", "auth.register"]);
}

#[actix_web::test]
async fn unknown_accounts_and_wrong_passwords_look_alike_and_are_counted() {
    let api = api(&[]).await;
    api.sign_in("ada").await;
    let mut details = Vec::new();
    for (name, left) in [("ada", 3), ("ada@example.org", 2), ("nobody", 1), ("nobody", 0)] {
        let field = if name.contains('@') { "email" } else { "username" };
        let login = post("/api/v1/auth/login").set_json(json!({ field: name, "password": "wrong password" }));
        let answer = api.call(login).await;
        details.push(answer.problem(401, "invalid_credentials")["detail"].clone());
        assert!(
            answer.header("ratelimit").starts_with(&format!("\"auth\";r={left};")),
            "{}",
            answer.header("ratelimit")
        );
    }
    assert!(details.iter().all(|detail| *detail == details[0]), "{details:?}");
    let login = post("/api/v1/auth/login").set_json(json!({ "username": "ada", "password": PASSWORD }));
    let limited = api.call(login).await;
    limited.problem(429, "rate_limited");
    assert!(limited.header("retry-after").parse::<u64>().unwrap() <= 12);
    assert_eq!(limited.header("ratelimit-policy"), "\"auth\";q=5;w=60");
}
