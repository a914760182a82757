//! Limits that no ready-made layer has: length of the address, size of all headers together.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::render;

/// Bytes of path and query. A `claims` parameter or a logout hint may be long.
const MAX_TARGET: usize = 16 * 1024;
/// Bytes of all names and values. Twenty session cookies take less than two thousand.
const MAX_HEADERS: usize = 32 * 1024;

/// RFC 9110 section 15.5.15, RFC 6585 section 5.
pub async fn check(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if length > MAX_TARGET {
        return render::plain(StatusCode::URI_TOO_LONG, "The address is too long.\n");
    }
    if size(request.headers()) > MAX_HEADERS {
        return render::plain(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large.\n");
    }
    next.run(request).await
}

fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}
