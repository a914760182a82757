//! A server that is measured: started on a free port, stopped when it is dropped.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Longest start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running one.
pub struct Server {
    child: Child,
    port: u16,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts what `command` makes of a port, and waits until `path` is answered.
    pub fn start(path: &str, command: impl FnOnce(u16) -> Command) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = command(port);
        let begun = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("could not start a server")?;
        let mut server = Self { child, port, started_in: Duration::ZERO };
        while begun.elapsed() < PATIENCE {
            if server.answers(path) {
                server.started_in = begun.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("a server stopped at once ({status})");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("a server did not answer within {PATIENCE:?}")
    }

    /// An address on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Resident memory now and at its highest, in MB.
    pub fn memory(&self) -> Result<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1_024)
        };
        Ok((megabytes("VmRSS:").context("VmRSS")?, megabytes("VmHWM:").context("VmHWM")?))
    }

    fn answers(&self, path: &str) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            let host = self.port;
            write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{host}\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer.starts_with("HTTP/1.1 200"))
        };
        ask().unwrap_or(false)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
