//! The user and their browser: `end2end/clients/support/person.py`, as the environment names it.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use anyhow::{Result, ensure};

use crate::setting;

/// A browser that keeps its cookies.
pub struct Person {
    cookies: PathBuf,
}

impl Person {
    /// One that has never been anywhere.
    pub fn new() -> Self {
        let cookies = std::env::temp_dir().join(format!("tessera-openidconnect-{}", std::process::id()));
        drop(std::fs::remove_file(&cookies));
        Self { cookies }
    }

    /// Opens an address, signs in where that is asked, and gives the first address that begins with `until`.
    pub fn go(&self, address: &str, until: &str) -> Result<String> {
        arrived(&self.set_out(address, until)?.wait_with_output()?)
    }

    /// The same, while the program goes on.
    pub fn set_out(&self, address: &str, until: &str) -> Result<Child> {
        let mut command = Command::new(setting("PERSON")?);
        command.args([address, until]).env("PERSON_COOKIES", &self.cookies).stdout(Stdio::piped());
        Ok(command.spawn()?)
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.cookies));
    }
}

/// Where somebody ended who had set out.
pub fn arrived(output: &Output) -> Result<String> {
    ensure!(output.status.success(), "the person did not get there");
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
