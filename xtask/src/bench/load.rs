//! Load by `wrk`.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::paths;
use crate::run::{output, program, which};

/// Connections at the same time.
pub const CONNECTIONS: usize = 32;
/// Seconds of one measurement.
const SECONDS: &str = "5s";

/// Installs `wrk` where it is missing.
pub fn ready() -> Result<()> {
    if which("wrk").is_some() { Ok(()) } else { debian::install(&["wrk"], "requests are sent by wrk") }
}

/// What is sent: a script of `server/bench/wrk`, with its arguments.
pub struct Load<'a> {
    /// Name of the script.
    pub script: &'a str,
    /// Where to.
    pub url: String,
    /// For the script.
    pub args: Vec<String>,
    /// More of them, other ones for each time that `wrk` is started: what counts once.
    pub fresh: Vec<Vec<String>>,
}

/// Times that `wrk` is started for one measurement.
pub const STARTS: usize = 2;

impl Load<'_> {
    /// Requests a second. An error where answers were refusals.
    pub fn run(&mut self) -> Result<f64> {
        // For a moment first: pools and caches are filled.
        self.once("1s")?;
        self.once(SECONDS)
    }

    fn once(&mut self, seconds: &str) -> Result<f64> {
        let script = paths::at("server/bench/wrk").join(format!("{}.lua", self.script));
        let mut wrk: Command = program("wrk");
        wrk.args(["-t1", "-c", &CONNECTIONS.to_string(), "-d", seconds, "-s"]).arg(script).arg(&self.url).arg("--");
        let told = output(wrk.args(&self.args).args(self.fresh.pop().unwrap_or_default()))?;
        let line = |name: &str| told.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
        if let Some(count) = line("Non-2xx or 3xx responses:") {
            bail!("{}: {count} answers were refusals\n{told}", self.url);
        }
        line("Requests/sec:").and_then(|text| text.parse().ok()).with_context(|| format!("wrk said: {told}"))
    }
}
