//! Compiles the crate again when the built app changes; downloads and generates nothing.

#![expect(clippy::print_stdout, reason = "printing is how a build script talks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=dist");
}
