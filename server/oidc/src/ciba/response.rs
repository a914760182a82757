//! What the application is told.

use serde_json::{Value, json};

use super::INTERVAL;

/// The answer to a good request (section 7.3).
pub fn response(auth_req_id: &str, expires_in: i64) -> Value {
    json!({ "auth_req_id": auth_req_id, "expires_in": expires_in, "interval": INTERVAL })
}
