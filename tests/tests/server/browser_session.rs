//! Sessions of browsers: the cookie signs in, changing something needs the token, and idleness ends it.

use serde_json::{Value, json};
use tests::actor::PASSWORD;
use tests::answer::text_at;
use tests::{Answer, Server, shared};

/// A browser: the cookie it was given, and the token its page knows.
struct Browser<'a> {
    server: &'a Server,
    cookie: String,
    token: String,
}

impl<'a> Browser<'a> {
    fn sign_in(server: &'a Server, username: &str) -> Self {
        let body = json!({ "username": username, "password": PASSWORD });
        let answer = server.anonymous().post("/api/v1/auth/session", &body).expect(200);
        let set = answer.need("set-cookie").to_owned();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        assert!(!answer.text().contains("refresh_token"), "{}", answer.text());
        assert_eq!(answer.need("cache-control"), "no-store");
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        Self { server, cookie, token: text_at(&answer.json(), "/csrf_token") }
    }

    fn send(&self, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> Answer {
        let mut request = self.server.anonymous().request(method, path).header("cookie", &self.cookie);
        if let Some(token) = token {
            request = request.header("x-csrf-token", token);
        }
        match body {
            Some(body) => request.json(body).send(),
            None => request.send(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, None)
    }
}

#[test]
fn the_cookie_signs_in_and_changes_need_the_token() {
    let server = shared();
    let anna = server.analyst();
    let browser = Browser::sign_in(&server, &anna.account().username);
    let session = browser.get("/api/v1/auth/session").expect(200).json();
    assert_eq!(session["user"]["id"], anna.account().id.as_str());
    assert_eq!(session["csrf_token"], browser.token.as_str());
    let id = anna.dataset("a\n1\n");
    let place = format!("/api/v1/datasets/{id}");
    let body = json!({ "name": "renamed" });
    browser.get(&place).expect(200);
    for wrong in [None, Some(""), Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] {
        browser.send("PATCH", &place, wrong, Some(&body)).problem(403, "forbidden");
    }
    let other = Browser::sign_in(&server, &anna.account().username);
    browser.send("PATCH", &place, Some(&other.token), Some(&body)).problem(403, "forbidden");
    browser.send("PATCH", &place, Some(&browser.token), Some(&body)).expect(200);
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let server = shared();
    let anna = server.analyst();
    let browser = Browser::sign_in(&server, &anna.account().username);
    browser.send("POST", "/api/v1/auth/logout", None, None).problem(403, "forbidden");
    let out = browser.send("POST", "/api/v1/auth/logout", Some(&browser.token), None).expect(204);
    assert!(out.need("set-cookie").contains("Max-Age=0"), "{}", out.need("set-cookie"));
    browser.get("/api/v1/auth/session").problem(401, "unauthenticated");
    anna.get("/api/v1/users/me").expect(200);
}

#[test]
fn idleness_ends_a_session_and_a_sign_of_life_prolongs_it() {
    let mut server = Server::with(&[("PLOTLINE_AUTH_IDLE_HOURS", "1")]);
    let name = server.analyst().account().username.clone();
    let session = Browser::sign_in(&server, &name);
    let (cookie, token) = (session.cookie, session.token);
    let at = |server: &mut Server, skew: &str, path: &str| {
        server.restart_at(skew);
        Browser { server, cookie: cookie.clone(), token: token.clone() }.get(path)
    };
    // Asking who is signed in, as the page does when its person does something, begins the hour anew.
    assert_eq!(at(&mut server, "+50m", "/api/v1/auth/session").expect(200).json()["csrf_token"], token.as_str());
    // What else is asked does not: a page left open is no person.
    at(&mut server, "+108m", "/api/v1/users/me").expect(200);
    at(&mut server, "+112m", "/api/v1/users/me").problem(401, "unauthenticated");
    at(&mut server, "+112m", "/api/v1/auth/session").problem(401, "unauthenticated");
}

#[test]
fn a_cookie_that_nobody_gave_is_no_session() {
    let server = shared();
    for cookie in
        ["plotline_session=", "plotline_session=x", "plotline_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let request = server.anonymous().request("GET", "/api/v1/users/me").header("cookie", cookie);
        request.send().problem(401, "unauthenticated");
    }
}

#[test]
fn a_wrong_password_sets_no_cookie() {
    let server = shared();
    let anna = server.analyst();
    let body = json!({ "username": anna.account().username, "password": "not the password" });
    let answer = server.anonymous().post("/api/v1/auth/session", &body);
    assert_eq!(answer.header("set-cookie"), None);
    answer.problem(401, "invalid_credentials");
}
