//! The command line. Plain sentences; exit code 0 when done, 1 when not, 2 for a wrong command.

mod admin;
mod apply;
mod check;
mod export;
mod failure;

use clap::{Parser, Subcommand};

use crate::config::{Settings, Sources};
use crate::{logging, run};

/// OpenID Connect provider with a management console.
#[derive(Parser)]
#[command(name = "tessera", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database up to date and serve; the first start prints a one-time set-up link
    Serve(Sources),
    /// Bring subscriptions into the state that a file describes, in one transaction
    Apply(apply::Arguments),
    /// Print the configuration as a file for `apply`, secrets as references
    Export(export::Arguments),
    /// Administrators, without the browser
    #[command(subcommand)]
    Admin(admin::Command),
    /// Name what is wrong with the settings and how to mend it
    Check(Sources),
}

/// Runs the command of this process and returns its exit code.
pub async fn main() -> u8 {
    let done = match Cli::parse().command {
        Command::Serve(sources) => serve(sources).await,
        Command::Apply(arguments) => apply::run(arguments).await,
        Command::Export(arguments) => export::run(arguments).await,
        Command::Admin(command) => admin::run(command).await,
        Command::Check(sources) => return check::run(sources).await,
    };
    match done {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("tessera: {}", failure::sentence(&error));
            1
        }
    }
}

async fn serve(sources: Sources) -> anyhow::Result<()> {
    let settings = Settings::load(sources)?;
    logging::start(&settings);
    run::run(settings).await
}

/// Opens the installation for a command that works beside a server.
async fn open(sources: Sources) -> anyhow::Result<service::Ctx> {
    let settings = Settings::load(sources)?;
    logging::start_quietly();
    // In a wrong folder a command would otherwise succeed in silence, on nothing.
    let file = settings.database_url.strip_prefix("sqlite:");
    if file.is_some_and(|path| !std::path::Path::new(path).exists()) {
        eprintln!("tessera: there is no {} yet: a new installation is made", settings.database_url);
    }
    crate::open(&settings, service::installation::Outside::default()).await
}
