//! What an identity token in the answer itself needs: `openid`, and a `nonce`.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;
use crate::scope::{self, OPENID};

/// OpenID Connect Core section 3.2.2.1: "nonce REQUIRED." It tells an identity token that somebody else put into the
/// browser from the one that was asked for (section 3.2.2.11).
pub fn check(_: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if !request.response_type.has_identity_token() {
        return Ok(());
    }
    if !scope::contains(&request.scopes, OPENID) {
        return Err(OAuthError::invalid_scope("an identity token needs the scope openid"));
    }
    if request.nonce.is_none() {
        return Err(OAuthError::invalid_request("nonce is required where the answer holds an identity token"));
    }
    Ok(())
}
