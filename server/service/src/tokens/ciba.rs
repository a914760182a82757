//! An application asks what became of its request for a sign-in (OpenID Connect CIBA section 10.1).

use oidc::client_auth::AuthenticatedClient;
use oidc::grant::ciba::{self, Request};
use oidc::grant::{Answered, NoTokens, WaitingRow};
use serde_json::Value;
use store::authentication_requests::{self, AuthenticationRequest};

use super::sign::Signer;
use super::{Failure, carry_out, issue, subject, waiting};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// As for a device: of parallel questions, on however many nodes, exactly one gets tokens.
pub(super) async fn poll(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let (now, hash) = (ctx.now(), crypto::hash(&request.auth_req_id));
    let mut tx = ctx.begin_brief().await?;
    let held = authentication_requests::hold(&mut tx, &hash).await?;
    let Some(row) = held.filter(|row| row.subscription_id == snap.subscription_id) else {
        return Err(ciba::unknown().into());
    };
    let row = decidable(&mut tx, snap, row).await?;
    let granted = match &row.answered {
        Answered::Granted(granted) => Some(granted),
        Answered::NotYet | Answered::Denied => None,
    };
    let (user, consented) = match granted {
        Some(granted) => subject(&mut tx, snap, client, &granted.authentication.user_id).await?,
        None => (None, None),
    };
    match ciba::decide(&snap.tenant, client, request, &row, user.as_ref(), consented.as_deref(), now) {
        Ok(plan) => {
            if !authentication_requests::consume(&mut tx, &hash, now).await? {
                return Err(ciba::unknown().into());
            }
            let issued = issue::write(ctx, &mut tx, snap, signer, &plan, ctx.random.token()?).await?;
            tx.commit().await?;
            issue::respond(ctx, snap, signer, &plan, issued)
        }
        Err(NoTokens::Wait { error, interval }) => {
            authentication_requests::note_poll(&mut tx, &hash, now, interval).await?;
            tx.commit().await?;
            Err(error.into())
        }
        Err(NoTokens::Denied(denied)) => {
            let grant_id = granted.map(|granted| granted.grant_id.clone()).unwrap_or_default();
            Err(carry_out(ctx, tx, &grant_id, denied).await)
        }
    }
}

async fn decidable(tx: &mut store::Tx, snap: &Snapshot, row: AuthenticationRequest) -> Result<WaitingRow> {
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
