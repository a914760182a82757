//! Tokens that go with the answer to an authorization request, for applications that have that switched on.

use oidc::authorization_details::PARAMETER;
use oidc::authorize::AuthorizationRequest;
use oidc::error::OAuthError;
use oidc::grant::FrontPlan;
use oidc::grant::front_channel::{Agreed, decide};
use oidc::scope;
use oidc::tenant::Application;

use super::Failure;
use super::issue::{self, Issued};
use super::sign::{self, Signer};
use crate::activity::Kind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::jwe::Recipient;
use crate::snapshot::Snapshot;

/// Tokens that are stored as far as they must be, and not signed yet.
pub(crate) struct Unsigned<'a> {
    signer: Signer<'a>,
    plan: FrontPlan,
    issued: Option<Issued>,
}

/// For whom the identity token of the answer is encrypted.
///
/// # Errors
/// What the application is told where there is no key for that.
pub(crate) async fn recipient(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    request: &AuthorizationRequest,
) -> Result<Option<Recipient>, OAuthError> {
    if request.response_type.has_identity_token() { sign::recipient(ctx, snap, application).await } else { Ok(None) }
}

/// Stores what must be stored, in the transaction that writes the grant. `recipient` is for whom an identity token is
/// encrypted. `None` where the request asks for a code only.
///
/// # Errors
/// What the application is told where the user or the scopes are gone meanwhile.
pub(crate) async fn write<'a>(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    application: &'a Application,
    request: &AuthorizationRequest,
    agreed: &Agreed<'_>,
    recipient: Option<Recipient>,
) -> Result<Option<Unsigned<'a>>, Failure> {
    if !request.response_type.is_front() {
        return Ok(None);
    }
    let user = crate::facts::load(tx, &snap.tenant, &agreed.authentication.user_id).await?;
    let agreed = Agreed { user: user.as_ref(), ..*agreed };
    let plan = decide(&snap.tenant, application, request, &agreed, ctx.now())?;
    let signer =
        Signer::other(ctx, application).ok_or_else(|| Error::internal("no secret to sign with"))?.towards(recipient);
    let issued = match &plan.access_token {
        None => None,
        Some(plan) => Some(issue::write(ctx, tx, snap, &signer, plan, String::new()).await?),
    };
    Ok(Some(Unsigned { signer, plan, issued }))
}

impl Unsigned<'_> {
    /// Parameters of the answer (RFC 6749 section 4.2.2, OpenID Connect Core section 3.2.2.5).
    pub fn sign(self, ctx: &Ctx, snap: &Snapshot) -> Result<Vec<(&'static str, String)>> {
        let mut parameters = Vec::new();
        let mut access_token = None;
        if let (Some(plan), Some(issued)) = (&self.plan.access_token, self.issued) {
            let token = issue::access_token(ctx, snap, &self.signer, plan, issued.access)?;
            parameters.push(("access_token", token.clone()));
            parameters.push(("token_type", plan.access_token.data.token_type().to_owned()));
            parameters.push(("expires_in", plan.access_token.lifetime.to_string()));
            parameters.push(("scope", scope::join(&plan.scopes)));
            // RFC 9396 section 7, as far as a fragment has room for it: as the parameter of a request is written.
            let details = &plan.access_token.data.authorization_details;
            if !details.is_empty() {
                parameters.push((PARAMETER, serde_json::to_string(details).map_err(Error::internal)?));
            }
            access_token = Some(token);
        }
        if let Some(spec) = &self.plan.identity_token {
            let token = issue::identity_token(ctx, snap, &self.signer, spec, access_token.as_deref())?;
            parameters.push(("id_token", token));
        }
        ctx.activity.note(&snap.subscription_id, Kind::Tokens, ctx.now());
        ctx.last_used.note_application(self.signer.application.id(), ctx.now());
        Ok(parameters)
    }
}
