//! Parameters of a request, from a query string or a form body.
//!
//! RFC 6749 section 3.1: "Parameters sent without a value MUST be treated as if they were omitted
//! from the request. [...] Request and response parameters MUST NOT be included more than once."

pub mod decode;

use crate::error::OAuthError;

/// Most parameters of one request.
pub const MAX_PARAMETERS: usize = 100;
/// Longest name, in bytes.
pub const MAX_NAME: usize = 255;
/// Longest value, in bytes. An identity token used as a hint may be long.
pub const MAX_VALUE: usize = 16 * 1024;

/// RFC 8707 section 2: "Multiple resource parameters MAY be used".
const MAY_REPEAT: [&str; 1] = ["resource"];

/// Parameters that are JSON.
const IS_JSON: [&str; 2] = ["claims", "authorization_details"];

/// Parameters that are credentials and have no business in a query string (RFC 6749 section 2.3.1,
/// RFC 6750 section 2.3 as RFC 9700 section 4.3.2 forbids it).
const CREDENTIALS: [&str; 9] = [
    "client_secret",
    "client_assertion",
    "code",
    "code_verifier",
    "refresh_token",
    "access_token",
    "token",
    "password",
    "assertion",
];

/// The parameters that have a value, in the order they came. `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a query string (without its `?`) or an urlencoded body.
    ///
    /// # Errors
    /// `invalid_request` beyond the limits and for what is not UTF-8 or holds control characters.
    pub fn from_urlencoded(input: &[u8]) -> Result<Self, OAuthError> {
        let mut pairs = Vec::new();
        for (name, value) in decode::pairs(input) {
            if pairs.len() > MAX_PARAMETERS {
                break;
            }
            match (name, value) {
                (Some(name), Some(value)) => pairs.push((name, value)),
                _ => return Err(OAuthError::invalid_request("a parameter is not UTF-8")),
            }
        }
        Self::from_pairs(pairs)
    }

    /// Takes decoded names and values.
    ///
    /// # Errors
    /// `invalid_request` beyond the limits and for control characters.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, OAuthError> {
        let mut kept = Vec::new();
        for (count, (name, value)) in pairs.into_iter().enumerate() {
            if count >= MAX_PARAMETERS {
                return Err(OAuthError::invalid_request("too many parameters"));
            }
            if name.len() > MAX_NAME || value.len() > MAX_VALUE {
                return Err(OAuthError::invalid_request("a parameter is too long"));
            }
            if name.chars().any(char::is_control) || value.chars().any(|c| is_refused(&name, c)) {
                return Err(OAuthError::invalid_request("a parameter holds a control character"));
            }
            if !value.is_empty() {
                kept.push((name, value));
            }
        }
        Ok(Self(kept))
    }

    /// The value of a parameter. A repeated one has none: which value is meant is nobody's guess.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(n, _)| n == name);
        let (_, first) = values.next()?;
        values.next().is_none().then_some(first)
    }

    /// All of them, in the order they came.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a parameter that may repeat.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// True for a parameter of which several values mean something.
    pub(crate) fn may_repeat(name: &str) -> bool {
        MAY_REPEAT.contains(&name)
    }

    /// True when the parameter came more than once.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.all(name).nth(1).is_some()
    }

    /// The first parameter that came more than once and may not.
    pub fn repeated(&self) -> Option<&str> {
        self.repeated_but(&[])
    }

    fn repeated_but(&self, others: &[&str]) -> Option<&str> {
        let may_repeat = |name: &str| Self::may_repeat(name) || others.contains(&name);
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        names().enumerate().find(|(i, name)| !may_repeat(name) && names().take(*i).any(|n| n == *name)).map(|(_, n)| n)
    }

    /// # Errors
    /// `invalid_request` naming the parameter that came more than once.
    pub fn once(&self) -> Result<(), OAuthError> {
        self.once_but(&[])
    }

    /// The same where more parameters may repeat than everywhere (RFC 8693 section 2.1 on `audience`).
    ///
    /// # Errors
    /// `invalid_request` naming the parameter that came more than once.
    pub fn once_but(&self, others: &[&str]) -> Result<(), OAuthError> {
        match self.repeated_but(others) {
            None => Ok(()),
            Some(name) => Err(OAuthError::invalid_request(format!("parameter {name} is repeated"))),
        }
    }

    /// The value of a parameter that must be there.
    ///
    /// # Errors
    /// `invalid_request` naming it.
    pub fn required(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::invalid_request(format!("parameter {name} is required")))
    }

    /// The same parameters as a query string, for a redirect to a page of ours.
    pub fn to_urlencoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// Refuses credentials in the query string of an endpoint that takes them in its body.
    ///
    /// RFC 6749 section 2.3.1: "The parameters can only be transmitted in the request-body and
    /// MUST NOT be included in the request URI."
    ///
    /// # Errors
    /// `invalid_request` naming the parameter.
    pub fn refuse_credentials(query: &[u8]) -> Result<(), OAuthError> {
        for (name, _) in decode::pairs(query).take(MAX_PARAMETERS) {
            if let Some(found) = CREDENTIALS.iter().find(|c| name.as_deref() == Some(**c)) {
                let text = format!("{found} must be in the request body, never in the query string");
                return Err(OAuthError::invalid_request(text));
            }
        }
        Ok(())
    }
}

/// The parameters `claims` and `authorization_details` are JSON and may be spread over lines.
fn is_refused(name: &str, c: char) -> bool {
    c.is_control() && !(IS_JSON.contains(&name) && matches!(c, '\n' | '\r' | '\t'))
}

impl std::fmt::Debug for Params {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
