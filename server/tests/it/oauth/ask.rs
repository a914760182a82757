//! Authorization requests and their answers.

use oidc::digest::sha256_base64url;

use super::library::CALLBACK;
use crate::support::Reply;
use crate::support::app::encode;

/// The verifier of every request.
pub const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters";

/// An authorization request.
#[derive(Clone)]
pub struct Ask(Vec<(String, String)>);

impl Ask {
    /// A good one of an application.
    pub fn of(client_id: &str) -> Self {
        let challenge = sha256_base64url(VERIFIER.as_bytes());
        let scope = if client_id == "reader" { "openid profile books" } else { "openid profile email library books" };
        let pairs = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", CALLBACK),
            ("scope", scope),
            ("state", "the state"),
            ("nonce", "the nonce"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    /// Another value.
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// One more value.
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// No value.
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// No PKCE.
    pub fn without_challenge(self) -> Self {
        self.without("code_challenge").without("code_challenge_method")
    }

    /// As a form.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// As a query.
    pub fn query(&self) -> String {
        encode(&self.fields())
    }
}

/// What came back to the application.
#[derive(Debug)]
pub struct Answer(Vec<(String, String)>);

impl Answer {
    /// Of a redirect to [`CALLBACK`].
    #[track_caller]
    pub fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 303, "{}", reply.body);
        let location = reply.header("location");
        let query = location.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('?'));
        let query = query.unwrap_or_else(|| panic!("not to the application: {location}"));
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Of a redirect that carries it in the fragment.
    #[track_caller]
    pub fn in_fragment(reply: &Reply) -> Self {
        assert_eq!(reply.status, 303, "{}", reply.body);
        let location = reply.header("location");
        let fragment = location.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('#'));
        let fragment = fragment.unwrap_or_else(|| panic!("not in a fragment for the application: {location}"));
        Self(form_urlencoded::parse(fragment.as_bytes()).into_owned().collect())
    }

    /// Of a page with the form that brings it (OAuth 2.0 Form Post Response Mode section 2).
    #[track_caller]
    pub fn posted(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{}", reply.body);
        let page = &reply.body;
        assert!(page.contains(&format!("action=\"{CALLBACK}\"")), "{page}");
        let value = |input: &str, name: &str| {
            let rest = input.split(&format!("{name}=\"")).nth(1)?;
            Some(rest.split('"').next()?.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
        };
        let inputs = page.split("<input").skip(1);
        Self(inputs.filter_map(|input| Some((value(input, " name")?, value(input, " value")?))).collect())
    }

    /// A parameter; empty when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Names of its parameters.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The code.
    #[track_caller]
    pub fn code(&self) -> String {
        assert!(!self.get("code").is_empty(), "{self:?}");
        self.get("code").to_owned()
    }
}
