//! The few tools that only npm has, at the versions of the lock file.

use std::process::Command;

use anyhow::{Result, bail};

use crate::paths;
use crate::run::{ok, program, say, which};
use crate::stamp::Stamp;

/// Installs the packages of a folder's lock file unless they are there already.
pub fn install(folder: &str) -> Result<()> {
    let lock = format!("{folder}/package-lock.json");
    let stamp =
        Stamp::of(&format!("npm-{}", folder.replace('.', "root")), &[&lock, &format!("{folder}/package.json")])?;
    if stamp.is_fresh(&[paths::at(folder).join("node_modules/.package-lock.json")]) {
        return Ok(());
    }
    if which("npm").is_none() {
        bail!("the style sheet, the icons and the browser tests need npm: please install Node.js 20 or newer");
    }
    say(&format!("npm ci in {folder}"));
    // Playwright's own browser is fetched by `e2e`, and only where the system has none.
    ok(program("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(paths::at(folder))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    stamp.save()
}

/// A program that one of the root's packages brings.
pub fn tool(name: &str) -> Command {
    program(paths::at("node_modules/.bin").join(name))
}
