//! The backchannel authentication endpoint (OpenID Connect CIBA section 7).

use axum::extract::{Request, State};
use axum::response::Response;
use service::tokens;

use super::post::Posted;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// Takes an application's request for somebody's sign-in. Browsers have no business here.
pub async fn backchannel_authentication(
    State(site): State<Site>,
    subscription: Subscription,
    request: Request,
) -> Response {
    answer(&site, &subscription, request).await.unwrap_or_else(|refusal| refusal)
}

async fn answer(site: &Site, subscription: &Subscription, request: Request) -> Result<Response, Response> {
    let posted = Posted::read(site, subscription, request).await?;
    let client = &subscription.arrival.client;
    tokens::backchannel_authentication(&site.ctx, &subscription.snap, &posted.sent(), client)
        .await
        .map(|taken| render::json(&taken))
        .map_err(|failure| subscription.failure(&failure))
}
