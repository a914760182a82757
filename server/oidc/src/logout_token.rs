//! The token that tells an application that a session has ended (OpenID Connect Back-Channel Logout 1.0).

use serde_json::{Map, Value, json};

use crate::tenant::{Application, Tenant};

/// Section 2.4: "it is RECOMMENDED that Logout Tokens be explicitly typed", so that none is taken for an identity
/// token.
pub const TYPE: &str = "logout+jwt";
/// Section 2.4, `events`: "This declares that the JWT is a Logout Token."
pub const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Section 4 advises "a short expiration time [...], preferably at most two minutes in the future". Seconds.
pub const LIFETIME: i64 = 120;

/// What has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended<'a> {
    /// Row id of the user.
    pub user_id: &'a str,
    /// Row id of the session.
    pub session_id: &'a str,
}

/// The payload; `jti` is random, made by the caller, and `now` in unix seconds. Section 2.4: "A Logout Token MUST
/// contain either a sub or a sid Claim, and MAY contain both. If a sid Claim is not present, the intent is that
/// all sessions at the RP for the End-User identified by the iss and sub Claims be logged out." And: "The
/// following Claim MUST NOT be used within the Logout Token: nonce".
pub fn payload(
    tenant: &Tenant,
    application: &Application,
    ended: &Ended<'_>,
    jti: &str,
    now: i64,
) -> Map<String, Value> {
    let mut payload = Map::new();
    let mut put = |name: &str, value: Value| {
        payload.insert(name.to_owned(), value);
    };
    put("iss", json!(tenant.issuer()));
    put("aud", json!(application.client_id()));
    put("iat", json!(now));
    put("exp", json!(now + LIFETIME));
    put("jti", json!(jti));
    put("events", json!({ EVENT: {} }));
    put("sub", json!(tenant.subject_for(application, ended.user_id)));
    if application.spec().backchannel_logout_session_required {
        put("sid", json!(tenant.session_for(application, ended.session_id)));
    }
    payload
}
