//! What the subscription says of itself: documents that are made once for each configuration.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hyper::body::Bytes;
use oidc::discovery::Installation;
use serde_json::Value;

use crate::crypto;
use crate::ctx::Ctx;
use crate::snapshot::Snapshot;

/// Languages of the pages that end users see: those of `app::i18n`, which a test there compares.
pub const UI_LOCALES: &[&str] = &["en", "pt-BR"];

/// Characters of a tag: enough to tell two documents apart.
const TAG: usize = 32;

/// A document as it is sent.
#[derive(Debug)]
pub struct Document {
    /// JSON.
    pub text: Bytes,
    /// Another one for another text.
    pub tag: String,
}

impl Document {
    fn of(value: &Value) -> Arc<Self> {
        let text = value.to_string();
        let tag = crypto::hash(&text)[..TAG].to_owned();
        Arc::new(Self { text: text.into(), tag })
    }
}

/// Those of one snapshot, as far as somebody asked for them.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    openid: OnceLock<Arc<Document>>,
    oauth: OnceLock<Arc<Document>>,
    keys: Mutex<Option<Keys>>,
}

/// A key set, which changes by the clock too.
#[derive(Debug)]
struct Keys {
    document: Arc<Document>,
    /// Unix seconds, both: from when and before when it is this one.
    from: i64,
    until: i64,
}

fn installation(ctx: &Ctx) -> Installation<'static> {
    Installation { ui_locales: UI_LOCALES, certificates: ctx.config.client_certificates }
}

/// OpenID Connect Discovery section 3.
pub fn discovery(ctx: &Ctx, snap: &Snapshot) -> Arc<Document> {
    let make = || Document::of(&oidc::discovery::openid(&snap.tenant, installation(ctx)));
    Arc::clone(snap.documents.openid.get_or_init(make))
}

/// RFC 8414 section 2.
pub fn oauth(ctx: &Ctx, snap: &Snapshot) -> Arc<Document> {
    let make = || Document::of(&oidc::discovery::oauth(&snap.tenant, installation(ctx)));
    Arc::clone(snap.documents.oauth.get_or_init(make))
}

/// RFC 9728 section 2; `None` where there is no such API connection, or none with an address.
pub fn protected_resource(snap: &Snapshot, name: &str) -> Option<Arc<Document>> {
    let connection = snap.tenant.connection(name)?;
    oidc::protected_resource::metadata(&snap.tenant, connection).map(|metadata| Document::of(&metadata))
}

/// RFC 7517 section 5.
pub fn jwks(ctx: &Ctx, snap: &Snapshot) -> Arc<Document> {
    let now = ctx.now();
    let mut kept = snap.documents.keys.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(keys) = kept.as_ref().filter(|keys| (keys.from..keys.until).contains(&now)) {
        return Arc::clone(&keys.document);
    }
    let document = Document::of(&snap.keyring.jwks(now));
    *kept = Some(Keys { document: Arc::clone(&document), from: now, until: snap.keyring.published_until(now) });
    document
}
