//! Every answer: headers, problem documents, the root, the page.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use super::{api, api_with, get, post};

#[actix_web::test]
async fn every_answer_has_a_request_id_and_security_headers() {
    let api = api(&[]).await;
    for path in ["/", "/api", "/api/v1", "/api/health", "/api/docs", "/api/openapi.json", "/api/nothing", "/anything"] {
        let answer = api.call(get(path).insert_header(("x-request-id", "trace-7"))).await;
        assert_eq!(answer.header("x-request-id"), "trace-7", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
    }
    let answer = api.call(get("/api").insert_header(("x-request-id", "not harmless"))).await;
    assert_eq!(answer.header("x-request-id").len(), 36);
}

#[actix_web::test]
async fn unknown_paths_and_methods_are_problems_below_the_api_and_the_page_elsewhere() {
    let api = api(&[]).await;
    for path in ["/api/nothing", "/api/v1/nothing", "/api/v1/datasets/x/y/z", "/api/v2/datasets", "/api/docs/none.js"] {
        api.call(get(path)).await.problem(404, "not_found");
    }
    for (path, allow) in
        [("/api/v1/auth/login", "POST"), ("/api/limits/", "GET, HEAD"), ("/api/v1/jobs/1", "DELETE, GET, HEAD")]
    {
        let answer = api.call(TestRequest::default().method(Method::PUT).uri(path)).await;
        answer.problem(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), allow, "{path}");
    }
    for path in ["/anything", "/datasets/1", "/apiary"] {
        let answer = api.call(get(path)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
    }
    api.call(post("/anything")).await.problem(405, "method_not_allowed");
    api.call(get("/assets/old.js")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_root_is_the_page_for_browsers_and_the_api_for_programs() {
    let api = api(&[]).await;
    let browser = api.call(get("/").insert_header(("accept", "text/html,application/xhtml+xml,*/*;q=0.8")));
    assert!(browser.await.header("content-type").starts_with("text/html"));
    for accept in ["*/*", "application/json", "text/html;q=0, */*"] {
        let answer = api.call(get("/").insert_header(("accept", accept))).await;
        assert_eq!(answer.json()["documentation"], "/api/docs", "{accept}");
    }
    let docs = api.call(get("/api/docs/")).await;
    assert!(docs.header("content-type").starts_with("text/html"));
    assert_eq!(api.call(get("/api/docs/swagger-ui.css")).await.status, StatusCode::OK);
    let head = TestRequest::default().method(Method::HEAD).uri("/api/v1/limits");
    assert_eq!(api.call(head).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn wrong_bodies_are_told_apart() {
    let api = api(&[]).await;
    let login = || post("/api/v1/auth/login");
    let json = |text: &str| login().insert_header(("content-type", "application/json")).set_payload(text.to_owned());
    api.call(json("{ \"username\": ")).await.problem(400, "malformed_request");
    api.call(json("")).await.problem(400, "malformed_request");
    api.call(login().set_payload("{}")).await.problem(415, "unsupported_media_type");
    let large = json(&" ".repeat(2000));
    let problem = api.call(large).await.problem(413, "payload_too_large");
    assert!(problem["detail"].as_str().unwrap().contains("1024 bytes"), "{problem}");
    let problem = api.call(json("{\"username\": 5, \"password\": \"x\"}")).await;
    assert_eq!(problem.problem(422, "validation_failed")["errors"][0]["pointer"], "/username");
    let problem = api.call(json("{\"password\": \"x\", \"user\": 1}")).await;
    assert_eq!(problem.problem(422, "validation_failed")["errors"][0]["pointer"], "/user");
    let problem = api.call(json("{\"password\": \"x\"}")).await;
    problem.problem(422, "validation_failed");
}

#[actix_web::test]
async fn pages_of_named_origins_may_call_and_no_others() {
    let origins = [("PLOTLINE_HTTP_CORS_ORIGINS", "https://app.example.org")];
    let api = api(&origins).await;
    let ask = |origin: &str| get("/api/nothing").insert_header(("origin", origin.to_owned()));
    let known = api.call(ask("https://app.example.org")).await;
    known.problem(404, "not_found");
    assert_eq!(known.header("access-control-allow-origin"), "https://app.example.org");
    let foreign = api.call(ask("https://evil.example.org")).await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[actix_web::test]
async fn without_a_worker_that_runs_the_server_lives_and_is_not_ready() {
    let complaint = "The loop that renews leases has stood still for 31 seconds.";
    let stuck = move |context: &mut crate::ApiContext| {
        context.worker_health = Some(std::sync::Arc::new(move || Some(complaint.to_owned())));
    };
    let api = api_with(&[], stuck).await;
    let ready = api.call(get("/health/ready")).await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["parts"]["worker"]["detail"], complaint);
    assert_eq!(api.call(get("/health/live")).await.status, StatusCode::OK);
}
