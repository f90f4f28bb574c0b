//! Upload: forms and raw bodies, limits, digests, and what a client that goes away leaves behind (nothing).

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tests::actor::Actor;
use tests::answer::text_at;
use tests::server::files_below;
use tests::{Server, shared, wait_until};

const CSV: &str = "city,people\nUlm,126000\nKiel,247000\n";

#[test]
fn a_form_upload_is_accepted_with_its_job() {
    let server = shared();
    let anna = server.analyst();
    let fields = [("name", "Cities"), ("description", "by the state office")];
    let answer = anna.request("POST", "/api/v1/datasets/upload").form(&fields, "cities.csv", CSV.into()).send();
    let answer = answer.expect(202);
    let body = answer.json();
    assert_eq!(answer.need("location"), format!("/api/v1/jobs/{}", text_at(&body, "/job/id")));
    assert_eq!(body["job"]["kind"], "ingest");
    assert_eq!(body["job"]["dataset_id"], body["dataset"]["id"]);
    let dataset = &body["dataset"];
    assert_eq!((&dataset["name"], &dataset["description"]), (&"Cities".into(), &"by the state office".into()));
    assert_eq!(dataset["file_name"], "cities.csv");
    assert_eq!(dataset["bytes"], CSV.len());
    assert_eq!(dataset["sha256"], hex::encode(Sha256::digest(CSV)));
    anna.finished(&text_at(&body, "/job/id"));
}

#[test]
fn raw_bodies_are_accepted_by_media_type() {
    let server = shared();
    let anna = server.analyst();
    for (media, body) in [
        ("text/csv", CSV),
        ("text/csv; charset=utf-8", CSV),
        ("application/json", r#"[{"city":"Ulm","people":126000},{"city":"Kiel","people":247000}]"#),
        ("application/x-ndjson", "{\"city\":\"Ulm\",\"people\":126000}\n{\"city\":\"Kiel\",\"people\":247000}\n"),
    ] {
        let request = anna.request("POST", "/api/v1/datasets/upload?name=Cities%20raw").raw(media, body);
        let answer = request.send().expect(202).json();
        assert_eq!(answer["dataset"]["name"], "Cities raw", "{media}");
        let job = anna.finished(&text_at(&answer, "/job/id"));
        assert_eq!(job["status"], "succeeded", "{media}: {job}");
        let id = text_at(&answer, "/dataset/id");
        let rows = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json()["rows"].clone();
        assert_eq!(rows, serde_json::json!([["Ulm", 126000], ["Kiel", 247000]]), "{media}");
    }
}

#[test]
fn a_body_sent_in_chunks_has_the_same_digest() {
    let server = shared();
    let anna = server.analyst();
    let csv = tests::files::orders(5_000);
    let digest = hex::encode(Sha256::digest(&csv));
    let request = anna.request("POST", "/api/v1/datasets/upload?name=chunks").chunked("text/csv", csv.into_bytes());
    let answer = request.send().expect(202).json();
    assert_eq!(answer["dataset"]["sha256"], digest);
    anna.finished(&text_at(&answer, "/job/id"));
}

#[test]
fn a_name_comes_from_the_file_when_none_is_given() {
    let server = shared();
    let anna = server.analyst();
    let answer = anna.upload("../../Umsätze 2024.csv", CSV).expect(202).json();
    let name = text_at(&answer, "/dataset/name");
    assert!(name.contains("Umsätze 2024") && !name.contains('/'), "{name}");
    anna.finished(&text_at(&answer, "/job/id"));
}

#[test]
fn what_is_no_upload_is_refused_with_its_reason() {
    let server = shared();
    let anna = server.analyst();
    let upload = || anna.request("POST", "/api/v1/datasets/upload");
    for media_type in ["application/pdf", "image/png", "application/x-www-form-urlencoded"] {
        upload().raw(media_type, "a\n1\n").send().problem(415, "unsupported_media_type");
    }
    let boundary = "multipart/form-data; boundary=x";
    let no_file = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nCities\r\n--x--\r\n";
    let problem = upload().raw(boundary, no_file).send().problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/file", "{problem}");
    upload().raw(boundary, "no form at all").send().problem(400, "malformed_request");
    for empty in [upload().form(&[], "empty.csv", Vec::new()), upload().raw("text/csv", "")] {
        let problem = empty.send().problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/file", "{problem}");
    }
    upload().form(&[("name", &"n".repeat(201))], "a.csv", CSV.into()).send().problem(422, "validation_failed");
    let list = anna.get("/api/v1/datasets").expect(200).json();
    assert_eq!(list["items"], serde_json::json!([]));
}

#[test]
fn too_large_names_the_limit_and_leaves_nothing() {
    let server = Server::with(&[("PLOTLINE_HTTP_UPLOAD_BYTES", "20000")]);
    let anna = server.analyst();
    let upload = || anna.request("POST", "/api/v1/datasets/upload");
    let csv = tests::files::orders(2_000).into_bytes();
    assert!(csv.len() > 150_000);
    for (way, request) in [
        ("with its length", upload().raw("text/csv", csv.clone())),
        ("in chunks", upload().chunked("text/csv", csv.clone())),
        ("as a form", upload().form(&[], "orders.csv", csv)),
    ] {
        let problem = request.send().problem(413, "payload_too_large");
        assert!(problem["detail"].as_str().unwrap_or_default().contains("20000"), "{way}: {problem}");
    }
    nothing_is_left(&server, &anna);
}

#[test]
fn a_large_refused_body_does_not_break_the_connection() {
    let server = Server::with(&[("PLOTLINE_HTTP_UPLOAD_BYTES", "20000")]);
    let anna = server.analyst();
    // Far more than the buffers of a socket hold: the answer must still arrive.
    let body = vec![b'x'; 8 << 20];
    anna.request("POST", "/api/v1/datasets/upload").chunked("text/csv", body).send().problem(413, "payload_too_large");
}

#[test]
fn a_client_that_goes_away_leaves_nothing() {
    let server = Server::start();
    let anna = server.analyst();
    for head in ["Content-Length: 5000000", "Transfer-Encoding: chunked"] {
        let mut socket = open_upload(&server, &anna, head);
        let piece = vec![b'1'; 100_000];
        if head.contains("chunked") {
            socket.write_all(format!("{:x}\r\n", piece.len()).as_bytes()).expect("a chunk's size");
        }
        socket.write_all(&piece).expect("a piece");
        socket.flush().expect("sent");
        // The server must have begun to store it, or this would test nothing.
        wait_until("a file is begun", || !files_below(&server.data_dir().join("files")).is_empty());
        drop(socket);
        nothing_is_left(&server, &anna);
    }
}

#[test]
fn an_upload_that_stands_still_is_given_up() {
    let server = Server::with(&[("PLOTLINE_HTTP_UPLOAD_IDLE_SECONDS", "1")]);
    let anna = server.analyst();
    let mut socket = open_upload(&server, &anna, "Content-Length: 5000000");
    socket.write_all(b"a,b\n1,2\n").expect("a piece");
    socket.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut socket, &mut answer).expect("the server closes the connection");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    nothing_is_left(&server, &anna);
}

fn open_upload(server: &Server, actor: &Actor<'_>, length: &str) -> TcpStream {
    let mut socket = TcpStream::connect(server.address()).expect("a connection");
    let token = &actor.account().access_token;
    let head = format!(
        "POST /api/v1/datasets/upload?name=gone HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: text/csv\r\n{length}\r\n\r\n",
        server.address()
    );
    socket.write_all(head.as_bytes()).expect("the head");
    socket
}

#[track_caller]
fn nothing_is_left(server: &Server, actor: &Actor<'_>) {
    wait_until("all files are gone", || files_below(&server.data_dir().join("files")).is_empty());
    let list = actor.get("/api/v1/datasets").expect(200).json();
    assert_eq!(list["items"], serde_json::json!([]), "no dataset was made");
    let jobs = actor.get("/api/v1/jobs").expect(200).json();
    assert_eq!(jobs["items"], serde_json::json!([]), "no job was made");
}
