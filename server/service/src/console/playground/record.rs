//! What is kept of a run: requests, answers and decoded tokens as facts. Codes, tokens, states, verifiers
//! and secrets are not in it; [`WITHHELD`] stands in their place.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::GrantType;
use oidc::claims::PROTOCOL_CLAIMS;
use oidc::error::OAuthError;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Stands for what is not kept.
pub const WITHHELD: &str = "…";

/// Members of answers that are secrets.
const SECRETS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// A run as its page tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Authorization code or client credentials.
    pub grant: GrantType,
    /// Parameters of the authorization request; of the token request where there is no browser.
    pub request: Vec<(String, String)>,
    /// Parameters that came back.
    #[serde(default)]
    pub answer: Vec<(String, String)>,
    /// Who signed in, where somebody did.
    #[serde(default)]
    pub sign_in: Option<SignIn>,
    /// The token endpoint's answer.
    #[serde(default)]
    pub token: Option<Answer>,
    /// The identity token, decoded.
    #[serde(default)]
    pub identity_token: Option<Token>,
    /// The access token, decoded; `None` for a reference token.
    #[serde(default)]
    pub access_token: Option<Token>,
    /// UserInfo's answer.
    #[serde(default)]
    pub userinfo: Option<Answer>,
    /// What introspection answers each API connection, under its name.
    #[serde(default)]
    pub introspection: Vec<(String, Answer)>,
    /// What an application has to check, and how it came out.
    #[serde(default)]
    pub checks: Vec<(Check, bool)>,
    /// How it ended; `None` while it has not.
    #[serde(default)]
    pub ended: Option<Ended>,
}

impl Record {
    /// A run that has just begun.
    pub(super) fn begin(grant: GrantType, request: Vec<(String, String)>) -> Self {
        Self {
            grant,
            request,
            answer: Vec::new(),
            sign_in: None,
            token: None,
            identity_token: None,
            access_token: None,
            userinfo: None,
            introspection: Vec::new(),
            checks: Vec::new(),
            ended: None,
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// With tokens.
    Done,
    /// The authorization endpoint sent an error back.
    Refused,
    /// The token endpoint gave an error.
    NoTokens,
}

/// What an application checks before it believes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The state is the one that was sent.
    State,
    /// RFC 9207: the answer names the issuer that was asked.
    Issuer,
    /// The identity token carries the nonce that was sent.
    Nonce,
    /// The identity token is signed with a published key.
    Signature,
}

/// Who signed in, and what they did on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Row id of the user.
    pub user_id: String,
    /// In words that the user knows.
    pub name: String,
    /// Unix seconds of the proof of identity.
    pub auth_time: i64,
    /// RFC 8176 values.
    pub amr: Vec<String>,
    /// True when it was given during this run.
    pub is_new: bool,
    /// What happened since the run began, the first first.
    pub happened: Vec<Happened>,
}

/// A line of the audit log that belongs to a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// `sign_in`, `claims_given`, …
    pub kind: String,
    /// Names of claims or scopes it is about.
    pub names: Vec<String>,
}

/// An answer of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The JSON, without secrets.
    pub body: Value,
}

impl Answer {
    /// A good one.
    pub fn good(mut body: Value) -> Self {
        if let Some(members) = body.as_object_mut() {
            for (_, value) in members.iter_mut().filter(|(name, _)| SECRETS.contains(&name.as_str())) {
                *value = WITHHELD.into();
            }
        }
        Self { status: 200, body }
    }

    /// A refusal.
    pub fn error(error: &OAuthError) -> Self {
        Self { status: error.status(), body: error.body() }
    }
}

/// A JWT, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The header.
    pub header: Value,
    /// The claims.
    pub payload: Value,
    /// Bytes of the whole token.
    pub bytes: usize,
}

impl Token {
    /// What the configuration put there: facts about the user, none of the protocol's own members.
    pub fn facts(&self) -> Vec<(&str, &Value)> {
        let members = self.payload.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value));
        members.filter(|(name, _)| *name != "sub" && !PROTOCOL_CLAIMS.contains(name)).collect()
    }
}

impl Token {
    /// Takes a token of ours apart; `None` for one that is no JWT.
    pub fn decode(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let mut next = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok();
        Some(Self { header: next()?, payload: next()?, bytes: token.len() })
    }
}

/// Parameters as they are kept: `secret` names those that are withheld.
pub(super) fn kept(pairs: &[(String, String)], secret: &[&str]) -> Vec<(String, String)> {
    let keep = |(name, value): &(String, String)| {
        let value = if secret.contains(&name.as_str()) { WITHHELD.to_owned() } else { value.clone() };
        (name.clone(), value)
    };
    pairs.iter().map(keep).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_secret_stays_in_an_answer() {
        let body = json!({ "access_token": "a", "id_token": "b", "refresh_token": "c", "token_type": "Bearer" });
        let kept = Answer::good(body).body;
        assert_eq!(kept, json!({ "access_token": "…", "id_token": "…", "refresh_token": "…", "token_type": "Bearer" }));
        let pairs = [("code".to_owned(), "c".to_owned()), ("iss".to_owned(), "i".to_owned())];
        assert_eq!(super::kept(&pairs, &["code"])[0].1, WITHHELD);
        assert_eq!(super::kept(&pairs, &["code"])[1].1, "i");
    }

    #[test]
    fn a_token_is_taken_apart_without_its_signature() {
        let token = Token::decode("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqb2huIn0.c2lnbmF0dXJl").expect("a JWT");
        assert_eq!((token.header, token.payload), (json!({ "alg": "RS256" }), json!({ "sub": "john" })));
        assert_eq!(Token::decode("0f3a"), None);
    }
}
