//! HTTP: from a request to one use case, and from its result or error to a response.
//!
//! A request passes, from outside in: [`arrival`] (request id, log), [`security_headers`], [`panic`], [`limits`],
//! [`dispatch`] (host and subscription, never from a header of a proxy), then one of the routers of [`pages`], [`oauth`]
//! and [`assets`]. [`render`] makes the responses.

pub mod address;
pub mod arrival;
pub mod assets;
pub mod console_session;
pub mod cookies;
pub mod csrf;
pub mod dispatch;
pub mod form;
pub mod health;
pub mod limits;
pub mod locale;
pub mod logo;
pub mod multipart;
pub mod notice;
pub mod oauth;
pub mod pages;
pub mod panic;
pub mod playground;
pub mod rate_limit;
pub mod render;
pub mod security_headers;
pub mod server_functions;
pub mod site;
pub mod visit;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use service::Ctx;
use tower::service_fn;

use self::dispatch::Dispatch;
pub use health::Readiness;
pub use site::Site;

use crate::config::Settings;
use crate::tls::Authorities;

/// Everything the server answers.
///
/// What concerns every request is one service, and no layers of the router: each of those would be boxed, and cloned with
/// all that is below it, for every request.
pub fn router(ctx: Ctx, settings: &Settings, authorities: Option<Arc<Authorities>>, readiness: Readiness) -> Router {
    let site = Site::new(ctx, settings, authorities, readiness);
    let (places, patience) = (Arc::new(Dispatch::new(&site)), settings.http.request_timeout);
    Router::new().fallback_service(service_fn(move |request| {
        let (site, places) = (site.clone(), Arc::clone(&places));
        async move { Ok(answer(&site, &places, patience, request).await) }
    }))
}

async fn answer(site: &Site, places: &Dispatch, patience: Duration, request: Request) -> Response {
    let guarded = async |request: Request| {
        let mut response = panic::caught(async {
            match limits::refuse(&request) {
                Some(refused) => refused,
                None => in_time(patience, places.answer(request)).await,
            }
        })
        .await;
        security_headers::add(site, &mut response);
        response
    };
    arrival::arrive(site, request, guarded).await
}

async fn in_time(patience: Duration, answer: impl Future<Output = Response>) -> Response {
    let answered = tokio::time::timeout(patience, answer).await;
    answered.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}
