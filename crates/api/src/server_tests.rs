//! The whole application in one process, without a socket and without a worker: what every answer is like.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::Service as _;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{self, TestRequest};
use actix_web::web;
use domain::passwords::Passwords;
use domain::{Database, migrations};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use settings::{Secret, Settings};
use tokio::sync::watch;

use crate::ApiContext;
use crate::server::app;
use crate::state::State;

const PASSWORD: &str = "violet-anvil-kettle-42";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Asserts a problem document with this status and code.
    #[track_caller]
    fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.json();
        assert_eq!(self.status.as_u16(), status, "{problem}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(u64::from(status)), Some(code)));
        assert_eq!(problem["instance"], self.header("x-request-id"));
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{problem}");
        problem
    }
}

async fn state(folder: &std::path::Path, more: &[(&str, &str)]) -> web::Data<State> {
    let mut env = BTreeMap::from([
        ("PLOTLINE_ENVIRONMENT".to_owned(), "testing".to_owned()),
        ("PLOTLINE_AUTH_BCRYPT_COST".to_owned(), "4".to_owned()),
        ("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE".to_owned(), "5".to_owned()),
        ("PLOTLINE_HTTP_UPLOAD_BYTES".to_owned(), "1024".to_owned()),
        ("PLOTLINE_HTTP_BODY_BYTES".to_owned(), "1024".to_owned()),
    ]);
    env.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let settings = Settings::from_sources(None, &env).unwrap();
    let database = Database::connect(&format!("sqlite://{}", folder.join("test.db").display()), 2).unwrap();
    migrations::migrate_up(&database).unwrap();
    let (_, stopping) = watch::channel(false);
    let context = ApiContext {
        database,
        storage: storage::Storage::open("memory://").unwrap(),
        queue: queue::Queue::open(None).await.unwrap(),
        settings: Arc::new(settings),
        secret: Secret::new("a secret of at least 32 characters"),
        passwords: Passwords::new(4),
        setup_code: None,
        worker_health: None,
    };
    web::Data::new(State::new(context, stopping))
}

/// The application, to be called like a server.
struct Api {
    state: web::Data<State>,
    service: Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>,
    _folder: tempfile::TempDir,
}

impl Api {
    async fn call(&self, request: TestRequest) -> Answer {
        (self.service)(request).await
    }

    /// Registers and logs in; answers the `Authorization` header.
    async fn sign_in(&self, name: &str) -> (&'static str, String) {
        let account = json!({ "email": format!("{name}@example.org"), "username": name, "password": PASSWORD });
        let answer = self.call(post("/api/v1/auth/register").set_json(account)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.json());
        let login = json!({ "username": name, "password": PASSWORD });
        let answer = self.call(post("/api/v1/auth/login").set_json(login)).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        ("authorization", format!("Bearer {}", answer.json()["access_token"].as_str().unwrap()))
    }
}

async fn api(more: &[(&str, &str)]) -> Api {
    let folder = tempfile::tempdir().unwrap();
    let state = state(folder.path(), more).await;
    let service = Rc::new(test::init_service(app(state.clone())).await);
    let call = move |request: TestRequest| {
        let service = service.clone();
        async move {
            let response = service.call(request.to_request()).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            Answer { status, headers, body: test::read_body(response).await.to_vec() }
        }
        .boxed_local()
    };
    Api { state, service: Box::new(call), _folder: folder }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).peer_addr("192.0.2.1:9".parse().unwrap())
}

fn post(path: &str) -> TestRequest {
    TestRequest::post().uri(path).peer_addr("192.0.2.1:9".parse().unwrap())
}

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
async fn an_upload_is_stored_recorded_and_replayed_by_its_key() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let upload = |key: &str, body: &str| {
        let request = post("/api/v1/datasets/upload?name=Sales%202024").insert_header(token.clone());
        let request = request.insert_header(("content-type", "text/csv; charset=utf-8"));
        request.insert_header(("idempotency-key", key)).set_payload(body.to_owned())
    };
    let first = api.call(upload("k1", "a,b\n1,2\n")).await;
    assert_eq!(first.status, StatusCode::ACCEPTED, "{}", first.json());
    let (dataset, job) = (first.json()["dataset"].clone(), first.json()["job"].clone());
    assert_eq!((dataset["name"].as_str(), dataset["status"].as_str()), (Some("Sales 2024"), Some("processing")));
    assert_eq!(dataset["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(first.header("location"), format!("/api/v1/jobs/{}", job["id"].as_str().unwrap()));
    let key = format!("uploads/{}", dataset["id"].as_str().unwrap());
    assert!(api.state.storage.exists(&key).await.unwrap());

    let again = api.call(upload("k1", "a,b\n1,2\n")).await;
    assert_eq!(again.json()["job"]["id"], job["id"]);
    assert_eq!(again.header("idempotency-replayed"), "true");
    api.call(upload("k1", "a,b\n1,3\n")).await.problem(422, "idempotency_mismatch");
    let list = api.call(get("/api/v1/datasets").insert_header(token.clone())).await.json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "{list}");

    let path = format!("/api/v1{}", format!("/jobs/{}", job["id"].as_str().unwrap()));
    let state_of_job = api.call(get(&path).insert_header(token.clone())).await;
    assert_eq!(state_of_job.header("retry-after"), "1");
    let tag = state_of_job.header("etag").to_owned();
    let known = get(&path).insert_header(token.clone()).insert_header((header::IF_NONE_MATCH, tag));
    assert_eq!(api.call(known).await.status, StatusCode::NOT_MODIFIED);
    let results = api.call(get(&format!("{path}/results")).insert_header(token.clone())).await;
    results.problem(409, "not_ready");
    let cancelled = TestRequest::delete().uri(&path).insert_header(token.clone());
    assert_eq!(api.call(cancelled).await.json()["status"], "cancelled");
    let results = api.call(get(&format!("{path}/results")).insert_header(token)).await;
    results.problem(409, "cancelled");
}

#[actix_web::test]
async fn a_form_is_read_in_any_order_and_refused_by_field() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let part = |name: &str, file: &str, text: &str| {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    let form = |parts: &[String]| {
        let request = post("/api/v1/datasets/upload").insert_header(token.clone());
        let request = request.insert_header(("content-type", "multipart/form-data; boundary=B"));
        request.set_payload(format!("{}--B--\r\n", parts.concat()))
    };
    let file = part("file", "tables/sales.csv", "a\n1\n");
    let named_after_file = api.call(form(&[file.clone()])).await.json();
    assert_eq!(named_after_file["dataset"]["name"], "sales");
    assert_eq!(named_after_file["dataset"]["file_name"], "sales.csv");
    let named =
        api.call(form(&[file.clone(), part("name", "", "Shops"), part("description", "", "All.")])).await.json();
    assert_eq!(
        (named["dataset"]["name"].as_str(), named["dataset"]["description"].as_str()),
        (Some("Shops"), Some("All."))
    );
    for (parts, pointer) in [
        (vec![part("name", "", "Shops")], "/file"),
        (vec![part("file", "a.csv", "")], "/file"),
        (vec![file.clone(), file.clone()], "/file"),
        (vec![part("name", "", " "), file.clone()], "/name"),
        (vec![part("name", "", &"x".repeat(801)), file.clone()], "/name"),
        (vec![file, part("colour", "", "red")], "/colour"),
    ] {
        let problem = api.call(form(&parts)).await.problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}

#[actix_web::test]
async fn uploads_beyond_their_limits_leave_nothing() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let raw = |kind: &str, body: &str| {
        let request =
            post("/api/datasets/upload").insert_header(token.clone()).insert_header(("content-type", kind.to_owned()));
        request.set_payload(body.to_owned())
    };
    let large = api.call(raw("text/csv", &"1\n".repeat(600))).await;
    assert!(large.problem(413, "payload_too_large")["detail"].as_str().unwrap().contains("1024 bytes"));
    let announced = raw("text/csv", "").insert_header((header::CONTENT_LENGTH, "2000"));
    api.call(announced).await.problem(413, "payload_too_large");
    api.call(raw("text/csv", "")).await.problem(422, "validation_failed");
    api.call(raw("image/png", "x")).await.problem(415, "unsupported_media_type");
    let packed = raw("text/csv", "x").insert_header((header::CONTENT_ENCODING, "gzip"));
    api.call(packed).await.problem(415, "unsupported_media_type");
    let stranger = post("/api/datasets/upload").insert_header(("content-type", "text/csv")).set_payload("a\n1\n");
    api.call(stranger).await.problem(401, "unauthenticated");
    let left = api.state.storage.list_older_than(std::time::Duration::ZERO).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
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
