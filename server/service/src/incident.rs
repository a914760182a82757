//! Requests that were refused: each leaves a line in the audit log under a short reference, with what
//! was received and what was expected. Anybody can send such requests, so their lines are bounded.

use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::activity::Kind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::snapshot::Snapshot;

/// Lines that one subscription may get at once on one node, and then every second: far more than the
/// mistakes of applications under development make, far less than would fill a disk in a day.
const BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(499);
const PER_SECOND: NonZeroU32 = NonZeroU32::MIN;

/// Counts the lines of each subscription and kind: who spends those of one kind hides nothing of
/// another.
#[derive(Debug)]
pub struct Incidents(DefaultKeyedRateLimiter<(String, String)>);

impl Default for Incidents {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(BURST)))
    }
}

/// Writes down that a request was refused, in a transaction of its own. Gives the reference: `None`
/// when there were too many, or the database failed, which the process's log then tells; the request is
/// refused all the same.
pub(crate) async fn note(ctx: &Ctx, snap: &Snapshot, event: Event<'_>) -> Option<String> {
    let (subscription, kind) = (snap.tenant.slug(), event.kind);
    ctx.activity.note(&snap.subscription_id, Kind::Failure, ctx.now());
    if ctx.incidents.0.check_key(&(snap.subscription_id.clone(), kind.to_owned())).is_err() {
        tracing::warn!(subscription, kind, "refused requests are too many to note");
        return None;
    }
    let noted = write(ctx, snap, event).await;
    noted.inspect_err(|error| tracing::error!(subscription, kind, %error, "a refusal could not be noted")).ok()
}

async fn write(ctx: &Ctx, snap: &Snapshot, event: Event<'_>) -> Result<String> {
    let reference = ctx.random.reference()?;
    let event = Event { reference: Some(&reference), ..event };
    let mut tx = ctx.begin_brief().await?;
    event::record(ctx, &mut tx, Some(&snap.subscription_id), "anonymous", event).await?;
    tx.commit().await?;
    Ok(reference)
}
