//! The logos of a subscription and of its applications. Each is a picture of dots, and no browser is to take it for
//! anything else: subscriptions may share an origin.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use model::spec::ImageType;
use service::{application_logo, branding};

use super::oauth::Subscription;
use super::site::Site;
use super::{rate_limit, render};

/// Not even what a picture cannot do; opened by itself it has no origin.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// The address holds the hash of the bytes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The address does not.
const AN_HOUR: &str = "public, max-age=3600";

/// Relative to an issuer.
pub fn routes(site: &Site) -> Router<Site> {
    let limited = middleware::from_fn_with_state(site.clone(), rate_limit::pages);
    Router::new().route("/logo/{hash}", get(logo)).route("/logo/of/{client_id}", get(logo_of)).route_layer(limited)
}

async fn logo(State(site): State<Site>, subscription: Subscription, hash: Option<Path<String>>) -> Response {
    let hash = hash.map(|Path(hash)| hash).unwrap_or_default();
    let found = branding::logo(&site.ctx, &subscription.snap, &hash).await;
    answered(found.map(|(kind, bytes)| (kind, bytes, FOREVER)))
}

async fn logo_of(State(site): State<Site>, subscription: Subscription, client_id: Option<Path<String>>) -> Response {
    let client_id = client_id.map(|Path(client_id)| client_id).unwrap_or_default();
    let found = application_logo::find(&site.ctx, &subscription.snap, &client_id).await;
    answered(found.map(|(kind, bytes)| (kind, bytes.to_vec(), AN_HOUR)))
}

fn answered(found: service::Result<(ImageType, Vec<u8>, &'static str)>) -> Response {
    match found {
        Ok((kind, bytes, kept)) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static(kind.as_str())),
                (CACHE_CONTROL, HeaderValue::from_static(kept)),
                (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            ];
            (headers, bytes).into_response()
        }
        Err(service::Error::NotFound) => render::plain(StatusCode::NOT_FOUND, "There is no such logo.\n"),
        Err(error) => render::service_error(&error),
    }
}
