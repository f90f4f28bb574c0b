//! One kept connection to a server, with as little of its own as can be: the time measured shall be the server's.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

pub struct Wire {
    socket: BufReader<TcpStream>,
    token: String,
}

impl Wire {
    /// `address` is host and port.
    pub fn open(address: &str, token: &str) -> Self {
        let socket = TcpStream::connect(address).expect("a connection");
        socket.set_nodelay(true).expect("no delay");
        Self { socket: BufReader::new(socket), token: token.to_owned() }
    }

    /// Sends JSON and reads the whole answer: its status and its body.
    pub fn post(&mut self, path: &str, further_headers: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{further_headers}\r\n{body}",
            self.token,
            body.len()
        );
        self.socket.get_mut().write_all(request.as_bytes()).expect("the request is sent");
        self.answer()
    }

    fn answer(&mut self) -> (u16, Value) {
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.socket.read_line(&mut line).expect("an answer");
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).expect("a status");
            }
            if let Some(given) = line.strip_prefix("content-length:") {
                length = given.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.socket.read_exact(&mut body).expect("the whole answer");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }
}
