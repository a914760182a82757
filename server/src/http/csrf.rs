//! Cookie-authenticated requests that change something must come from our own pages (docs/security.md 48).
//!
//! Compared with the configured origin, never with the Host header. Protocol endpoints authenticate
//! by what they are sent, not by cookies, and stand outside of this.

use axum::extract::{Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::address::Tenancy;
use super::pages;
use super::site::Site;

/// Lets safe methods pass, and others from the page's own origin.
pub async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let tenancy = request.extensions().get::<Tenancy>();
    let ours = tenancy.map_or(site.addresses.console_origin(), |tenancy| tenancy.origin.as_str());
    if safe || is_from(request.headers(), ours) {
        return next.run(request).await;
    }
    tracing::warn!("refused: a form was submitted from another site");
    pages::cross_site(&site, &request)
}

/// `Origin` where there is one, else `Sec-Fetch-Site`; with neither the answer is no.
fn is_from(headers: &HeaderMap, ours: &str) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.as_bytes() == ours.as_bytes(),
        (None, _) => {
            headers.get("sec-fetch-site").is_some_and(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
        }
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, axum::http::HeaderValue::from_static(value));
        }
        is_from(&map, "https://id.example.com")
    }

    #[test]
    fn the_origin_decides_where_there_is_one() {
        assert!(judged(&[("origin", "https://id.example.com")]));
        assert!(!judged(&[("origin", "https://evil.example")]));
        assert!(!judged(&[("origin", "null")]));
        assert!(!judged(&[("origin", "https://id.example.com.evil.example")]));
        assert!(!judged(&[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(!judged(&[("origin", "https://id.example.com"), ("origin", "https://evil.example")]));
    }

    #[test]
    fn without_an_origin_the_browser_must_vouch() {
        assert!(judged(&[("sec-fetch-site", "same-origin")]));
        assert!(!judged(&[("sec-fetch-site", "same-site")]));
        assert!(!judged(&[("sec-fetch-site", "cross-site")]));
        assert!(!judged(&[]));
    }
}
