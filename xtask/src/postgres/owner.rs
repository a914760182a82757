//! Who runs PostgreSQL: it refuses root, so root lends it to an unprivileged user.

use std::ffi::OsStr;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::debian;
use crate::run::{output, program, succeeds};

/// The user that owns the cluster's files and processes.
pub enum Owner {
    /// Whoever runs the build.
    Caller,
    /// Somebody else, because the caller is root.
    Other {
        /// User id.
        user: u32,
        /// Group id.
        group: u32,
    },
}

impl Owner {
    /// The caller, or for root Debian's `postgres`, or `nobody`.
    pub fn find() -> Result<Self> {
        if !debian::is_root() {
            return Ok(Self::Caller);
        }
        let name = if succeeds(program("id").arg("postgres")) { "postgres" } else { "nobody" };
        let id = |flag: &str| -> Result<u32> {
            output(program("id").args([flag, name]))?.parse().with_context(|| format!("the id of {name}"))
        };
        Ok(Self::Other { user: id("-u")?, group: id("-g")? })
    }

    /// Makes a folder the owner's.
    pub fn give(&self, folder: &Path) -> Result<()> {
        if let Self::Other { user, group } = *self {
            chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }

    /// A command that will run as the owner, from a folder that every user may enter.
    pub fn run(&self, name: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(name);
        command.current_dir("/");
        if let Self::Other { user, group } = *self {
            command.uid(user).gid(group);
        }
        command
    }
}
