//! Tells applications that a session has ended (OpenID Connect Back-Channel Logout 1.0 section 2.5). What is to be
//! told is in the database since the session ended (`store::logouts`); any node sends it.

use oidc::logout_token::{self, Ended};
use serde_json::json;
use store::logouts::Logout;
use tokio::task::JoinSet;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::outgoing::{Bounds, OutgoingError};
use crate::tokens;

/// Seconds until the next attempt, after the first, the second and so on; then it is given up.
const PAUSES: [i64; 4] = [10, 60, 300, 1_800];
/// Seconds that an attempt may take before another node makes it: much longer than a request may last.
const LEASE: i64 = 60;
/// Messages sent at the same time.
const BATCH: i64 = 32;

/// What came of an attempt.
enum Outcome {
    Delivered,
    /// Worth another attempt.
    Failed(String),
    /// Not worth one.
    Refused(String),
}

/// Sends what is due, a batch at most. Returns how many messages it tried: call again until that is 0. What
/// cannot be written down is tried again a minute later.
pub async fn deliver_due(ctx: &Ctx) -> Result<usize> {
    let now = ctx.now();
    if !store::logouts::any_due(&mut ctx.read().await?, now).await? {
        return Ok(0);
    }
    let mut tx = ctx.begin().await?;
    let claimed = store::logouts::claim(&mut tx, now, now + LEASE, BATCH).await?;
    tx.commit().await?;
    let tried = claimed.len();
    let mut running = JoinSet::new();
    for logout in claimed {
        let ctx = ctx.clone();
        running.spawn(async move { deliver(&ctx, &logout).await });
    }
    let mut failed = Ok(tried);
    while let Some(done) = running.join_next().await {
        if let Err(error) = done.map_err(Error::internal).flatten() {
            failed = Err(error);
        }
    }
    failed
}

async fn deliver(ctx: &Ctx, logout: &Logout) -> Result<()> {
    let outcome = attempt(ctx, logout).await?;
    let now = ctx.now();
    let pause = usize::try_from(logout.attempts - 1).ok().and_then(|made| PAUSES.get(made));
    let mut tx = ctx.begin().await?;
    match (outcome, pause) {
        (Outcome::Delivered, _) => {
            store::logouts::deliver(&mut tx, logout, now).await?;
        }
        (Outcome::Failed(reason), Some(pause)) => {
            store::logouts::postpone(&mut tx, logout, now + pause, &reason).await?;
        }
        (Outcome::Failed(reason) | Outcome::Refused(reason), _) => {
            if store::logouts::give_up(&mut tx, logout, now, &reason).await? {
                note(ctx, &mut tx, logout, &reason).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}

/// The user may be deleted: the line says who it was.
async fn note(ctx: &Ctx, tx: &mut store::Tx, logout: &Logout, reason: &str) -> Result<()> {
    let event = Event {
        user_id: Some(&logout.user_id),
        application_id: Some(&logout.application_id),
        ..Event::new("logout_undelivered", json!({ "logout": reason }))
    };
    event::record(ctx, tx, Some(&logout.subscription_id), &logout.user_id, event).await
}

async fn attempt(ctx: &Ctx, logout: &Logout) -> Result<Outcome> {
    let refused = |reason: &str| Ok(Outcome::Refused(reason.to_owned()));
    let row = store::subscriptions::find(&mut ctx.read().await?, &logout.subscription_id).await?;
    let Some(row) = row else { return refused("out-of-use") };
    let snap = match ctx.snapshots.as_of(ctx, &row).await {
        Err(Error::OutOfUse { .. } | Error::NotFound) => return refused("out-of-use"),
        other => other?,
    };
    let application = snap.tenant.application_by_id(&logout.application_id);
    let Some(application) = application.filter(|application| application.is_enabled()) else {
        return refused("out-of-use");
    };
    let Some(uri) = &application.spec().backchannel_logout_uri else { return refused("no-address") };
    let ended = Ended { user_id: &logout.user_id, session_id: &logout.sid };
    let payload = logout_token::payload(&snap.tenant, application, &ended, &ctx.new_id()?, ctx.now());
    let token = tokens::sign_for(ctx, &snap, application, logout_token::TYPE, payload)?;
    let answer = ctx.outgoing.post_form(uri, &[("logout_token", &token)], Bounds::default()).await;
    Ok(judge(answer, logout))
}

/// Section 2.8: "If the logout succeeded, the RP MUST respond with HTTP 200 OK. However, note that some Web
/// frameworks will substitute an HTTP 204 No Content response [...] OPs should also accept 204." and "If the
/// logout request was invalid [...], the RP MUST respond with HTTP 400 Bad Request": it would be so again.
fn judge(answer: Result<u16, OutgoingError>, logout: &Logout) -> Outcome {
    match answer {
        Ok(200 | 204) => Outcome::Delivered,
        Ok(400) => Outcome::Refused("status-400".to_owned()),
        Ok(status) => Outcome::Failed(format!("status-{status}")),
        Err(error) => {
            let application = logout.application_id.as_str();
            tracing::info!(application, %error, "an application could not be told that a session has ended");
            Outcome::Failed(error.code().to_owned())
        }
    }
}
