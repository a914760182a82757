//! An API connection with what the database adds to its specification.

use model::Stored;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, DetailTypeSpec};

use super::SecretHash;
use crate::jose::{KeySet, PublicKey};

/// A protected API.
#[derive(Clone, Debug)]
pub struct Connection {
    stored: Stored<ApiConnectionSpec>,
    secrets: Vec<SecretHash>,
    keys: Vec<PublicKey>,
}

impl Connection {
    /// The scope of the connection's own name is added where the list leaves it out.
    pub fn new(mut stored: Stored<ApiConnectionSpec>, secrets: Vec<SecretHash>) -> Self {
        let spec = &mut stored.spec;
        if !spec.scopes.iter().any(|s| s.name == spec.name) {
            let own = ApiScopeSpec {
                name: spec.name.clone(),
                display_name: spec.display_name.clone(),
                description: String::new(),
            };
            spec.scopes.insert(0, own);
        }
        let keys = stored.spec.jwks.as_ref().map(|set| KeySet::parse(set).signature).unwrap_or_default();
        Self { stored, secrets, keys }
    }

    /// Its public keys, as far as they can be used; none where they are at an address.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// Row id.
    pub fn id(&self) -> &str {
        &self.stored.id
    }

    /// What it introspects with, and its audience.
    pub fn name(&self) -> &str {
        &self.stored.spec.name
    }

    /// What a token calls this connection that is meant for it: its name, or its resource indicator where the token was
    /// asked for by that.
    pub fn named_in<'a>(&self, audience: &'a [String]) -> Option<&'a str> {
        let is_own = |one: &&String| *one == self.name() || Some(*one) == self.stored.spec.resource.as_ref();
        audience.iter().find(is_own).map(String::as_str)
    }

    /// What an administrator wrote, with the connection's own scope.
    pub fn spec(&self) -> &ApiConnectionSpec {
        &self.stored.spec
    }

    /// Its scopes, the one of its own name included.
    pub fn scopes(&self) -> &[ApiScopeSpec] {
        &self.stored.spec.scopes
    }

    /// True when a scope is one of its own.
    pub fn owns_scope(&self, scope: &str) -> bool {
        self.scopes().iter().any(|s| s.name == scope)
    }

    /// True when a type of authorization details is one of its own.
    pub fn owns_detail_type(&self, name: &str) -> bool {
        self.detail_type(name).is_some()
    }

    /// One of its types of authorization details.
    pub fn detail_type(&self, name: &str) -> Option<&DetailTypeSpec> {
        self.stored.spec.authorization_details_types.iter().find(|one| one.name == name)
    }

    /// Every secret, live or not.
    pub fn secrets(&self) -> &[SecretHash] {
        &self.secrets
    }
}
