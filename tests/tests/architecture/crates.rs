//! The crate graph: who may depend on whom, and which crate alone may name a library.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sources::{cargo_output, members, name, text};

/// What each crate may use of our own. `plotline` and `tests` may use everything.
const ALLOWED: &[(&str, &[&str])] = &[
    ("contract", &[]),
    ("settings", &[]),
    ("web", &[]),
    ("domain", &["contract"]),
    ("storage", &["contract"]),
    ("queue", &["contract"]),
    ("engine", &["contract"]),
    ("render", &["contract"]),
    ("api", &["contract", "settings", "domain", "storage", "queue", "web"]),
    ("compute", &["contract", "engine", "render"]),
    ("worker", &["contract", "settings", "domain", "storage", "queue", "compute"]),
];

/// Libraries that one crate owns; the others go through that crate.
const OWNED: &[(&str, &str)] = &[
    ("diesel", "domain"),
    ("diesel_migrations", "domain"),
    ("libsqlite3-sys", "domain"),
    ("pq-sys", "domain"),
    ("bcrypt", "domain"),
    ("zxcvbn", "domain"),
    ("object_store", "storage"),
    ("apalis", "queue"),
    ("apalis-core", "queue"),
    ("apalis-redis", "queue"),
    ("redis", "queue"),
    ("polars", "engine"),
    ("polars-core", "engine"),
    ("polars-io", "engine"),
    ("polars-parquet", "engine"),
    ("statrs", "engine"),
    ("csv", "engine"),
    ("plotters", "render"),
    ("typst", "render"),
    ("rust_xlsxwriter", "render"),
    ("actix-web", "api"),
    ("actix-cors", "api"),
    ("actix-multipart", "api"),
    ("jsonwebtoken", "api"),
    ("metrics-exporter-prometheus", "api"),
    ("utoipa-actix-web", "api"),
    ("utoipa-swagger-ui", "api"),
    ("lettre", "worker"),
    ("rust-embed", "web"),
    ("clap", "plotline"),
    ("anyhow", "plotline"),
];

/// Libraries that would make the engine's answers depend on more than its input.
const IMPURE: &[&str] = &["tokio", "reqwest", "rand", "uuid", "diesel", "redis", "object_store", "actix-web"];

#[test]
fn crates_use_only_what_the_design_allows() {
    for package in members() {
        let user = name(package);
        if matches!(user, "plotline" | "tests") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == user) else {
            panic!("the crate {user} has no line in ALLOWED: say there what it may use");
        };
        for used in our_dependencies(package) {
            assert!(allowed.contains(&used.as_str()), "{user} must not use {used}; it may use {allowed:?}");
        }
    }
}

#[test]
fn owned_libraries_are_named_by_their_owner_alone() {
    for package in members() {
        for dependency in dependencies(package) {
            let library = dependency["name"].as_str().unwrap_or_default();
            let Some((_, owner)) = OWNED.iter().find(|(owned, _)| *owned == library) else { continue };
            assert_eq!(*owner, name(package), "{library} belongs to {owner}: {} goes through it", name(package));
        }
    }
}

#[test]
fn only_the_compute_child_reaches_the_engine() {
    for package in members() {
        let user = name(package);
        for pure in ["engine", "render"] {
            let reaches = our_dependencies(package).iter().any(|used| used == pure);
            assert!(
                !reaches || matches!(user, "compute" | "tests"),
                "{user} must not call {pure}: compute's child does"
            );
        }
    }
}

#[test]
fn the_engine_is_pure() {
    for package in members().filter(|package| matches!(name(package), "engine" | "render")) {
        let normal = dependencies(package).iter().filter(|dependency| dependency["kind"].is_null());
        for dependency in normal {
            let library = dependency["name"].as_str().unwrap_or_default();
            assert!(!IMPURE.contains(&library), "{} is pure and must not use {library}", name(package));
        }
    }
    for path in
        ["crates/engine/src", "crates/render/src"].iter().flat_map(|folder| crate::sources::files(folder, ".rs"))
    {
        let code = text(&path);
        // Tests at the end of a file may look at the clock or make temporary files.
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "env::var", "std::net", "thread_rng"]
        {
            assert!(!code.contains(word), "{} is pure and must not use {word}", path.display());
        }
    }
}

#[test]
fn only_the_dialect_file_tells_the_databases_apart() {
    for path in crate::sources::files("crates", ".rs") {
        let place = path.to_string_lossy();
        // connection.rs opens the two kinds; dialect.rs holds the statements that differ.
        if !place.starts_with("crates/domain/src/") || place.ends_with("/dialect.rs") {
            continue;
        }
        let code = text(&path);
        for word in ["datetime('now'", "BEGIN IMMEDIATE", "FOR UPDATE", "ON CONFLICT", "now() AT TIME ZONE"] {
            let found = code.lines().any(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            assert!(!found, "{place}: `{word}` differs between the databases and belongs in dialect.rs");
        }
    }
}

#[test]
fn every_dependency_takes_its_version_from_the_workspace() {
    for path in crate::sources::files("crates", "Cargo.toml").into_iter().chain(["tests/Cargo.toml".into()]) {
        let manifest = text(&path);
        let mut section = String::new();
        for line in manifest.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line.to_owned();
                continue;
            }
            if section.contains("dependencies]") {
                let from_workspace = line.contains("workspace = true");
                assert!(from_workspace, "{}: `{line}`: put the version into the root Cargo.toml", path.display());
            }
        }
        assert!(manifest.contains("[lints]\nworkspace = true"), "{}: take the lints of the workspace", path.display());
    }
}

#[test]
fn running_and_testing_share_one_build_of_the_libraries() {
    // scripts/run.sh builds without the test dependencies; if one of those switched a feature on in a library that
    // the program uses, everything above it would be compiled a second time.
    let run = feature_lines("normal,build");
    let test = feature_lines("normal,build,dev");
    let different: Vec<_> = run.difference(&test).collect();
    assert!(different.is_empty(), "test dependencies change the features of: {different:#?}");
}

fn feature_lines(edges: &str) -> BTreeSet<String> {
    let arguments = ["tree", "--locked", "--workspace", "--prefix=none", "--no-dedupe", "-f", "{p} [{f}]", "-e", edges];
    cargo_output("cargo", &arguments).lines().map(str::to_owned).collect()
}

fn dependencies(package: &Value) -> &[Value] {
    package["dependencies"].as_array().map_or(&[], Vec::as_slice)
}

fn our_dependencies(package: &Value) -> Vec<String> {
    // Ours are the ones with a path.
    let ours = dependencies(package).iter().filter(|dependency| dependency["path"].is_string());
    ours.filter_map(|dependency| dependency["name"].as_str()).map(str::to_owned).collect()
}
