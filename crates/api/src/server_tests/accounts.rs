//! Log-in, log-out, and attempts that are counted.

use actix_web::http::StatusCode;
use serde_json::json;

use super::{PASSWORD, api, api_with, get, post};

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

#[actix_web::test]
async fn beyond_loopback_only_the_set_up_code_makes_an_administrator() {
    let public = [("PLOTLINE_HTTP_ADDR", "0.0.0.0:0")];
    let api = api_with(&public, |context| context.setup_code = Some("blue-river-19".to_owned())).await;
    let register = |name: &str, code: Option<&str>| {
        let (email, from) = (format!("{name}@example.org"), format!("198.51.100.{}:9", name.len()));
        let body = json!({ "email": email, "username": name, "password": PASSWORD, "setup_code": code });
        api.call(post("/api/v1/auth/register").peer_addr(from.parse().unwrap()).set_json(body))
    };
    assert_eq!(register("stranger", None).await.json()["role"], "analyst");
    let wrong = register("guess", Some("blue-river-18")).await.problem(422, "validation_failed");
    assert_eq!(wrong["errors"][0]["pointer"], "/setup_code");
    assert_eq!(register("operator-1", Some("blue-river-19")).await.json()["role"], "admin");
    assert_eq!(register("latecomer-2", Some("blue-river-19")).await.json()["role"], "analyst");
}

#[actix_web::test]
async fn a_refresh_beyond_the_rate_leaves_the_token_good() {
    let api = api(&[("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE", "2")]).await;
    let account = json!({ "email": "ada@example.org", "username": "ada", "password": PASSWORD });
    api.call(post("/api/v1/auth/register").set_json(account)).await;
    let login = post("/api/v1/auth/login").set_json(json!({ "username": "ada", "password": PASSWORD }));
    let mut token = api.call(login).await.json()["refresh_token"].as_str().unwrap().to_owned();
    let refresh = |token: &str, from: &str| {
        let request = post("/api/v1/auth/refresh").peer_addr(from.parse().unwrap());
        api.call(request.set_json(json!({ "refresh_token": token })))
    };
    for _ in 0..2 {
        token = refresh(&token, "198.51.100.1:9").await.json()["refresh_token"].as_str().unwrap().to_owned();
    }
    // Two more from elsewhere: the account has used its allowance, and the token is neither spent nor stolen.
    refresh(&token, "198.51.100.2:9").await.problem(429, "rate_limited");
    refresh(&token, "198.51.100.2:9").await.problem(429, "rate_limited");
    let sessions = api.state.database.read(|connection| {
        let user = domain::users::user_by_login(connection, domain::users::Login::Username("ada"))?;
        domain::sessions::session_list(connection, user.map(|user| user.id).unwrap_or_default())
    });
    assert_eq!(sessions.await.unwrap().len(), 1);
}

#[actix_web::test]
async fn a_stolen_refresh_token_ends_the_session_at_once() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let login = post("/api/v1/auth/login").set_json(json!({ "username": "ada", "password": PASSWORD }));
    let tokens = api.call(login).await.json();
    let bearer = ("authorization", format!("Bearer {}", tokens["access_token"].as_str().unwrap()));
    let refresh = || post("/api/v1/auth/refresh").set_json(json!({ "refresh_token": tokens["refresh_token"] }));
    assert_eq!(api.call(get("/api/v1/users/me").insert_header(bearer.clone())).await.status, StatusCode::OK);
    assert_eq!(api.call(refresh()).await.status, StatusCode::OK);
    api.call(refresh()).await.problem(401, "unauthenticated");
    api.call(get("/api/v1/users/me").insert_header(bearer)).await.problem(401, "unauthenticated");
    assert_eq!(api.call(get("/api/v1/users/me").insert_header(token)).await.status, StatusCode::OK, "another session");
}
