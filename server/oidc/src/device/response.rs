//! What a device is told.

use serde_json::{Value, json};

use super::{INTERVAL, LIFETIME, UserCode};
use crate::endpoint;

/// The answer to a good request (RFC 8628 section 3.2). `device_code` is the device's own secret; the user
/// code is shown to whoever stands before it.
pub fn response(issuer: &str, device_code: &str, user_code: &UserCode) -> Value {
    let page = endpoint::url(issuer, endpoint::DEVICE);
    json!({
        "device_code": device_code,
        "user_code": user_code.to_string(),
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": LIFETIME,
        "interval": INTERVAL,
    })
}
