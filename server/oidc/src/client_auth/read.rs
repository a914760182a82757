//! Credentials out of a request: exactly one method.

use super::assertion::Claimed;
use super::{ASSERTION_TYPE, assertion, basic};
use crate::error::OAuthError;
use crate::params::Params;

/// How a client authenticated (OpenID Connect Core section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    /// `Authorization: Basic`.
    ClientSecretBasic,
    /// `client_secret` in the body.
    ClientSecretPost,
    /// A message in the body, signed with the secret.
    ClientSecretJwt,
    /// A message in the body, signed with a key.
    PrivateKeyJwt,
    /// The certificate of the connection, for which an authority vouches.
    TlsClientAuth,
    /// The certificate of the connection, which was registered.
    SelfSignedTls,
    /// A public client names itself.
    None,
}

impl AuthMethod {
    /// True for a message that counts once.
    pub fn is_assertion(self) -> bool {
        matches!(self, Self::ClientSecretJwt | Self::PrivateKeyJwt)
    }

    /// The name in metadata.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::ClientSecretJwt => "client_secret_jwt",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::TlsClientAuth => "tls_client_auth",
            Self::SelfSignedTls => "self_signed_tls_client_auth",
            Self::None => "none",
        }
    }
}

/// Credentials as they were presented, not yet checked. `Debug` hides them.
pub struct Presented {
    /// Who the caller says it is.
    pub client_id: String,
    /// How.
    pub method: AuthMethod,
    pub(super) secret: Option<String>,
    pub(super) assertion: Option<String>,
}

impl Presented {
    /// True for a signed message; with the name that it gives its key, if it gives one. Not to be believed: it
    /// only says which key to look with.
    pub fn signed_with(&self) -> Option<Option<String>> {
        self.assertion.as_deref().map(assertion::claimed_key)
    }
}

impl std::fmt::Debug for Presented {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Presented({}, {})", self.client_id, self.method.as_str())
    }
}

/// Reads the credentials of a request. `authorization` holds every header of that name.
///
/// # Errors
/// RFC 6749 section 2.3: "The client MUST NOT use more than one authentication method in each
/// request" (`invalid_request`). `invalid_client` for what cannot be read or is missing.
pub fn read(authorization: &[&[u8]], params: &Params) -> Result<Presented, OAuthError> {
    for name in ["client_id", "client_secret", "client_assertion", "client_assertion_type"] {
        if params.is_repeated(name) {
            return Err(OAuthError::invalid_request(format!("parameter {name} is repeated")));
        }
    }
    let in_body = params.get("client_id");
    if params.get("client_assertion").is_some() || params.get("client_assertion_type").is_some() {
        if !authorization.is_empty() || params.get("client_secret").is_some() {
            return Err(OAuthError::invalid_request("more than one client authentication method"));
        }
        return by_assertion(in_body, params);
    }
    match authorization {
        [] => match (in_body, params.get("client_secret")) {
            (None, _) => Err(OAuthError::invalid_client("client authentication is missing")),
            (Some(id), Some(secret)) => Ok(presented(id, AuthMethod::ClientSecretPost, Some(secret))),
            (Some(id), None) => Ok(presented(id, AuthMethod::None, None)),
        },
        [header] => {
            let (client_id, secret) = basic::decode(header)?;
            if params.get("client_secret").is_some() {
                let text = "more than one client authentication method: use the header or the body";
                return Err(OAuthError::invalid_request(text));
            }
            if in_body.is_some_and(|id| id != client_id) {
                return Err(OAuthError::invalid_request("client_id differs from the Authorization header"));
            }
            if secret.is_empty() {
                // RFC 6749 section 2.3.1: an empty secret may be left out, so it is none.
                return Ok(presented(&client_id, AuthMethod::None, None));
            }
            Ok(presented(&client_id, AuthMethod::ClientSecretBasic, Some(&secret)))
        }
        _ => Err(OAuthError::invalid_request("more than one Authorization header")),
    }
}

/// RFC 7521 section 4.2: "The value of the `client_assertion_type` parameter MUST" be the registered URI, and a
/// `client_id` beside the assertion "MUST identify the same client".
fn by_assertion(in_body: Option<&str>, params: &Params) -> Result<Presented, OAuthError> {
    if params.get("client_assertion_type") != Some(ASSERTION_TYPE) {
        return Err(OAuthError::invalid_client(format!("client_assertion_type must be {ASSERTION_TYPE}")));
    }
    let assertion = params.required("client_assertion")?;
    let Claimed { client_id, method } = assertion::claimed(assertion)
        .ok_or_else(|| OAuthError::invalid_client("the client assertion is no JWT with a sub"))?;
    if in_body.is_some_and(|id| id != client_id) {
        return Err(OAuthError::invalid_client("client_id differs from sub of the client assertion"));
    }
    Ok(Presented { client_id, method, secret: None, assertion: Some(assertion.to_owned()) })
}

fn presented(client_id: &str, method: AuthMethod, secret: Option<&str>) -> Presented {
    Presented { client_id: client_id.to_owned(), method, secret: secret.map(str::to_owned), assertion: None }
}
