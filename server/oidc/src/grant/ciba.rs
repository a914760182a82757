//! Grant type `urn:openid:params:grant-type:ciba` (OpenID Connect CIBA section 10.1).

use model::spec::GrantType;

use super::agreed::{self, Agreed, Wanted};
use super::data::WaitingRow;
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
    unknown: "the auth_req_id is unknown or used",
    used: "the auth_req_id was used before",
    // Section 11: "The auth_req_id has expired. The Client will need to make a new Authentication Request."
    expired: "the auth_req_id has expired: ask anew",
    // "The end-user denied the authorization request."
    refused: "the user did not agree",
    too_often: "the application asks too often: wait 5 seconds longer each time",
};

/// The request. `Debug` hides the id.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Looked up by its hash.
    pub auth_req_id: String,
    /// Of the APIs of the grant, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
    /// Of the authorization details of the grant, those that the token is for; `None` for all (RFC 9396 section 6).
    pub details: Option<Vec<Detail>>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ciba")
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        Ok(Self {
            auth_req_id: params.required("auth_req_id")?.to_owned(),
            resources: resource::read(params),
            details: authorization_details::read(params)?,
        })
    }
}

/// An id that nobody issued, or that is long gone.
pub fn unknown() -> OAuthError {
    OAuthError::invalid_grant(WORDS.unknown)
}

/// Decides what an answer is good for. `user` and `consented` are those of whoever granted.
///
/// # Errors
/// As those of [`super::device_code::decide`].
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
    check_grant(client, GrantType::Ciba)?;
    let granted = waiting::granted(row, application, &WORDS, now)?;
    let user = subject::active(tenant, user, &granted.authentication.user_id)?;
    // Minutes may have passed since the pages asked.
    subject::required_claims(tenant, application, user, now)?;
    let agreed = Agreed {
        grant_id: &granted.grant_id,
        authentication: &granted.authentication,
        scopes: &granted.scopes,
        details: &granted.authorization_details,
        consented,
    };
    let wanted = Wanted { resources: &request.resources, details: request.details.as_deref() };
    Ok(agreed::plan(tenant, client, agreed, wanted, user, now)?)
}
