//! Metadata (OpenID Connect Discovery section 4, RFC 8414 section 3).

use axum::extract::Request;
use axum::response::Response;
use service::metadata;

use super::caching;
use super::subscription::Subscription;

/// `/.well-known/openid-configuration`.
pub async fn openid(subscription: Subscription, request: Request) -> Response {
    caching::json(request.headers(), &metadata::discovery(&subscription.snap))
}

/// `/.well-known/oauth-authorization-server`.
pub async fn oauth(subscription: Subscription, request: Request) -> Response {
    caching::json(request.headers(), &metadata::oauth(&subscription.snap))
}
