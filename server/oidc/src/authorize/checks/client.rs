//! `client_id`: known, and in use. Its failures are pages, since there is nobody to redirect to.

use crate::authorize::{PageError, Refusal};
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::{Application, Tenant};

/// Finds the application.
pub fn find<'t>(tenant: &'t Tenant, params: &Params) -> Result<&'t Application, Refusal> {
    if !tenant.is_enabled() {
        return Err(PageError::DisabledSubscription.into());
    }
    // RFC 6749 section 4.1.2.1: "If the request fails due to a missing, invalid, or mismatching
    // redirection URI, or if the client identifier is missing or invalid, the authorization server
    // [...] MUST NOT automatically redirect the user-agent to the invalid redirection URI."
    if params.is_repeated("client_id") {
        return Err(PageError::Malformed(OAuthError::invalid_request("parameter client_id is repeated")).into());
    }
    let client_id = params.required("client_id").map_err(PageError::Malformed)?;
    let application =
        tenant.application(client_id).ok_or_else(|| PageError::UnknownClient { client_id: client_id.to_owned() })?;
    if application.is_enabled() { Ok(application) } else { Err(PageError::DisabledApplication.into()) }
}
