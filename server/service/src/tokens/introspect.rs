//! Introspection by an API connection (RFC 7662).

use oidc::client_auth;
use oidc::error::{ErrorCode, OAuthError};
use oidc::introspection;
use serde_json::Value;

use super::caller::Sent;
use super::{Answer, Failure, denied, found, used};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::snapshot::Snapshot;

/// Answers `active: false` for everything that is not a living token meant for this connection. `as_jwt`: the
/// connection wants an answer that it can show to others (RFC 9701).
pub async fn introspect(
    ctx: &Ctx,
    snap: &Snapshot,
    sent: &Sent<'_>,
    as_jwt: bool,
    client: &ClientInfo,
) -> Result<Answer, Failure> {
    let presented = client_auth::read(&sent.authorization, sent.params)?;
    let authenticated = match client_auth::connection(&snap.tenant, &presented, ctx.now()) {
        Ok(authenticated) => authenticated,
        Err(error) => {
            denied(ctx, snap, "introspection_refused", &presented.client_id, &error, client).await;
            return Err(error.into());
        }
    };
    used(ctx, Some(authenticated.secret_id));
    let params = sent.params;
    params.once()?;
    let token = params.get("token").ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, "token is missing"))?;
    let found = found::access_token(ctx, snap, token).await?;
    let user = match &found {
        Some(found) if snap.tenant.has_access_token_claims() => found::user(ctx, snap, &found.data).await?,
        _ => None,
    };
    let (data, jti) = (found.as_ref().map(|f| &f.data), found.as_ref().and_then(|f| f.jti.as_deref()));
    let (connection, now) = (authenticated.connection, ctx.now());
    let answer = introspection::answer(&snap.tenant, connection, data, jti, user.as_ref(), now);
    if !as_jwt {
        return Ok(Answer::Json(answer));
    }
    let payload = introspection::jwt_payload(&snap.tenant, connection, answer, now);
    let key = snap.keyring.signing(introspection::ALG, now)?;
    Ok(Answer::Jwt(key.sign(introspection::JWT_TYPE, &Value::Object(payload))?))
}
