//! The whole application in one process, without a socket and without a worker: what every answer is like.

mod accounts;
mod answers;
mod uploads;
mod waiting;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::Service as _;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
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

async fn context(folder: &Path, more: &[(&str, &str)]) -> ApiContext {
    let mut env = BTreeMap::from([
        ("PLOTLINE_ENVIRONMENT".to_owned(), "testing".to_owned()),
        ("PLOTLINE_AUTH_BCRYPT_COST".to_owned(), "4".to_owned()),
        ("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE".to_owned(), "5".to_owned()),
        ("PLOTLINE_HTTP_UPLOAD_BYTES".to_owned(), "1024".to_owned()),
        ("PLOTLINE_HTTP_BODY_BYTES".to_owned(), "1024".to_owned()),
        ("PLOTLINE_HTTP_THREADS".to_owned(), "1".to_owned()),
    ]);
    env.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let database = Database::connect(&format!("sqlite://{}", folder.join("test.db").display()), 2).unwrap();
    migrations::migrate_up(&database).unwrap();
    ApiContext {
        database,
        storage: storage::Storage::open("memory://").unwrap(),
        queue: queue::Queue::open(None).await.unwrap(),
        settings: Arc::new(Settings::from_sources(None, &env).unwrap()),
        ingest_limits: Default::default(),
        secret: Secret::new("a secret of at least 32 characters"),
        passwords: Passwords::new(4),
        setup_code: None,
        worker_health: None,
    }
}

/// The application, to be called like a server.
struct Api {
    state: web::Data<State>,
    service: Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>,
    stop: watch::Sender<bool>,
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
    api_with(more, |_| ()).await
}

/// The application after a last change of what it is given.
async fn api_with(more: &[(&str, &str)], change: impl FnOnce(&mut ApiContext)) -> Api {
    let folder = tempfile::tempdir().unwrap();
    let (stop, stopping) = watch::channel(false);
    let mut context = context(folder.path(), more).await;
    change(&mut context);
    let state = web::Data::new(State::new(context, stopping));
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
    Api { state, service: Box::new(call), stop, _folder: folder }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).peer_addr("192.0.2.1:9".parse().unwrap())
}

fn post(path: &str) -> TestRequest {
    TestRequest::post().uri(path).peer_addr("192.0.2.1:9".parse().unwrap())
}
