//! An HTTP answer with the checks tests make of it.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// Status, headers and body of one answer; `request` is kept for messages.
#[derive(Clone, Debug)]
pub struct Answer {
    pub request: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// Panics with request, status and body unless the status is the given one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert!(
            self.status == status,
            "{} answered {} instead of {status}: {}",
            self.request,
            self.status,
            self.text()
        );
        self
    }

    /// Checks the status and that the body is a complete problem document with this code; returns the document.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        let answer = self.expect(status);
        let media = answer.header("content-type").unwrap_or_default();
        assert_eq!(media, "application/problem+json", "{}: {}", answer.request, answer.text());
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{}: {problem}", answer.request);
        assert_eq!(problem["status"], status, "{}", answer.request);
        assert_eq!(problem["type"], format!("/problems/{code}"), "{}", answer.request);
        for member in ["title", "detail", "instance"] {
            let text = problem[member].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{}: `{member}` is empty: {problem}", answer.request);
        }
        assert_eq!(problem["instance"], answer.header("x-request-id").unwrap_or_default(), "{}", answer.request);
        problem
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} answered no JSON ({error}): {}", self.request, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A header that must be there.
    #[track_caller]
    pub fn need(&self, name: &str) -> &str {
        self.header(name).unwrap_or_else(|| panic!("{} answered without the header {name}", self.request))
    }
}

/// The text at a path such as `/job/id`; panics with the whole document when there is none.
#[track_caller]
pub fn text_at(document: &Value, pointer: &str) -> String {
    match document.pointer(pointer).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => panic!("no text at {pointer}: {document}"),
    }
}
