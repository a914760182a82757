//! The tests: Rust's, then the browsers'.

use std::process::Command;

use anyhow::Result;

use crate::postgres::Cluster;
use crate::run::{cargo, ok, program, say, succeeds, which};
use crate::{checks, debian, npm, server_build};

/// Everything, from what fails fastest to what takes longest.
pub fn all() -> Result<()> {
    checks::lint_before_building()?;
    let cluster = Cluster::start()?;
    rust(&cluster)?;
    browsers(&cluster, &[])
}

/// Unit and integration tests.
pub fn unit() -> Result<()> {
    rust(&Cluster::start()?)
}

/// Browser tests; `args` go to Playwright.
pub fn e2e(args: &[String]) -> Result<()> {
    browsers(&Cluster::start()?, args)
}

/// Random and mutated requests at each endpoint of the protocol, many more than the tests send; `args` is how many.
pub fn fuzz(args: &[String]) -> Result<()> {
    let requests = args.first().map_or("100000", String::as_str);
    say(&format!("{requests} requests at each endpoint"));
    let mut nextest = cargo();
    // What each endpoint answered, and what it kept in memory, is worth reading.
    nextest.args(["nextest", "run", "--no-fail-fast", "--success-output", "final", "-E", "test(oauth::fuzz::)"]);
    ok(Cluster::start()?.seen_by(nextest.env("TESSERA_FUZZ_REQUESTS", requests)))
}

fn rust(cluster: &Cluster) -> Result<()> {
    say("unit and integration tests");
    if succeeds(cargo().args(["nextest", "--version"])) {
        ok(cluster.seen_by(cargo().args(["nextest", "run", "--no-fail-fast"])))?;
        // nextest leaves these to Cargo; only libraries have them.
        return ok(cluster.seen_by(cargo().args(["test", "--doc"])));
    }
    ok(cluster.seen_by(cargo().args(["test", "--no-fail-fast"])))
}

fn browsers(cluster: &Cluster, args: &[String]) -> Result<()> {
    server_build::debug()?;
    npm::install("end2end")?;
    browser()?;
    say("browser tests");
    ok(&mut npm_run("check"))?;
    ok(cluster.seen_by(npm_run("test").arg("--").args(args)))
}

fn npm_run(script: &str) -> Command {
    let mut npm = program("npm");
    npm.args(["run", "--silent", "--prefix", "end2end", script]);
    npm
}

/// The system's Chromium where there is one or Debian has it, else Playwright's own.
fn browser() -> Result<()> {
    if which("chromium").is_some() {
        return Ok(());
    }
    if which("apt-get").is_some() && debian::is_root() {
        return debian::install(&["chromium"], "the browser tests need a browser");
    }
    ok(program("end2end/node_modules/.bin/playwright").args(["install", "chromium"]))
}
