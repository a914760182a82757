//! A device asks what became of its code (RFC 8628 section 3.4).

use oidc::client_auth::AuthenticatedClient;
use oidc::grant::device_code::{self, Request};
use oidc::grant::{Answered, NoTokens, WaitingRow};
use serde_json::Value;
use store::device_codes::DeviceCode;

use super::sign::Signer;
use super::{Failure, carry_out, issue, subject, waiting};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// Looks at the code, decides, and consumes it with what is issued or notes that the device asked, all in one
/// transaction: of parallel questions, on however many nodes, exactly one gets tokens.
pub(super) async fn poll(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let (now, hash) = (ctx.now(), crypto::hash(&request.device_code));
    let mut tx = ctx.begin_brief().await?;
    let held = store::device_codes::hold(&mut tx, &hash).await?;
    let held = held.filter(|row| row.subscription_id == snap.subscription_id);
    let Some(row) = held else { return Err(device_code::unknown().into()) };
    let row = decidable(&mut tx, snap, row).await?;
    let granted = match &row.answered {
        Answered::Granted(granted) => Some(granted),
        Answered::NotYet | Answered::Denied => None,
    };
    let (user, consented) = match granted {
        Some(granted) => subject(&mut tx, snap, client, &granted.authentication.user_id).await?,
        None => (None, None),
    };
    match device_code::decide(&snap.tenant, client, request, &row, user.as_ref(), consented.as_deref(), now) {
        Ok(plan) => {
            if !store::device_codes::consume(&mut tx, &hash, now).await? {
                return Err(device_code::unknown().into());
            }
            let issued = issue::write(ctx, &mut tx, snap, signer, &plan, ctx.random.token()?).await?;
            tx.commit().await?;
            issue::respond(ctx, snap, signer, &plan, issued)
        }
        Err(NoTokens::Wait { error, interval }) => {
            store::device_codes::note_poll(&mut tx, &hash, now, interval).await?;
            tx.commit().await?;
            Err(error.into())
        }
        Err(NoTokens::Denied(denied)) => {
            let grant_id = granted.map(|granted| granted.grant_id.clone()).unwrap_or_default();
            Err(carry_out(ctx, tx, &grant_id, denied).await)
        }
    }
}

/// What the decision looks at.
async fn decidable(tx: &mut store::Tx, snap: &Snapshot, row: DeviceCode) -> Result<WaitingRow> {
    let answered = waiting::answered(tx, snap, row.denied_at, row.grant_id, row.data).await?;
    Ok(WaitingRow {
        application_id: row.application_id,
        answered,
        interval: row.poll_interval,
        polled_at: row.polled_at,
        expires_at: row.expires_at,
        consumed: row.consumed_at.is_some(),
    })
}
