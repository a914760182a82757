//! Documents that everybody may read and keep for a while (docs/security.md 37).

use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use service::metadata::Document;

/// A key is published for longer than this before it signs.
const FOR_A_WHILE: &str = "public, max-age=300";

/// The document, or 304 to somebody who has it.
pub fn json(asked: &HeaderMap, document: &Document) -> Response {
    let tag = format!("\"{}\"", document.tag);
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|value| value.split(',')).any(|known| is_same(known.trim(), &tag));
    let mut response =
        if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { document.text.clone().into_response() };
    let headers = response.headers_mut();
    if !unchanged {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_A_WHILE));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// RFC 9110 section 13.1.2: compared weakly.
fn is_same(known: &str, tag: &str) -> bool {
    known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
}
