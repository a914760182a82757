//! An application with what the database adds to its specification.

use model::Stored;
use model::spec::{ApplicationSpec, GrantType};

use crate::jose::KeySet;
use crate::scope::OFFLINE_ACCESS;

/// A stored secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash {
    /// Row id.
    pub id: String,
    /// SHA-256, 64 lower-case hexadecimal characters.
    pub hash_hex: String,
    /// The secret itself, sealed: for the caller to open where the server has to sign with it.
    pub sealed: Option<String>,
    /// Unix seconds; from then on it no longer counts.
    pub expires_at: Option<i64>,
}

impl std::fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretHash({})", self.id)
    }
}

/// An OAuth client.
#[derive(Clone, Debug)]
pub struct Application {
    /// Row and specification.
    pub stored: Stored<ApplicationSpec>,
    /// Every secret, live or not.
    pub secrets: Vec<SecretHash>,
    /// Its public keys, as far as they can be used.
    pub keys: KeySet,
}

impl Application {
    /// Row id.
    pub fn id(&self) -> &str {
        &self.stored.id
    }

    /// Its `client_id`.
    pub fn client_id(&self) -> &str {
        &self.stored.spec.client_id
    }

    /// What an administrator wrote.
    pub fn spec(&self) -> &ApplicationSpec {
        &self.stored.spec
    }

    /// Its youngest living secret of those that the server can sign with, sealed.
    pub fn sealed_secret(&self, now: i64) -> Option<&str> {
        self.sealed_secrets(now).map(|(_, sealed)| sealed).next_back()
    }

    /// Row ids of its living secrets that the server knows, and the secrets, sealed.
    pub fn sealed_secrets(&self, now: i64) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        let live = move |secret: &&SecretHash| secret.expires_at.is_none_or(|end| now < end);
        self.secrets.iter().filter(live).filter_map(|secret| Some((secret.id.as_str(), secret.sealed.as_deref()?)))
    }

    /// A disabled application takes no part in any flow.
    pub fn is_enabled(&self) -> bool {
        self.stored.is_enabled() && !self.stored.spec.disabled
    }

    /// True when it may use a grant.
    pub fn has_grant(&self, grant: GrantType) -> bool {
        self.stored.spec.grant_types.contains(&grant)
    }

    /// True when it may request a scope, of either kind. `offline_access` goes with the grant type.
    pub fn allows_scope(&self, scope: &str) -> bool {
        self.allows_identity_scope(scope)
            || self.stored.spec.allowed_api_scopes.iter().any(|s| s == scope)
            || (scope == OFFLINE_ACCESS && self.has_grant(GrantType::RefreshToken))
    }

    /// True when it may ask for authorization details of a type.
    pub fn allows_detail_type(&self, name: &str) -> bool {
        self.stored.spec.allowed_authorization_details_types.iter().any(|one| one == name)
    }

    /// True when it may request an identity scope.
    pub fn allows_identity_scope(&self, scope: &str) -> bool {
        self.stored.spec.allowed_identity_scopes.iter().any(|s| s == scope)
    }
}
