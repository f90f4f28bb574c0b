//! Actors: somebody with or without an account who speaks to one server.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answer::text_at;
use crate::http::Request;
use crate::{Answer, Server};

/// A password that every password rule accepts.
pub const PASSWORD: &str = "plum-orbit-canyon-47";

/// Only a hang takes longer.
const JOB_LIMIT: Duration = Duration::from_secs(120);

/// An account and its current tokens.
#[derive(Clone, Debug)]
pub struct Account {
    pub email: String,
    pub username: String,
    pub role: String,
    pub id: String,
    pub access_token: String,
    pub refresh_token: String,
}

impl Account {
    /// Registers `name` and logs in.
    #[track_caller]
    pub fn register(server: &Server, name: &str) -> Self {
        let body = json!({ "email": email(name), "username": name, "password": PASSWORD });
        server.anonymous().post("/api/v1/auth/register", &body).expect(201);
        Self::log_in(server, name)
    }

    #[track_caller]
    pub fn log_in(server: &Server, name: &str) -> Self {
        let body = json!({ "username": name, "password": PASSWORD });
        let tokens = server.anonymous().post("/api/v1/auth/login", &body).expect(200).json();
        Self {
            email: email(name),
            username: name.to_owned(),
            role: text_at(&tokens, "/user/role"),
            id: text_at(&tokens, "/user/id"),
            access_token: text_at(&tokens, "/access_token"),
            refresh_token: text_at(&tokens, "/refresh_token"),
        }
    }
}

/// The address of a test account.
pub fn email(name: &str) -> String {
    format!("{name}@example.com")
}

/// Who speaks, and to which server.
#[derive(Clone, Debug)]
pub struct Actor<'a> {
    server: &'a Server,
    account: Option<Account>,
}

impl<'a> Actor<'a> {
    pub fn new(server: &'a Server, account: Option<Account>) -> Self {
        Self { server, account }
    }

    /// The account; panics for the anonymous actor.
    #[track_caller]
    pub fn account(&self) -> &Account {
        self.account.as_ref().expect("the anonymous actor has no account")
    }

    /// A request to this path, which begins with `/`.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let token = self.account.as_ref().map(|account| account.access_token.as_str());
        Request::new(self.server.client(), method, &format!("{}{path}", self.server.url()), token)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path).json(body).send()
    }

    #[track_caller]
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.request("PATCH", path).json(body).send()
    }

    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }

    /// Uploads a file as a form, the way a browser does.
    #[track_caller]
    pub fn upload(&self, file_name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
        self.request("POST", "/api/v1/datasets/upload").form(&[], file_name, bytes.into()).send()
    }

    /// Uploads a table that can be read, waits until it is, and returns the dataset's id.
    #[track_caller]
    pub fn dataset(&self, csv: impl Into<Vec<u8>>) -> String {
        let answer = self.upload("table.csv", csv).expect(202).json();
        let job = self.finished(&text_at(&answer, "/job/id"));
        assert_eq!(job["status"], "succeeded", "{job}");
        text_at(&answer, "/dataset/id")
    }

    /// Uploads a file that cannot be read and returns the failure that the dataset shows.
    #[track_caller]
    pub fn failed_upload(&self, file_name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let answer = self.upload(file_name, bytes).expect(202).json();
        let job = self.finished(&text_at(&answer, "/job/id"));
        assert_eq!(job["status"], "failed", "{job}");
        let dataset = self.get(&format!("/api/v1/datasets/{}", text_at(&answer, "/dataset/id"))).expect(200).json();
        assert_eq!(dataset["status"], "failed");
        assert_eq!(dataset["error"], job["error"], "dataset and job tell the same failure");
        dataset["error"].clone()
    }

    /// Waits until the job is final and returns it.
    #[track_caller]
    pub fn finished(&self, job: &str) -> Value {
        let start = Instant::now();
        loop {
            let answer = self.get(&format!("/api/v1/jobs/{job}?wait=10")).expect(200).json();
            if matches!(answer["status"].as_str(), Some("succeeded" | "failed" | "cancelled")) {
                return answer;
            }
            assert!(start.elapsed() < JOB_LIMIT, "the job does not end: {answer}");
        }
    }

    /// Runs the analysis to its end and returns its result.
    #[track_caller]
    pub fn analyse(&self, kind: &str, body: &Value) -> Value {
        let answer = self.request("POST", &format!("/api/v1/analysis/{kind}")).json(body).send();
        // 200 when an earlier, identical request had computed it.
        let answer = if answer.status == 200 { answer } else { answer.expect(202) };
        let job = self.finished(&text_at(&answer.json(), "/id"));
        assert_eq!(job["status"], "succeeded", "{job}");
        self.get(&format!("/api/v1/jobs/{}/results", text_at(&job, "/id"))).expect(200).json()["result"].clone()
    }
}
