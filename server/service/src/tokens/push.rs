//! The pushed authorization request endpoint (RFC 9126 section 2).

use oidc::OAuthError;
use oidc::authorize::pushed;
use oidc::authorize::request_object::{self, Opened, Passed};
use oidc::client_auth::AuthenticatedClient;
use oidc::endpoint;
use oidc::params::Params;
use serde_json::{Value, json};
use store::pushed_requests::{self, PushedRequest};

use super::caller::{Caller, Endpoint, Sent};
use super::{Failure, denied};
use crate::client::ClientInfo;
use crate::client_registration::{self, Ready};
use crate::crypto;
use crate::ctx::Ctx;
use crate::request_objects;
use crate::snapshot::Snapshot;

const ENDPOINT: Endpoint = Endpoint { path: endpoint::PUSHED_REQUEST, refused: "authorization_refused", binds: true };

/// Keeps a request, and names it.
pub async fn push(ctx: &Ctx, snap: &Snapshot, sent: &Sent<'_>, client: &ClientInfo) -> Result<Value, Failure> {
    let ready = client_registration::ready(ctx, snap, sent.params.get("client_id"), client).await?;
    let snap = match &ready {
        Ready::AsItIs => snap,
        Ready::Now(newer) => newer,
        Ready::Gone => {
            let text = "the document of the client_id cannot be used";
            return Err(OAuthError::invalid_client(text).into());
        }
    };
    let caller = Caller::read(ctx, snap, sent, &ENDPOINT, client).await?;
    let authenticated = caller.authenticate(ctx, snap, &ENDPOINT, client).await?;
    let kept = match checked(ctx, snap, &authenticated, sent.params).await {
        Ok(kept) => kept,
        Err(error) => {
            denied(ctx, snap, ENDPOINT.refused, &caller.presented.client_id, &error, client).await;
            return Err(error.into());
        }
    };
    let handle = ctx.random.token()?;
    let now = ctx.now();
    let row = PushedRequest {
        hash: crypto::hash(&handle),
        subscription_id: snap.subscription_id.clone(),
        application_id: authenticated.application.id().to_owned(),
        request: kept.to_urlencoded(),
        created_at: now,
        expires_at: now + pushed::LIFETIME,
        used_at: None,
        used_by: None,
    };
    let mut tx = ctx.begin_brief().await?;
    pushed_requests::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(json!({ "request_uri": pushed::request_uri(&handle), "expires_in": pushed::LIFETIME }))
}

/// What is to be kept: of the request object, where there is one.
async fn checked(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    params: &Params,
) -> Result<Params, OAuthError> {
    let object: Option<Opened> = match request_object::passed(params)? {
        Some(Passed::Value(object)) => Some(request_objects::open(ctx, snap, client.application, object).await?),
        Some(Passed::Reference(_)) | None => None,
    };
    pushed::push(&snap.tenant, client, params, object.as_ref())
}
