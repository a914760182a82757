//! Applications whose requests must be signed (RFC 9101 section 10.5).

use super::Checked;
use crate::authorize::{AuthorizationRequest, Origin, request_object};
use crate::error::OAuthError;

/// Refuses a plain request. One that was pushed was looked at then; a run of the console's playground is known to the
/// letter.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    match context.origin {
        Origin::Signed | Origin::Pushed => Ok(()),
        Origin::Playground(_) if request.playground_run.is_some() => Ok(()),
        Origin::Browser | Origin::Playground(_) => request_object::may_be_plain(context.application),
    }
}
