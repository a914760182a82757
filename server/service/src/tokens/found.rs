//! A token of ours, looked up: alive, or not to be told apart from one that never was.

use oidc::grant::AccessTokenData;
use oidc::tenant::Application;
use oidc::user::UserFacts;
use oidc::verify::{self, Jws};
use store::tokens::JwtState;

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// A living access token of this subscription.
pub(super) struct FoundAccess {
    pub data: AccessTokenData,
    /// Of a JWT.
    pub jti: Option<String>,
    /// Of one that counts only while it is stored.
    pub hash: Option<String>,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// Finds an access token that is neither expired nor revoked, whose grant, application, user and
/// subscription are alive.
pub(super) async fn access_token(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<Option<FoundAccess>> {
    // A JWT of a dialect that has no `jti` is not ours to judge by its signature (docs/adr/0018): its row decides.
    let found = match jwt(ctx, snap, token).await? {
        Some(found) => Some(found),
        None if token.len() <= verify::MAX_TOKEN => stored(ctx, snap, token).await?,
        None => None,
    };
    let alive =
        |found: &FoundAccess| snap.tenant.application(&found.data.client_id).is_some_and(Application::is_enabled);
    Ok(found.filter(alive))
}

/// Whom a token is about; `None` for one about nobody, and for a deleted user.
pub(super) async fn user(ctx: &Ctx, snap: &Snapshot, token: &AccessTokenData) -> Result<Option<UserFacts>> {
    match &token.user_id {
        Some(user_id) => crate::facts::load(&mut ctx.read().await?, &snap.tenant, user_id).await,
        None => Ok(None),
    }
}

async fn stored(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<Option<FoundAccess>> {
    let hash = crypto::hash(token);
    let row = store::access_tokens::find_by_hash(&mut ctx.read().await?, &hash).await?;
    let live = row.filter(|row| row.token.subscription_id == snap.subscription_id && row.is_live(ctx.now()));
    let Some(row) = live else { return Ok(None) };
    Ok(Some(FoundAccess {
        data: row.token.data.decode()?,
        jti: None,
        hash: Some(hash),
        expires_at: row.token.expires_at,
    }))
}

async fn jwt(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<Option<FoundAccess>> {
    let Ok(jws) = Jws::parse(token) else { return Ok(None) };
    if !super::check_signature(ctx, snap, &jws) {
        return Ok(None);
    }
    let Ok(claims) = verify::access_token(&jws, snap.tenant.issuer(), ctx.now()) else { return Ok(None) };
    let mut conn = ctx.read().await?;
    let grant_id = claims.data.grant_id.as_deref();
    if store::tokens::jwt_state(&mut conn, &claims.jti, grant_id).await? == JwtState::Revoked {
        return Ok(None);
    }
    Ok(Some(FoundAccess { expires_at: claims.data.expires_at, data: claims.data, jti: Some(claims.jti), hash: None }))
}
