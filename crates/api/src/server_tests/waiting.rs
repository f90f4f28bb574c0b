//! Waiting for jobs, and the server as a whole.

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Api, api, context, get, post};
use crate::server::serve;

/// Uploads a table that nobody reads, since there is no worker; answers the job's path.
async fn queued_job(api: &Api, token: &(&'static str, String)) -> String {
    let upload = post("/api/v1/datasets/upload").insert_header(token.clone());
    let upload = upload.insert_header(("content-type", "text/csv")).set_payload("a\n1\n");
    let answer = api.call(upload).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    answer.header("location").to_owned()
}

#[actix_web::test]
async fn a_wait_ends_with_the_job() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let job = queued_job(&api, &token).await;
    let started = Instant::now();
    let wait = api.call(get(&format!("{job}?wait=30")).insert_header(token.clone()));
    let cancel = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        api.call(TestRequest::delete().uri(&job).insert_header(token.clone())).await
    };
    let (waited, cancelled) = tokio::join!(wait, cancel);
    assert_eq!((waited.json()["status"].as_str(), cancelled.status), (Some("cancelled"), StatusCode::OK));
    assert!((300..4000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
    assert_eq!(waited.header("retry-after"), "");
}

#[actix_web::test]
async fn a_wait_ends_after_its_time_and_when_the_server_stops() {
    let api = api(&[]).await;
    let token = api.sign_in("ada").await;
    let job = queued_job(&api, &token).await;
    let started = Instant::now();
    let waited = api.call(get(&format!("{job}?wait=1")).insert_header(token.clone())).await;
    assert_eq!(waited.json()["status"], "queued");
    assert!(started.elapsed() >= Duration::from_secs(1));
    let upload = post("/api/v1/datasets/upload").insert_header(token.clone()).insert_header(("prefer", "wait=30"));
    let wait = api.call(upload.insert_header(("content-type", "text/csv")).set_payload("a\n2\n"));
    let stop = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        api.stop.send(true)
    };
    let (waited, _) = tokio::join!(wait, stop);
    assert_eq!((waited.status, waited.header("preference-applied")), (StatusCode::ACCEPTED, ""));
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
}

#[actix_web::test]
async fn the_server_listens_and_stops_when_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let context = context(folder.path(), &[]).await;
    let server = tokio::spawn(serve(context, listener, async move {
        let _ = stopped.await;
    }));
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket.write_all(b"HEAD /api/v1/limits HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n"), "HEAD has no body: {answer}");
    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(15), server).await;
    assert!(ended.is_ok_and(|joined| joined.is_ok_and(|served| served.is_ok())));
}
