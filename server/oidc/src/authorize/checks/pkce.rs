//! `code_challenge` (RFC 7636): S256 only; required of public clients and where it is set so.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::digest;
use crate::error::OAuthError;

/// Notes the challenge.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let method = context.params.get("code_challenge_method");
    let Some(challenge) = context.params.get("code_challenge") else {
        if method.is_some() {
            return Err(OAuthError::invalid_request("code_challenge_method without code_challenge"));
        }
        // There is nothing to redeem.
        if !request.response_type.has_code() {
            return Ok(());
        }
        // RFC 9700 section 2.1.1: "Public clients MUST use PKCE".
        let spec = context.application.spec();
        if spec.require_pkce || !spec.kind.is_confidential() {
            return Err(OAuthError::invalid_request("code_challenge is required"));
        }
        return Ok(());
    };
    // RFC 7636 section 4.3: the method "defaults to plain if not present in the request"; RFC 9700
    // section 2.1.1: only methods that do not expose the verifier.
    if method != Some("S256") {
        return Err(OAuthError::invalid_request("code_challenge_method must be S256"));
    }
    if !digest::is_sha256_base64url(challenge) {
        return Err(OAuthError::invalid_request("code_challenge must be 43 base64url characters"));
    }
    request.code_challenge = Some(challenge.to_owned());
    Ok(())
}
