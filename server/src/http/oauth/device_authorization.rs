//! The device authorization endpoint (RFC 8628 section 3.1).

use axum::extract::{Request, State};
use axum::response::Response;
use service::tokens;

use super::cors::Origin;
use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Gives a device a code of its own, and one for a person to enter.
pub async fn device_authorization(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let origin = Origin::of(&request);
    let response = answer(&site, &subscription, request).await.unwrap_or_else(|refusal| refusal);
    origin.allow(&subscription, response)
}

async fn answer(site: &Site, subscription: &Subscription, request: Request) -> Result<Response, Response> {
    let posted = Posted::read(site, subscription, request).await?;
    let client = &subscription.arrival.client;
    tokens::device_authorization(&site.ctx, &subscription.snap, &posted.sent(), client)
        .await
        .map(|codes| render::json(&codes))
        .map_err(|failure| subscription.failure(&failure))
}
