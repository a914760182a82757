//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use app::Assets;
use service::Ctx;

use super::address::Addresses;
use super::assets;
use super::cookies::CookieNames;
use super::health::Readiness;
use super::rate_limit::RateLimit;
use crate::config::{Settings, TrustedProxies};
use crate::tls::{Authorities, Forwarded};

/// Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// See [`Site`].
pub struct Inner {
    /// For use cases.
    pub ctx: Ctx,
    /// Which hosts and paths are ours.
    pub addresses: Addresses,
    /// How cookies are called here.
    pub cookies: CookieNames,
    /// Who may say for whom they speak.
    pub proxies: TrustedProxies,
    /// Whether they tell the certificates of clients.
    pub certificates: Option<Forwarded>,
    /// What pages load.
    pub assets: Assets,
    /// SHA-256 of the one inline script of the `form_post` page, for its policy.
    pub form_post_hash: String,
    /// The same of the frame of session management.
    pub check_session_hash: String,
    /// At the token endpoints.
    pub rate_limit: RateLimit,
    /// At the pages of end users, and at what leads to them.
    pub page_limit: RateLimit,
    /// Bytes of a request body, but for forms with files.
    pub max_body: usize,
    /// False once the server is about to stop.
    pub readiness: Readiness,
}

impl Site {
    /// From checked settings.
    pub fn new(ctx: Ctx, settings: &Settings, authorities: Option<Arc<Authorities>>, readiness: Readiness) -> Self {
        let header = settings.tls_client_cert_header.clone();
        Self(Arc::new(Inner {
            certificates: header.map(|header| Forwarded { header, authorities }),
            addresses: Addresses::new(&settings.public_url, settings.issuer.clone()),
            cookies: CookieNames::new(settings.public_url.is_https()),
            proxies: settings.trusted_proxies.clone(),
            assets: Assets::new(assets::version()),
            form_post_hash: csp_hash(app::end_user::form_post::SCRIPT),
            check_session_hash: csp_hash(super::oauth::check_session::SCRIPT),
            rate_limit: RateLimit::per_second(settings.limits.token_requests_per_second),
            page_limit: RateLimit::per_second(settings.limits.page_requests_per_second),
            max_body: settings.http.max_body,
            readiness,
            ctx,
        }))
    }
}

impl Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Padded base64, as a content security policy has it.
fn csp_hash(script: &str) -> String {
    format!("{}=", oidc::digest::sha256_base64url(script.as_bytes()).replace('-', "+").replace('_', "/"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hash_as_browsers_write_it() {
        // The example of CSP level 3, section 8.3.
        let expected = "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(super::csp_hash("alert('Hello, world.');"), expected);
    }
}
