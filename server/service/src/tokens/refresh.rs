//! Refreshing (RFC 6749 section 6), with rotation and reuse detection (RFC 9700 section 4.14.2).

use model::spec::RefreshTokenUse;
use oidc::client_auth::AuthenticatedClient;
use oidc::grant::refresh_token::{self, Request};
use oidc::grant::{self, Denied, RefreshRow, Rotation};
use serde_json::Value;
use store::refresh_tokens::{Consumed, RefreshToken};

use super::sign::Signer;
use super::{Failure, carry_out, family, issue, subject};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// Consumes the token by one conditional update that names its successor, decides, and saves the
/// successor, all in one transaction; one that stays is renewed instead.
pub(super) async fn rotate(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let now = ctx.now();
    let hash = crypto::hash(&request.refresh_token);
    let successor = ctx.random.token()?;
    let successor_hash = crypto::hash(&successor);
    let mut tx = ctx.begin_brief().await?;
    let consumed = match client.application.spec().refresh_token_use {
        RefreshTokenUse::Rotating => store::refresh_tokens::consume(&mut tx, &hash, &successor_hash, now).await?,
        RefreshTokenUse::Reusable => store::refresh_tokens::look(&mut tx, &hash, now).await?,
    };
    let (row, won) = match consumed {
        Consumed::Won(row) => (row, true),
        Consumed::Replayed(row) | Consumed::Revoked(row) => (row, false),
        Consumed::Unknown => return Err(grant::unknown_refresh_token().into()),
    };
    let Some(refresh) = decidable(&mut tx, snap, &row, won).await? else {
        return Err(grant::unknown_refresh_token().into());
    };
    let (user, consented) = subject(&mut tx, snap, client, &refresh.data.authentication.user_id).await?;
    let tenant = &snap.tenant;
    let decided = refresh_token::decide(tenant, client, request, &refresh, user.as_ref(), consented.as_deref(), now);
    let decided = match decided {
        Ok(decided) => decided,
        Err(denied) => return Err(carry_out(ctx, tx, &row.grant_id, denied).await),
    };
    if let (Rotation::Retry, Some(old)) = (&decided.rotation, &row.successor_hash) {
        // The successor may have been used by now: then this is an ordinary replay.
        if !store::refresh_tokens::replace_successor(&mut tx, &hash, old, &successor_hash, now).await? {
            let denied = Denied::Replay(grant::unknown_refresh_token());
            return Err(carry_out(ctx, tx, &row.grant_id, denied).await);
        }
    }
    if let Rotation::Kept { until } = decided.rotation
        && !store::refresh_tokens::renew(&mut tx, &hash, until, now).await?
    {
        // Revoked in this very moment.
        return Err(grant::unknown_refresh_token().into());
    }
    let issued = issue::write(ctx, &mut tx, snap, signer, &decided.plan, successor).await?;
    // An administrator may have lengthened lifetimes since the grant began.
    let lives_until = match decided.rotation {
        Rotation::Kept { until } => until,
        _ => decided.plan.refresh_token.as_ref().map_or(0, |token| token.expires_at),
    };
    let lives_until = lives_until.max(decided.plan.access_token.data.expires_at);
    store::grants::extend(&mut tx, &row.grant_id, lives_until).await?;
    tx.commit().await?;
    issue::respond(ctx, snap, signer, &decided.plan, issued)
}

/// What the decision looks at; `None` for a token of another subscription.
async fn decidable(tx: &mut store::Tx, snap: &Snapshot, row: &RefreshToken, won: bool) -> Result<Option<RefreshRow>> {
    let Some(family) = family(tx, snap, &row.grant_id).await? else { return Ok(None) };
    let successor = match &row.successor_hash {
        Some(hash) if !won => store::refresh_tokens::find(tx, hash).await?,
        _ => None,
    };
    Ok(Some(RefreshRow {
        grant_id: row.grant_id.clone(),
        data: row.data.decode()?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        consumed_at: if won { None } else { row.consumed_at },
        revoked_at: row.revoked_at,
        successor_unused: successor.is_some_and(|s| s.consumed_at.is_none() && s.revoked_at.is_none()),
        grant_revoked: family.revoked_at.is_some(),
    }))
}
