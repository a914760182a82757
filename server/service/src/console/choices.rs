//! What the forms of a subscription offer: its claims and scopes. Viewers read.

use model::spec::{ClaimSpec, IdentityScopeSpec};
use model::{Role, Stored};
use oidc::tenant::{Connection, Tenant};

use super::api_scopes::{self, ApiScopeOption};
use super::place::{enter, in_use};
use super::{claims, identity_scopes};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// Everything there is to choose from, in the order of lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The custom claims, then the standard ones.
    pub claims: Vec<ClaimSpec>,
    /// Identity scopes.
    pub identity_scopes: Vec<IdentityScopeSpec>,
    /// API scopes, by connection; the scope of a connection's own name first.
    pub api_scopes: Vec<ApiScopeOption>,
}

/// Gathers it: from memory, as long as the subscription is in use.
pub async fn all(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Choices> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    if let Some(snap) = in_use(ctx, &subscription).await? {
        return Ok(Choices::of(&snap.tenant));
    }
    Ok(Choices {
        claims: own_first(specs(claims::all(ctx, actor, slug).await?)),
        identity_scopes: specs(identity_scopes::all(ctx, actor, slug).await?),
        api_scopes: api_scopes::all(ctx, actor, slug).await?,
    })
}

fn specs<S>(stored: Vec<Stored<S>>) -> Vec<S> {
    stored.into_iter().map(|one| one.spec).collect()
}

impl Choices {
    fn of(tenant: &Tenant) -> Self {
        Self {
            claims: own_first(tenant.claims_in_order().cloned().collect()),
            identity_scopes: tenant.identity_scopes().iter().map(|scope| scope.spec.clone()).collect(),
            api_scopes: tenant.connections().iter().flat_map(of_connection).collect(),
        }
    }
}

fn own_first(claims: Vec<ClaimSpec>) -> Vec<ClaimSpec> {
    let is_standard = |claim: &ClaimSpec| model::standard_claims::is_standard(&claim.name);
    let (standard, own): (Vec<_>, Vec<_>) = claims.into_iter().partition(is_standard);
    own.into_iter().chain(standard).collect()
}

fn of_connection(connection: &Connection) -> Vec<ApiScopeOption> {
    let title = &connection.spec().display_name;
    let mut scopes = connection.scopes().to_vec();
    scopes.sort_by_key(|scope| scope.name != connection.name());
    scopes.into_iter().map(|scope| ApiScopeOption { scope, connection: title.clone() }).collect()
}
