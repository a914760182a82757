//! A URI that a browser may be sent to. Only comparing with what is registered makes one, so that
//! redirecting to anything else does not compile.

/// A redirect URI (or post-logout URI) that an application has registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedRedirectUri(String);

impl VerifiedRedirectUri {
    /// RFC 9700 section 2.1: "authorization servers MUST utilize exact string matching except for
    /// port numbers in localhost redirection URIs of native apps".
    pub fn verify(registered: &[String], received: &str) -> Option<Self> {
        registered.iter().any(|one| model::redirect_uri::matches(one, received)).then(|| Self(received.to_owned()))
    }

    /// The very string that is registered, as RP-Initiated Logout section 3 demands.
    pub fn verify_exact(registered: &[String], received: &str) -> Option<Self> {
        registered.iter().any(|one| one == received).then(|| Self(received.to_owned()))
    }

    /// The URI.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a `form-action` of a page needs for the redirect that follows the form: its scheme. Not
    /// the origin: Chromium applies the policy to the whole chain of redirects, and a callback may lead
    /// on to another host; and no source names the loopback address of IPv6.
    pub fn csp_source(&self) -> String {
        url::Url::parse(&self.0).map_or_else(|_| "'none'".to_owned(), |url| format!("{}:", url.scheme()))
    }

    /// True when only whoever holds the host's name can receive what is sent there.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// True when a form can be posted to it.
    pub(crate) fn takes_form_post(&self) -> bool {
        self.0.starts_with("https://") || self.0.starts_with("http://")
    }

    /// The URI with parameters added to its query.
    pub(crate) fn with_query(&self, parameters: &[(&'static str, String)]) -> String {
        with_query(&self.0, parameters)
    }

    /// The URI with parameters as its fragment: a registered one has none (RFC 6749 section 3.1.2).
    pub(crate) fn with_fragment(&self, parameters: &[(&'static str, String)]) -> String {
        format!("{}#{}", self.0, encode(parameters))
    }

    /// Scheme, host and port, as scripts know them; `None` where it is no address of a page.
    pub(crate) fn origin(&self) -> Option<String> {
        let origin = url::Url::parse(&self.0).ok()?.origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }
}

/// A registered URI with parameters added to its query.
///
/// RFC 6749 section 3.1.2: the query of a registered URI "MUST be retained when adding
/// additional query parameters".
pub(crate) fn with_query(uri: &str, parameters: &[(&'static str, String)]) -> String {
    let added = encode(parameters);
    if added.is_empty() {
        return uri.to_owned();
    }
    let joint = match uri.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{joint}{added}")
}

fn encode(parameters: &[(&'static str, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// A verified URI on its way through our own database, inside of a request that was validated.
/// For `#[serde(with)]`: the type itself cannot be read from just any JSON.
pub(crate) mod stored {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::VerifiedRedirectUri;

    pub fn serialize<S: Serializer>(uri: &VerifiedRedirectUri, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&uri.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<VerifiedRedirectUri, D::Error> {
        String::deserialize(deserializer).map(VerifiedRedirectUri)
    }
}
