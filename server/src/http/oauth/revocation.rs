//! The revocation endpoint (RFC 7009 section 2).

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use service::tokens;

use super::post::Posted;
use super::subscription::Subscription;
use crate::http::site::Site;

/// RFC 7009 section 2.2: "The authorization server responds with HTTP status code 200 if the token
/// has been revoked successfully or if the client submitted an invalid token."
pub async fn revocation(
    State(site): State<Site>,
    subscription: Subscription,
    request: Request,
) -> Result<Response, Response> {
    let posted = Posted::read(&site, &subscription, request).await?;
    let client = &subscription.arrival.client;
    tokens::revoke(&site.ctx, &subscription.snap, &posted.sent(), client)
        .await
        .map(|()| StatusCode::OK.into_response())
        .map_err(|failure| subscription.failure(&failure))
}
