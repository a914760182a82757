//! An issuer of assertions that the subscription trusts (RFC 7523 section 2.1), with its keys.

use model::spec::TrustedIssuerSpec;

use crate::jose::{KeySet, PublicKey};

/// Somebody else who says who a user is.
#[derive(Clone, Debug)]
pub struct TrustedIssuer {
    id: String,
    spec: TrustedIssuerSpec,
    keys: Vec<PublicKey>,
}

impl TrustedIssuer {
    /// One of a subscription's settings.
    pub(super) fn new(subscription_id: &str, spec: &TrustedIssuerSpec) -> Self {
        let keys = spec.jwks.as_ref().map(|set| KeySet::parse(set).signature).unwrap_or_default();
        Self { id: format!("{subscription_id} {}", spec.issuer), spec: spec.clone(), keys }
    }

    /// Names it among those of all subscriptions: each fetches the keys that it trusts for itself.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What an administrator wrote.
    pub fn spec(&self) -> &TrustedIssuerSpec {
        &self.spec
    }

    /// Its public keys, as far as they can be used; none where they are at an address.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// True where an application may bring its assertions.
    pub fn is_for(&self, client_id: &str) -> bool {
        self.spec.applications.iter().any(|one| one == client_id)
    }
}
