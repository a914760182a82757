//! Work that nobody waits for, done every minute by each node.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::{activity, client_registration, compliance, last_used};

/// Seconds.
const DAY: i64 = 86_400;
/// Rows of each kind deleted in one transaction, so that nobody waits long for it.
const BATCH: i64 = 500;

/// When this process last finished a round.
#[derive(Debug, Default)]
pub struct Rounds(AtomicI64);

impl Rounds {
    /// Seconds since 1970; `None` before the first.
    pub fn last(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|at| *at != 0)
    }
}

/// Writes "last used" and what was counted, deletes what has expired, in bounded batches, and counts the
/// people of large applications anew.
pub async fn run_once(ctx: &Ctx) -> Result<()> {
    write(ctx).await?;
    let events_before = ctx.now() - ctx.config.audit_days * DAY;
    loop {
        let mut tx = ctx.begin().await?;
        let deleted = store::cleaning::sweep(&mut tx, ctx.now(), events_before, BATCH).await?;
        tx.commit().await?;
        if deleted == 0 {
            break;
        }
    }
    client_registration::remove_unused(ctx).await?;
    ctx.store.tend().await?;
    compliance::count_large(ctx).await?;
    ctx.rounds.0.store(ctx.now(), Ordering::Relaxed);
    Ok(())
}

/// Writes what this process has gathered in memory: the last thing before it stops.
pub async fn write(ctx: &Ctx) -> Result<()> {
    last_used::write(ctx).await?;
    activity::write(ctx).await
}
