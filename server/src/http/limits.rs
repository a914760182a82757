//! Limits that are not the listener's or a ready-made layer's: length of the address, number of headers.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use super::render;

/// Bytes of path and query. A `claims` parameter or a logout hint may be long.
const MAX_TARGET: usize = 16 * 1024;

/// RFC 9110 section 15.5.15.
pub async fn check(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if length > MAX_TARGET {
        return render::plain(StatusCode::URI_TOO_LONG, "The address is too long.\n");
    }
    next.run(request).await
}
