//! Required claims: what a user must give before an application receives anything, and what may be
//! skipped for now.

use model::spec::{Asking, ClaimSpec, RequiredClaim};

use super::value;
use crate::tenant::{Application, Tenant};
use crate::user::UserFacts;

/// What a user is to be asked for, in the order of the application's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Names of claims without which nothing is issued.
    pub required: Vec<String>,
    /// Claims that can be left out for now.
    pub skippable: Vec<Skippable>,
}

/// A claim that can be left out for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skippable {
    /// Its name.
    pub claim: String,
    /// `YYYY-MM-DD`: the last day, in UTC, on which it can be skipped.
    pub until: String,
}

impl Missing {
    /// True when nobody is asked for anything.
    pub fn is_empty(&self) -> bool {
        self.required.is_empty() && self.skippable.is_empty()
    }
}

/// The claims that an application asks for at `now` and for which the user has no value that passes
/// today's validation.
pub fn missing_required(tenant: &Tenant, application: &Application, user: &UserFacts, now: i64) -> Missing {
    let mut missing = Missing::default();
    for required in &application.spec().required_claims {
        let asking = required.asking(now);
        let lacks = |spec: &&ClaimSpec| !counts(spec, user);
        let Some(spec) = tenant.claim(&required.claim).filter(|_| asking != Asking::Nobody).filter(lacks) else {
            continue;
        };
        match asking {
            Asking::Required => missing.required.push(spec.name.clone()),
            Asking::Skippable => missing.skippable.push(skippable(required)),
            Asking::Nobody => {}
        }
    }
    missing
}

/// True when a user's value for a claim is as good as today's validation wants it.
pub fn counts(spec: &ClaimSpec, user: &UserFacts) -> bool {
    value::of(spec, user).is_ok()
}

fn skippable(required: &RequiredClaim) -> Skippable {
    Skippable { claim: required.claim.clone(), until: required.until.clone().unwrap_or_default() }
}
