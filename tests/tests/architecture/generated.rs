//! Generated files are committed, and equal to what the program generates today.

use tests::program::root;

/// `UPDATE_GOLDEN=1 cargo test --test architecture generated` writes the files anew.
fn compare(path: &str, generated: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(root().join(path), generated).expect("the file can be written");
        return;
    }
    let committed = std::fs::read_to_string(root().join(path)).unwrap_or_default();
    if committed == generated {
        return;
    }
    let line = committed.lines().zip(generated.lines()).position(|(old, new)| old != new);
    let line = line.unwrap_or_else(|| committed.lines().count().min(generated.lines().count()));
    panic!(
        "{path} is out of step from line {}:\n committed: {:?}\n generated: {:?}\nrun: UPDATE_GOLDEN=1 cargo test --test architecture generated",
        line + 1,
        committed.lines().nth(line),
        generated.lines().nth(line)
    );
}

#[test]
fn the_openapi_document_is_in_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = tests::cli::command(folder.path()).arg("openapi").output().expect("plotline openapi");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    compare("docs/openapi.json", &String::from_utf8(output.stdout).expect("UTF-8"));
}
