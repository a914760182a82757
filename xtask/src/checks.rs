//! What a machine can say about the source without running it.

use anyhow::Result;

use crate::run::{cargo, lint_while_building, ok, say, succeeds};
use crate::{conformance_tables, security_table};

/// Formatting and clippy always; the licences and unused dependencies where their tools are installed.
pub fn lint() -> Result<()> {
    formatting()?;
    server_half()?;
    browser_half()?;
    rest()
}

/// The same before everything is built and tested: clippy then works while the tests are built, where it can.
pub fn lint_before_building() -> Result<()> {
    formatting()?;
    rest()?;
    browser_half()?;
    if lint_while_building() {
        say("clippy lints the rest while it is built");
        return Ok(());
    }
    server_half()
}

fn formatting() -> Result<()> {
    say("formatting");
    ok(cargo().args(["fmt", "--all", "--check"]))
}

fn server_half() -> Result<()> {
    say("clippy");
    ok(cargo().args(["clippy", "--all-targets", "--", "--deny", "warnings"]))
}

/// The browser's half of `app`, on the host's target: `cfg(feature = "hydrate")` is what differs.
fn browser_half() -> Result<()> {
    say("clippy, for the browser's half");
    ok(cargo().args(["clippy", "--package", "frontend", "--", "--deny", "warnings"]))
}

fn rest() -> Result<()> {
    documents()?;
    optional("deny", &["check", "--hide-inclusion-graph"])?;
    optional("machete", &[])
}

/// The documents that name tests, against the tests.
pub fn documents() -> Result<()> {
    security_table::check()?;
    conformance_tables::check()
}

fn optional(tool: &str, args: &[&str]) -> Result<()> {
    if succeeds(cargo().args([tool, "--version"])) {
        say(tool);
        return ok(cargo().arg(tool).args(args));
    }
    say(&format!("cargo {tool} is not installed here: skipped"));
    Ok(())
}
