//! The token endpoint: one file per grant, each deciding a plan for what to issue.
//!
//! A caller looks the code or refresh token up by its hash, lets the grant decide, and then
//! consumes, revokes and saves in one transaction. Here nothing is signed or saved.

mod actor;
mod agreed;
pub mod authorization_code;
pub mod ciba;
pub mod client_credentials;
mod data;
mod denied;
pub mod device_code;
pub mod front_channel;
pub mod jwt_bearer;
pub mod password;
mod plan;
pub mod refresh_token;
pub mod resource;
mod reuse;
pub(crate) mod subject;
pub mod token_exchange;
mod waiting;

pub use actor::{Actor, MayAct};
pub use data::{AccessTokenData, CodeData, CodeRow, RefreshData, RefreshRow};
pub use data::{Answered, AnsweredData, AnsweredGrant, WaitingRow};
pub use denied::Denied;
pub use plan::{AccessTokenSpec, FrontPlan, IdentityTokenSpec, RefreshSpec, TokenPlan};
pub use refresh_token::RefreshPlan;
pub use reuse::{Rotation, Use, reuse};
pub use waiting::{NoTokens, is_to_wait};

use model::spec::GrantType;

use self::plan::audience;
use crate::client_auth::AuthenticatedClient;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::tenant::Application;

/// Seconds a code lives (RFC 6749 section 4.1.2: "A maximum authorization code lifetime of 10
/// minutes is RECOMMENDED").
pub const CODE_LIFETIME: i64 = 60;

/// A token request by its grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenRequest {
    /// RFC 6749 section 4.1.3.
    AuthorizationCode(authorization_code::Request),
    /// RFC 6749 section 6.
    RefreshToken(refresh_token::Request),
    /// RFC 6749 section 4.4.2.
    ClientCredentials(client_credentials::Request),
    /// RFC 8693 section 2.1.
    TokenExchange(token_exchange::Request),
    /// RFC 8628 section 3.4.
    DeviceCode(device_code::Request),
    /// RFC 6749 section 4.3.2.
    Password(password::Request),
    /// RFC 7523 section 2.1.
    JwtBearer(jwt_bearer::Request),
    /// OpenID Connect CIBA section 10.1.
    Ciba(ciba::Request),
}

impl TokenRequest {
    /// True for a grant that may give an identity token.
    pub fn may_identify(&self) -> bool {
        match self {
            Self::AuthorizationCode(_)
            | Self::RefreshToken(_)
            | Self::DeviceCode(_)
            | Self::Password(_)
            | Self::Ciba(_) => true,
            Self::ClientCredentials(_) | Self::TokenExchange(_) | Self::JwtBearer(_) => false,
        }
    }
}

/// Reads a token request.
///
/// # Errors
/// `invalid_request` for repeated and missing parameters, `unsupported_grant_type`.
pub fn read(params: &Params) -> Result<TokenRequest, OAuthError> {
    let grant = GrantType::parse(params.required("grant_type")?);
    params.once_but(if grant == Some(GrantType::TokenExchange) { &["audience"] } else { &[] })?;
    match grant {
        Some(GrantType::AuthorizationCode) => {
            authorization_code::Request::read(params).map(TokenRequest::AuthorizationCode)
        }
        Some(GrantType::RefreshToken) => refresh_token::Request::read(params).map(TokenRequest::RefreshToken),
        Some(GrantType::ClientCredentials) => {
            client_credentials::Request::read(params).map(TokenRequest::ClientCredentials)
        }
        Some(GrantType::TokenExchange) => token_exchange::Request::read(params).map(TokenRequest::TokenExchange),
        Some(GrantType::DeviceCode) => device_code::Request::read(params).map(TokenRequest::DeviceCode),
        Some(GrantType::Password) => password::Request::read(params).map(TokenRequest::Password),
        Some(GrantType::JwtBearer) => jwt_bearer::Request::read(params).map(TokenRequest::JwtBearer),
        Some(GrantType::Ciba) => ciba::Request::read(params).map(TokenRequest::Ciba),
        None => Err(OAuthError::new(ErrorCode::UnsupportedGrantType, "this grant_type is not supported")),
    }
}

/// A code that nobody issued, or that is long gone.
pub fn unknown_code() -> OAuthError {
    OAuthError::invalid_grant("the code is unknown, used or expired")
}

/// A refresh token that nobody issued, or that is long gone.
pub fn unknown_refresh_token() -> OAuthError {
    OAuthError::invalid_grant("the refresh token is unknown, used or expired")
}

/// Unix seconds when nothing of a grant that begins now can be alive any more.
pub fn family_expires_at(application: &Application, now: i64) -> i64 {
    let spec = application.spec();
    let refresh = if application.has_grant(GrantType::RefreshToken) { spec.refresh_token_absolute_lifetime } else { 0 };
    now + CODE_LIFETIME + refresh + spec.access_token_lifetime.max(spec.identity_token_lifetime)
}

/// RFC 6749 section 5.2: "The authenticated client is not authorized to use this authorization
/// grant type."
pub(crate) fn check_grant(client: &AuthenticatedClient<'_>, grant: GrantType) -> Result<(), OAuthError> {
    if client.application.has_grant(grant) {
        return Ok(());
    }
    let text = format!("the application may not use the grant type {}", grant.as_str());
    Err(OAuthError::new(ErrorCode::UnauthorizedClient, text))
}
