//! Errors: every one is a problem document that tells what to do and nothing about the inside.

use serde_json::json;
use tests::shared;

#[test]
fn unknown_addresses_are_problems_below_api_only() {
    let server = shared();
    let anonymous = server.anonymous();
    for path in ["/api/nothing", "/api/v1/nothing", "/api/v1/datasets/1/2/3/4", "/api/v2/datasets"] {
        anonymous.get(path).problem(404, "not_found");
    }
    let page = anonymous.request("GET", "/somewhere/else").header("accept", "text/html").send().expect(200);
    assert!(page.need("content-type").starts_with("text/html"), "the app answers for every other page");
}

#[test]
fn a_known_address_with_another_method_tells_the_allowed_ones() {
    let server = shared();
    for (method, path, allowed) in [
        ("DELETE", "/api/v1/datasets", "GET"),
        ("GET", "/api/v1/auth/login", "POST"),
        ("PUT", "/api/v1/datasets/upload", "POST"),
        ("POST", "/api/openapi.json", "GET"),
        ("POST", "/api/v1/analysis/kinds", "GET, HEAD"),
    ] {
        let answer = server.analyst().request(method, path).send();
        assert!(answer.need("allow").contains(allowed), "{method} {path}: {}", answer.need("allow"));
        answer.problem(405, "method_not_allowed");
    }
}

#[test]
fn an_array_is_no_object() {
    let server = shared();
    let analyst = server.analyst();
    let id = analyst.dataset("a\n1\n");
    for (method, path, body) in [
        ("PATCH", format!("/api/v1/datasets/{id}"), json!(["name"])),
        ("POST", "/api/v1/analysis/descriptive".to_owned(), json!([id])),
        (
            "POST",
            "/api/v1/analysis/compare".to_owned(),
            json!({ "dataset_id": id, "test": "welch", "filter": [["a", "eq", 1]] }),
        ),
        ("POST", format!("/api/v1/datasets/{id}/parse-preview"), json!([])),
    ] {
        analyst.request(method, &path).json(&body).send().problem(422, "validation_failed");
    }
    server
        .admin()
        .request("POST", "/api/v1/admin/jobs/retry")
        .json(&json!([]))
        .send()
        .problem(422, "validation_failed");
}

#[test]
fn texts_in_the_address_have_a_longest_length() {
    let server = shared();
    let long = "a".repeat(201);
    for path in ["/api/v1/admin/users?q", "/api/v1/admin/jobs?worker", "/api/v1/admin/jobs?kind", "/api/v1/datasets?q"]
    {
        let error = server.admin().get(&format!("{path}={long}")).problem(422, "validation_failed");
        assert!(
            error["errors"][0]["detail"].as_str().is_some_and(|detail| detail.contains("201 characters")),
            "{error}"
        );
    }
}

#[test]
fn a_body_that_is_no_json_is_malformed() {
    let server = shared();
    for body in ["", "{", "{\"email\":}", "\u{0}", "nonsense"] {
        let request = server.anonymous().request("POST", "/api/v1/auth/login").raw("application/json", body);
        request.send().problem(400, "malformed_request");
    }
}

#[test]
fn json_of_another_shape_is_invalid() {
    let server = shared();
    for body in [json!([]), json!("text"), json!(7), json!(null), json!({ "username": {}, "password": "x" })] {
        server.anonymous().post("/api/v1/auth/login", &body).problem(422, "validation_failed");
    }
}

#[test]
fn another_media_type_is_not_supported() {
    let server = shared();
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/xml"] {
        let request = server.anonymous().request("POST", "/api/v1/auth/login").raw(media, "{}");
        request.send().problem(415, "unsupported_media_type");
    }
}

#[test]
fn an_id_that_is_none_is_a_problem_not_a_crash() {
    let server = shared();
    let anna = server.analyst();
    for id in ["17", "x", "00000000-0000-0000-0000-000000000000", "%00", "%F0%28%8C%28", "..%2f..%2fetc%2fpasswd"] {
        for path in ["datasets", "jobs"] {
            let answer = anna.get(&format!("/api/v1/{path}/{id}"));
            assert!(matches!(answer.status, 400 | 404 | 422), "{path}/{id} answered {}", answer.status);
            let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
            let status = answer.status;
            answer.problem(status, &code);
        }
    }
}

#[test]
fn nobody_learns_about_the_inside_from_an_error() {
    let server = shared();
    let anna = server.analyst();
    for path in [
        "/api/v1/datasets?q=%27%22%3B--",
        "/api/v1/datasets?sort=created_at;drop table users",
        "/api/v1/datasets?cursor=AAAA",
        "/api/v1/jobs?status=%00",
        "/api/v1/datasets?limit=99999999999999999999",
    ] {
        let answer = anna.get(path);
        assert!(answer.status < 500, "{path} answered {}", answer.status);
        let text = answer.text().to_lowercase();
        for word in ["sqlite", "diesel", "panicked", "src/", ".rs:", "select ", "stack"] {
            assert!(!text.contains(word), "{path} tells of the inside: {text}");
        }
    }
}

#[test]
fn without_credentials_the_scheme_is_named() {
    let server = shared();
    let answer = server.anonymous().get("/api/v1/datasets");
    assert_eq!(answer.need("www-authenticate"), "Bearer");
    answer.problem(401, "unauthenticated");
}

#[test]
fn both_spellings_of_the_base_path_answer_alike() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    for path in ["/datasets", "/jobs", "/users/me", "/limits", "/analysis/kinds", "/no/such/thing"] {
        let (short, long) = (anna.get(&format!("/api{path}")), anna.get(&format!("/api/v1{path}")));
        assert_eq!(short.status, long.status, "{path}");
        if short.status == 200 {
            assert_eq!(short.json(), long.json(), "{path}");
        }
    }
    assert_eq!(anna.get(&format!("/api/datasets/{id}")).expect(200).json()["id"], id);
}
