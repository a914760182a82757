//! `tessera apply FILE`: prints the plan, then does it.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use service::apply::{self, Options};

use super::{open, plan};
use crate::config::Sources;

#[derive(Args)]
pub struct Arguments {
    /// JSON or YAML
    file: PathBuf,
    /// Only print what would be done
    #[arg(long)]
    dry_run: bool,
    /// Delete what the file does not name, inside the subscriptions that it names
    #[arg(long)]
    prune: bool,
    /// Give existing users the passwords and claims of the file
    #[arg(long)]
    reset_users: bool,
    #[command(flatten)]
    sources: Sources,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let name = arguments.file.display().to_string();
    let text = std::fs::read_to_string(&arguments.file).with_context(|| format!("reading {name}"))?;
    let document = apply::parse(&text, &name).map_err(|error| anyhow!("{name}: {error}"))?;
    let ctx = open(arguments.sources).await?;
    let options = Options { prune: arguments.prune, reset_users: arguments.reset_users };
    let done = apply::apply(&ctx, &document, options, arguments.dry_run).await?;
    print!("{}", plan::text(&done, arguments.dry_run));
    Ok(())
}
