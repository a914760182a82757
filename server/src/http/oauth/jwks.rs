//! Public keys (RFC 7517 section 5).

use axum::extract::{Request, State};
use axum::response::Response;
use service::metadata;

use super::caching;
use super::subscription::Subscription;
use crate::http::site::Site;

/// The keys that verify what this issuer signs, the next one included.
pub async fn jwks(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    caching::json(request.headers(), &metadata::jwks(&site.ctx, &subscription.snap))
}
