//! Compiles `frontend` for wasm32 with whichever compiler can.
//!
//! 1. The default toolchain, when it has the target or rustup can fetch it.
//! 2. Debian's compiler, which ships its standard library's source and builds
//!    the target's `std` itself: for machines where rustup cannot download.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{cargo, ok, output, program, succeeds, which};
use crate::{debian, paths};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library/std";

/// Builds the wasm and returns its path.
pub fn compile() -> Result<PathBuf> {
    if default_toolchain_has_target() || fetch_target() {
        ok(build(&mut cargo()))?;
    } else {
        ok(build(&mut debian_cargo()?))?;
    }
    Ok(paths::at("target/front").join(TARGET).join("wasm-release/frontend.wasm"))
}

fn build(cargo: &mut Command) -> &mut Command {
    cargo
        .args(["build", "--package", "frontend", "--target", TARGET, "--profile", "wasm-release"])
        .args(["--target-dir", "target/front"])
}

fn default_toolchain_has_target() -> bool {
    output(program("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(&folder).is_dir())
}

/// rustup's way; answers at once where downloads are impossible.
fn fetch_target() -> bool {
    which("rustup").is_some() && succeeds(program("rustup").args(["target", "add", TARGET]))
}

/// Debian's Cargo, told to build `std` and to link with the default toolchain's linker.
fn debian_cargo() -> Result<Command> {
    let missing = !Path::new(DEBIAN_STD).is_dir() || !Path::new("/usr/bin/cargo").is_file();
    if missing {
        debian::install(&DEBIAN_PACKAGES, "this Rust toolchain cannot compile for the browser")
            .with_context(|| format!("rustup could not fetch the target either (rustup target add {TARGET})"))?;
    }
    let mut cargo = program("/usr/bin/cargo");
    cargo
        .args(["-Zbuild-std=std,panic_abort"])
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO")
        // Of the other toolchain.
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env_remove("RUSTUP_TOOLCHAIN");
    if let Some(linker) = linker() {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    Ok(cargo)
}

/// The wasm linker that rustup's toolchains bring and Debian's does not.
fn linker() -> Option<PathBuf> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"])).ok()?;
    let host = output(program("rustc").args(["--print", "host-tuple"])).ok()?;
    let linker = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
    linker.is_file().then_some(linker).or_else(|| which("wasm-ld"))
}
