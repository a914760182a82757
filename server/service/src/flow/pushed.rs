//! What an application pushed (RFC 9126), when the browser brings its name.

use oidc::OAuthError;
use oidc::authorize::pushed;
use oidc::authorize::request_object::Opened;
use oidc::params::Params;

use super::interaction::Interaction;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// The parameters that count, and how they came.
pub(super) enum Found {
    /// The browser's own.
    Browser,
    /// Those that the application sent. What the browser says beside them is nothing (RFC 9126 section 4, RFC 9101
    /// section 5).
    Pushed {
        /// The parameters.
        params: Params,
        /// By which it is found when it is answered.
        hash: String,
    },
    /// Those that the application signed, in an object that the browser brought, or said where it is.
    Signed(Opened),
    /// The name is good for nothing.
    Refused(OAuthError),
}

/// A pushed request, if the browser names one. It is not used up by that: RFC 9126 section 4 leaves reloading a page open, and
/// FAPI 2.0 section 5.3.2.2 has it count once when it is answered.
pub(super) async fn find(ctx: &Ctx, snap: &Snapshot, params: &Params) -> Result<Found> {
    let Some(handle) = params.get("request_uri").and_then(pushed::handle) else { return Ok(Found::Browser) };
    let hash = crypto::hash(handle);
    let row = store::pushed_requests::find(&mut ctx.read().await?, &hash).await?;
    let Some(row) = row.filter(|row| row.subscription_id == snap.subscription_id) else {
        return Ok(Found::Refused(pushed::unknown()));
    };
    let application = snap.tenant.application_by_id(&row.application_id);
    let is_live = row.used_at.is_none() && row.expires_at > ctx.now();
    if let Err(error) = pushed::check(application.map_or("", |one| one.client_id()), params.get("client_id"), is_live) {
        return Ok(Found::Refused(error));
    }
    Ok(match Params::from_urlencoded(row.request.as_bytes()) {
        Ok(params) => Found::Pushed { params, hash },
        Err(error) => Found::Refused(error),
    })
}

/// Uses up what the request was pushed as, within the transaction that answers it. The same interaction may be answered
/// again, since its last step may be sent again.
///
/// # Errors
/// `NotFound` where another one was answered: this way leads nowhere any more.
pub(super) async fn use_up(ctx: &Ctx, tx: &mut store::Tx, interaction: &Interaction) -> Result<()> {
    let Some(hash) = &interaction.request.pushed else { return Ok(()) };
    if store::pushed_requests::consume(tx, hash, &interaction.hash, ctx.now()).await? {
        return Ok(());
    }
    Err(Error::NotFound)
}
