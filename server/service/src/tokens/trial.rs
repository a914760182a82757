//! The token endpoints as the console's playground calls them: the same functions for an application that
//! is vouched for, since the server does not know its secret. What is issued never leaves the process, and
//! is good for nothing once the caller has looked at it: see [`forget`] and [`forget_grant`].

use oidc::client_auth;
use oidc::grant::{authorization_code, client_credentials as by_itself};
use oidc::introspection;
use serde_json::Value;

use super::sign::Signer;
use super::{Failure, client_credentials, code, found};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// Redeems the code of a run.
pub(crate) async fn redeem(
    ctx: &Ctx,
    snap: &Snapshot,
    application_id: &str,
    request: &authorization_code::Request,
) -> Result<Value, Failure> {
    let application = snap.tenant.application_by_id(application_id).ok_or(Error::NotFound)?;
    let client = client_auth::vouched(&snap.tenant, application)?;
    code::redeem(ctx, snap, &client, &Signer::of(&client), request).await
}

/// Lets the application act for itself.
pub(crate) async fn act_for_itself(
    ctx: &Ctx,
    snap: &Snapshot,
    application_id: &str,
    scope: Option<String>,
) -> Result<Value, Failure> {
    let application = snap.tenant.application_by_id(application_id).ok_or(Error::NotFound)?;
    let client = client_auth::vouched(&snap.tenant, application)?;
    let request = by_itself::Request { scope, resources: Vec::new(), details: None };
    client_credentials::issue(ctx, snap, &client, &Signer::of(&client), &request).await
}

/// What introspection answers each API connection that the token is meant for, under its name.
pub(crate) async fn introspect(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<Vec<(String, Value)>> {
    let Some(found) = found::access_token(ctx, snap, token).await? else { return Ok(Vec::new()) };
    let user = found::user(ctx, snap, &found.data).await?;
    let connections = found.data.audience.iter().filter_map(|name| snap.tenant.addressed(name));
    let answers = connections.map(|connection| {
        let jti = found.jti.as_deref();
        let answer = introspection::answer(&snap.tenant, connection, Some(&found.data), jti, user.as_ref(), ctx.now());
        (connection.name().to_owned(), answer)
    });
    Ok(answers.collect())
}

/// Revokes an access token that belongs to no grant.
pub(crate) async fn forget(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<()> {
    let Some(found) = found::access_token(ctx, snap, token).await? else { return Ok(()) };
    let mut tx = ctx.begin().await?;
    if let Some(hash) = &found.hash {
        store::access_tokens::revoke(&mut tx, hash, ctx.now()).await?;
    }
    if let Some(jti) = &found.jti {
        store::revoked_tokens::insert(&mut tx, jti, &snap.subscription_id, found.expires_at).await?;
    }
    Ok(tx.commit().await?)
}

/// Revokes a grant with all that came of it.
pub(crate) async fn forget_grant(ctx: &Ctx, grant_id: &str) -> Result<()> {
    let mut tx = ctx.begin().await?;
    store::grants::revoke(&mut tx, grant_id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// True when the signature of a token is one of this subscription's.
pub(crate) fn is_ours(ctx: &Ctx, snap: &Snapshot, token: &str) -> bool {
    oidc::verify::Jws::parse(token).is_ok_and(|jws| super::check_signature(ctx, snap, &jws))
}
