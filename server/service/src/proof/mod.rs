//! Messages that others signed: whether the signature is right, and that each counts once.

mod nonce;
mod signature;

pub(crate) use nonce::{is_good as is_good_nonce, make as make_nonce};
pub(crate) use signature::{tags, verifies};

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// A message to remember until nobody would accept it any more.
pub(crate) struct Message<'a> {
    /// What kind of message, so that ids of two kinds are never the same.
    pub kind: &'static str,
    /// Names it among all of its kind in the subscription.
    pub id: &'a str,
    /// Unix seconds, from when on it would be refused anyway.
    pub expires_at: i64,
}

/// True when none of these was used before, on this node or on another. From now on they are.
pub(crate) async fn first_use(ctx: &Ctx, snap: &Snapshot, messages: &[Message<'_>]) -> Result<bool> {
    if messages.is_empty() {
        return Ok(true);
    }
    let mut tx = ctx.begin_brief().await?;
    for message in messages {
        let hash = crypto::hash(&format!("{}\n{}\n{}", message.kind, snap.subscription_id, message.id));
        // Clocks of nodes differ: it is remembered a little longer than it counts.
        let until = message.expires_at + oidc::verify::SKEW;
        if !store::used_messages::insert(&mut tx, &hash, until).await? {
            return Ok(false);
        }
    }
    tx.commit().await?;
    Ok(true)
}
