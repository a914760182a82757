//! `tessera apply FILE`: prints the plan, then does it.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use service::apply::{self, Kind, Options, Plan};

use super::open;
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
    let options = Options { prune: arguments.prune, reset_users: arguments.reset_users, ..Options::default() };
    let plan = apply::apply(&ctx, &document, &options, arguments.dry_run).await?;
    println!("{plan}{}", summary(&plan, arguments.dry_run));
    Ok(())
}

/// The last line: how much it was.
fn summary(plan: &Plan, dry_run: bool) -> String {
    let count = |kind: Kind| plan.changes.iter().filter(|change| change.kind == kind).count();
    let (created, changed, deleted) = (count(Kind::Create), count(Kind::Change), count(Kind::Delete));
    if plan.is_empty() {
        return "Nothing to do: everything is as the file says.".to_owned();
    }
    if dry_run {
        format!("Would create {created}, change {changed}, delete {deleted}. Nothing was done (--dry-run).")
    } else {
        format!("Done: created {created}, changed {changed}, deleted {deleted}.")
    }
}
