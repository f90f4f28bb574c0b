//! Uploads as raw bodies and forms, and what they leave behind.

use actix_web::http::{StatusCode, header};
use actix_web::test::TestRequest;

use super::{api, get, post};

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

    let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
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
    let named_after_file = api.call(form(std::slice::from_ref(&file))).await.json();
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
