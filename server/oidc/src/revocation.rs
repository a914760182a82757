//! Revocation (RFC 7009).

use crate::client_auth::AuthenticatedClient;
use crate::error::OAuthError;
use crate::params::Params;

/// The token of a request; `token_type_hint` only says where to look first, and is not needed.
///
/// # Errors
/// `invalid_request` for repeated parameters and a missing token.
pub fn read(params: &Params) -> Result<&str, OAuthError> {
    params.once()?;
    params.required("token")
}

/// What the token turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A refresh token, used or not.
    Refresh {
        /// Row id of the application it was issued to.
        application_id: String,
        /// Row id of its grant.
        grant_id: String,
    },
    /// An access token, JWT or reference.
    Access {
        /// The application it was issued to.
        client_id: String,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Answer 200. RFC 7009 section 2.2: "invalid tokens do not cause an error response since the
    /// client cannot handle such an error in a reasonable way".
    Nothing,
    /// Revoke the grant with all that was issued from it (section 2.1: "the authorization server
    /// SHOULD also invalidate all access tokens based on the same authorization grant").
    Grant {
        /// Row id.
        grant_id: String,
    },
    /// Revoke this access token alone.
    AccessToken,
}

/// Decides. A database error while carrying it out is never a 200.
///
/// # Errors
/// `invalid_grant` for a token of another application: section 2.1: the server "verifies whether
/// the token was issued to the client making the revocation request. If this validation fails, the
/// request is refused and the client is informed of the error".
pub fn decide(client: &AuthenticatedClient<'_>, found: Option<&Found>) -> Result<Plan, OAuthError> {
    let application = client.application;
    let foreign = || Err(OAuthError::invalid_grant("the token was issued to another application"));
    match found {
        None => Ok(Plan::Nothing),
        Some(Found::Refresh { application_id, grant_id }) if application_id == application.id() => {
            Ok(Plan::Grant { grant_id: grant_id.clone() })
        }
        Some(Found::Access { client_id }) if client_id == application.client_id() => Ok(Plan::AccessToken),
        Some(_) => foreign(),
    }
}
