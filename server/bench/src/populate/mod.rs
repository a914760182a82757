//! A large installation: many subscriptions, one of them with many applications and users.
//!
//! Configuration is made by the use cases, as the console makes it; people are written by `store`
//! in large transactions, because a password hash and a commit for each would take days.

mod configuration;
mod people;

use std::io::IsTerminal as _;

use anyhow::Context as _;
use service::Ctx;

/// Slug of the subscription in which there is much of everything.
pub const LARGE: &str = "large";

/// How much to make.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Subscriptions, the large one included.
    pub subscriptions: usize,
    /// Applications of the large one.
    pub applications: usize,
    /// Users of the large one.
    pub users: usize,
}

/// Fills an empty database.
pub async fn run(ctx: &Ctx, size: Size) -> anyhow::Result<()> {
    let owner = service::admin::create_owner(ctx, crate::OWNER, Some("Olivia Owner"), crate::PASSWORD);
    owner.await.context("making the owner of a database that must be empty")?;
    let large = configuration::make(ctx, size).await?;
    people::make(ctx, &large, size.users).await
}

/// Says how far it is, on one line of a terminal that is written over; elsewhere only that it is done.
fn progress(what: &str, done: usize, all: usize) {
    if done < all && (!done.is_multiple_of(100) || !std::io::stderr().is_terminal()) {
        return;
    }
    eprint!("\r{what}: {done} of {all}");
    if done >= all {
        eprintln!();
    }
}
