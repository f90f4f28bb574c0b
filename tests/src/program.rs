//! Finds the plotline program that Cargo built beside the running test, and refuses one that is older than its sources.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

const BUILD_IT: &str = "run: cargo build --locked --workspace --bins";

/// The program to test: the one that the variable `TEST_PROGRAM` names (an installed one, for example), otherwise the
/// one that Cargo built. Panics with what to do when that is missing or stale.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(find)
}

/// The repository's root folder: the one above this process that has the lock file. It is not the one that the test was
/// compiled in, which may be another clone with the same folder for what is built.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let here = std::env::current_dir().expect("the current folder");
        let root = here.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
        root.expect("tests run within the repository").to_owned()
    })
}

fn find() -> PathBuf {
    if let Some(named) = std::env::var_os("TEST_PROGRAM") {
        return PathBuf::from(named);
    }
    let test = std::env::current_exe().expect("the path of this test");
    // target/debug/deps/server-0123 (or target/debug/examples/bench) -> target/debug/plotline
    let folder = test.parent().and_then(Path::parent).expect("a test lies two folders deep in target");
    let program = folder.join("plotline");
    assert!(program.is_file(), "{} is not built; {BUILD_IT}", program.display());
    if let Some(newer) = source_newer_than(&program) {
        panic!("{} is older than {}; {BUILD_IT}", program.display(), newer.display());
    }
    program
}

/// The first source file, of those Cargo notes beside the program, that was changed after the program was built.
fn source_newer_than(program: &Path) -> Option<PathBuf> {
    let notes = std::fs::read_to_string(program.with_extension("d")).ok()?;
    let built = modified(program)?;
    let sources = notes.split_once(':')?.1.split_whitespace().map(PathBuf::from);
    sources.into_iter().find(|source| modified(source).is_some_and(|changed| changed > built))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}
