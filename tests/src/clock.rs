//! Wrong clocks: the settings under which a process believes in another time of day.

use std::path::PathBuf;

/// For `FAKETIME` such as `+300s`. The process's measure of time passing stays right.
pub fn skewed(by: &str) -> [(&'static str, String); 3] {
    [
        ("LD_PRELOAD", library().display().to_string()),
        ("FAKETIME", by.to_owned()),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
    ]
}

fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().filter_map(Result::ok);
    let mut candidates = folders.map(|entry| entry.path().join("faketime/libfaketimeMT.so.1"));
    candidates.find(|path| path.exists()).expect("libfaketime is installed (scripts/test.sh installs it)")
}
