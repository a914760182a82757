//! A refused token request.

use crate::error::OAuthError;

/// Why, and what the caller must do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Answer the error.
    Error(OAuthError),
    /// A code or refresh token came back after its use: revoke its grant, commit that, and only
    /// then answer the error.
    ///
    /// RFC 6749 section 4.1.2: "If an authorization code is used more than once, the authorization
    /// server MUST deny the request and SHOULD revoke (when possible) all tokens previously issued
    /// based on that authorization code."
    Replay(OAuthError),
}

impl Denied {
    /// The error to answer.
    pub fn error(&self) -> &OAuthError {
        match self {
            Self::Error(error) | Self::Replay(error) => error,
        }
    }
}

impl From<OAuthError> for Denied {
    fn from(error: OAuthError) -> Self {
        Self::Error(error)
    }
}
