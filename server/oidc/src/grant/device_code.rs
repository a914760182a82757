//! Grant type `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 sections 3.4 and 3.5).

use model::spec::GrantType;

use super::agreed::{self, Agreed, Wanted};
use super::data::{AnsweredGrant, WaitingRow};
use super::plan::TokenPlan;
use super::waiting::{self, NoTokens, Words};
use super::{check_grant, resource, subject};
use crate::authorization_details::{self, Detail};
use crate::client_auth::AuthenticatedClient;
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::Tenant;
use crate::user::UserFacts;

const WORDS: Words = Words {
    unknown: "the device code is unknown or used",
    used: "the device code was used before",
    // Section 3.5 on expired_token: "The device_code has expired, and the device authorization session has concluded."
    expired: "the device code has expired: ask for a new one",
    refused: "the user did not connect the device",
    too_often: "the device asks too often: wait 5 seconds longer each time",
};

/// The request. `Debug` hides the code.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Looked up by its hash.
    pub device_code: String,
    /// Of the APIs of the grant, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
    /// Of the authorization details of the grant, those that the token is for; `None` for all (RFC 9396 section 6).
    pub details: Option<Vec<Detail>>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("device_code")
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        Ok(Self {
            device_code: params.required("device_code")?.to_owned(),
            resources: resource::read(params),
            details: authorization_details::read(params)?,
        })
    }
}

/// A device code that nobody issued, or that is long gone.
pub fn unknown() -> OAuthError {
    OAuthError::invalid_grant(WORDS.unknown)
}

/// Decides what the device code is good for. `user` and `consented` are those of whoever granted: `None` for a
/// deleted user, or one who never agreed or took it back.
///
/// # Errors
/// [`NoTokens::Wait`] while nobody has answered; [`Denied::Replay`] when the code was used before, by this
/// application.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    row: &WaitingRow,
    user: Option<&UserFacts>,
    consented: Option<&[String]>,
    now: i64,
) -> Result<TokenPlan, NoTokens> {
    let application = client.application;
    check_grant(client, GrantType::DeviceCode)?;
    let granted = waiting::granted(row, application, &WORDS, now)?;
    let user = subject::active(tenant, user, &granted.authentication.user_id)?;
    // Minutes may have passed since the pages asked.
    subject::required_claims(tenant, application, user, now)?;
    Ok(plan(tenant, client, granted, request, user, consented, now)?)
}

/// What a grant to a device is good for, for a user who is there and has given what is required.
pub(crate) fn plan(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    granted: &AnsweredGrant,
    request: &Request,
    user: &UserFacts,
    consented: Option<&[String]>,
    now: i64,
) -> Result<TokenPlan, OAuthError> {
    let agreed = Agreed {
        grant_id: &granted.grant_id,
        authentication: &granted.authentication,
        scopes: &granted.scopes,
        details: &granted.authorization_details,
        consented,
    };
    let wanted = Wanted { resources: &request.resources, details: request.details.as_deref() };
    agreed::plan(tenant, client, agreed, wanted, user, now)
}
