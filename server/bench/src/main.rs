//! Measures the console with as much data as a large installation has. `make bench` runs it.
//!
//! Everything happens in this process, through the real router: what is timed is the server's own
//! work, without a network in between. Nothing here is a test: it prints what it saw.

mod browser;
/// The reader of forms that the server's tests have.
#[expect(dead_code, reason = "tests ask a form for more")]
#[path = "../../tests/it/support/fields.rs"]
mod fields;
mod pages;
mod populate;
mod timing;
mod tour;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use server::config::given::Written;
use server::config::{Given, Settings};
use service::installation::Outside;

use crate::populate::Size;

/// Who signs in to the console.
const OWNER: &str = "owner@example.com";
/// Of the owner and of every generated user.
const PASSWORD: &str = "nine patient owls count pages";

#[derive(Parser)]
#[command(about = "Fills a database and times the console's pages over it")]
struct Arguments {
    /// `sqlite:PATH` or `postgres://…`; a database of its own, that nobody else uses
    #[arg(long)]
    database_url: String,
    /// Folder for the master key
    #[arg(long)]
    data_dir: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make subscriptions, applications, users and what belongs to them; once for a database
    Populate {
        /// Subscriptions, the large one included
        #[arg(long, default_value_t = 1_000)]
        subscriptions: usize,
        /// Applications of the large one
        #[arg(long, default_value_t = 1_000)]
        applications: usize,
        /// Users of the large one
        #[arg(long, default_value_t = 1_000_000)]
        users: usize,
    },
    /// Open each page many times and print the medians
    Pages {
        /// Times that each page is opened
        #[arg(long, default_value_t = 41)]
        rounds: usize,
        /// Only pages whose name holds this
        #[arg(long, default_value_t)]
        only: String,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { database_url, data_dir, command } = Arguments::parse();
    let given = Given {
        database_url: Some(Written(database_url)),
        data_dir: Some(Written(data_dir.display().to_string())),
        // One person who opens a page after the other, without a pause.
        page_requests_per_second: Some(Written("0".to_owned())),
        ..Given::default()
    };
    let settings = Settings::from_given(given).context("settings")?;
    let app = server::build(&settings, Outside::default()).await?;
    match command {
        Command::Populate { subscriptions, applications, users } => {
            populate::run(&app.ctx, Size { subscriptions, applications, users }).await?;
        }
        Command::Pages { rounds, only } => pages::run(&app, &settings, rounds, &only).await?,
    }
    app.ctx.store.close().await;
    Ok(())
}
