//! Grant type `password` (RFC 6749 section 4.3): an application that was told a user's password. RFC 9700 section 2.4 forbids
//! it; it is here for software that came with it from another provider, and only where an administrator switches it on for
//! one application.

use model::spec::GrantType;

use super::agreed::{self, Agreed, Wanted};
use super::plan::TokenPlan;
use super::{resource, subject};
use crate::client_auth::AuthenticatedClient;
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::Tenant;
use crate::user::{Authentication, UserFacts};

/// The request. `Debug` hides the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// A user name or an e-mail address, as typed.
    pub username: String,
    /// As typed.
    pub password: String,
    /// What is asked for.
    pub scope: Option<String>,
    /// Of the APIs, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("password")
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        agreed::refuse_details(params)?;
        Ok(Self {
            username: params.required("username")?.to_owned(),
            password: params.required("password")?.to_owned(),
            scope: params.get("scope").map(str::to_owned),
            resources: resource::read(params),
        })
    }
}

/// May this application ask at all? Looked at before anything that a password is worth.
///
/// # Errors
/// `unauthorized_client`, `invalid_scope`.
pub fn check(tenant: &Tenant, client: &AuthenticatedClient<'_>, request: &Request) -> Result<Vec<String>, OAuthError> {
    agreed::check_client(client, GrantType::Password)?;
    agreed::scopes(tenant, client.application, request.scope.as_deref())
}

/// Whatever was wrong with name or password, in one sentence.
pub fn wrong() -> OAuthError {
    OAuthError::invalid_grant("user name or password is wrong, or the user may not sign in")
}

/// What a proof of the password is good for.
#[derive(Clone, Copy, Debug)]
pub struct Proven<'a> {
    /// Who signed in, just now.
    pub user: Option<&'a UserFacts>,
    /// How.
    pub authentication: &'a Authentication,
    /// Row id of the grant that begins.
    pub grant_id: &'a str,
    /// What the user agreed to earlier.
    pub consented: Option<&'a [String]>,
}

/// Decides what to issue. `scopes` are those of [`check`].
///
/// # Errors
/// `invalid_grant` for a user who has to be asked something first, since nobody can be asked here: required claims that are
/// enforced, and consent. `invalid_target`.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    scopes: &[String],
    proven: Proven<'_>,
    now: i64,
) -> Result<TokenPlan, OAuthError> {
    let application = client.application;
    let user = subject::active(tenant, proven.user, &proven.authentication.user_id)?;
    subject::required_claims(tenant, application, user, now)?;
    let agreed = Agreed {
        grant_id: proven.grant_id,
        authentication: proven.authentication,
        scopes,
        details: &[],
        consented: proven.consented,
    };
    agreed::plan(tenant, client, agreed, Wanted { resources: &request.resources, details: None }, user, now)
}
