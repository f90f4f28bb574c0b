//! What the tests of this suite look at: the packages as Cargo tells them, and the files of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tests::program::root;

/// Every package of the dependency tree on this machine, ours and others', as `cargo metadata` tells it.
pub fn packages() -> &'static [Value] {
    static METADATA: OnceLock<Value> = OnceLock::new();
    let metadata = METADATA.get_or_init(|| {
        let host = cargo_output("rustc", &["-vV"]);
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host's name").to_owned();
        let text = cargo_output("cargo", &["metadata", "--locked", "--format-version=1", "--filter-platform", &host]);
        serde_json::from_str(&text).expect("metadata")
    });
    metadata["packages"].as_array().expect("packages")
}

/// Our own packages.
pub fn members() -> impl Iterator<Item = &'static Value> {
    packages().iter().filter(|package| package["source"].is_null())
}

pub fn name(package: &Value) -> &str {
    package["name"].as_str().expect("a name")
}

/// The output of a Cargo tool in the repository; panics with its message when it fails.
pub fn cargo_output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().expect("the tool starts");
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// All files with this ending below a folder of the repository, paths relative to the root. Built and fetched things
/// are left out.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let all = tests::server::files_below(&root().join(folder));
    let relative = all.iter().filter_map(|path| path.strip_prefix(root()).ok());
    relative.filter(|path| path.to_string_lossy().ends_with(ending) && !is_foreign(path)).map(Path::to_owned).collect()
}

fn is_foreign(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("target" | "node_modules" | ".venv")))
}

/// The text of a file of the repository.
#[track_caller]
pub fn text(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
