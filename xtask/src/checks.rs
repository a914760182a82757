//! What a machine can say about the source without running it.

use anyhow::Result;

use crate::run::{cargo, ok, say, succeeds};
use crate::{conformance_tables, security_table};

/// Formatting and clippy always; the licences and unused dependencies where their tools are installed.
pub fn lint() -> Result<()> {
    say("formatting");
    ok(cargo().args(["fmt", "--all", "--check"]))?;
    say("clippy");
    ok(cargo().args(["clippy", "--all-targets", "--", "--deny", "warnings"]))?;
    // The browser's half of `app`, on the host's target: `cfg(feature = "hydrate")` is what differs.
    ok(cargo().args(["clippy", "--package", "frontend", "--", "--deny", "warnings"]))?;
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
