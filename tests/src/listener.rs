//! A reader of server-sent events: an open `GET /events`, read line by line from the socket.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Actor, Server};

/// Only a hang takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open stream.
#[derive(Debug)]
pub struct Listener {
    lines: BufReader<TcpStream>,
    /// The head of the answer, in lower case.
    pub head: String,
}

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub job: Value,
}

impl Listener {
    /// Opens a stream; `last` is sent as `Last-Event-ID`.
    pub fn open(server: &Server, actor: &Actor<'_>, last: Option<&str>) -> Self {
        let socket = TcpStream::connect(server.address()).expect("a connection");
        socket.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let last = last.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        let head = format!(
            "GET /api/v1/events HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\nAuthorization: Bearer {}\r\n{last}\r\n",
            actor.account().access_token
        );
        (&socket).write_all(head.as_bytes()).expect("a request");
        let mut listener = Self { lines: BufReader::new(socket), head: String::new() };
        while let Some(line) = listener.line().filter(|line| !line.is_empty()) {
            listener.head.push_str(&line.to_lowercase());
            listener.head.push('\n');
        }
        listener
    }

    /// The next line without its end; none when the stream has ended.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.lines.read_line(&mut line).expect("a line in time");
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; none when the stream has ended.
    pub fn next_event(&mut self) -> Option<Event> {
        let mut id = String::new();
        loop {
            let line = self.line()?;
            if line == "0" {
                return None;
            }
            if let Some(given) = line.strip_prefix("id: ") {
                given.clone_into(&mut id);
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(Event { id, job: serde_json::from_str(data).expect("a job") });
            }
        }
    }

    /// Reads on until the job has this state.
    #[track_caller]
    pub fn until(&mut self, job: &str, status: &str) -> Event {
        loop {
            let event = self.next_event().expect("the stream goes on");
            if event.job["id"] == job && event.job["status"] == status {
                return event;
            }
        }
    }

    /// Everything that still comes, to the end of the stream.
    pub fn rest(mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.next_event()).collect()
    }

    #[track_caller]
    pub fn ends_within(mut self, limit: Duration) {
        let start = Instant::now();
        while self.next_event().is_some() {}
        assert!(start.elapsed() < limit, "the stream went on for {:?}", start.elapsed());
    }
}
