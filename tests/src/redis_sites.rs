//! Redis as operators run it: over TLS, as a master that Sentinels watch, and as a cluster. Throw-away processes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use tempfile::TempDir;

use crate::wait_until;

/// One redis-server process, as a server or as a Sentinel, in a folder of its own.
#[derive(Debug)]
pub struct RedisNode {
    child: Mutex<Child>,
    pub port: u16,
    _folder: TempDir,
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port()
}

impl RedisNode {
    /// Starts it on this port with a configuration of further lines, and waits until it takes connections.
    fn start(port: u16, lines: &[String], arguments: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("plotline-redis-").tempdir().expect("a folder");
        let file = folder.path().join("redis.conf");
        let mut text = format!("bind 127.0.0.1\ndir {}\nsave \"\"\nappendonly no\n", folder.path().display());
        lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
        std::fs::write(&file, text).expect("a configuration");
        let mut command = Command::new("redis-server");
        command.arg(&file).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().expect("redis-server is installed (scripts/test.sh installs it)");
        let node = Self { child: Mutex::new(child), port, _folder: folder };
        wait_until("redis-server takes connections", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        node
    }

    /// Everything that comes back to one command of words without blanks.
    pub fn ask(&self, command: &str) -> String {
        let mut answer = Vec::new();
        if let Ok(mut socket) = TcpStream::connect(("127.0.0.1", self.port)) {
            socket.set_read_timeout(Some(Duration::from_secs(5))).ok();
            socket.write_all(format!("{command}\r\nQUIT\r\n").as_bytes()).ok();
            socket.read_to_end(&mut answer).ok();
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// SIGKILL, and its end.
    pub fn kill(&self) {
        let mut child = self.child.lock().expect("one order at a time");
        child.kill().ok();
        child.wait().ok();
    }
}

impl Drop for RedisNode {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A server that speaks TLS alone and asks clients for a certificate.
#[derive(Debug)]
pub struct TlsSite {
    node: RedisNode,
    folder: TempDir,
}

impl TlsSite {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        make_certificates(folder.path());
        let file = |name: &str| folder.path().join(name).display().to_string();
        let port = free_port();
        let lines = [
            "port 0".to_owned(),
            format!("tls-port {port}"),
            format!("tls-cert-file {}", file("redis.pem")),
            format!("tls-key-file {}", file("redis.key")),
            format!("tls-ca-cert-file {}", file("ca.pem")),
            "tls-auth-clients yes".to_owned(),
            "requirepass pass@word".to_owned(),
        ];
        Self { node: RedisNode::start(port, &lines, &[]), folder }
    }

    pub fn url(&self) -> String {
        format!("rediss://:pass%40word@127.0.0.1:{}", self.node.port)
    }

    /// `ca.pem`, or the client's `redis.pem` and `redis.key`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// An authority and one certificate signed by it, for server and client, as an operator makes them.
fn make_certificates(folder: &Path) {
    const COMMANDS: &str = "set -e
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-authority -keyout ca.key -out ca.pem
        openssl req -newkey rsa:2048 -nodes -subj /CN=redis -keyout redis.key -out redis.csr
        printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\\nbasicConstraints=CA:FALSE\\n' > extensions
        openssl x509 -req -in redis.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extensions -out redis.pem";
    let output = Command::new("sh").args(["-c", COMMANDS]).current_dir(folder).output().expect("sh");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A master, its replica, and three Sentinels that watch them.
#[derive(Debug)]
pub struct SentinelSite {
    pub master: RedisNode,
    pub replica: RedisNode,
    sentinels: Vec<RedisNode>,
}

impl SentinelSite {
    pub fn start() -> Self {
        let (first, second) = (free_port(), free_port());
        let quick = "repl-diskless-sync-delay 0".to_owned();
        let master = RedisNode::start(first, &[format!("port {first}"), quick.clone()], &[]);
        let lines = [format!("port {second}"), format!("replicaof 127.0.0.1 {first}"), quick];
        let replica = RedisNode::start(second, &lines, &[]);
        // A Sentinel asks a master for its replicas at once, and then every ten seconds only.
        wait_until("the replica follows", || replica.ask("INFO replication").contains("master_link_status:up"));
        wait_until("the master knows it", || master.ask("INFO replication").contains("state=online"));
        let sentinels = (0..3).map(|_| {
            let port = free_port();
            let lines = [
                format!("port {port}"),
                format!("sentinel monitor plotline 127.0.0.1 {first} 2"),
                "sentinel down-after-milliseconds plotline 1000".to_owned(),
                "sentinel failover-timeout plotline 3000".to_owned(),
            ];
            RedisNode::start(port, &lines, &["--sentinel"])
        });
        let site = Self { master, replica, sentinels: sentinels.collect() };
        wait_until("the Sentinels know each other and the replica", || {
            site.sentinels.iter().all(|sentinel| {
                let told = sentinel.ask("SENTINEL MASTER plotline");
                let after =
                    |name: &str| told.split(name).nth(1).and_then(|rest| rest.lines().nth(2).map(str::to_owned));
                after("num-slaves").as_deref() == Some("1") && after("num-other-sentinels").as_deref() == Some("2")
            })
        });
        site
    }

    pub fn url(&self) -> String {
        let hosts: Vec<String> = self.sentinels.iter().map(|node| format!("127.0.0.1:{}", node.port)).collect();
        format!("redis+sentinel://{}/plotline", hosts.join(","))
    }

    /// Whether the Sentinels have made the replica the master.
    pub fn has_failed_over(&self) -> bool {
        self.replica.ask("ROLE").contains("master")
    }
}

/// Three masters with a third of the slots each.
#[derive(Debug)]
pub struct ClusterSite {
    pub nodes: Vec<RedisNode>,
}

impl ClusterSite {
    pub fn start() -> Self {
        let start = || {
            let (port, bus) = (free_port(), free_port());
            let lines = [
                format!("port {port}"),
                "cluster-enabled yes".to_owned(),
                format!("cluster-port {bus}"),
                "cluster-node-timeout 2000".to_owned(),
                "cluster-require-full-coverage no".to_owned(),
            ];
            (RedisNode::start(port, &lines, &[]), bus)
        };
        let started: Vec<(RedisNode, u16)> = (0..3).map(|_| start()).collect();
        for (i, (node, _)) in started.iter().enumerate() {
            let (from, to) = (i * 16_384 / 3, (i + 1) * 16_384 / 3 - 1);
            let told = node.ask(&format!("CLUSTER ADDSLOTSRANGE {from} {to}"));
            assert!(told.contains("+OK"), "{told}");
            node.ask(&format!("CLUSTER SET-CONFIG-EPOCH {}", i + 1));
        }
        for (node, bus) in &started[1..] {
            started[0].0.ask(&format!("CLUSTER MEET 127.0.0.1 {} {bus}", node.port));
        }
        let site = Self { nodes: started.into_iter().map(|(node, _)| node).collect() };
        wait_until("the cluster is complete", || {
            site.nodes.iter().all(|node| {
                let told = node.ask("CLUSTER INFO");
                told.contains("cluster_state:ok") && told.contains("cluster_slots_ok:16384")
            })
        });
        site
    }

    pub fn url(&self) -> String {
        let hosts: Vec<String> = self.nodes.iter().map(|node| format!("127.0.0.1:{}", node.port)).collect();
        format!("redis+cluster://{}", hosts.join(","))
    }
}
