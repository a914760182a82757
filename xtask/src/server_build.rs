//! The binary `tessera`, with its assets.
//!
//! No `--package`: with the default members together, Cargo builds every
//! dependency once, with one set of features, for build, test and this tool.

use anyhow::Result;

use crate::assets;
use crate::front::Purpose;
use crate::run::{cargo, ok, say};

/// `target/debug/tessera`, which reads its assets from `target/site`.
pub fn debug() -> Result<()> {
    assets::build(Purpose::Debug)?;
    say("building tessera");
    ok(cargo().args(["build", "--bin", "tessera"]))
}

/// `target/release/tessera`, which has its assets inside.
pub fn release() -> Result<()> {
    assets::build(Purpose::Release)?;
    say("building tessera (release)");
    ok(cargo().args(["build", "--release", "--bin", "tessera"]))
}
