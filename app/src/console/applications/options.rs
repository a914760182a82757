//! What an application can be allowed: the scopes and claims of its subscription.

use model::FormData;
use service::console::choices::{self, Choices};

use crate::console::Place;
use crate::form::Opt;
use crate::i18n::{claim_title, scope_title};
use crate::visit::{PageError, Visit};

/// Claims of a scope that are named beside it.
const FEW: usize = 3;

/// Everything there is to choose from.
#[derive(Clone, Debug)]
pub struct Options(Choices);

impl Options {
    /// Loads it.
    pub async fn load(visit: &Visit, place: &Place) -> Result<Self, PageError> {
        Ok(Self(choices::all(&visit.ctx, &place.actor, place.slug()).await?))
    }

    /// Identity scopes, by name.
    pub fn identity_scopes(&self) -> Vec<Opt> {
        let scopes = self.0.identity_scopes.iter();
        scopes
            .map(|s| {
                let title = scope_title(&s.name, &s.display_name);
                // What it holds, where that is a few words.
                let words = match s.claims.len() {
                    1..=FEW => format!("{title}: {}", s.claims.join(", ")),
                    _ => title,
                };
                Opt::new(&s.name, &s.name).described(words)
            })
            .collect()
    }

    /// API scopes, by name, with the connection they belong to.
    pub fn api_scopes(&self) -> Vec<Opt> {
        let scopes = self.0.api_scopes.iter();
        scopes
            .map(|o| {
                let words = if o.scope.display_name == o.connection {
                    o.connection.clone()
                } else {
                    format!("{} · {}", o.scope.display_name, o.connection)
                };
                Opt::new(&o.scope.name, &o.scope.name).described(words)
            })
            .collect()
    }

    /// Types of authorization details, by name, with the connection they belong to.
    pub fn detail_types(&self) -> Vec<Opt> {
        let types = self.0.detail_types.iter();
        types
            .map(|one| Opt::new(&one.name, &one.name).described(format!("{} · {}", one.display_name, one.connection)))
            .collect()
    }

    /// Claims that a person can give.
    pub fn required_claims(&self) -> Vec<Opt> {
        let claims = self.0.claims.iter().filter(|c| !model::standard_claims::is_derived(&c.name));
        claims.map(|c| Opt::new(&c.name, &c.name).described(claim_title(c))).collect()
    }

    /// Of the claims that a form requires, those that no identity scope holds which it allows.
    pub fn unheld(&self, form: &FormData) -> Vec<String> {
        let allowed = form.all("allowed_identity_scopes");
        let scopes = self.0.identity_scopes.iter().filter(|scope| allowed.contains(&scope.name));
        let held: Vec<&String> = scopes.flat_map(|scope| &scope.claims).collect();
        form.all("required_claims").into_iter().filter(|claim| !held.contains(&claim)).collect()
    }
}

#[cfg(test)]
mod tests {
    use model::spec::IdentityScopeSpec;

    use super::*;

    #[test]
    fn a_claim_is_held_by_an_allowed_scope() {
        let scope = |name: &str, claim: &str| IdentityScopeSpec {
            name: name.into(),
            claims: vec![claim.into()],
            ..IdentityScopeSpec::default()
        };
        let identity_scopes = vec![scope("library", "library_card"), scope("email", "email")];
        let options =
            Options(Choices { claims: Vec::new(), identity_scopes, api_scopes: Vec::new(), detail_types: Vec::new() });
        let form = FormData::default().with("required_claims", "library_card").with("required_claims", "email");
        assert_eq!(options.unheld(&form), ["library_card", "email"]);
        let form = form.with("allowed_identity_scopes", "library").with("allowed_identity_scopes", "gone");
        assert_eq!(options.unheld(&form), ["email"]);
    }
}
