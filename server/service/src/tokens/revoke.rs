//! Revocation (RFC 7009).

use oidc::endpoint;
use oidc::error::{ErrorCode, OAuthError};
use oidc::revocation::{self, Found, Plan};

use super::caller::{Caller, Endpoint, Sent};
use super::{Failure, family, found};
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::snapshot::Snapshot;

const ENDPOINT: Endpoint = Endpoint { path: endpoint::REVOCATION, refused: "revocation_refused", binds: false };

/// Revokes a token of the calling application. What is unknown is already revoked; a failure of the
/// database is an error, never a success.
pub async fn revoke(ctx: &Ctx, snap: &Snapshot, sent: &Sent<'_>, client: &ClientInfo) -> Result<(), Failure> {
    let caller = Caller::read(ctx, snap, sent, &ENDPOINT, client).await?;
    let client = caller.authenticate(ctx, snap, &ENDPOINT, client).await?;
    let params = sent.params;
    params.once()?;
    let token = params.get("token").ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, "token is missing"))?;
    let refresh = {
        let mut conn = ctx.read().await?;
        match store::refresh_tokens::find(&mut conn, &crypto::hash(token)).await? {
            Some(row) => family(&mut conn, snap, &row.grant_id).await?,
            None => None,
        }
    };
    let access = match refresh {
        Some(_) => None,
        None => found::access_token(ctx, snap, token).await?,
    };
    let found = match (&refresh, &access) {
        (Some(row), _) => Some(Found::Refresh { application_id: row.application_id.clone(), grant_id: row.id.clone() }),
        (None, Some(access)) => Some(Found::Access { client_id: access.data.client_id.clone() }),
        (None, None) => None,
    };
    let mut tx = ctx.begin_brief().await?;
    match revocation::decide(&client, found.as_ref())? {
        Plan::Nothing => {}
        Plan::Grant { grant_id } => store::grants::revoke(&mut tx, &grant_id, ctx.now()).await.map(drop)?,
        Plan::AccessToken => {
            if let Some(access) = &access {
                if let Some(hash) = &access.hash {
                    store::access_tokens::revoke(&mut tx, hash, ctx.now()).await?;
                }
                if let Some(jti) = &access.jti {
                    store::revoked_tokens::insert(&mut tx, jti, &snap.subscription_id, access.expires_at).await?;
                }
            }
        }
    }
    Ok(tx.commit().await?)
}
