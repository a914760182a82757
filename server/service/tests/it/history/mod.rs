//! Undo, restore and time travel.

mod random;
mod time_travel;
mod undo;

use service::console::{Done, history};
use service::{Ctx, Result};

use crate::fixture::owner;

/// Undoes a change as somebody who has just seen what that comes to.
pub async fn undo(ctx: &Ctx, slug: &str, change: &str) -> Result<Done> {
    let version = history::get(ctx, &owner(), slug, change).await?.version;
    history::undo(ctx, &owner(), slug, change, version).await
}

/// The id of a change that can be undone.
pub fn id(done: &Done) -> String {
    done.change.clone().expect("can be undone")
}

/// The configuration of a subscription as a file.
pub async fn file(ctx: &Ctx, slug: &str) -> String {
    let document = service::apply::export(ctx, Some(slug), false).await.expect("exported");
    serde_json::to_string(&document).expect("a file")
}
