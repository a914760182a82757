//! The introspection endpoint (RFC 7662 section 2).

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::Response;
use service::tokens;

use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Media type of a signed answer (RFC 9701 section 5).
const JWT: &str = "application/token-introspection+jwt";

/// Tells an API connection what a token allows there.
pub async fn introspect(
    State(site): State<Site>,
    subscription: Subscription,
    request: Request,
) -> Result<Response, Response> {
    let as_jwt = wants_jwt(request.headers());
    let posted = Posted::read(&site, &subscription, request).await?;
    let client = &subscription.arrival.client;
    tokens::introspect(&site.ctx, &subscription.snap, &posted.sent(), as_jwt, client)
        .await
        .map(|answer| render::json_or_jwt(answer, JWT))
        .map_err(|failure| subscription.failure(&failure))
}

/// RFC 9701 section 4: the connection "requests a JWT introspection response by [...] `application/token-introspection+jwt`
/// in the Accept HTTP header field". Anything else means JSON, `*/*` too.
fn wants_jwt(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut types = accepted.flat_map(|line| line.split(',')).map(|one| one.split(';').next().unwrap_or_default());
    types.any(|one| one.trim().eq_ignore_ascii_case(JWT))
}
