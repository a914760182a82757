//! What the forms of a subscription offer: its claims and scopes. Viewers read.

use model::spec::{ApiConnectionSpec, ClaimSpec, DetailTypeSpec, IdentityScopeSpec};
use model::{Role, Stored};
use oidc::tenant::{Connection, Tenant};

use super::api_scopes::{self, ApiScopeOption};
use super::place::{enter, in_use};
use super::{claims, identity_scopes};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// A type of authorization details as an application's form offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailTypeOption {
    /// As requested.
    pub name: String,
    /// For people.
    pub display_name: String,
    /// Display name of its connection.
    pub connection: String,
}

/// Everything there is to choose from, in the order of lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The custom claims, then the standard ones.
    pub claims: Vec<ClaimSpec>,
    /// Identity scopes.
    pub identity_scopes: Vec<IdentityScopeSpec>,
    /// API scopes, by connection; the scope of a connection's own name first.
    pub api_scopes: Vec<ApiScopeOption>,
    /// Types of authorization details, by connection.
    pub detail_types: Vec<DetailTypeOption>,
}

/// Gathers it: from memory, as long as the subscription is in use.
pub async fn all(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Choices> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    if let Some(snap) = in_use(ctx, &subscription).await? {
        return Ok(Choices::of(&snap.tenant));
    }
    let connections = store::api_connections::list(&mut ctx.read().await?, &subscription.object.id).await?;
    Ok(Choices {
        claims: own_first(specs(claims::all(ctx, actor, slug).await?)),
        identity_scopes: specs(identity_scopes::all(ctx, actor, slug).await?),
        api_scopes: api_scopes::all(ctx, actor, slug).await?,
        detail_types: connections.iter().flat_map(|one| types_of(&one.object.spec)).collect(),
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
            detail_types: tenant.connections().iter().flat_map(|one| types_of(one.spec())).collect(),
        }
    }
}

fn own_first(claims: Vec<ClaimSpec>) -> Vec<ClaimSpec> {
    let is_standard = |claim: &ClaimSpec| model::standard_claims::is_standard(&claim.name);
    let (standard, own): (Vec<_>, Vec<_>) = claims.into_iter().partition(is_standard);
    own.into_iter().chain(standard).collect()
}

fn types_of(connection: &ApiConnectionSpec) -> Vec<DetailTypeOption> {
    let option = |one: &DetailTypeSpec| DetailTypeOption {
        name: one.name.clone(),
        display_name: one.display_name.clone(),
        connection: connection.display_name.clone(),
    };
    connection.authorization_details_types.iter().map(option).collect()
}

fn of_connection(connection: &Connection) -> Vec<ApiScopeOption> {
    let title = &connection.spec().display_name;
    let mut scopes = connection.scopes().to_vec();
    scopes.sort_by_key(|scope| scope.name != connection.name());
    scopes.into_iter().map(|scope| ApiScopeOption { scope, connection: title.clone() }).collect()
}
