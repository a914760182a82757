//! A release embeds `target/site`: build again when a file appears there.
//!
//! A debug build reads the folder as it runs, and needs nothing.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
}
