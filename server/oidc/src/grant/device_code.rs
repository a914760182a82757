//! Grant type `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 sections 3.4 and 3.5).

use model::spec::GrantType;

use super::agreed::{self, Agreed, Wanted};
use super::data::{DeviceAnswered, DeviceCodeRow, DeviceGrant};
use super::denied::Denied;
use super::plan::TokenPlan;
use super::{check_grant, resource, subject};
use crate::authorization_details::{self, Detail};
use crate::client_auth::AuthenticatedClient;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::tenant::Tenant;
use crate::user::UserFacts;

/// Seconds by which a device that asks too often must slow down, "for this and all subsequent requests".
const SLOWER: i64 = 5;
/// Seconds that a question may come early: times are whole seconds, and networks are not even.
const TOLERANCE: i64 = 1;

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

/// Why there are no tokens, and what the caller must do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTokens {
    /// Nobody has answered yet: note that the device asked, with the interval that it must keep from now
    /// on, commit that, and answer the error.
    Wait {
        /// `authorization_pending` or `slow_down`.
        error: OAuthError,
        /// Seconds.
        interval: i64,
    },
    /// There will be none.
    Denied(Denied),
}

impl From<OAuthError> for NoTokens {
    fn from(error: OAuthError) -> Self {
        Self::Denied(error.into())
    }
}

/// True for an answer that only tells a device to ask again.
pub fn is_to_wait(error: &OAuthError) -> bool {
    matches!(error.code, ErrorCode::AuthorizationPending | ErrorCode::SlowDown)
}

/// A device code that nobody issued, or that is long gone.
pub fn unknown() -> OAuthError {
    OAuthError::invalid_grant("the device code is unknown or used")
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
    row: &DeviceCodeRow,
    user: Option<&UserFacts>,
    consented: Option<&[String]>,
    now: i64,
) -> Result<TokenPlan, NoTokens> {
    let application = client.application;
    check_grant(client, GrantType::DeviceCode)?;
    // Said in the words for an unknown code, so that another application learns nothing.
    if row.application_id != application.id() {
        return Err(unknown().into());
    }
    if row.consumed {
        return Err(NoTokens::Denied(Denied::Replay(OAuthError::invalid_grant("the device code was used before"))));
    }
    // Section 3.5 on expired_token: "The device_code has expired, and the device authorization session has
    // concluded."
    if now >= row.expires_at {
        return Err(OAuthError::new(ErrorCode::ExpiredToken, "the device code has expired: ask for a new one").into());
    }
    let granted = match &row.answered {
        DeviceAnswered::NotYet => return Err(wait(row, now)),
        DeviceAnswered::Denied => {
            return Err(OAuthError::new(ErrorCode::AccessDenied, "the user did not connect the device").into());
        }
        DeviceAnswered::Granted(granted) => granted,
    };
    if granted.grant_revoked {
        return Err(OAuthError::invalid_grant("what the user granted was revoked").into());
    }
    let user = subject::active(tenant, user, &granted.authentication.user_id)?;
    // Minutes may have passed since the pages asked.
    subject::required_claims(tenant, application, user, now)?;
    Ok(plan(tenant, client, granted, request, user, consented, now)?)
}

/// What a grant to a device is good for, for a user who is there and has given what is required.
pub(crate) fn plan(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    granted: &DeviceGrant,
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

/// Section 3.5 on `slow_down`: "A variant of `authorization_pending`, the authorization request is still pending
/// and polling should continue, but the interval MUST be increased by 5 seconds for this and all subsequent
/// requests."
fn wait(row: &DeviceCodeRow, now: i64) -> NoTokens {
    let early = row.polled_at.is_some_and(|at| now.saturating_sub(at) + TOLERANCE < row.interval);
    let (code, text, interval) = if early {
        (ErrorCode::SlowDown, "the device asks too often: wait 5 seconds longer each time", row.interval + SLOWER)
    } else {
        (ErrorCode::AuthorizationPending, "the user has not answered yet", row.interval)
    };
    NoTokens::Wait { error: OAuthError::new(code, text), interval }
}
