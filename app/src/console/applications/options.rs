//! What an application can be allowed: the scopes and claims of its subscription.

use model::Stored;
use model::spec::{ClaimSpec, IdentityScopeSpec};
use service::console::api_scopes::{self, ApiScopeOption};
use service::console::{claims, identity_scopes};

use crate::console::Place;
use crate::form::Opt;
use crate::i18n::{claim_title, scope_title};
use crate::visit::{PageError, Visit};

/// Everything there is to choose from.
#[derive(Clone, Debug)]
pub struct Options {
    claims: Vec<Stored<ClaimSpec>>,
    identity_scopes: Vec<Stored<IdentityScopeSpec>>,
    api_scopes: Vec<ApiScopeOption>,
}

impl Options {
    /// Loads it.
    pub async fn load(visit: &Visit, place: &Place) -> Result<Self, PageError> {
        let (ctx, actor, slug) = (&visit.ctx, &place.actor, place.slug());
        Ok(Self {
            claims: claims::all(ctx, actor, slug).await?,
            identity_scopes: identity_scopes::all(ctx, actor, slug).await?,
            api_scopes: api_scopes::all(ctx, actor, slug).await?,
        })
    }

    /// Identity scopes, by name.
    pub fn identity_scopes(&self) -> Vec<Opt> {
        let scopes = self.identity_scopes.iter().map(|s| &s.spec);
        scopes.map(|s| Opt::new(&s.name, &s.name).described(scope_title(&s.name, &s.display_name))).collect()
    }

    /// API scopes, by name, with the connection they belong to.
    pub fn api_scopes(&self) -> Vec<Opt> {
        let scopes = self.api_scopes.iter();
        scopes
            .map(|o| {
                let words = format!("{} · {}", o.scope.display_name, o.connection);
                Opt::new(&o.scope.name, &o.scope.name).described(words)
            })
            .collect()
    }

    /// Claims that a person can give.
    pub fn required_claims(&self) -> Vec<Opt> {
        let claims = self.claims.iter().map(|c| &c.spec).filter(|c| !model::standard_claims::is_derived(&c.name));
        claims.map(|c| Opt::new(&c.name, &c.name).described(claim_title(c))).collect()
    }
}
