//! Runs other programs, and says which one failed and how.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::paths;

/// A program to run from the workspace's root.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root());
    command
}

/// The Cargo that runs this tool.
pub fn cargo() -> Command {
    let mut cargo = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if let Some(driver) = LINTING.get() {
        // As `cargo clippy` does it; there it compiles nothing, so that every crate is read twice.
        cargo.env("RUSTC_WORKSPACE_WRAPPER", driver);
        cargo.env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    }
    cargo
}

static LINTING: OnceLock<PathBuf> = OnceLock::new();

/// From now on every build of the workspace's crates is done by clippy's own compiler, which lints and compiles in one
/// go: from nothing that takes minutes less than linting first. False where there is none to be found.
pub fn lint_while_building() -> bool {
    let sysroot = output(program("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    let driver = PathBuf::from(sysroot).join("bin/clippy-driver");
    driver.is_file() && LINTING.set(driver).is_ok()
}

/// Runs to the end; an exit code other than 0 is an error.
pub fn ok(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("could not start {name}"))?;
    if !status.success() {
        bail!("{name} {} failed ({status})", shown_args(command));
    }
    Ok(())
}

/// Runs to the end and returns what it printed, without the last line's end.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.stderr(Stdio::inherit()).output().with_context(|| format!("could not start {name}"))?;
    if !done.status.success() {
        bail!("{name} {} failed ({})", shown_args(command), done.status);
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
}

/// Whether it runs and succeeds; prints nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The first file of that name on `PATH`.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Says what the build is busy with.
pub fn say(step: &str) {
    eprintln!("==> {step}");
}

fn shown_args(command: &Command) -> String {
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    args.join(" ")
}
