//! What applications post: a urlencoded body, no credentials in the address, not too often.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::response::Response;
use oidc::certificate::Certificate;
use oidc::error::OAuthError;
use oidc::params::Params;
use service::tokens::Sent;

use super::dpop::DPOP;
use super::subscription::Subscription;
use crate::http::form::{self, Unreadable};
use crate::http::rate_limit::too_many;
use crate::http::render;
use crate::http::site::Site;

/// A request to an endpoint that authenticates its callers.
pub struct Posted {
    /// Of the body.
    pub params: Params,
    headers: HeaderMap,
    certificate: Option<Arc<Certificate>>,
}

impl Posted {
    /// Reads one.
    ///
    /// # Errors
    /// The response to give instead.
    pub async fn read(site: &Site, subscription: &Subscription, request: Request) -> Result<Self, Response> {
        within_limit(site, subscription).map_err(|error| render::service_error(&error))?;
        let headers = request.headers().clone();
        let params = body(request).await.map_err(|error| subscription.refuse(&error))?;
        Ok(Self { params, headers, certificate: subscription.arrival.certificate.clone() })
    }

    /// What the use cases look at.
    pub fn sent(&self) -> Sent<'_> {
        Sent {
            authorization: authorization(&self.headers),
            dpop: proofs(&self.headers),
            certificate: self.certificate.as_deref(),
            params: &self.params,
        }
    }

    /// A proof of possession came along.
    pub fn has_proof(&self) -> bool {
        self.headers.contains_key(DPOP)
    }
}

/// Every Authorization header.
pub fn authorization(headers: &HeaderMap) -> Vec<&[u8]> {
    headers.get_all(AUTHORIZATION).iter().map(axum::http::HeaderValue::as_bytes).collect()
}

/// Every DPoP header.
pub fn proofs(headers: &HeaderMap) -> Vec<&[u8]> {
    headers.get_all(DPOP).iter().map(axum::http::HeaderValue::as_bytes).collect()
}

/// Parameters of a body, when none that is secret stands in the query (docs/security.md 30).
///
/// # Errors
/// `invalid_request`.
pub async fn body(request: Request) -> Result<Params, OAuthError> {
    Params::refuse_credentials(request.uri().query().unwrap_or_default().as_bytes())?;
    let bytes = form::bytes(request).await.map_err(|unreadable| OAuthError::invalid_request(reason(unreadable)))?;
    Params::from_urlencoded(&bytes)
}

fn reason(unreadable: Unreadable) -> &'static str {
    match unreadable {
        Unreadable::TooLarge => "the body is too large",
        Unreadable::Broken => "the body did not arrive",
        Unreadable::NoForm => "the body must be application/x-www-form-urlencoded",
        Unreadable::Malformed => "the body cannot be read",
    }
}

pub(super) fn within_limit(site: &Site, subscription: &Subscription) -> service::Result<()> {
    site.rate_limit.check(subscription.arrival.address).map_err(too_many)
}
