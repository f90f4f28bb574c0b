//! Migrations: the same steps for both databases, each with its way back.

use std::collections::BTreeSet;

use tests::program::root;

#[test]
fn both_databases_have_the_same_migrations() {
    let sqlite = names("sqlite");
    assert!(!sqlite.is_empty(), "there are migrations");
    assert_eq!(sqlite, names("postgres"));
}

#[test]
fn every_migration_has_a_way_up_and_down() {
    for kind in ["sqlite", "postgres"] {
        for name in names(kind) {
            for file in ["up.sql", "down.sql"] {
                let path = root().join("migrations").join(kind).join(&name).join(file);
                let statements = std::fs::read_to_string(&path).unwrap_or_default();
                assert!(!statements.trim().is_empty(), "{} is missing or empty", path.display());
            }
        }
    }
}

fn names(kind: &str) -> BTreeSet<String> {
    let folder = root().join("migrations").join(kind);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let folders = entries.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
