//! Limits that no ready-made layer has: length of the address, size of all headers together.

use app::error_page::Fault;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::Limited;

use super::render;
use super::site::Site;
use super::visit::Context;

/// Bytes of path and query. A `claims` parameter or a logout hint may be long.
const MAX_TARGET: usize = 16 * 1024;
/// Bytes of all names and values. Twenty session cookies take less than two thousand.
const MAX_HEADERS: usize = 32 * 1024;

/// What is answered instead when the address or the headers are too long (RFC 9110 section 15.5.15, RFC 6585 section 5).
pub fn refuse(request: &Request) -> Option<Response> {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if length > MAX_TARGET {
        return Some(render::plain(StatusCode::URI_TOO_LONG, "The address is too long.\n"));
    }
    if size(request.headers()) > MAX_HEADERS {
        return Some(render::plain(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large.\n"));
    }
    None
}

/// What is answered instead to somebody who announces a larger body than the place takes.
pub fn refuse_body(site: &Site, most: usize, request: &Request) -> Option<Response> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let is_too_large = announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > most));
    is_too_large.then(|| too_large(site, request))
}

/// A body without a length is counted while it is read.
pub fn count_body(most: usize, request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    request.map(|body| Body::new(Limited::new(body, most)))
}

/// Both, as a layer of a router.
pub async fn bodies(State((site, most)): State<(Site, usize)>, request: Request, next: Next) -> Response {
    match refuse_body(&site, most, &request) {
        Some(refused) => refused,
        None => next.run(count_body(most, request)).await,
    }
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
