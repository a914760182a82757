//! What a request to change metadata must and must not hold beside them (RFC 7592 section 2.2).

use serde_json::{Map, Value};

use super::invalid;
use crate::error::OAuthError;

/// Checks it. `is_secret` says whether a text is a secret that the application has now.
///
/// # Errors
/// `invalid_client_metadata`.
pub fn check(
    body: &Map<String, Value>,
    client_id: &str,
    is_secret: impl FnOnce(&str) -> bool,
) -> Result<(), OAuthError> {
    // "The updated client metadata fields request MUST NOT include the following fields".
    for name in
        ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"]
    {
        if body.contains_key(name) {
            return Err(invalid(format!("{name}: must not be part of an update")));
        }
    }
    // "This request MUST include the client_id field", "and its value MUST match".
    if body.get("client_id").and_then(Value::as_str) != Some(client_id) {
        return Err(invalid("client_id: must be the one that was issued"));
    }
    // "If the client includes the client_secret field in the request, the value of this field MUST match the
    // currently issued client secret for that client. The client MUST NOT be allowed to overwrite its existing
    // client secret with its own chosen value."
    match body.get("client_secret") {
        None => Ok(()),
        Some(Value::String(secret)) if is_secret(secret) => Ok(()),
        Some(_) => Err(invalid("client_secret: must be the one that was issued")),
    }
}
