//! UserInfo (OpenID Connect Core section 5.3).

use oidc::bearer::BearerRefusal;
use oidc::error::{ErrorCode, OAuthError};
use serde_json::Value;

use super::found;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// Why UserInfo tells nothing.
#[derive(Debug)]
pub enum UserInfoFailure {
    /// The token's fault (RFC 6750 section 3).
    Bearer(BearerRefusal),
    /// Ours.
    Service(Error),
}

impl From<Error> for UserInfoFailure {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

/// The claims that the token's scopes and requested claims let out, as they are now.
pub async fn userinfo(
    ctx: &Ctx,
    snap: &Snapshot,
    token: Result<String, BearerRefusal>,
) -> Result<Value, UserInfoFailure> {
    let token = token.map_err(UserInfoFailure::Bearer)?;
    let Some(found) = found::access_token(ctx, snap, &token).await? else {
        let error = OAuthError::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
        return Err(UserInfoFailure::Bearer(BearerRefusal::Error(error)));
    };
    let user = match &found.data.user_id {
        Some(user_id) => crate::facts::load(&mut ctx.read().await?, &snap.tenant, user_id).await?,
        None => None,
    };
    let claims =
        oidc::userinfo::answer(&snap.tenant, &found.data, user.as_ref(), ctx.now()).map_err(UserInfoFailure::Bearer)?;
    Ok(Value::Object(claims))
}
