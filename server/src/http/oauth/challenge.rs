//! Refusals of tokens (RFC 6750 section 3).

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use oidc::bearer::BearerRefusal;

use crate::http::render;

/// With every refusal goes a challenge.
pub fn challenged(refusal: &BearerRefusal, challenge: String) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = match refusal.error() {
        Some(error) => render::json(&error.body()),
        None => ().into_response(),
    };
    *response.status_mut() = status;
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
