//! The authorization response: what goes back to the application through the browser.

use serde_json::{Map, Value, json};

use crate::authorize::{Redirection, ResponseMode};
use crate::error::OAuthError;
use crate::session_state::{BrowserState, session_state};
use crate::verified_uri::VerifiedRedirectUri;

/// Seconds in which a signed response counts: a browser needs no longer to bring it.
const SIGNED_LIFETIME: i64 = 600;

/// Parameters on their way to a verified redirect URI.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationResponse {
    /// Where to.
    pub to: VerifiedRedirectUri,
    /// In the query, in the fragment, or as a form.
    pub response_mode: ResponseMode,
    /// In the order they are sent.
    pub parameters: Vec<(&'static str, String)>,
    /// What the browser keeps beside it; `None` without session management.
    pub browser_state: Option<BrowserState>,
}

impl AuthorizationResponse {
    /// RFC 6749 section 4.1.2: the code and what else was asked for, `state` as it came, and `iss`.
    pub fn success(issuer: &str, to: &Redirection, granted: Vec<(&'static str, String)>) -> Self {
        Self::new(issuer, to, granted)
    }

    /// RFC 6749 section 4.1.2.1.
    pub fn error(issuer: &str, to: &Redirection, error: &OAuthError) -> Self {
        let parameters = vec![
            ("error", error.code.as_str().to_owned()),
            ("error_description", error.description.clone().into_owned()),
        ];
        Self::new(issuer, to, parameters)
    }

    fn new(issuer: &str, to: &Redirection, mut parameters: Vec<(&'static str, String)>) -> Self {
        if let Some(state) = &to.state {
            parameters.push(("state", state.clone()));
        }
        // RFC 9207 section 2: "In authorization responses to the client, including error
        // responses, an authorization server [...] MUST indicate its identity by including the
        // iss parameter in the response."
        parameters.push(("iss", issuer.to_owned()));
        Self { to: to.redirect_uri.clone(), response_mode: to.response_mode, parameters, browser_state: None }
    }

    /// The same with what the application watches the session by (Session Management section 2: `session_state` is
    /// REQUIRED where it is supported). Errors such as `login_required` have it too, so that an application notices
    /// when somebody signs in.
    #[must_use]
    pub fn watched(mut self, client_id: &str, to: &Redirection, state: BrowserState, salt: &str) -> Self {
        if let Some(value) = session_state(client_id, to, &state, salt) {
            self.parameters.push(("session_state", value));
            self.browser_state = Some(state);
        }
        self
    }

    /// What a signed response says. JWT Secured Authorization Response Mode section 2.1: `iss`, `aud` ("the
    /// `client_id` of the client the response is intended for") and `exp` ("A maximum JWT lifetime of 10 minutes is
    /// RECOMMENDED"), and the parameters of the response.
    pub fn payload(&self, issuer: &str, client_id: &str, now: i64) -> Map<String, Value> {
        let parameters = self.parameters.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        let mut payload: Map<String, Value> = parameters.collect();
        payload.insert("iss".to_owned(), json!(issuer));
        payload.insert("aud".to_owned(), json!(client_id));
        payload.insert("exp".to_owned(), json!(now + SIGNED_LIFETIME));
        payload
    }

    /// The same as one signed message, which is the payload's JWT.
    #[must_use]
    pub fn signed(self, jwt: String) -> Self {
        Self { parameters: vec![("response", jwt)], ..self }
    }

    /// Target of the redirect, where it is no form.
    pub fn location(&self) -> String {
        match self.response_mode {
            ResponseMode::Fragment | ResponseMode::FragmentJwt => self.to.with_fragment(&self.parameters),
            _ => self.to.with_query(&self.parameters),
        }
    }

    /// Action and fields of the form, where it is one (OAuth 2.0 Form Post Response
    /// Mode section 2). They are not escaped for HTML yet.
    pub fn form(&self) -> (&str, &[(&'static str, String)]) {
        (self.to.as_str(), &self.parameters)
    }
}

impl std::fmt::Debug for AuthorizationResponse {
    /// Without the code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.parameters.iter().map(|(name, _)| *name).collect();
        write!(f, "AuthorizationResponse({}, {names:?})", self.to.as_str())
    }
}
