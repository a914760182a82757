//! Limits that no ready-made layer has: length of the address, size of all headers together.

use app::error_page::Fault;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::render;
use super::site::Site;
use super::visit::Context;

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

/// Turns away who announces more than the place takes; a body without a length is counted while it is
/// read.
pub async fn announced(State((site, max_body)): State<(Site, usize)>, request: Request, next: Next) -> Response {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > max_body)) {
        return too_large(&site, &request);
    }
    next.run(request).await
}

/// RFC 9110 section 15.5.14.
fn too_large(site: &Site, request: &Request) -> Response {
    if render::wants_page(request) {
        return render::fault(site, &Context::of(request), Fault::TooLarge, None);
    }
    render::plain(StatusCode::PAYLOAD_TOO_LARGE, "What was sent is larger than this server accepts.\n")
}

fn size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}
