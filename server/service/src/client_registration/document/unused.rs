//! Anybody can name the address of a document, so applications that came of one and that nobody has used are not kept: nobody
//! agreed to anything, and nothing was granted.

use store::client_registrations::oldest_unused_document;

use crate::actor::Actor;
use crate::change::{self, Change};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Seconds that one may take to be used before it makes room for another one: a sign-in, with all its pages.
const ROOM: i64 = 3_600;
/// Seconds after which it goes in any case.
const DAY: i64 = 86_400;
/// In one round of housekeeping.
const BATCH: usize = 50;

/// Takes the oldest one that nobody uses out of a full subscription.
///
/// # Errors
/// `Forbidden` where there is none.
pub(super) async fn make_room(change: &mut Change<'_>, subscription_id: &str) -> Result<()> {
    let before = change.now - ROOM;
    let oldest = oldest_unused_document(change.conn(), Some(subscription_id), before).await?;
    delete(change, &oldest.ok_or(Error::Forbidden)?).await
}

/// Removes those that nobody has used for a day.
///
/// # Errors
/// When the database fails.
pub(crate) async fn remove(ctx: &Ctx) -> Result<()> {
    let before = ctx.now() - DAY;
    for _ in 0..BATCH {
        // Mostly there is none, and nobody has to wait for a transaction.
        if oldest_unused_document(&mut ctx.read().await?, None, before).await?.is_none() {
            break;
        }
        let mut change = Change::begin(ctx, &Actor::System).await?;
        // Another node may have removed it, or somebody may have used it.
        let Some(id) = oldest_unused_document(change.conn(), None, before).await? else { break };
        delete(&mut change, &id).await?;
        change.commit().await?;
    }
    Ok(())
}

async fn delete(change: &mut Change<'_>, id: &str) -> Result<()> {
    let Some(row) = store::applications::find(change.conn(), id).await? else { return Ok(()) };
    let version = row.object.version;
    change::application::delete(change, &row, version).await
}
