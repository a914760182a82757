//! What an application pushed (RFC 9126), when the browser brings its name.

use oidc::OAuthError;
use oidc::authorize::pushed;
use oidc::authorize::request_object::Opened;
use oidc::params::Params;

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// The parameters that count, and how they came.
pub(super) enum Found {
    /// The browser's own.
    Browser,
    /// Those that the application sent. What the browser says beside them is nothing (RFC 9126 section 4, RFC 9101
    /// section 5).
    Pushed(Params),
    /// Those that the application signed, in an object that the browser brought, or said where it is.
    Signed(Opened),
    /// The name is good for nothing.
    Refused(OAuthError),
}

/// Uses a pushed request up, if the browser names one.
pub(super) async fn take(ctx: &Ctx, snap: &Snapshot, params: &Params) -> Result<Found> {
    let Some(handle) = params.get("request_uri").and_then(pushed::handle) else { return Ok(Found::Browser) };
    let hash = crypto::hash(handle);
    let now = ctx.now();
    // Looked at first without a lock: anybody can send names that are none.
    let row = store::pushed_requests::find(&mut ctx.read().await?, &hash).await?;
    let Some(row) = row.filter(|row| row.subscription_id == snap.subscription_id) else {
        return Ok(Found::Refused(pushed::unknown()));
    };
    let application = snap.tenant.application_by_id(&row.application_id);
    let is_live = row.used_at.is_none() && row.expires_at > now;
    if let Err(error) = pushed::check(application.map_or("", |one| one.client_id()), params.get("client_id"), is_live) {
        return Ok(Found::Refused(error));
    }
    let mut tx = ctx.begin_brief().await?;
    if !store::pushed_requests::consume(&mut tx, &hash, now).await? {
        return Ok(Found::Refused(pushed::unknown()));
    }
    tx.commit().await?;
    Ok(match Params::from_urlencoded(row.request.as_bytes()) {
        Ok(params) => Found::Pushed(params),
        Err(error) => Found::Refused(error),
    })
}
