//! Metadata (OpenID Connect Discovery section 4, RFC 8414 section 3, RFC 9728 section 3).

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::metadata;

use super::caching;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// `/.well-known/openid-configuration`.
pub async fn openid(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    caching::json(request.headers(), &metadata::discovery(&site.ctx, &subscription.snap))
}

/// `/.well-known/oauth-authorization-server`.
pub async fn oauth(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    caching::json(request.headers(), &metadata::oauth(&site.ctx, &subscription.snap))
}

/// `/connect/resources/{name}`: of an API connection.
pub async fn resource(subscription: Subscription, name: Option<Path<String>>, request: Request) -> Response {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    match metadata::protected_resource(&subscription.snap, &name) {
        Some(document) => caching::json(request.headers(), &document),
        None => render::plain(StatusCode::NOT_FOUND, "There is no such API, or it has no address.\n"),
    }
}
