//! `max_age`: seconds since the last active sign-in (OpenID Connect Core section 3.1.2.1).

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;

/// Notes the age.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let Some(text) = context.params.get("max_age") else { return Ok(()) };
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let seconds = text.parse::<i64>().ok().filter(|_| digits);
    let seconds = seconds.ok_or_else(|| OAuthError::invalid_request("max_age must be a whole number of seconds"))?;
    request.max_age = Some(seconds);
    Ok(())
}
