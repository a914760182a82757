//! Responses. Three renderers for what use cases answer: pages, the protocol's JSON, redirects to
//! an application; each with its way to show an error.

mod csp;
mod json;
mod page;
mod status;

pub use csp::Policy;
pub use json::{json, json_or_jwt, oauth_error, service_error};
pub use page::{console_error, error, fault, page, page_error, page_result};
pub use status::service_status;

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// A line of text.
pub fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}

/// True where somebody reads the answer in a browser.
pub fn wants_page(request: &Request) -> bool {
    let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html")
}

/// 303, never 307: what was posted stays here (docs/security.md 8).
pub fn see_other(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response(),
        // No URI: our own paths and verified URIs are ASCII.
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n"),
    }
}
