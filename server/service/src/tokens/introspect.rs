//! Introspection by an API connection (RFC 7662).

use std::borrow::Cow;

use oidc::client_auth::{self, AuthenticatedConnection, Expected, Presented};
use oidc::endpoint;
use oidc::error::{ErrorCode, OAuthError};
use oidc::introspection;
use serde_json::Value;

use super::caller::Sent;
use super::{Answer, Failure, denied, found, used};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::proof::{self, Message};
use crate::published_keys;
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
    let authenticated = match authenticate(ctx, snap, &presented).await {
        Err(Failure::OAuth(error)) => {
            denied(ctx, snap, "introspection_refused", &presented.client_id, &error, client).await;
            return Err(error.into());
        }
        other => other?,
    };
    used(ctx, authenticated.secret_id);
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

/// By its secret, or by what it signed with a key of its own; that counts once.
async fn authenticate<'s>(
    ctx: &Ctx,
    snap: &'s Snapshot,
    presented: &Presented,
) -> Result<AuthenticatedConnection<'s>, Failure> {
    let Some(kid) = presented.signed_with() else {
        return Ok(client_auth::connection(&snap.tenant, presented, ctx.now())?);
    };
    let keys = match snap.tenant.connection(&presented.client_id) {
        Some(connection) => published_keys::of(ctx, snap, connection, kid.as_deref()).await,
        None => Ok(Cow::Borrowed(&[][..])),
    };
    let keys = keys.map_err(|_| OAuthError::invalid_client(published_keys::UNFETCHED))?;
    let issuer = snap.tenant.issuer();
    let audience = [issuer.to_owned(), endpoint::url(issuer, endpoint::INTROSPECT)];
    let (authenticated, used) = {
        let expected = Expected {
            keys: &keys,
            issuer,
            audience: &audience,
            signatures: &proof::verifies,
            // Nothing of a connection's signs but keys.
            tags: &|_: &str, _, _: &[u8], _: &[u8]| false,
            now: ctx.now(),
        };
        client_auth::connection_by_assertion(&snap.tenant, presented, &expected)?
    };
    // Ids are those of their connection; an application of the same name has its own.
    let id = format!("{}\n{}", presented.client_id, used.id);
    let message = Message { kind: "connection assertion", id: &id, expires_at: used.expires_at };
    if !proof::first_use(ctx, snap, &[message]).await? {
        return Err(OAuthError::invalid_client("the client assertion was used before").into());
    }
    Ok(authenticated)
}
