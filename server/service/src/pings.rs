//! Applications are told that somebody has answered their request for a sign-in (OpenID Connect CIBA section 10.2), from the
//! rows of the requests, by any node.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::authentication_requests::{self, Ping};

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::outgoing::Bounds;

/// What seals what is told.
const PURPOSE: &str = "ping";
/// Seconds in which the one who took it tries, and no other node.
const LEASE: i64 = 60;
/// Attempts: now, and twice a minute later. The application may ask all the same.
const MOST: i64 = 3;

#[derive(Serialize, Deserialize)]
struct Told {
    auth_req_id: String,
    token: String,
}

/// Seals what an application is to be told, and with what.
pub(crate) fn seal(ctx: &Ctx, auth_req_id: &str, token: &str) -> Result<String> {
    let told = Told { auth_req_id: auth_req_id.to_owned(), token: token.to_owned() };
    let text = serde_json::to_vec(&told).map_err(Error::internal)?;
    ctx.sealer.seal(&ctx.random, PURPOSE, &text)
}

/// Tells one application what is due. False: nothing was.
pub async fn deliver_due(ctx: &Ctx) -> Result<bool> {
    let now = ctx.now();
    if !authentication_requests::any_due(&mut ctx.read().await?, now).await? {
        return Ok(false);
    }
    let mut tx = ctx.begin().await?;
    let ping = authentication_requests::take_due(&mut tx, now, now + LEASE).await?;
    tx.commit().await?;
    let Some(ping) = ping else { return Ok(false) };
    if attempt(ctx, &ping).await? || ping.ping_attempts >= MOST {
        let mut tx = ctx.begin().await?;
        authentication_requests::end_ping(&mut tx, &ping.hash).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// True when there is nothing more to try.
async fn attempt(ctx: &Ctx, ping: &Ping) -> Result<bool> {
    let row = store::subscriptions::find(&mut ctx.read().await?, &ping.subscription_id).await?;
    let Some(row) = row else { return Ok(true) };
    let snap = match ctx.snapshots.as_of(ctx, &row).await {
        Err(Error::OutOfUse { .. } | Error::NotFound) => return Ok(true),
        other => other?,
    };
    let application = snap.tenant.application_by_id(&ping.application_id).filter(|one| one.is_enabled());
    let address = application.and_then(|one| one.spec().backchannel_client_notification_endpoint.as_deref());
    let told = ctx.sealer.open(PURPOSE, &ping.ping_sealed).and_then(|text| serde_json::from_slice::<Told>(&text).ok());
    let (Some(address), Some(told)) = (address, told) else { return Ok(true) };
    let body = json!({ "auth_req_id": told.auth_req_id });
    match ctx.outgoing.post_json(address, &told.token, &body, Bounds::default()).await {
        // Section 10.2: "the Client MUST respond with HTTP 204 No Content. The OP SHOULD also accept HTTP 200 OK". "The
        // Client MUST NOT return an HTTP 3xx code. The OP MUST NOT follow redirects."
        Ok(200 | 204) => Ok(true),
        // "How the OP handles HTTP error codes in the ranges of 4xx and 5xx is out-of-scope": the first are not tried again.
        Ok(status) if (400..500).contains(&status) && status != 429 => Ok(true),
        Ok(status) => {
            tracing::info!(application = ping.application_id, status, "an application could not be told of an answer");
            Ok(false)
        }
        Err(error) => {
            tracing::info!(application = ping.application_id, %error, "an application could not be told of an answer");
            Ok(false)
        }
    }
}
