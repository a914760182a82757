//! Defining API connections. Each has a scope of its own name for as long as it lives.

use model::spec::{ApiConnectionSpec, ApiScopeSpec};
use model::{FieldErrors, Problem, Stored};
use oidc::jose::KeySet;
use store::Constraint;
use store::api_connections::ApiConnection;
use store::secrets::Owner;

use super::api_scope::{self, facts};
use super::gone::Gone;
use super::{Change, detail_type, expect_version, secret, unless_changed, unless_used};
use crate::error::{Error, Result};
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, Facts, ObjectType, Revision};

/// Where a taken name is told.
const TAKEN: &[Place] = &[Place::Taken(Constraint::ClientName, "name"), Place::Taken(Constraint::Resource, "resource")];

/// Everything that is wrong with a connection by itself.
pub(crate) fn check(spec: &ApiConnectionSpec) -> FieldErrors {
    let mut errors = spec.validate().err().unwrap_or_default();
    if errors.of("jwks").is_none() && spec.jwks.as_ref().is_some_and(|set| KeySet::parse(set).signature.is_empty()) {
        errors.add("jwks", Problem::new("jwks-unusable"));
    }
    errors
}

/// Defines a connection, the scope of its own name, and the scopes that the specification lists.
pub(crate) async fn create(
    change: &mut Change<'_>,
    subscription_id: &str,
    spec: ApiConnectionSpec,
) -> Result<Stored<ApiConnectionSpec>> {
    check(&spec).into_result(())?;
    detail_type::check_free(change.conn(), subscription_id, None, &spec).await?;
    let scopes = own_scope_first(&spec);
    let own = ApiConnectionSpec { secret: None, scopes: Vec::new(), ..spec };
    let connection = ApiConnection { subscription_id: subscription_id.to_owned(), object: change.new_object(own)? };
    store::api_connections::insert(&mut change.tx, &connection).await.at(TAKEN)?;
    let object = &connection.object;
    let revision = Revision::of(subscription_id, ObjectType::ApiConnection, &object.id, &object.spec.name);
    change.record(revision.after(Action::Create, &object.spec).row(Facts::of(object))).await?;
    for scope in scopes {
        let name = scope.name.clone();
        api_scope::create(change, &connection, scope).await.map_err(|error| match error {
            // Of several the one that is taken is named, at a field of their own.
            Error::Invalid(_) if name != connection.object.spec.name => {
                Error::field("scopes", Problem::new("name-taken").with("name", &name))
            }
            other => other,
        })?;
    }
    Ok(connection.object)
}

/// The scopes of a new connection: the one of its own name, then the others as listed.
pub(crate) fn own_scope_first(spec: &ApiConnectionSpec) -> Vec<ApiScopeSpec> {
    let (own, others): (Vec<_>, Vec<_>) = spec.scopes.iter().cloned().partition(|scope| scope.name == spec.name);
    own.into_iter().next().or_else(|| Some(default_scope(spec))).into_iter().chain(others).collect()
}

/// The scope of a connection's own name while nobody gave it words of its own.
pub(crate) fn default_scope(spec: &ApiConnectionSpec) -> ApiScopeSpec {
    ApiScopeSpec { name: spec.name.clone(), display_name: spec.display_name.clone(), description: String::new() }
}

/// Changes a connection's words. Its name stays; its own scope follows while it has no words of
/// its own.
pub(crate) async fn update(
    change: &mut Change<'_>,
    before: &ApiConnection,
    version: i64,
    spec: &ApiConnectionSpec,
) -> Result<()> {
    write(change, before, version, spec).await?;
    let own = store::scopes::find_api(change.conn(), &before.subscription_id, &spec.name).await?;
    if let Some(own) = own.filter(|own| follows(&own.object.spec, &before.object.spec)) {
        let words = ApiScopeSpec { display_name: spec.display_name.clone(), ..own.object.spec.clone() };
        if words != own.object.spec {
            api_scope::update(change, &own, own.object.version, &words).await?;
        }
    }
    Ok(())
}

/// As [`update`], and its own scope stays as it is: undo puts that back by itself.
pub(crate) async fn write(
    change: &mut Change<'_>,
    before: &ApiConnection,
    version: i64,
    spec: &ApiConnectionSpec,
) -> Result<()> {
    let spec = ApiConnectionSpec { secret: None, scopes: Vec::new(), ..spec.clone() };
    check_update(&before.object.spec, &spec).into_result(())?;
    let id = &before.object.id;
    detail_type::check_free(change.conn(), &before.subscription_id, Some(id), &spec).await?;
    unless_changed(store::api_connections::update(&mut change.tx, id, version, &spec, change.now).await.at(TAKEN)?)?;
    let revision = Revision::of(&before.subscription_id, ObjectType::ApiConnection, id, &spec.name);
    change.record(revision.change(Action::Update, &before.object.spec, &spec).row(Facts::of(&before.object))).await
}

/// True while a connection's own scope is called what the connection is called.
fn follows(scope: &ApiScopeSpec, connection: &ApiConnectionSpec) -> bool {
    scope.display_name == connection.display_name
}

/// Everything that is wrong with a change.
pub(crate) fn check_update(before: &ApiConnectionSpec, after: &ApiConnectionSpec) -> FieldErrors {
    let mut errors = check(after);
    immutable(&mut errors, "name", &before.name, &after.name);
    errors
}

/// Puts a deleted connection back under its old id, with the secrets that went with it. Its scopes are put
/// back one by one; see [`ensure_own_scope`].
pub(crate) async fn revive(change: &mut Change<'_>, gone: &Gone, spec: ApiConnectionSpec) -> Result<()> {
    check(&spec).into_result(())?;
    detail_type::check_free(change.conn(), &gone.subscription_id, None, &spec).await?;
    let own = ApiConnectionSpec { secret: None, scopes: Vec::new(), ..spec };
    let connection =
        ApiConnection { subscription_id: gone.subscription_id.clone(), object: gone.object(change.now, own) };
    store::api_connections::insert(&mut change.tx, &connection).await.at(TAKEN)?;
    let object = &connection.object;
    let secrets_new =
        secret::put_back(change, &gone.subscription_id, Owner::ApiConnection(&object.id), gone.secrets()).await?;
    let revision = Revision::of(&gone.subscription_id, ObjectType::ApiConnection, &object.id, &object.spec.name);
    let facts = Facts { secrets_new, ..Facts::of(object) };
    change.record(revision.after(Action::Restore, &object.spec).row(facts)).await
}

/// Makes the scope of a connection's own name where a log without it could not give it back.
pub(crate) async fn ensure_own_scope(change: &mut Change<'_>, connection: &ApiConnection) -> Result<()> {
    let spec = default_scope(&connection.object.spec);
    let own = store::scopes::find_api(change.conn(), &connection.subscription_id, &spec.name).await?;
    if own.is_none() {
        api_scope::create(change, connection, spec).await?;
    }
    Ok(())
}

/// Deletes a connection with its scopes and secrets. Refused while an application may request one
/// of the scopes, or ask for one of its types of authorization details.
pub(crate) async fn delete(change: &mut Change<'_>, connection: &ApiConnection, version: i64) -> Result<()> {
    expect_version(&connection.object, version)?;
    let id = &connection.object.id;
    unless_used(detail_type::usage_of_connection(change.conn(), connection).await?)?;
    for scope in store::scopes::list_api(change.conn(), &connection.subscription_id).await? {
        if scope.api_connection_id == *id {
            let spec = &scope.object.spec;
            let revision =
                Revision::of(&connection.subscription_id, ObjectType::ApiScope, &scope.object.id, &spec.name);
            change.record(revision.before(Action::Delete, spec).row(facts(&scope))).await?;
        }
    }
    let secrets_gone = secret::keep_all(change, Owner::ApiConnection(id)).await?;
    unless_changed(store::api_connections::delete(&mut change.tx, id).await?)?;
    let spec = &connection.object.spec;
    let revision = Revision::of(&connection.subscription_id, ObjectType::ApiConnection, id, &spec.name);
    let facts = Facts { secrets_gone, ..Facts::of(&connection.object) };
    change.record(revision.before(Action::Delete, spec).row(facts)).await
}
