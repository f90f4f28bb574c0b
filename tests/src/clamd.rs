//! A throw-away clamd from the installed program, which knows one signature: that of the EICAR test file.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// MD5 and length of the test file, as published by EICAR; the form is that of ClamAV's `.hdb` files.
const SIGNATURE: &str = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n";

/// The test file in two parts, so that no scanner takes this source for it.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// A running clamd, ended when dropped.
#[derive(Debug)]
pub struct Clamd {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Clamd {
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let folder = tempfile::Builder::new().prefix("plotline-clamd-").tempdir().expect("a temporary folder");
        let database = folder.path().join("database");
        std::fs::create_dir(&database).expect("a folder for signatures");
        std::fs::write(database.join("eicar.hdb"), SIGNATURE).expect("the signature");
        let settings = format!(
            "Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {port}\nDatabaseDirectory {}\nTemporaryDirectory {}\n\
             LogFile {}\nConcurrentDatabaseReload no\nStreamMaxLength 1M\nUser root\n",
            database.display(),
            folder.path().display(),
            folder.path().join("clamd.log").display(),
        );
        // The program changes to this user when root starts it, and ignores the line otherwise.
        let configuration = folder.path().join("clamd.conf");
        std::fs::write(&configuration, settings).expect("the settings");
        let child = Command::new("/usr/sbin/clamd")
            .arg(format!("--config-file={}", configuration.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd is installed (scripts/test.sh installs it)");
        let clamd = Self { child, port, _folder: folder };
        clamd.wait_for_answer();
        clamd
    }

    /// As the setting `clamav_addr` takes it.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn wait_for_answer(&self) {
        let start = Instant::now();
        while self.ping().as_deref() != Some("PONG\n") {
            assert!(start.elapsed() < Duration::from_secs(30), "clamd does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn ping(&self) -> Option<String> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        socket.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        socket.write_all(b"nPING\n").ok()?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
