//! Access tokens as UserInfo receives them (RFC 6750, RFC 9449 section 7).

use crate::error::{ErrorCode, OAuthError, quoted};
use crate::jose::Alg;
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
        self.under(format!("Bearer realm=\"{}\"", quoted(realm)))
    }

    /// The same for a request with a proof, or one that lacks it (RFC 9449 section 7.1).
    pub fn proof_challenge(&self, realm: &str) -> String {
        let algs: Vec<&str> = Alg::ALL.into_iter().map(Alg::as_str).collect();
        self.under(format!("DPoP realm=\"{}\", algs=\"{}\"", quoted(realm), algs.join(" ")))
    }

    fn under(&self, mut text: String) -> String {
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

/// An access token as it came. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PresentedToken {
    /// The token.
    pub token: String,
    /// It came with the scheme `DPoP`, and a proof must go with it.
    pub with_proof: bool,
}

impl std::fmt::Debug for PresentedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.with_proof { "PresentedToken(DPoP)" } else { "PresentedToken(Bearer)" })
    }
}

/// The access token of a request: in the `Authorization` header or, by POST, in the form body.
/// `authorization` holds every header of that name; `body` is empty for a GET.
///
/// # Errors
/// RFC 6750 section 2: "Clients MUST NOT use more than one method to transmit the token in each
/// request."
pub fn read(authorization: &[&[u8]], body: &Params) -> Result<PresentedToken, BearerRefusal> {
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
        (None, Some(token)) => Ok(PresentedToken { token: token.to_owned(), with_proof: false }),
        (Some(_), Some(_)) => refuse("the access token is in the header and in the body"),
        (Some(header), None) => {
            let text = std::str::from_utf8(header).unwrap_or_default();
            let (scheme, token) = text.split_once(' ').map_or((text, None), |(scheme, token)| (scheme, Some(token)));
            let with_proof = scheme.eq_ignore_ascii_case("dpop");
            match token.map(|token| token.trim_matches(' ')) {
                Some(token) if with_proof || scheme.eq_ignore_ascii_case("bearer") => {
                    if is_b64token(token) {
                        Ok(PresentedToken { token: token.to_owned(), with_proof })
                    } else {
                        refuse("the access token is malformed")
                    }
                }
                None if with_proof || scheme.eq_ignore_ascii_case("bearer") => refuse("the access token is empty"),
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
