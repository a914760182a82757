//! HTTP: from a request to one use case, and from its result or error to a response.
//!
//! A request passes, from outside in: [`arrival`] (request id, log), [`security_headers`], the panic
//! catcher, [`limits`], [`dispatch`] (host and subscription, never from a header of a proxy), then one
//! of the routers of [`pages`], [`oauth`] and [`assets`], each of which limits its bodies. [`render`] makes the responses.

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

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use service::Ctx;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

pub use health::Readiness;
pub use site::Site;

use crate::config::Settings;
use crate::tls::Authorities;

/// Everything the server answers.
pub fn router(ctx: Ctx, settings: &Settings, authorities: Option<Arc<Authorities>>, readiness: Readiness) -> Router {
    let site = Site::new(ctx, settings, authorities, readiness);
    Router::new()
        // Operations answer on any host.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .fallback_service(dispatch::service(&site))
        .with_state(site.clone())
        // From the inside out.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, settings.http.request_timeout))
        .layer(from_fn(limits::check))
        .layer(CatchPanicLayer::custom(panic::response))
        .layer(from_fn_with_state(site.clone(), security_headers::add))
        .layer(from_fn_with_state(site, arrival::arrive))
}
