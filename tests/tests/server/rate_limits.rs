//! Limits on attempts to log in, register and refresh, and which address counts.

use serde_json::json;
use tests::{Answer, Server};

fn limited(more: &[(&str, &str)]) -> Server {
    let mut settings = vec![("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE", "3")];
    settings.extend(more);
    Server::with(&settings)
}

fn attempt(server: &Server, name: &str, forwarded: Option<&str>) -> Answer {
    let body = json!({ "username": name, "password": "not-the-password-1" });
    let request = server.anonymous().request("POST", "/api/v1/auth/login").json(&body);
    match forwarded {
        Some(address) => request.header("x-forwarded-for", address).send(),
        None => request.send(),
    }
}

#[test]
fn the_fourth_attempt_within_a_minute_waits() {
    let server = limited(&[]);
    for left in [2, 1, 0] {
        let answer = attempt(&server, "anna", None).expect(401);
        assert!(answer.need("ratelimit").contains(&format!("r={left}")), "{:?}", answer.headers);
    }
    let answer = attempt(&server, "anna", None);
    let wait: u64 = answer.need("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    answer.problem(429, "rate_limited");
}

#[test]
fn registration_and_refresh_are_limited_too() {
    let server = limited(&[]);
    let bodies = [
        ("/api/v1/auth/register", json!({ "email": "a", "username": "abc", "password": "x" })),
        ("/api/v1/auth/refresh", json!({ "refresh_token": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })),
    ];
    for (path, body) in bodies {
        for _ in 0..3 {
            assert_ne!(server.anonymous().post(path, &body).status, 429, "{path}");
        }
        server.anonymous().post(path, &body).problem(429, "rate_limited");
    }
}

#[test]
fn a_forwarded_address_from_just_anybody_is_ignored() {
    let server = limited(&[]);
    for i in 1..=3 {
        attempt(&server, &format!("name{i}"), Some(&format!("192.0.2.{i}"))).expect(401);
    }
    attempt(&server, "name4", Some("192.0.2.4")).problem(429, "rate_limited");
}

#[test]
fn a_trusted_proxy_tells_the_addresses_apart() {
    let server = limited(&[("PLOTLINE_HTTP_TRUSTED_PROXIES", "127.0.0.1/32")]);
    for i in 1..=3 {
        attempt(&server, &format!("name{i}"), Some("192.0.2.1")).expect(401);
    }
    attempt(&server, "name4", Some("192.0.2.1")).problem(429, "rate_limited");
    attempt(&server, "name5", Some("192.0.2.2")).expect(401);
    // The client's own claim further left does not count: the proxy adds what it saw at the right.
    attempt(&server, "name6", Some("198.51.100.7, 192.0.2.1")).problem(429, "rate_limited");
}

#[test]
fn one_account_is_protected_from_many_addresses() {
    let server = limited(&[("PLOTLINE_HTTP_TRUSTED_PROXIES", "127.0.0.1")]);
    for i in 1..=3 {
        attempt(&server, "anna", Some(&format!("192.0.2.{i}"))).expect(401);
    }
    attempt(&server, "ANNA", Some("192.0.2.9")).problem(429, "rate_limited");
}
