//! Headers: security, request ids, other origins, compression.

use tests::{Answer, Server, shared};

#[test]
fn every_answer_carries_the_security_headers() {
    let server = shared();
    let anna = server.analyst();
    let answers = [
        anna.get("/api/v1/users/me").expect(200),
        anna.get("/api/v1/nothing").expect(404),
        server.anonymous().get("/api/v1/datasets").expect(401),
        server.anonymous().get("/api/docs"),
        server.anonymous().get("/api/openapi.json").expect(200),
        server.anonymous().request("GET", "/").header("accept", "text/html").send().expect(200),
        server.anonymous().request("POST", "/api/v1/auth/login").raw("application/json", "{").send().expect(400),
    ];
    for answer in answers {
        assert_eq!(answer.need("x-content-type-options"), "nosniff");
        assert_eq!(answer.need("x-frame-options"), "DENY");
        assert!(answer.need("content-security-policy").contains("default-src"), "{}", answer.request);
        assert!(!answer.need("referrer-policy").is_empty());
        assert!(answer.header("server").is_none(), "nobody needs to know the program");
        assert!(!answer.need("x-request-id").is_empty());
    }
}

#[test]
fn private_answers_are_kept_by_no_shared_cache() {
    let server = shared();
    let anna = server.analyst();
    for path in ["/api/v1/users/me", "/api/v1/datasets", "/api/v1/jobs"] {
        let caching = anna.get(path).expect(200).need("cache-control").to_owned();
        assert!(caching.contains("private") || caching.contains("no-store"), "{path}: {caching}");
    }
}

#[test]
fn a_request_id_is_echoed_or_made() {
    let server = shared();
    let id_for = |given: Option<&str>| {
        let request = server.anonymous().request("GET", "/api/v1/nothing");
        let answer = match given {
            Some(id) => request.header("x-request-id", id).send(),
            None => request.send(),
        };
        let id = answer.need("x-request-id").to_owned();
        assert_eq!(answer.problem(404, "not_found")["instance"], id);
        id
    };
    assert_eq!(id_for(Some("trace-7.A_b")), "trace-7.A_b");
    assert_ne!(id_for(None), id_for(None));
    for bad in ["two words", "<script>", &"x".repeat(300)] {
        assert_eq!(id_for(Some(bad)).len(), 36, "replaced: {bad}");
    }
}

#[test]
fn other_origins_may_call_only_when_the_settings_name_them() {
    let server = Server::with(&[("PLOTLINE_HTTP_CORS_ORIGINS", "https://app.example.com")]);
    let ask = |method: &str, origin: &str| -> Answer {
        let request = server.anonymous().request(method, "/api/v1/datasets").header("origin", origin);
        request
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "authorization")
            .send()
    };
    let allowed = ask("OPTIONS", "https://app.example.com");
    assert_eq!(allowed.need("access-control-allow-origin"), "https://app.example.com");
    assert!(allowed.need("access-control-allow-headers").to_lowercase().contains("authorization"));
    let plain = ask("GET", "https://app.example.com").expect(401);
    assert_eq!(plain.need("access-control-allow-origin"), "https://app.example.com", "errors can be read too");
    for method in ["OPTIONS", "GET"] {
        assert!(ask(method, "https://evil.example.com").header("access-control-allow-origin").is_none());
    }
}

#[test]
fn without_settings_no_other_origin_may_call() {
    let server = shared();
    let request = server.anonymous().request("GET", "/api/v1/limits").header("origin", "https://app.example.com");
    assert!(request.send().header("access-control-allow-origin").is_none());
}

#[test]
fn long_answers_are_compressed_for_those_who_can_read_it() {
    let server = shared();
    let plain = server.anonymous().get("/api/openapi.json").expect(200);
    assert!(plain.header("content-encoding").is_none());
    let request = server.anonymous().request("GET", "/api/openapi.json").header("accept-encoding", "gzip");
    let packed = request.send().expect(200);
    assert_eq!(packed.need("content-encoding"), "gzip");
    assert!(packed.need("vary").to_lowercase().contains("accept-encoding"));
    assert!(packed.body.len() * 3 < plain.body.len(), "{} of {} bytes", packed.body.len(), plain.body.len());
}
