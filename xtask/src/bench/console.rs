//! Measurements: how fast the console is with much data, on both engines.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths;
use crate::postgres::Cluster;
use crate::run::{cargo, ok, program, say};

/// Fills a database on each engine, unless `target/bench` holds one of the same size, and times the
/// console's pages over it. `sizes` go to `tessera-bench populate`.
pub fn run(sizes: &[String]) -> Result<()> {
    say("building tessera-bench (release)");
    ok(cargo().args(["build", "--release", "--bin", "tessera-bench"]))?;
    let folder = paths::root().join("target/bench");
    sqlite(&folder, sizes)?;
    postgres(&folder, sizes)
}

/// The file stays for the next time: filling it takes minutes.
fn sqlite(folder: &Path, sizes: &[String]) -> Result<()> {
    let (folder, made) = (folder.join("sqlite"), folder.join("sqlite/made"));
    let url = format!("sqlite:{}", folder.join("tessera.db").display());
    if fs::read_to_string(&made).ok().as_deref() != Some(&sizes.join(" ")) {
        let _ = fs::remove_dir_all(&folder);
        say("filling SQLite");
        ok(bench(&url, &folder).arg("populate").args(sizes))?;
        fs::write(&made, sizes.join(" ")).with_context(|| made.display().to_string())?;
    }
    say("pages over SQLite");
    ok(bench(&url, &folder).arg("pages"))
}

fn postgres(folder: &Path, sizes: &[String]) -> Result<()> {
    let folder = folder.join("postgres");
    let _ = fs::remove_dir_all(&folder);
    let cluster = Cluster::start()?;
    let url = cluster.url();
    say("filling PostgreSQL");
    ok(bench(&url, &folder).arg("populate").args(sizes))?;
    // What its own daemon does within minutes.
    ok(cluster.psql().args(["-q", "-c", "VACUUM ANALYZE"]))?;
    say("pages over PostgreSQL");
    ok(bench(&url, &folder).arg("pages"))
}

fn bench(url: &str, folder: &Path) -> Command {
    let mut command = program(paths::root().join("target/release/tessera-bench"));
    command.env("TESSERA_LOG", "warn").args(["--database-url", url, "--data-dir"]).arg(folder);
    command
}
