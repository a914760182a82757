//! Headers of proofs of possession (RFC 9449).

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use service::tokens;

use super::subscription::Subscription;
use crate::http::site::Site;

/// The proof itself.
pub const DPOP: HeaderName = HeaderName::from_static("dpop");
/// What the next proof is to hold (section 8).
pub const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// Gives whoever sent a proof a nonce for the next one.
pub fn with_nonce(site: &Site, subscription: &Subscription, mut response: Response) -> Response {
    let nonce = tokens::dpop_nonce(&site.ctx, &subscription.snap).ok();
    if let Some(nonce) = nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    response
}
