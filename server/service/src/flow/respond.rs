//! The answer to the application: with what else belongs into it, and as it was asked to travel.

use oidc::authorize::Redirection;
use oidc::respond::AuthorizationResponse;
use oidc::session_state::BrowserState;
use oidc::tenant::Application;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::sessions::Session;
use crate::snapshot::Snapshot;
use crate::tokens;

/// With what the application watches the session by, where the subscription has it, and then [`as_asked`].
pub(super) fn complete(
    ctx: &Ctx,
    snap: &Snapshot,
    application_id: &str,
    to: &Redirection,
    response: AuthorizationResponse,
    session: Option<&Session>,
) -> Result<AuthorizationResponse> {
    let application = snap.tenant.application_by_id(application_id);
    let response = match application.filter(|_| snap.tenant.settings().session_management) {
        None => response,
        Some(application) => {
            let state = session.map_or_else(BrowserState::nobody, |session| session.browser_state.clone());
            response.watched(application.client_id(), to, state, &ctx.random.token()?)
        }
    };
    as_asked(ctx, snap, application, response)
}

/// As one signed message, where the request asked for that.
pub(super) fn as_asked(
    ctx: &Ctx,
    snap: &Snapshot,
    application: Option<&Application>,
    response: AuthorizationResponse,
) -> Result<AuthorizationResponse> {
    let Some(application) = application.filter(|_| response.response_mode.is_signed()) else { return Ok(response) };
    let payload = response.payload(snap.tenant.issuer(), application.client_id(), ctx.now());
    let jwt = tokens::sign_by_key(ctx, snap, application, "JWT", payload)?;
    Ok(response.signed(jwt))
}
