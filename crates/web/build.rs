//! Compiles the crate again when the built app changes; downloads and generates nothing.

fn main() {
    println!("cargo::rerun-if-changed=dist");
}
