//! Access tokens as UserInfo receives them (RFC 6750).

use crate::error::{ErrorCode, OAuthError, quoted};
use crate::params::Params;

/// Why a request with (or without) an access token was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BearerRefusal {
    /// RFC 6750 section 3.1: "If the request lacks any authentication information [...], the
    /// resource server SHOULD NOT include an error code or other error information."
    NoToken,
    /// Any other reason.
    Error(OAuthError),
}

impl BearerRefusal {
    /// `invalid_token`.
    pub fn invalid_token(description: &'static str) -> Self {
        Self::Error(OAuthError::new(ErrorCode::InvalidToken, description))
    }

    /// HTTP status.
    pub fn status(&self) -> u16 {
        self.error().map_or(401, OAuthError::status)
    }

    /// `WWW-Authenticate`, which RFC 6750 section 3 asks for with every refusal.
    pub fn challenge(&self, realm: &str) -> String {
        let mut text = format!("Bearer realm=\"{}\"", quoted(realm));
        if let Some(error) = self.error() {
            text.push_str(", error=\"");
            text.push_str(error.code.as_str());
            text.push_str("\", error_description=\"");
            text.push_str(&error.description);
            text.push('"');
        }
        text
    }

    /// The error to show in a body, if any.
    pub fn error(&self) -> Option<&OAuthError> {
        match self {
            Self::NoToken => None,
            Self::Error(error) => Some(error),
        }
    }
}

/// The access token of a request: in the `Authorization` header or, by POST, in the form body.
/// `authorization` holds every header of that name; `body` is empty for a GET.
///
/// # Errors
/// RFC 6750 section 2: "Clients MUST NOT use more than one method to transmit the token in each
/// request."
pub fn read(authorization: &[&[u8]], body: &Params) -> Result<String, BearerRefusal> {
    let refuse = |text| Err(BearerRefusal::Error(OAuthError::invalid_request(text)));
    if body.is_repeated("access_token") {
        return refuse("parameter access_token is repeated");
    }
    let in_header = match authorization {
        [] => None,
        [one] => Some(*one),
        _ => return refuse("more than one Authorization header"),
    };
    match (in_header, body.get("access_token")) {
        (None, None) => Err(BearerRefusal::NoToken),
        (None, Some(token)) => Ok(token.to_owned()),
        (Some(_), Some(_)) => refuse("the access token is in the header and in the body"),
        (Some(header), None) => {
            let text = std::str::from_utf8(header).unwrap_or_default();
            match text.split_once(' ') {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                    let token = token.trim_matches(' ');
                    if is_b64token(token) { Ok(token.to_owned()) } else { refuse("the access token is malformed") }
                }
                None if text.eq_ignore_ascii_case("bearer") => refuse("the access token is empty"),
                // Another scheme carries no access token.
                _ => Err(BearerRefusal::NoToken),
            }
        }
    }
}

/// RFC 6750 section 2.1: `1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`.
fn is_b64token(token: &str) -> bool {
    let body = token.trim_end_matches('=');
    !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b))
}
