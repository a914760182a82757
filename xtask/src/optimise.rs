//! Runs binaryen's optimiser over the wasm.

use std::path::Path;

use anyhow::Result;

use crate::npm;
use crate::run::ok;

/// What rustc's wasm already uses; binaryen must be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Optimises `from` for size into `to`.
pub fn wasm(from: &Path, to: &Path) -> Result<()> {
    npm::install(".")?;
    ok(npm::tool("wasm-opt").arg("-Oz").args(FEATURES).arg(from).arg("-o").arg(to))
}
