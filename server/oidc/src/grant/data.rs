//! What is stored with a code, a refresh token and an access token, as JSON in their rows.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, MayAct};
use crate::authorization_details::Detail;
use crate::authorize::RequestedClaims;
use crate::user::Authentication;

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeData {
    /// Row id of the only application that may redeem it.
    pub application_id: String,
    /// Who signed in, and how.
    pub authentication: Authentication,
    /// Where the code was sent.
    pub redirect_uri: String,
    /// True when the authorization request named it.
    pub redirect_uri_given: bool,
    /// Granted.
    pub scopes: Vec<String>,
    /// Resource indicators of the APIs that tokens may be for (RFC 8707).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// What was asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
    /// For the identity token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// RFC 7636, S256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    /// Thumbprint of the key that must redeem it (RFC 9449 section 10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_jkt: Option<String>,
    /// Claims named one by one.
    #[serde(default)]
    pub requested_claims: RequestedClaims,
    /// Row id of the run of the console's playground that it is for, and for nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playground_run: Option<String>,
}

/// A code's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// Row id of the grant.
    pub grant_id: String,
    /// What it stands for.
    pub data: CodeData,
    /// Unix seconds.
    pub expires_at: i64,
    /// True when it was redeemed before.
    pub consumed: bool,
    /// True when the grant was revoked.
    pub grant_revoked: bool,
}

/// What a person granted on another screen than the one that asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredData {
    /// Who signed in, and how.
    pub authentication: Authentication,
    /// Granted.
    pub scopes: Vec<String>,
    /// What was asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
}

/// The row of a device code, or of an application's request for a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRow {
    /// Row id of the only application that may use it.
    pub application_id: String,
    /// What became of it.
    pub answered: Answered,
    /// Seconds that whoever asks must wait between two questions.
    pub interval: i64,
    /// Unix seconds of its last question.
    pub polled_at: Option<i64>,
    /// Unix seconds.
    pub expires_at: i64,
    /// True when tokens were issued for it.
    pub consumed: bool,
}

/// What the person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Nothing so far.
    NotYet,
    /// No.
    Denied,
    /// Yes.
    Granted(AnsweredGrant),
}

/// A yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredGrant {
    /// Row id.
    pub grant_id: String,
    /// Who signed in, and how.
    pub authentication: Authentication,
    /// Granted.
    pub scopes: Vec<String>,
    /// What was granted in objects (RFC 9396).
    pub authorization_details: Vec<Detail>,
    /// True when the grant was revoked.
    pub grant_revoked: bool,
}

/// What a refresh token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshData {
    /// Row id of the only application that may use it.
    pub application_id: String,
    /// Who signed in, and how.
    pub authentication: Authentication,
    /// The most that a refresh may ask for.
    pub scopes: Vec<String>,
    /// Resource indicators of the APIs that tokens may be for (RFC 8707).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// What was asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
    /// Claims named one by one.
    #[serde(default)]
    pub requested_claims: RequestedClaims,
    /// Unix seconds of the first token: from there the absolute lifetime counts.
    pub granted_at: i64,
    /// Thumbprint of the key that must use it (RFC 9449 section 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jkt: Option<String>,
    /// Thumbprint of the certificate that must use it (RFC 8705 section 4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
}

/// A refresh token's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshRow {
    /// Row id of the grant.
    pub grant_id: String,
    /// What it stands for.
    pub data: RefreshData,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of its use.
    pub consumed_at: Option<i64>,
    /// Unix seconds of its revocation.
    pub revoked_at: Option<i64>,
    /// True when it has a successor that was neither used nor revoked.
    pub successor_unused: bool,
    /// True when the grant was revoked.
    pub grant_revoked: bool,
}

/// What an access token stands for: a reference token's row, or what a JWT says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokenData {
    /// The application it was issued to.
    pub client_id: String,
    /// The user; `None` where an application acts for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Row id of the grant; `None` for client credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// Granted.
    pub scopes: Vec<String>,
    /// The granted API connections, each by its name or by its resource indicator; else the issuer.
    pub audience: Vec<String>,
    /// Of the APIs of the audience (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
    /// Unix seconds.
    pub issued_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds of the sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// How the user signed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// How well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// Claims of UserInfo named one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub userinfo_claims: Vec<String>,
    /// Thumbprint of the key without which it counts for nothing (RFC 9449 section 6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jkt: Option<String>,
    /// Thumbprint of the certificate without which it counts for nothing (RFC 8705 section 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
    /// Who acts for the user (RFC 8693 section 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Who else may exchange it (RFC 8693 section 4.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_act: Option<MayAct>,
}

impl AccessTokenData {
    /// `sub`: the user, or the application that acts for itself (RFC 9068 section 2.2).
    pub fn subject(&self) -> &str {
        self.user_id.as_deref().unwrap_or(&self.client_id)
    }
    /// `token_type`: how it is to be presented.
    pub fn token_type(&self) -> &'static str {
        if self.jkt.is_some() { "DPoP" } else { "Bearer" }
    }

    /// `cnf` (RFC 9449 section 6, RFC 8705 section 3.1): what must come along with it.
    pub fn confirmation(&self) -> Option<serde_json::Value> {
        let members = [("jkt", &self.jkt), ("x5t#S256", &self.x5t)];
        let members: serde_json::Map<_, _> = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), serde_json::json!(value.as_ref()?))))
            .collect();
        (!members.is_empty()).then_some(serde_json::Value::Object(members))
    }
}
