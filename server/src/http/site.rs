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
    /// What pages load.
    pub assets: Assets,
    /// At the token endpoints.
    pub rate_limit: RateLimit,
    /// False once the server is about to stop.
    pub readiness: Readiness,
}

impl Site {
    /// From checked settings.
    pub fn new(ctx: Ctx, settings: &Settings, readiness: Readiness) -> Self {
        Self(Arc::new(Inner {
            addresses: Addresses::new(&settings.public_url, settings.issuer.clone()),
            cookies: CookieNames::new(settings.public_url.is_https()),
            proxies: settings.trusted_proxies.clone(),
            assets: Assets::new(assets::version()),
            rate_limit: RateLimit::per_second(settings.limits.token_requests_per_second),
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
