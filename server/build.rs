//! A release embeds `target/site`: build again when a file appears there.
//!
//! A debug build reads the folder as it runs. The folder must be there when it
//! compiles all the same: of one that is not, `rust-embed` keeps a path with
//! `..` in it, under which it then finds no file.

use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
    std::fs::create_dir_all(Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site"))
}
