//! Rebuilds the crate when a migration folder is added, since the embedding macro sees only the files it knows.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
