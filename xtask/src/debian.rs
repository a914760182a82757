//! Installs a missing Debian package when that is possible, and otherwise says what to install.

use std::sync::Once;

use anyhow::{Result, bail};

use crate::run::{ok, output, program, say, which};

/// The package lists are read anew at most once.
static UPDATED: Once = Once::new();

/// Installs `packages` on a Debian-like system as root; elsewhere fails with what to do by hand.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    if which("apt-get").is_none() || !is_root() {
        bail!("{why}: please install {} (on Debian: sudo apt-get install {})", packages.join(", "), packages.join(" "));
    }
    say(&format!("installing {} ({why})", packages.join(" ")));
    let mut updated = Ok(());
    UPDATED.call_once(|| updated = ok(program("apt-get").args(["update", "-qq"])));
    updated?;
    ok(program("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(std::process::Stdio::null()))
}

/// Whether this process may change the system and other users' files.
pub fn is_root() -> bool {
    output(program("id").arg("-u")).is_ok_and(|id| id == "0")
}
