//! The device authorization endpoint (RFC 8628 section 3.1).

use oidc::device::{self, DeviceRequest, UserCode};
use oidc::endpoint;
use serde_json::Value;

use super::caller::{Caller, Endpoint, Sent};
use super::{Failure, denied};
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::flow::user_code_hash;
use crate::snapshot::Snapshot;

/// The device proves a key, if it has one, when it fetches its tokens.
const ENDPOINT: Endpoint =
    Endpoint { path: endpoint::DEVICE_AUTHORIZATION, refused: "device_authorization_refused", binds: false };
/// Codes tried until one is found that no other device shows.
const TRIES: usize = 8;

/// Gives a device its two codes: its own, and the one that a person enters elsewhere.
pub async fn device_authorization(
    ctx: &Ctx,
    snap: &Snapshot,
    sent: &Sent<'_>,
    client: &ClientInfo,
) -> Result<Value, Failure> {
    let caller = Caller::read(ctx, snap, sent, &ENDPOINT, client).await?;
    let authenticated = caller.authenticate(ctx, snap, &ENDPOINT, client).await?;
    let request = match device::read(&snap.tenant, &authenticated, sent.params) {
        Ok(request) => request,
        Err(error) => {
            denied(ctx, snap, ENDPOINT.refused, &caller.presented.client_id, &error, client).await;
            return Err(error.into());
        }
    };
    let (device_code, user_code) = store(ctx, snap, authenticated.application.id(), &request).await?;
    Ok(device::response(snap.tenant.issuer(), &device_code, &user_code))
}

/// Stores both by their hashes.
async fn store(
    ctx: &Ctx,
    snap: &Snapshot,
    application_id: &str,
    request: &DeviceRequest,
) -> Result<(String, UserCode)> {
    let (now, device_code) = (ctx.now(), ctx.random.token()?);
    let mut tx = ctx.begin_brief().await?;
    for _ in 0..TRIES {
        let Some(user_code) = UserCode::from_random(&ctx.random.bytes::<64>()?) else { continue };
        let row = store::device_codes::DeviceCode {
            hash: crypto::hash(&device_code),
            subscription_id: snap.subscription_id.clone(),
            application_id: application_id.to_owned(),
            user_code_hash: user_code_hash(&user_code),
            request: store::JsonText::encode(request),
            poll_interval: device::INTERVAL,
            polled_at: None,
            created_at: now,
            expires_at: now + device::LIFETIME,
            denied_at: None,
            grant_id: None,
            data: None,
            consumed_at: None,
        };
        if store::device_codes::insert(&mut tx, &row).await? {
            tx.commit().await?;
            return Ok((device_code, user_code));
        }
    }
    Err(Error::internal("no user code that is not shown elsewhere"))
}
