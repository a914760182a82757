//! What the subscription says of itself.

use serde_json::Value;

use crate::ctx::Ctx;
use crate::snapshot::Snapshot;

/// Languages of the pages that end users see: those of `app::i18n`, which a test there compares.
pub const UI_LOCALES: &[&str] = &["en", "pt-BR"];

/// OpenID Connect Discovery section 3.
pub fn discovery(snap: &Snapshot) -> Value {
    oidc::discovery::openid(&snap.tenant, UI_LOCALES)
}

/// RFC 8414 section 2.
pub fn oauth(snap: &Snapshot) -> Value {
    oidc::discovery::oauth(&snap.tenant, UI_LOCALES)
}

/// RFC 7517 section 5.
pub fn jwks(ctx: &Ctx, snap: &Snapshot) -> Value {
    snap.keyring.jwks(ctx.now())
}
