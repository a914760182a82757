//! Pushed authorization requests (RFC 9126): the application sends the parameters itself, and the browser brings
//! only a name for them.

use crate::client_auth::AuthenticatedClient;
use crate::dpop;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::tenant::Tenant;

use super::request_object::{self, Opened};
use super::{Origin, validate_with};

/// Seconds that a pushed request waits for the browser (section 2.2: "a short duration").
pub const LIFETIME: i64 = 90;

/// How the names begin that we give (section 2.2 recommends this form).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// Parameters that prove who pushed it, and are no part of the request.
const CREDENTIALS: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// The `request_uri` under which a pushed request is found again.
pub fn request_uri(handle: &str) -> String {
    format!("{PREFIX}{handle}")
}

/// The handle of a `request_uri` of ours.
pub fn handle(request_uri: &str) -> Option<&str> {
    request_uri.strip_prefix(PREFIX).filter(|handle| !handle.is_empty())
}

/// Checks a request as the authorization endpoint will (section 2.1: "The authorization server MUST process the
/// request" so), and returns what is to be kept of it. Section 3: where there is a request object, its parameters count, and
/// those beside it are none of the request.
///
/// # Errors
/// Those of the authorization endpoint, as a direct answer (section 2.3).
pub fn push(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    params: &Params,
    object: Option<&Opened>,
) -> Result<Params, OAuthError> {
    // Section 2.1: "The request_uri authorization request parameter is one exception, and it MUST NOT be provided."
    if params.get("request_uri").is_some() {
        return Err(OAuthError::invalid_request("request_uri cannot be pushed"));
    }
    if object.is_none() {
        request_object::may_be_plain(client.application)?;
    }
    let params = object.map_or(params, Opened::params);
    let mut kept: Vec<(String, String)> = params
        .pairs()
        .filter(|(name, _)| !CREDENTIALS.contains(name) && *name != "client_id")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    kept.push(("client_id".to_owned(), client.application.client_id().to_owned()));
    // RFC 9449 section 10.1: a proof says the same as `dpop_jkt`.
    if let Some(jkt) = client.jkt {
        match params.get("dpop_jkt") {
            Some(said) => dpop::same_key(Some(jkt), Some(said))?,
            None => kept.push(("dpop_jkt".to_owned(), jkt.to_owned())),
        }
    }
    let kept = Params::from_pairs(kept)?;
    validate_with(tenant, &kept, &Origin::Pushed).map_err(|refusal| refusal.error())?;
    Ok(kept)
}

/// Looks whether what the browser brings fits what was pushed; `is_live` until it was answered, or has expired. Section 4:
/// "The client MUST only use a `request_uri` value once", and it "MUST be bound to the client that posted the authorization request" (section 2.2).
///
/// # Errors
/// `invalid_request_uri`.
pub fn check(pushed_for: &str, client_id: Option<&str>, is_live: bool) -> Result<(), OAuthError> {
    if is_live && client_id == Some(pushed_for) {
        return Ok(());
    }
    Err(unknown())
}

/// One that nobody pushed, that was used, that is too old, or that is another application's.
pub fn unknown() -> OAuthError {
    let text = "the request_uri is unknown, used or expired, or another application's";
    OAuthError::new(ErrorCode::InvalidRequestUri, text)
}
