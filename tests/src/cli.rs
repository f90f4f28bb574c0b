//! The program's command line: any sub-command with a clean environment, and signals to processes of a test.

use std::path::Path;
use std::process::Command;

use crate::program::program;

/// The program with test settings for this data folder and nothing else in its environment.
pub fn command(data_dir: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("PLOTLINE_ENVIRONMENT", "testing")
        .env("PLOTLINE_DATA_DIR", data_dir)
        .env("PLOTLINE_HTTP_ADDR", "127.0.0.1:0")
        .env("PLOTLINE_HTTP_THREADS", "2")
        .env("PLOTLINE_AUTH_BCRYPT_COST", "4")
        .env("PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE", "100000")
        .env("PLOTLINE_LOG_FORMAT", "text");
    command
}

/// Sends a signal by name. The shell's own `kill` is there even where no such program is installed.
pub fn signal(process: u32, name: &str) {
    assert!(process > 1, "no process to signal");
    Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status().expect("sh");
}

/// The direct children of a process whose command line holds all these words.
pub fn children_of(parent: u32, words: &[&str]) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| parent_of(*process) == Some(parent))
        .filter(|process| {
            let line = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            words.iter().all(|word| line.contains(word))
        })
        .collect()
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name may hold spaces and brackets; the fields after the last ')' do not.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
