//! Where things are in the tree.

use std::path::{Path, PathBuf};

/// The workspace's root folder: Cargo tells whoever it runs, the build folder may have been moved.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map(Path::to_path_buf).unwrap_or(xtask)
}

/// A path below the workspace's root.
pub fn at(relative: &str) -> PathBuf {
    root().join(relative)
}

/// What the server serves and a release build embeds.
pub fn site() -> PathBuf {
    at("target/site")
}
