//! The logo of a subscription. What was uploaded is a picture of dots, and no browser is to take it for
//! anything else: subscriptions may share an origin.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use service::branding;

use super::oauth::Subscription;
use super::site::Site;
use super::{rate_limit, render};

/// Not even what a picture cannot do; opened by itself it has no origin.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// The address holds the hash of the bytes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Relative to an issuer.
pub fn routes(site: &Site) -> Router<Site> {
    let limited = middleware::from_fn_with_state(site.clone(), rate_limit::pages);
    Router::new().route("/logo/{hash}", get(logo)).route_layer(limited)
}

async fn logo(State(site): State<Site>, subscription: Subscription, hash: Option<Path<String>>) -> Response {
    let hash = hash.map(|Path(hash)| hash).unwrap_or_default();
    match branding::logo(&site.ctx, &subscription.snap, &hash).await {
        Ok((kind, bytes)) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static(kind.as_str())),
                (CACHE_CONTROL, HeaderValue::from_static(FOREVER)),
                (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            ];
            (headers, bytes).into_response()
        }
        Err(service::Error::NotFound) => render::plain(StatusCode::NOT_FOUND, "There is no such logo.\n"),
        Err(error) => render::service_error(&error),
    }
}
