//! The claims of a subscription, as values are checked against them.

use std::collections::HashMap;

use model::spec::ClaimSpec;
use oidc::tenant::Tenant;
use store::claims::Claim;

/// One claim: its row id and what an administrator wrote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition<'a> {
    pub(super) id: &'a str,
    pub(super) spec: &'a ClaimSpec,
}

/// All claims of one subscription.
#[derive(Clone, Debug)]
pub struct Definitions<'a> {
    pub(super) subscription_id: &'a str,
    claims: HashMap<&'a str, Definition<'a>>,
}

impl<'a> Definitions<'a> {
    /// The claims as they stand in the database.
    pub fn new(subscription_id: &'a str, claims: &'a [Claim]) -> Self {
        let definition = |claim: &'a Claim| Definition { id: &claim.object.id, spec: &claim.object.spec };
        let claims = claims.iter().map(|claim| (claim.object.spec.name.as_str(), definition(claim)));
        Self { subscription_id, claims: claims.collect() }
    }

    /// The claims as a file that is still to be applied has them: for checking, not for writing.
    pub fn of_specs(specs: impl IntoIterator<Item = &'a ClaimSpec>) -> Self {
        let claims = specs.into_iter().map(|spec| (spec.name.as_str(), Definition { id: "", spec }));
        Self { subscription_id: "", claims: claims.collect() }
    }

    pub(super) fn find(&self, name: &str) -> Option<Definition<'a>> {
        self.claims.get(name).copied()
    }
}

impl<'a> From<&'a Tenant> for Definitions<'a> {
    fn from(tenant: &'a Tenant) -> Self {
        let claims = tenant.claims().iter();
        let claims = claims.map(|(name, claim)| (name.as_str(), Definition { id: &claim.id, spec: &claim.spec }));
        Self { subscription_id: tenant.id(), claims: claims.collect() }
    }
}
