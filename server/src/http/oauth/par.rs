//! The pushed authorization request endpoint (RFC 9126 section 2).

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::tokens;

use super::cors::Origin;
use super::dpop::with_nonce;
use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Keeps an authorization request and names it.
pub async fn par(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let origin = Origin::of(&request);
    let response = answer(&site, &subscription, request).await.unwrap_or_else(|refusal| refusal);
    origin.allow(&subscription, response)
}

async fn answer(site: &Site, subscription: &Subscription, request: Request) -> Result<Response, Response> {
    let posted = Posted::read(site, subscription, request).await?;
    let client = &subscription.arrival.client;
    let response = match tokens::push(&site.ctx, &subscription.snap, &posted.sent(), client).await {
        Ok(pushed) => {
            let mut response = render::json(&pushed);
            // Section 2.2: "a response with HTTP status code 201".
            *response.status_mut() = StatusCode::CREATED;
            response
        }
        Err(failure) => subscription.failure(&failure),
    };
    Ok(if posted.has_proof() { with_nonce(site, subscription, response) } else { response })
}
