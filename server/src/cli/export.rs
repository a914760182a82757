//! `tessera export`: the configuration as a file for `apply`, in canonical order.

use clap::Args;

use super::open;
use crate::config::Sources;

#[derive(Args)]
pub struct Arguments {
    /// Only this subscription
    #[arg(long, value_name = "SLUG")]
    subscription: Option<String>,
    /// Users too, without their passwords
    #[arg(long)]
    users: bool,
    #[command(flatten)]
    sources: Sources,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let ctx = open(arguments.sources).await?;
    let document = service::apply::export(&ctx, arguments.subscription.as_deref(), arguments.users).await?;
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}
