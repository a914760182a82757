//! Skips a step whose inputs have not changed since it last succeeded.
//!
//! The stamp is a hash of the names and contents of the inputs, kept under
//! `target/stamps`. Contents, not times: a fresh checkout or a branch switched
//! back and forth costs nothing.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths;

/// One step's inputs, hashed.
pub struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    /// Hashes `inputs` (files or folders, relative to the root; absent ones count as absent).
    pub fn of(step: &str, inputs: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash_path(&paths::at(input), &mut hasher).with_context(|| format!("could not read {input}"))?;
        }
        Ok(Self { file: paths::at("target/stamps").join(step), hash: format!("{:016x}", hasher.finish()) })
    }

    /// The same inputs, but another way of doing the step.
    pub fn tagged(&self, tag: &str) -> Self {
        Self { file: self.file.clone(), hash: format!("{}-{tag}", self.hash) }
    }

    /// Whether the step succeeded with these inputs and `outputs` still exist.
    pub fn is_fresh(&self, outputs: &[PathBuf]) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|old| old == self.hash) && outputs.iter().all(|file| file.exists())
    }

    /// Remembers that the step succeeded.
    pub fn save(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(&self.file, &self.hash)?)
    }
}

fn hash_path(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_dir() {
        let mut entries =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
        entries.sort();
        for entry in entries {
            hash_path(&entry, hasher)?;
        }
    } else {
        path.file_name().hash(hasher);
        fs::read(path).ok().hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn the_same_inputs_give_the_same_hash_and_others_another() {
        let first = Stamp::of("test", &["xtask/src"]).unwrap();
        let again = Stamp::of("test", &["xtask/src"]).unwrap();
        let other = Stamp::of("test", &["xtask/src", "Makefile"]).unwrap();
        assert_eq!(first.hash, again.hash);
        assert_ne!(first.hash, other.hash);
    }
}
