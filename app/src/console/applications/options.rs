//! What an application can be allowed: the scopes and claims of its subscription.

use service::console::choices::{self, Choices};

use crate::console::Place;
use crate::form::Opt;
use crate::i18n::{claim_title, scope_title};
use crate::visit::{PageError, Visit};

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
        scopes.map(|s| Opt::new(&s.name, &s.name).described(scope_title(&s.name, &s.display_name))).collect()
    }

    /// API scopes, by name, with the connection they belong to.
    pub fn api_scopes(&self) -> Vec<Opt> {
        let scopes = self.0.api_scopes.iter();
        scopes
            .map(|o| {
                let words = format!("{} · {}", o.scope.display_name, o.connection);
                Opt::new(&o.scope.name, &o.scope.name).described(words)
            })
            .collect()
    }

    /// Claims that a person can give.
    pub fn required_claims(&self) -> Vec<Opt> {
        let claims = self.0.claims.iter().filter(|c| !model::standard_claims::is_derived(&c.name));
        claims.map(|c| Opt::new(&c.name, &c.name).described(claim_title(c))).collect()
    }
}
