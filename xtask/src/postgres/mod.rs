//! A private PostgreSQL for tests: made from installed binaries, on a free port, gone afterwards.
//!
//! Not durable, and not secure beyond this machine: it trusts every local connection.

mod binaries;
mod owner;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::run::{ok, output, program, say, succeeds};
use owner::Owner;

/// Where the tests find the cluster: an administrator's URL; each test makes a schema of its own.
const URL: &str = "TESSERA_TEST_POSTGRES_URL";
/// `psql`, for the browser tests, which have no driver of their own.
const PSQL: &str = "TESSERA_TEST_PSQL";

/// Forgetful and fast, with room for many small pools at once.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=300",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
];

/// A running cluster; dropping it stops it and removes its files.
pub struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// Makes and starts one.
    pub fn start() -> Result<Self> {
        let bin = binaries::folder()?;
        let owner = Owner::find()?;
        sweep();
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        owner.give(&folder)?;
        say("starting a private PostgreSQL");
        init(&bin, &folder.join("data"), &owner)?;
        // Free now; nothing else is likely to take it before the server does.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = serve(&bin, &folder, port, &owner)?;
        let mut cluster = Self { bin, folder, port, server };
        cluster.wait()?;
        Ok(cluster)
    }

    /// Tells a program where the cluster is.
    pub fn seen_by<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env(URL, self.url()).env(PSQL, self.bin.join("psql"))
    }

    /// An administrator's URL.
    pub fn url(&self) -> String {
        format!("postgres://tessera@127.0.0.1:{}/postgres", self.port)
    }

    /// `psql`, connected.
    pub fn psql(&self) -> Command {
        let mut psql = program(self.bin.join("psql"));
        psql.arg(self.url());
        psql
    }

    fn wait(&mut self) -> Result<()> {
        for _ in 0..100 {
            if succeeds(Command::new(self.bin.join("pg_isready")).args([
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
            ])) {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL stopped at once ({status}): see {}", self.folder.join("log").display());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL did not answer within 10 s: see {}", self.folder.join("log").display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT asks for a fast shutdown; std alone can only kill.
        let _ = succeeds(program("kill").args(["-INT", &self.server.id().to_string()]));
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Runs a command beside a cluster; without one, waits for Ctrl-C (which reaches PostgreSQL too).
pub fn beside(command: &[String]) -> Result<()> {
    let mut cluster = Cluster::start()?;
    if let Some((name, args)) = command.split_first() {
        return ok(cluster.seen_by(program(name).args(args)));
    }
    println!("export {URL}={}", cluster.url());
    println!("export {PSQL}={}", cluster.bin.join("psql").display());
    cluster.server.wait()?;
    Ok(())
}

const PREFIX: &str = "tessera-postgres-";

/// Stops and removes what a killed run left behind.
fn sweep() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if succeeds(program("kill").args(["-0", pid])) {
            continue;
        }
        let pid_file = entry.path().join("data/postmaster.pid");
        if let Some(server) = fs::read_to_string(pid_file).ok().as_deref().and_then(|text| text.lines().next()) {
            let _ = succeeds(program("kill").args(["-QUIT", server]));
        }
        let _ = fs::remove_dir_all(entry.path());
    }
}

/// Makes the data folder. A linguistic default collation, where it can be had,
/// shows a query that forgot to say which order it wants.
fn init(bin: &Path, data: &Path, owner: &Owner) -> Result<()> {
    let initdb = || {
        let mut command = owner.run(bin.join("initdb"));
        command.arg("--pgdata").arg(data);
        command.args(["--username=tessera", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        command
    };
    if succeeds(initdb().args(["--locale-provider=icu", "--icu-locale=en-US"])) {
        return Ok(());
    }
    output(&mut initdb()).map(drop)
}

fn serve(bin: &Path, folder: &Path, port: u16, owner: &Owner) -> Result<Child> {
    let log = fs::File::create(folder.join("log"))?;
    let mut command = owner.run(bin.join("postgres"));
    command.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    command.spawn().context("could not start PostgreSQL")
}
