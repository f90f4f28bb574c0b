//! Requests: a small blocking face on the HTTP client, so that tests read from top to bottom.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::{Body, Method, RequestBuilder, multipart};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::Answer;

/// No answer may take longer; only a hang does.
const HANG_LIMIT: Duration = Duration::from_secs(90);

/// One request under construction.
#[derive(Debug)]
pub struct Request {
    label: String,
    builder: RequestBuilder,
}

impl Request {
    pub fn new(client: &reqwest::Client, method: &str, url: &str, token: Option<&str>) -> Self {
        let known = Method::from_bytes(method.as_bytes()).expect("an HTTP method");
        let mut builder = client.request(known, url);
        if let Some(token) = token {
            builder = builder.bearer_auth(token);
        }
        Self { label: format!("{method} {url}"), builder }
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        Self { builder: self.builder.header(name, value), ..self }
    }

    pub fn json(self, body: &Value) -> Self {
        Self { builder: self.builder.json(body), ..self }
    }

    /// A body of this media type, sent with its length.
    pub fn raw(self, media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { builder: self.builder.header("content-type", media).body(body.into()), ..self }
    }

    /// A body of this media type, sent in chunks without saying its length.
    pub fn chunked(self, media: &str, body: Vec<u8>) -> Self {
        let chunks: Vec<std::io::Result<Vec<u8>>> = body.chunks(64 * 1024).map(|chunk| Ok(chunk.to_vec())).collect();
        let stream = Body::wrap_stream(chunk_stream(chunks));
        Self { builder: self.builder.header("content-type", media).body(stream), ..self }
    }

    /// A form with one file and, before it, text fields.
    pub fn form(self, fields: &[(&str, &str)], file_name: &str, file: Vec<u8>) -> Self {
        let mut form = multipart::Form::new();
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let part = multipart::Part::bytes(file).file_name(file_name.to_owned());
        Self { builder: self.builder.multipart(form.part("file", part)), ..self }
    }

    /// Sends and reads the whole answer; panics when the server does not answer at all.
    #[track_caller]
    pub fn send(self) -> Answer {
        let label = self.label.clone();
        self.try_send().unwrap_or_else(|error| panic!("{label}: no answer: {error:?}"))
    }

    /// Sends and reads the whole answer; an error when the connection broke.
    pub fn try_send(self) -> Result<Answer, reqwest::Error> {
        let Self { label, builder } = self;
        runtime().block_on(async {
            let answer = builder.send().await?;
            let status = answer.status().as_u16();
            let headers = answer.headers().clone();
            let body = answer.bytes().await?.to_vec();
            Ok(Answer { request: label, status, headers, body })
        })
    }
}

/// A client that keeps its connections, follows no redirect and hides no compression.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .no_gzip()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(HANG_LIMIT)
        .build()
        .expect("an HTTP client")
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    })
}

fn chunk_stream(
    chunks: Vec<std::io::Result<Vec<u8>>>,
) -> impl futures_util::Stream<Item = std::io::Result<Vec<u8>>> + Send + 'static {
    futures_util::stream::iter(chunks)
}
