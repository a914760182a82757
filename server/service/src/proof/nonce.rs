//! Nonces for proofs of possession (RFC 9449 section 8): a time that only our nodes can have written.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// Seconds that one is good for.
const LIFETIME: i64 = 300;

/// A nonce of this moment.
pub(crate) fn make(ctx: &Ctx, snap: &Snapshot) -> Result<String> {
    ctx.sealer.seal(&ctx.random, &purpose(snap), &ctx.now().to_be_bytes())
}

/// True for one that a node of this installation made for this subscription a little while ago.
pub(crate) fn is_good(ctx: &Ctx, snap: &Snapshot, nonce: &str) -> bool {
    let opened = ctx.sealer.open(&purpose(snap), nonce);
    let made_at = opened.and_then(|bytes| Some(i64::from_be_bytes(bytes.try_into().ok()?)));
    made_at.is_some_and(|at| (at - oidc::verify::SKEW..at + LIFETIME).contains(&ctx.now()))
}

fn purpose(snap: &Snapshot) -> String {
    format!("dpop nonce {}", snap.subscription_id)
}
