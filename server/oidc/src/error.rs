//! Errors of the protocol: a code of the standards and words for a developer.
//!
//! Not for what an end user reads (that is the app's) and not for internal causes (those are logged).

use std::borrow::Cow;

use serde_json::{Value, json};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $status:literal;)+) => {
        /// An error code, with the HTTP status it has where it is answered directly.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $($(#[$doc])* $variant),+ }

        impl ErrorCode {
            /// The code as it is sent.
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }

            /// HTTP status of a direct answer.
            pub fn status(self) -> u16 { match self { $(Self::$variant => $status),+ } }
        }
    };
}

codes! {
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    InvalidRequest = "invalid_request", 400;
    /// RFC 6749 section 5.2: 401 with `WWW-Authenticate`.
    InvalidClient = "invalid_client", 401;
    /// RFC 6749 section 5.2.
    InvalidGrant = "invalid_grant", 400;
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    UnauthorizedClient = "unauthorized_client", 400;
    /// RFC 6749 section 5.2.
    UnsupportedGrantType = "unsupported_grant_type", 400;
    /// RFC 6749 sections 4.1.2.1 and 5.2.
    InvalidScope = "invalid_scope", 400;
    /// RFC 6749 section 4.1.2.1.
    UnsupportedResponseType = "unsupported_response_type", 400;
    /// RFC 6749 section 4.1.2.1, RFC 8628 section 3.5.
    AccessDenied = "access_denied", 400;
    /// RFC 6749 section 4.1.2.1.
    ServerError = "server_error", 500;
    /// RFC 6749 section 4.1.2.1.
    TemporarilyUnavailable = "temporarily_unavailable", 503;
    /// OpenID Connect Core section 3.1.2.6.
    LoginRequired = "login_required", 400;
    /// OpenID Connect Core section 3.1.2.6.
    InteractionRequired = "interaction_required", 400;
    /// OpenID Connect Core section 3.1.2.6.
    ConsentRequired = "consent_required", 400;
    /// OpenID Connect Core section 3.1.2.6.
    AccountSelectionRequired = "account_selection_required", 400;
    /// OpenID Connect Core section 3.1.2.6.
    RequestNotSupported = "request_not_supported", 400;
    /// OpenID Connect Core section 3.1.2.6.
    RequestUriNotSupported = "request_uri_not_supported", 400;
    /// OpenID Connect Core section 3.1.2.6.
    RegistrationNotSupported = "registration_not_supported", 400;
    /// OpenID Connect Core Unmet Authentication Requirements.
    UnmetAuthenticationRequirements = "unmet_authentication_requirements", 400;
    /// RFC 6750 section 3.1.
    InvalidToken = "invalid_token", 401;
    /// RFC 6750 section 3.1.
    InsufficientScope = "insufficient_scope", 403;
    /// RFC 7009 section 2.2.1.
    UnsupportedTokenType = "unsupported_token_type", 400;
    /// RFC 9126 section 2.3 and RFC 9101 section 6.
    InvalidRequestUri = "invalid_request_uri", 400;
    /// RFC 9101 section 7.
    InvalidRequestObject = "invalid_request_object", 400;
    /// RFC 9396 section 5.
    InvalidAuthorizationDetails = "invalid_authorization_details", 400;
    /// RFC 9449 section 5.
    InvalidDpopProof = "invalid_dpop_proof", 400;
    /// RFC 9449 section 8.
    UseDpopNonce = "use_dpop_nonce", 400;
    /// RFC 8628 section 3.5.
    AuthorizationPending = "authorization_pending", 400;
    /// RFC 8628 section 3.5.
    SlowDown = "slow_down", 400;
    /// RFC 8628 section 3.5.
    ExpiredToken = "expired_token", 400;
    /// OpenID Connect CIBA section 13.
    InvalidBindingMessage = "invalid_binding_message", 400;
    /// OpenID Connect CIBA section 13.
    UnknownUserId = "unknown_user_id", 400;
    /// RFC 8707 section 2.
    InvalidTarget = "invalid_target", 400;
    /// RFC 7591 section 3.2.2.
    InvalidRedirectUri = "invalid_redirect_uri", 400;
    /// RFC 7591 section 3.2.2.
    InvalidClientMetadata = "invalid_client_metadata", 400;
    /// RFC 7591 section 3.2.2.
    InvalidSoftwareStatement = "invalid_software_statement", 400;
    /// RFC 7591 section 3.2.2.
    UnapprovedSoftwareStatement = "unapproved_software_statement", 400;
}

/// An error as an application receives it: as JSON, or as parameters of a redirect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct OAuthError {
    /// What went wrong, for programs.
    pub code: ErrorCode,
    /// What went wrong, for a developer. Only characters that RFC 6749 allows.
    pub description: Cow<'static, str>,
}

/// Longest description, in bytes: what a request contains may be quoted in it.
const MAX_DESCRIPTION: usize = 300;

impl OAuthError {
    /// An error with its words; characters that RFC 6749 does not allow become `?`.
    pub fn new(code: ErrorCode, description: impl Into<Cow<'static, str>>) -> Self {
        // RFC 6749 section 5.2: "Values for the error_description parameter MUST NOT include
        // characters outside the set %x20-21 / %x23-5B / %x5D-7E."
        let allowed = |c: char| matches!(c, ' '..='!' | '#'..='[' | ']'..='~');
        let mut description = description.into();
        if description.len() > MAX_DESCRIPTION || !description.chars().all(allowed) {
            let clean = description.chars().map(|c| if allowed(c) { c } else { '?' });
            description = Cow::Owned(clean.take(MAX_DESCRIPTION).collect());
        }
        Self { code, description }
    }

    /// `invalid_request`.
    pub fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidRequest, description)
    }

    /// `invalid_client`.
    pub fn invalid_client(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidClient, description)
    }

    /// `invalid_grant`.
    pub fn invalid_grant(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidGrant, description)
    }

    /// `invalid_scope`.
    pub fn invalid_scope(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidScope, description)
    }

    /// HTTP status of a direct answer.
    pub fn status(&self) -> u16 {
        self.code.status()
    }

    /// The JSON of RFC 6749 section 5.2.
    pub fn body(&self) -> Value {
        json!({ "error": self.code.as_str(), "error_description": self.description })
    }

    /// `WWW-Authenticate` of a 401 at the endpoints that authenticate clients.
    ///
    /// RFC 6749 section 5.2: the server "MUST respond with an HTTP 401 (Unauthorized) status code
    /// and include the `WWW-Authenticate` response header field matching the authentication
    /// scheme used by the client".
    pub fn challenge(&self, realm: &str) -> Option<String> {
        (self.status() == 401).then(|| format!("Basic realm=\"{}\", charset=\"UTF-8\"", quoted(realm)))
    }
}

/// Text for inside a quoted string of a header (RFC 9110 section 5.6.4), without line breaks.
pub(crate) fn quoted(text: &str) -> String {
    text.chars().filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_keep_to_the_allowed_characters() {
        let error = OAuthError::invalid_request("a \"b\" \\ \n ä".to_owned());
        assert_eq!(error.description, "a ?b? ? ? ?");
    }

    #[test]
    fn descriptions_are_bounded() {
        let error = OAuthError::invalid_scope("x".repeat(5_000));
        assert_eq!(error.description.len(), MAX_DESCRIPTION);
    }

    #[test]
    fn only_a_401_carries_a_challenge() {
        let realm = "https://id.example/s/a";
        assert_eq!(
            OAuthError::invalid_client("x").challenge(realm).as_deref(),
            Some("Basic realm=\"https://id.example/s/a\", charset=\"UTF-8\"")
        );
        assert_eq!(OAuthError::invalid_grant("x").challenge(realm), None);
    }
}
