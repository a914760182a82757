//! What decisions know about a user, and about how the user signed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A user as the database holds one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserFacts {
    /// The subject identifier: the row id.
    pub sub: String,
    /// False from the moment an administrator disabled the user.
    pub enabled: bool,
    /// As typed.
    pub email: Option<String>,
    /// Proved by mail, or set by an administrator.
    pub email_verified: bool,
    /// Optional sign-in name.
    pub username: Option<String>,
    /// Unix seconds of the last change to the user or to a claim value.
    pub updated_at: i64,
    /// Claim values by claim name.
    pub values: BTreeMap<String, Value>,
}

/// Who signed in, when and how: the part of a session that goes with everything issued from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentication {
    /// The user's row id.
    pub user_id: String,
    /// The session's row id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Unix seconds.
    pub auth_time: i64,
    /// RFC 8176.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// OpenID Connect Core section 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
}
