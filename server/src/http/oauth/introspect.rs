//! The introspection endpoint (RFC 7662 section 2).

use axum::extract::{Request, State};
use axum::response::Response;
use service::tokens;

use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Tells an API connection what a token allows there.
pub async fn introspect(
    State(site): State<Site>,
    subscription: Subscription,
    request: Request,
) -> Result<Response, Response> {
    let posted = Posted::read(&site, &subscription, request).await?;
    let client = &subscription.arrival.client;
    tokens::introspect(&site.ctx, &subscription.snap, &posted.sent(), client)
        .await
        .map(|answer| render::json(&answer))
        .map_err(|failure| subscription.failure(&failure))
}
