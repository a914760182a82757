//! Which scripts of other origins may read an answer (docs/security.md 77): anybody's the public documents,
//! an application's own origins the token, pushed request and UserInfo endpoints. Never with cookies.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::subscription::Subscription;

/// Headers of a preflight's answer; browsers keep it for so many seconds.
const PREFLIGHT: [(HeaderName, HeaderValue); 3] = [
    (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST")),
    (ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type, dpop")),
    (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600")),
];

/// Where a script says it comes from.
pub struct Origin(Option<HeaderValue>);

impl Origin {
    /// Of a request.
    pub fn of(request: &Request) -> Self {
        Self(request.headers().get(ORIGIN).cloned())
    }

    /// Lets the script read the answer, where an application has registered its origin.
    pub fn allow(self, subscription: &Subscription, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.append(VARY, HeaderValue::from_static("origin"));
        let known = |origin: &HeaderValue| origin.to_str().is_ok_and(|o| subscription.snap.tenant.allows_origin(o));
        if let Some(origin) = self.0.filter(known) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("www-authenticate, dpop-nonce"));
        }
        response
    }
}

/// Before a script may post to the token or UserInfo endpoint.
pub async fn preflight(subscription: Subscription, request: Request) -> Response {
    let mut response = Origin::of(&request).allow(&subscription, StatusCode::NO_CONTENT.into_response());
    if response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
        extend(response.headers_mut());
    }
    response
}

/// Before a script with unusual headers may read a public document.
pub async fn anybody() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    extend(response.headers_mut());
    response
}

fn extend(headers: &mut HeaderMap) {
    headers.extend(PREFLIGHT);
}
