//! What a user agrees to when an application needs consent.

use crate::authorize::RequestedClaims;
use crate::scope;
use crate::tenant::{Application, Tenant};

/// The scopes that a consent must cover: those of the request, and for each claim that the `claims`
/// parameter names beyond them, the scope that would release it. Without these an application could
/// ask for `openid` only and receive everything else claim by claim.
pub fn needed(tenant: &Tenant, application: &Application, scopes: &[String], claims: &RequestedClaims) -> Vec<String> {
    let mut needed = scopes.to_vec();
    for claim in claims.id_token.iter().chain(&claims.userinfo) {
        let holders =
            || tenant.scopes_of_claim(claim).map(|s| &s.name).filter(|name| application.allows_identity_scope(name));
        if !holders().any(|name| scope::contains(&needed, name)) {
            needed.extend(holders().next().cloned());
        }
    }
    needed
}

/// True when an earlier agreement covers them.
pub fn covers(given: Option<&[String]>, needed: &[String]) -> bool {
    given.is_some_and(|given| needed.iter().all(|s| scope::contains(given, s)))
}
