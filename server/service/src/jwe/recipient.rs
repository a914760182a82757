//! The application for which something is encrypted, with its key.

use model::spec::Encryption;
use oidc::jose::EncryptionKey;
use oidc::tenant::Application;

use super::key::{self, ContentKey};
use super::{Content, compact};
use crate::change::secret::SEALED;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::published_keys::{self, UNFETCHED};
use crate::snapshot::Snapshot;

/// See the module.
pub(crate) struct Recipient {
    encryption: Encryption,
    key: Key,
}

enum Key {
    Public(EncryptionKey),
    Secret(Vec<u8>),
}

impl Recipient {
    /// Finds the key: in the application's settings, at its `jwks_uri`, or among its secrets.
    ///
    /// # Errors
    /// Why there is none, in words for the application. What is to be encrypted is then not sent at all.
    pub async fn find(
        ctx: &Ctx,
        snap: &Snapshot,
        application: &Application,
        encryption: Encryption,
    ) -> std::result::Result<Self, &'static str> {
        let key = if encryption.alg.is_by_secret() {
            let sealed = application.sealed_secret(ctx.now());
            let secret = sealed.and_then(|sealed| ctx.sealer.open(SEALED, sealed));
            Key::Secret(secret.ok_or("the application has no secret that the server knows: it needs a new one")?)
        } else {
            let found = published_keys::for_encryption(ctx, snap, application, encryption.alg).await;
            let found = found.map_err(|_| UNFETCHED)?;
            Key::Public(found.ok_or("the application has no public key for the algorithm that it asks for")?)
        };
        Ok(Self { encryption, key })
    }

    /// Encrypts for it.
    pub fn encrypt(&self, ctx: &Ctx, content: Content, plain: &str) -> Result<String> {
        let Encryption { alg, enc } = self.encryption;
        let (kid, key): (_, ContentKey) = match &self.key {
            Key::Public(owner) => (owner.kid(), key::for_owner(alg, enc, owner, &ctx.random)?),
            Key::Secret(secret) => (None, key::by_secret(enc, secret, &ctx.random)?),
        };
        compact(self.encryption, kid, &key, (content, plain.as_bytes()), &ctx.random)
    }
}
