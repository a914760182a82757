//! Finds PostgreSQL's programs, or has them installed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::debian;
use crate::run::which;

/// The folder that holds `initdb` and `postgres`.
pub fn folder() -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    debian::install(&["postgresql"], "half of the tests run on PostgreSQL")?;
    find().context("PostgreSQL is installed, but initdb is not where it was looked for")
}

/// Debian keeps the server's programs off `PATH`, one folder per version: the newest wins.
fn find() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().or_else(|| which("initdb")?.parent().map(PathBuf::from))
}
