//! The frame in which an application's script asks whether the sign-in is still the same (OpenID Connect Session
//! Management 1.0 section 3.2). The one page that other sites may hold in a frame.

use app::visit::PageError;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::subscription::Visited;
use crate::http::render;
use crate::http::security_headers::MayBeFramed;
use crate::http::site::Site;

/// The whole script. It answers the origin that asked, and only about what that origin was told: who does not know
/// a browser's state cannot make a `session_state` that it would find unchanged.
pub const SCRIPT: &str = include_str!("check_session.js");

/// The page; there is none where a subscription does not offer it.
pub async fn page(State(site): State<Site>, visited: Visited) -> Response {
    let Visited { subscription, context } = visited;
    if !subscription.snap.tenant.settings().session_management {
        return render::page_error(&site, &context, &PageError::Service(service::Error::NotFound));
    }
    // A slug is a DNS label, so nothing here needs to be escaped.
    let cookie = site.cookies.browser_state(context.slug());
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\" data-cookie=\"{cookie}\"><title>Session status</title>\
         <script>{SCRIPT}</script></html>"
    );
    let mut response = html.into_response();
    response.extensions_mut().insert(MayBeFramed);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    if let Ok(policy) = HeaderValue::try_from(policy(&site.check_session_hash)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Anybody may hold it: applications are many, and may stand in frames themselves. It shows nothing that could be
/// clicked on, and runs nothing but the script.
fn policy(hash: &str) -> String {
    format!("default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-{hash}'; frame-ancestors *")
}
