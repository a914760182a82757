//! API connections: protected APIs with their secrets. Viewers read, editors change.

use model::spec::{ApiConnectionSpec, ApiScopeSpec};
use model::{Page, PageRequest, Role, SecretPlan, Stored};
use store::Conn;
use store::api_connections::ApiConnection;
use store::secrets::Owner;

use super::place::{check_size, enter, enter_to_change};
use super::{Created, NewSecret, SecretView};
use crate::actor::Actor;
use crate::change::secret::SecretOf;
use crate::change::{self, Change, Done};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Usage};

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionCard {
    /// Row and specification.
    pub stored: Stored<ApiConnectionSpec>,
    /// How many scopes it has, the one of its own name included.
    pub scopes: i64,
}

/// One connection.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionView {
    /// Row and specification.
    pub stored: Stored<ApiConnectionSpec>,
    /// The scope of its own name first.
    pub scopes: Vec<Stored<ApiScopeSpec>>,
    /// The oldest first.
    pub secrets: Vec<SecretView>,
    /// Where its metadata stand (RFC 9728), if it has an address.
    pub metadata_url: Option<String>,
}

/// The list, by display name.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<ConnectionCard>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let page = store::api_connections::page(&mut conn, &subscription.object.id, request).await?;
    let scopes = store::scopes::list_api(&mut conn, &subscription.object.id).await?;
    Ok(page.map(|row| {
        let mine = scopes.iter().filter(|scope| scope.api_connection_id == row.object.id).count();
        ConnectionCard { stored: row.object, scopes: i64::try_from(mine).unwrap_or(i64::MAX) }
    }))
}

/// One connection with its scopes and secrets.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<ConnectionView> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let connection = find(&mut conn, &subscription.object.id, id).await?;
    let scopes = store::scopes::list_api(&mut conn, &subscription.object.id).await?;
    let mut scopes: Vec<_> =
        scopes.into_iter().filter(|scope| scope.api_connection_id == id).map(|scope| scope.object).collect();
    scopes.sort_by_key(|scope| scope.spec.name != connection.object.spec.name);
    let secrets = store::secrets::list(&mut conn, Owner::ApiConnection(id)).await?;
    let metadata_url = oidc::protected_resource::url(&ctx.issuer(slug), &connection.object.spec);
    let secrets = SecretView::all(secrets, ctx.now());
    Ok(ConnectionView { stored: connection.object, scopes, secrets, metadata_url })
}

/// Defines a connection: its scope comes with it, and its first secret is shown this once.
pub async fn create(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    spec: ApiConnectionSpec,
) -> Result<Created<ApiConnectionSpec>> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let stored = change::api_connection::create(&mut change, &subscription.object.id, spec).await?;
    let of = SecretOf {
        subscription_id: &subscription.object.id,
        owner: Owner::ApiConnection(&stored.id),
        name: &stored.spec.name,
    };
    let secret = change::secret::generate(&mut change, of, SecretPlan::default()).await?;
    Ok(Created { stored, secret, done: change.commit().await? })
}

/// Changes a connection's words and its types of authorization details; one that an application may ask for stays.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    version: i64,
    spec: ApiConnectionSpec,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let before = find(change.conn(), &subscription.object.id, id).await?;
    change::detail_type::unless_lost(change.conn(), &before.subscription_id, &before.object.spec, &spec).await?;
    change::api_connection::update(&mut change, &before, version, &spec).await?;
    change.commit().await
}

/// Deletes a connection whose scopes and authorization details no application may request.
pub async fn delete(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let connection = find(change.conn(), &subscription.object.id, id).await?;
    let name = &connection.object.spec.name;
    change::application::unless_target(change.conn(), &connection.subscription_id, name).await?;
    change::api_connection::delete(&mut change, &connection, version).await?;
    change.commit().await
}

/// Adds a secret, shown this once. At most five are in use at the same time.
pub async fn new_secret(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, plan: SecretPlan) -> Result<NewSecret> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let connection = find(change.conn(), &subscription.object.id, id).await?;
    let secret = change::secret::generate(&mut change, secret_of(&connection), plan).await?;
    Ok(NewSecret { secret, done: change.commit().await? })
}

/// Removes a secret: it is refused from now on.
pub async fn remove_secret(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, secret_id: &str) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let connection = find(change.conn(), &subscription.object.id, id).await?;
    change::secret::remove(&mut change, secret_of(&connection), secret_id).await?;
    change.commit().await
}

/// Applications that may request one of its scopes or authorization details.
pub async fn usage(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Vec<Usage>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let connection = find(&mut conn, &subscription.object.id, id).await?;
    let used_by = change::detail_type::usage_of_connection(&mut conn, &connection).await?;
    Ok(used_by.into_iter().map(Usage::from).collect())
}

fn secret_of(connection: &ApiConnection) -> SecretOf<'_> {
    SecretOf {
        subscription_id: &connection.subscription_id,
        owner: Owner::ApiConnection(&connection.object.id),
        name: &connection.object.spec.name,
    }
}

pub(super) async fn find(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<ApiConnection> {
    let connections = store::api_connections::list(conn, subscription_id).await?;
    connections.into_iter().find(|connection| connection.object.id == id).ok_or(Error::NotFound)
}
