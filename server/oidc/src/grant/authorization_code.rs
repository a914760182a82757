//! Grant type `authorization_code` (RFC 6749 section 4.1.3, RFC 7636 section 4.6).

use model::spec::GrantType;

use super::data::CodeRow;
use super::denied::Denied;
use super::plan::{Granted, TokenPlan};
use super::resource::Aim;
use super::{check_grant, resource, subject, unknown_code};
use crate::authorization_details::{self, Detail, narrow, still_allowed};
use crate::client_auth::AuthenticatedClient;
use crate::dialect;
use crate::digest;
use crate::dpop;
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::Tenant;
use crate::user::UserFacts;

/// The request. `Debug` hides code and verifier.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Looked up by its hash.
    pub code: String,
    /// As the authorization request had it.
    pub redirect_uri: Option<String>,
    /// RFC 7636 section 4.5.
    pub code_verifier: Option<String>,
    /// Of the APIs of the grant, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
    /// Of the authorization details of the grant, those that the token is for; `None` for all (RFC 9396 section 6).
    pub details: Option<Vec<Detail>>,
    /// Row id of the run of the console's playground that redeems it; no request says so.
    pub playground_run: Option<String>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "authorization_code(redirect_uri: {:?})", self.redirect_uri)
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        Ok(Self {
            code: params.required("code")?.to_owned(),
            redirect_uri: params.get("redirect_uri").map(str::to_owned),
            code_verifier: params.get("code_verifier").map(str::to_owned),
            resources: resource::read(params),
            details: authorization_details::read(params)?,
            playground_run: None,
        })
    }
}

/// Decides what the code is good for. `user` is `None` for a deleted user, `consented` for one who
/// never agreed or took it back.
///
/// # Errors
/// [`Denied::Replay`] when the code was used before, by this application.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    row: &CodeRow,
    user: Option<&UserFacts>,
    consented: Option<&[String]>,
    now: i64,
) -> Result<TokenPlan, Denied> {
    let application = client.application;
    check_grant(client, GrantType::AuthorizationCode)?;
    // RFC 6749 section 4.1.3: "ensure that the authorization code was issued to the authenticated
    // confidential client, or [...] to client_id in the request". Said in the words for an unknown
    // code, so that another application learns nothing. A code of the playground is the server's own to
    // redeem, and the token endpoint does not know it.
    if row.data.application_id != application.id() || row.data.playground_run != request.playground_run {
        return Err(unknown_code().into());
    }
    if row.consumed {
        return Err(Denied::Replay(OAuthError::invalid_grant("the code was used before")));
    }
    if row.grant_revoked || now >= row.expires_at {
        return Err(unknown_code().into());
    }
    check_redirect_uri(request, row)?;
    check_verifier(request.code_verifier.as_deref(), row.data.code_challenge.as_deref())?;
    dpop::same_key(client.jkt, row.data.dpop_jkt.as_deref())?;
    let data = &row.data;
    let user = subject::active(tenant, user, &data.authentication.user_id)?;
    let scopes = subject::still_allowed(tenant, application, &data.scopes);
    let refresh_details = still_allowed(tenant, application, &data.authorization_details);
    if scopes.is_empty() && refresh_details.is_empty() {
        return Err(OAuthError::invalid_scope("the application may no longer request any of these scopes").into());
    }
    subject::consent(tenant, application, (&scopes, &refresh_details), &data.requested_claims, consented)?;
    let refresh_scopes = scopes.clone();
    let details = narrow(request.details.as_deref(), &refresh_details)?;
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
        nonce: data.nonce.as_deref(),
        jkt: client.jkt,
        x5t: client.x5t,
        code: dialect::tells_code(application).then_some(&request.code),
        begun_at: now,
        now,
    };
    Ok(granted.plan())
}

/// RFC 6749 section 4.1.3: "ensure that the `redirect_uri` parameter is present if the `redirect_uri`
/// parameter was included in the initial authorization request [...], and if included ensure that
/// their values are identical."
fn check_redirect_uri(request: &Request, row: &CodeRow) -> Result<(), OAuthError> {
    match request.redirect_uri.as_deref() {
        Some(uri) if uri == row.data.redirect_uri => Ok(()),
        Some(_) => Err(OAuthError::invalid_grant("redirect_uri differs from the one of the authorization request")),
        None if row.data.redirect_uri_given => {
            Err(OAuthError::invalid_grant("redirect_uri is required, as in the authorization request"))
        }
        None => Ok(()),
    }
}

/// RFC 7636 section 4.6, and RFC 9700 section 2.1.1 against a downgrade: "a token request
/// containing a `code_verifier` parameter is accepted only if a `code_challenge` parameter was present
/// in the authorization request".
fn check_verifier(verifier: Option<&str>, challenge: Option<&str>) -> Result<(), OAuthError> {
    match (verifier, challenge) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(OAuthError::invalid_grant("code_verifier is required")),
        (Some(_), None) => Err(OAuthError::invalid_grant("code_verifier without code_challenge")),
        (Some(verifier), Some(challenge)) => {
            // RFC 7636 section 4.1: "code-verifier = 43*128unreserved".
            let well_formed = (43..=128).contains(&verifier.len())
                && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
            if !well_formed {
                return Err(OAuthError::invalid_grant("code_verifier must be 43 to 128 unreserved characters"));
            }
            if !digest::same(&digest::sha256_base64url(verifier.as_bytes()), challenge) {
                return Err(OAuthError::invalid_grant("code_verifier does not match code_challenge"));
            }
            Ok(())
        }
    }
}
