//! Where a refusal goes: to the application, or only to the person in front of the browser.

use super::answer_to::Redirection;
use crate::error::{ErrorCode, OAuthError};
use crate::respond::AuthorizationResponse;

/// A refused authorization request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Shown by us; nobody is redirected.
    Page(PageError),
    /// Told to the application.
    Redirect {
        /// Where to, and how.
        to: Redirection,
        /// What went wrong.
        error: OAuthError,
    },
}

impl Refusal {
    /// The response to the application, or the page to show.
    pub fn respond(&self, issuer: &str) -> Result<AuthorizationResponse, PageError> {
        match self {
            Self::Page(page) => Err(page.clone()),
            Self::Redirect { to, error } => Ok(AuthorizationResponse::error(issuer, to, error)),
        }
    }

    /// The error, for the audit log.
    pub fn error(&self) -> OAuthError {
        match self {
            Self::Page(page) => page.error(),
            Self::Redirect { error, .. } => error.clone(),
        }
    }
}

impl From<PageError> for Refusal {
    fn from(page: PageError) -> Self {
        Self::Page(page)
    }
}

/// Why a request ends on a page of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// The request itself cannot be read.
    Malformed(OAuthError),
    /// The request that the browser names cannot be used (any more).
    PushedRequest(OAuthError),
    /// The request object cannot be used, and the request itself does not say where to go back to.
    RequestObject(OAuthError),
    /// No application has this `client_id`.
    UnknownClient {
        /// As received.
        client_id: String,
    },
    /// An administrator has taken the application out of use.
    DisabledApplication,
    /// An administrator has taken the subscription out of use.
    DisabledSubscription,
    /// `redirect_uri` is required.
    MissingRedirectUri,
    /// The application has not registered this URI (or no longer).
    UnregisteredRedirectUri {
        /// As received.
        received: String,
    },
}

impl PageError {
    /// Name of the message that people read.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed-request",
            Self::PushedRequest(_) => "pushed-request",
            Self::RequestObject(_) => "request-object",
            Self::UnknownClient { .. } => "unknown-client",
            Self::DisabledApplication => "disabled-application",
            Self::DisabledSubscription => "disabled-subscription",
            Self::MissingRedirectUri => "missing-redirect-uri",
            Self::UnregisteredRedirectUri { .. } => "unregistered-redirect-uri",
        }
    }

    /// For a developer.
    pub fn error(&self) -> OAuthError {
        let invalid = |text: String| OAuthError::invalid_request(text);
        match self {
            Self::Malformed(error) | Self::PushedRequest(error) | Self::RequestObject(error) => error.clone(),
            Self::UnknownClient { client_id } => invalid(format!("no application has the client_id {client_id}")),
            Self::DisabledApplication => OAuthError::new(ErrorCode::UnauthorizedClient, "the application is disabled"),
            Self::DisabledSubscription => {
                OAuthError::new(ErrorCode::UnauthorizedClient, "the subscription is disabled")
            }
            Self::MissingRedirectUri => OAuthError::invalid_request("parameter redirect_uri is required"),
            Self::UnregisteredRedirectUri { received } => {
                invalid(format!("the application has not registered the redirect_uri {received}"))
            }
        }
    }
}
