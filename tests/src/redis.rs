//! A throw-away Redis server from the installed program: no file, a free port, ended when dropped.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A running Redis server.
#[derive(Debug)]
pub struct RedisServer {
    child: Mutex<Child>,
    port: u16,
}

impl RedisServer {
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let server = Self { child: Mutex::new(spawn(port)), port };
        server.wait_for_answer();
        server
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends the server at once; whatever it held is gone.
    pub fn kill(&self) {
        let mut child = self.child.lock().expect("one order at a time");
        child.kill().ok();
        child.wait().ok();
    }

    /// Starts it again, empty, on the same port.
    pub fn start_again(&self) {
        self.kill();
        *self.child.lock().expect("one order at a time") = spawn(self.port);
        self.wait_for_answer();
    }

    /// Sends one command without arguments that hold blanks, and answers the first line of what comes back.
    pub fn ask(&self, command: &str) -> Option<String> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        socket.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        socket.write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 256];
        let length = socket.read(&mut answer).ok()?;
        String::from_utf8_lossy(&answer[..length]).lines().next().map(str::to_owned)
    }

    /// A number of the server's own report, such as `used_memory` (bytes) or `connected_clients`.
    pub fn figure(&self, name: &str) -> Option<u64> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        socket.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        socket.write_all(b"INFO\r\nQUIT\r\n").ok()?;
        let mut report = String::new();
        socket.read_to_string(&mut report).ok()?;
        report.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')?.trim().parse().ok())
    }

    fn wait_for_answer(&self) {
        let start = Instant::now();
        while self.ask("PING") != Some("+PONG".to_owned()) {
            assert!(start.elapsed() < Duration::from_secs(20), "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn spawn(port: u16) -> Child {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .current_dir("/tmp")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is installed (scripts/test.sh installs it)")
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
