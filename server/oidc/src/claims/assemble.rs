//! The claims of one token or answer, with the reason for each.

use model::spec::ClaimSpec;
use serde_json::{Map, Value};

use super::explanation::{By, Explanation, Outcome, Reason};
use super::{PROTOCOL_CLAIMS, value};
use crate::scope;
use crate::tenant::{Application, Tenant};
use crate::user::UserFacts;

/// Where claims go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The identity token.
    IdentityToken,
    /// The UserInfo answer.
    UserInfo,
    /// An access token, or what introspection tells of it.
    AccessToken,
}

/// What the decision looks at.
#[derive(Clone, Copy, Debug)]
pub struct Input<'t, 'r> {
    /// The configuration.
    pub tenant: &'t Tenant,
    /// Who the claims are about.
    pub user: &'r UserFacts,
    /// Who receives them.
    pub application: &'t Application,
    /// Scopes of the token.
    pub granted_scopes: &'r [String],
    /// Names that the `claims` parameter asks for at this destination.
    pub requested: &'r [String],
    /// Where they go.
    pub destination: Destination,
}

/// The claims, and a reason for every claim of the subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct Assembled<'t> {
    /// Names and values. Without `sub`, which whoever builds the token sets.
    pub claims: Map<String, Value>,
    /// In the order of their names.
    pub explanation: Vec<Explanation<'t>>,
}

/// Decides for every claim of the subscription.
pub fn assemble<'t>(input: &Input<'t, '_>) -> Assembled<'t> {
    let mut claims = Map::new();
    let mut explanation = Vec::with_capacity(input.tenant.claims().len());
    for (name, stored) in input.tenant.claims() {
        let outcome = match released_by(input, &stored.spec) {
            Err(reason) => Outcome::Excluded(reason),
            Ok(by) => match value::of(&stored.spec, input.user) {
                Err(reason) => Outcome::Excluded(reason),
                Ok(value) => {
                    if name != "sub" {
                        claims.insert(name.clone(), value);
                    }
                    Outcome::Included(by)
                }
            },
        };
        explanation.push(Explanation { claim: name, outcome });
    }
    Assembled { claims, explanation }
}

/// What lets a claim out, whether or not there is a value.
fn released_by<'t>(input: &Input<'t, '_>, spec: &'t ClaimSpec) -> Result<By<'t>, Reason<'t>> {
    if PROTOCOL_CLAIMS.contains(&spec.name.as_str()) {
        return Err(Reason::Reserved);
    }
    let by = scope_or_parameter(input, spec)?;
    let wanted = match (input.destination, by) {
        (Destination::UserInfo, _) => true,
        (Destination::AccessToken, _) => spec.in_access_token,
        (Destination::IdentityToken, _) if spec.name == "sub" => true,
        // What is asked for by name goes there even where an application keeps scope claims out.
        (Destination::IdentityToken, By::ClaimsParameter) => spec.in_identity_token,
        (Destination::IdentityToken, By::Scope(_)) => {
            let by_name = input.requested.contains(&spec.name);
            spec.in_identity_token && (input.application.spec().claims_in_identity_token || by_name)
        }
    };
    if wanted { Ok(by) } else { Err(Reason::WrongDestination) }
}

fn scope_or_parameter<'t>(input: &Input<'t, '_>, spec: &ClaimSpec) -> Result<By<'t>, Reason<'t>> {
    let mut allowed = None;
    let mut any = None;
    for holder in input.tenant.scopes_of_claim(&spec.name) {
        let may = input.application.allows_identity_scope(&holder.name);
        if may && scope::contains(input.granted_scopes, &holder.name) {
            return Ok(By::Scope(&holder.name));
        }
        if may {
            allowed = allowed.or(Some(holder.name.as_str()));
        }
        any = any.or(Some(holder.name.as_str()));
    }
    match (allowed, any) {
        // The parameter releases only claims of the application's allowed identity scopes.
        (Some(_), _) if input.requested.contains(&spec.name) => Ok(By::ClaimsParameter),
        (Some(scope), _) => Err(Reason::ScopeNotRequested { scope }),
        (None, Some(scope)) => Err(Reason::ScopeNotAllowed { scope }),
        (None, None) => Err(Reason::InNoScope),
    }
}
