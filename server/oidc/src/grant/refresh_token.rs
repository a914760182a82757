//! Grant type `refresh_token` (RFC 6749 section 6, RFC 9700 section 4.14).

use model::spec::{GrantType, RefreshTokenUse};

use super::data::RefreshRow;
use super::denied::Denied;
use super::plan::{Granted, TokenPlan};
use super::resource::Aim;
use super::reuse::{Rotation, Use, reuse};
use super::{check_grant, resource, subject, unknown_refresh_token};
use crate::authorization_details::{self, Detail, still_allowed};
use crate::certificate;
use crate::client_auth::AuthenticatedClient;
use crate::dpop;
use crate::error::OAuthError;
use crate::params::Params;
use crate::scope;
use crate::tenant::{Application, Tenant};
use crate::user::UserFacts;

/// The request. `Debug` hides the token.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Looked up by its hash.
    pub refresh_token: String,
    /// Fewer scopes than before, or the same when absent.
    pub scope: Option<String>,
    /// Of the APIs of the grant, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
    /// Of the authorization details of the grant, those that the token is for; `None` for all (RFC 9396 section 6).
    pub details: Option<Vec<Detail>>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "refresh_token(scope: {:?})", self.scope)
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        Ok(Self {
            refresh_token: params.required("refresh_token")?.to_owned(),
            scope: params.get("scope").map(str::to_owned),
            resources: resource::read(params),
            details: authorization_details::read(params)?,
        })
    }
}

/// What to issue, and what becomes of the token presented.
#[derive(Clone, Debug, PartialEq)]
pub struct RefreshPlan {
    /// What to issue.
    pub plan: TokenPlan,
    /// How the presented token is replaced.
    pub rotation: Rotation,
}

/// Decides what the refresh token is good for. `user` is `None` for a deleted user, `consented` for
/// one who never agreed or took it back.
///
/// # Errors
/// [`Denied::Replay`] when the token was used before, by this application.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    row: &RefreshRow,
    user: Option<&UserFacts>,
    consented: Option<&[String]>,
    now: i64,
) -> Result<RefreshPlan, Denied> {
    let application = client.application;
    let data = &row.data;
    check_grant(client, GrantType::RefreshToken)?;
    // RFC 6749 section 10.4: "The authorization server MUST maintain the binding between a refresh
    // token and the client to whom it was issued."
    if data.application_id != application.id() {
        return Err(unknown_refresh_token().into());
    }
    let rotation = match reuse(row, application.spec().refresh_grace, now) {
        Use::Good(rotation) => rotation,
        Use::Replay => return Err(Denied::Replay(OAuthError::invalid_grant("the refresh token was used before"))),
        Use::Dead => return Err(OAuthError::invalid_grant("the refresh token was revoked").into()),
    };
    check_lifetime(application, row, now)?;
    dpop::same_key(client.jkt, data.jkt.as_deref())?;
    certificate::same(client.x5t, data.x5t.as_deref())?;
    let user = subject::active(tenant, user, &data.authentication.user_id)?;
    let refresh_scopes = subject::still_allowed(tenant, application, &data.scopes);
    let scopes = narrow(request.scope.as_deref(), &data.scopes, &refresh_scopes)?;
    let refresh_details = still_allowed(tenant, application, &data.authorization_details);
    let details = authorization_details::narrow(request.details.as_deref(), &data.authorization_details)?;
    let details = still_allowed(tenant, application, &details);
    if scopes.is_empty() && details.is_empty() {
        return Err(OAuthError::invalid_scope("the application may no longer request any of these scopes").into());
    }
    subject::consent(tenant, application, (&scopes, &details), &data.requested_claims, consented)?;
    let Aim { scopes, audience, details } =
        resource::aim(tenant, &data.resources, &request.resources, scopes, details)?;
    let granted = Granted {
        tenant,
        application,
        user,
        grant_id: &row.grant_id,
        authentication: &data.authentication,
        scopes,
        audience,
        details,
        refresh_scopes,
        refresh_details,
        resources: &data.resources,
        requested_claims: &data.requested_claims,
        // OpenID Connect Core section 12.2: the identity token of a refresh "SHOULD NOT have a
        // nonce Claim".
        nonce: None,
        jkt: client.jkt,
        x5t: client.x5t,
        code: None,
        begun_at: data.granted_at,
        now,
    };
    let mut plan = granted.plan();
    // RFC 6749 section 6: "The authorization server MAY issue a new refresh token".
    let kept = plan.refresh_token.take_if(|_| application.spec().refresh_token_use == RefreshTokenUse::Reusable);
    let rotation = kept.map_or(rotation, |kept| Rotation::Kept { until: kept.expires_at });
    Ok(RefreshPlan { plan, rotation })
}

/// The lifetimes of the day of issue, and today's where an administrator has shortened them.
fn check_lifetime(application: &Application, row: &RefreshRow, now: i64) -> Result<(), OAuthError> {
    let spec = application.spec();
    let idle = row.created_at.saturating_add(spec.refresh_token_idle_lifetime);
    let absolute = row.data.granted_at.saturating_add(spec.refresh_token_absolute_lifetime);
    if now >= row.expires_at.min(idle).min(absolute) {
        return Err(OAuthError::invalid_grant("the refresh token has expired"));
    }
    Ok(())
}

/// RFC 6749 section 6: "The requested scope MUST NOT include any scope not originally granted by
/// the resource owner, and if omitted is treated as equal to the scope originally granted".
fn narrow(requested: Option<&str>, original: &[String], allowed: &[String]) -> Result<Vec<String>, OAuthError> {
    let Some(text) = requested else { return Ok(allowed.to_vec()) };
    let asked = scope::parse(text)?;
    if let Some(other) = asked.iter().find(|s| !scope::contains(original, s)) {
        return Err(OAuthError::invalid_scope(format!("scope {other} was not granted before")));
    }
    Ok(asked.into_iter().filter(|s| scope::contains(allowed, s)).collect())
}
