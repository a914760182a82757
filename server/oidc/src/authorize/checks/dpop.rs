//! `dpop_jkt` (RFC 9449 section 10): the code is for the holder of this key only.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::digest;
use crate::error::OAuthError;

/// Notes the key.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let Some(jkt) = context.params.get("dpop_jkt") else { return Ok(()) };
    if !digest::is_sha256_base64url(jkt) {
        return Err(OAuthError::invalid_request("dpop_jkt must be a SHA-256 thumbprint in base64url"));
    }
    request.dpop_jkt = Some(jkt.to_owned());
    Ok(())
}
