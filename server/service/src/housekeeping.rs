//! Work that nobody waits for, done every minute by each node.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::last_used;

/// Seconds.
const DAY: i64 = 86_400;
/// Rows of each kind deleted in one transaction, so that nobody waits long for it.
const BATCH: i64 = 500;

/// Writes "last used" and deletes what has expired, in bounded batches.
pub async fn run_once(ctx: &Ctx) -> Result<()> {
    last_used::write(ctx).await?;
    let events_before = ctx.now() - ctx.config.audit_days * DAY;
    loop {
        let mut tx = ctx.begin().await?;
        let deleted = store::cleaning::sweep(&mut tx, ctx.now(), events_before, BATCH).await?;
        tx.commit().await?;
        if deleted == 0 {
            return Ok(());
        }
    }
}
