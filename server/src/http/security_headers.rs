//! Headers that every response carries. What a renderer has set stays.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

use super::site::Site;

/// For what is not a page of ours: nothing may run, load, frame or be submitted.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Which windows keep a hold on each other.
pub const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

const HEADERS: [(HeaderName, &str); 8] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With `no-referrer` a form would send `Origin: null`, which the check in `csrf` refuses.
    (REFERRER_POLICY, "same-origin"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (OPENER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (CONTENT_SECURITY_POLICY, NOTHING),
    // Pages, tokens and errors are for the moment; what may be kept says so itself.
    (CACHE_CONTROL, "no-store"),
];

/// Marks the response that other sites may hold in a frame: its own policy says so, and an older header would only
/// contradict it.
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// Adds them.
pub fn add(site: &Site, response: &mut Response) {
    let framed = response.extensions().get::<MayBeFramed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        if !(framed && name == X_FRAME_OPTIONS) {
            set(headers, name, value);
        }
    }
    if site.addresses.is_https() {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
