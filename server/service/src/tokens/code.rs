//! Redeeming an authorization code (RFC 6749 section 4.1.3).

use oidc::client_auth::AuthenticatedClient;
use oidc::grant::authorization_code::{self, Request};
use oidc::grant::{self, CodeRow};
use serde_json::Value;
use store::codes::Consumed;

use super::sign::Signer;
use super::{Failure, carry_out, family, issue, subject};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// A code that was looked up and, in the same statement, consumed if nobody had before.
pub(crate) async fn consume(ctx: &Ctx, tx: &mut store::Tx, snap: &Snapshot, code: &str) -> Result<Option<CodeRow>> {
    let hash = crypto::hash(code);
    let (row, consumed) = match store::codes::consume(tx, &hash, ctx.now()).await? {
        Consumed::Won(row) => (Some(row), false),
        Consumed::Replayed { .. } => (store::codes::find(tx, &hash).await?, true),
        Consumed::Unknown => (None, false),
    };
    let Some(row) = row else { return Ok(None) };
    let Some(family) = family(tx, snap, &row.grant_id).await? else { return Ok(None) };
    Ok(Some(CodeRow {
        data: row.data.decode()?,
        grant_id: row.grant_id,
        expires_at: row.expires_at,
        consumed,
        grant_revoked: family.revoked_at.is_some(),
    }))
}

/// Consumes the code by one conditional update, decides, and saves what is issued, all in one
/// transaction: of parallel redemptions, on however many nodes, exactly one wins.
pub(super) async fn redeem(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let mut tx = ctx.begin_brief().await?;
    let Some(row) = consume(ctx, &mut tx, snap, &request.code).await? else {
        return Err(grant::unknown_code().into());
    };
    let (user, consented) = subject(&mut tx, snap, client, &row.data.authentication.user_id).await?;
    let tenant = &snap.tenant;
    match authorization_code::decide(tenant, client, request, &row, user.as_ref(), consented.as_deref(), ctx.now()) {
        Ok(plan) => {
            let issued = issue::write(ctx, &mut tx, snap, signer, &plan, ctx.random.token()?).await?;
            tx.commit().await?;
            issue::respond(ctx, snap, signer, &plan, issued)
        }
        Err(denied) => Err(carry_out(ctx, tx, &row.grant_id, denied).await),
    }
}
