//! Where things are in the tree.

use std::path::{Path, PathBuf};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A path below the workspace's root.
pub fn at(relative: &str) -> PathBuf {
    root().join(relative)
}

/// What the server serves and a release build embeds.
pub fn site() -> PathBuf {
    at("target/site")
}
