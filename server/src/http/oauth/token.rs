//! The token endpoint (RFC 6749 section 3.2).

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::PRAGMA;
use axum::response::Response;
use service::tokens;

use super::cors::Origin;
use super::dpop::with_nonce;
use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Exchanges a grant for tokens.
pub async fn token(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let origin = Origin::of(&request);
    let mut response = answer(&site, &subscription, request).await.unwrap_or_else(|refusal| refusal);
    // RFC 6749 section 5.1: "Cache-Control" with "no-store" (every response's default here) "as well as the
    // 'Pragma' response header field with a value of 'no-cache'".
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    origin.allow(&subscription, response)
}

async fn answer(site: &Site, subscription: &Subscription, request: Request) -> Result<Response, Response> {
    let posted = Posted::read(site, subscription, request).await?;
    let client = &subscription.arrival.client;
    let response = match tokens::token(&site.ctx, &subscription.snap, &posted.sent(), client).await {
        Ok(tokens) => render::json(&tokens),
        Err(failure) => subscription.failure(&failure),
    };
    Ok(if posted.has_proof() { with_nonce(site, subscription, response) } else { response })
}
