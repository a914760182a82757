//! Defining API scopes inside a connection.

use model::spec::ApiScopeSpec;
use model::{FieldErrors, Problem, Stored};
use store::Constraint;
use store::api_connections::ApiConnection;
use store::scopes::ApiScope;

use super::gone::Gone;
use super::{Change, expect_version, unless_changed, unless_used};
use crate::error::{Error, Result};
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, Facts, ObjectType, Revision};

/// Where a taken name is told.
const TAKEN: &[Place] = &[Place::Taken(Constraint::ScopeName, "name")];

/// Defines an API scope.
pub(crate) async fn create(
    change: &mut Change<'_>,
    connection: &ApiConnection,
    spec: ApiScopeSpec,
) -> Result<Stored<ApiScopeSpec>> {
    spec.validate()?;
    let position = store::scopes::next_position(change.conn(), &connection.subscription_id).await?;
    let scope = ApiScope {
        subscription_id: connection.subscription_id.clone(),
        api_connection_id: connection.object.id.clone(),
        position,
        object: change.new_object(spec)?,
    };
    store::scopes::insert_api(&mut change.tx, &scope).await.at(TAKEN)?;
    let object = &scope.object;
    let revision = Revision::of(&scope.subscription_id, ObjectType::ApiScope, &object.id, &object.spec.name);
    change.record(revision.after(Action::Create, &object.spec).row(facts(&scope))).await?;
    Ok(scope.object)
}

/// What a scope's specification does not say.
pub(crate) fn facts(scope: &ApiScope) -> Facts {
    Facts::of(&scope.object).at(scope.position).inside(&scope.api_connection_id)
}

/// Changes an API scope's words. Its name stays, as does its connection.
pub(crate) async fn update(
    change: &mut Change<'_>,
    before: &ApiScope,
    version: i64,
    spec: &ApiScopeSpec,
) -> Result<()> {
    check_update(&before.object.spec, spec).into_result(())?;
    let id = &before.object.id;
    unless_changed(store::scopes::update_api(&mut change.tx, id, version, spec, change.now).await?)?;
    let revision = Revision::of(&before.subscription_id, ObjectType::ApiScope, id, &spec.name);
    change.record(revision.change(Action::Update, &before.object.spec, spec).row(facts(before))).await
}

/// Everything that is wrong with a change.
pub(crate) fn check_update(before: &ApiScopeSpec, after: &ApiScopeSpec) -> FieldErrors {
    let mut errors = after.validate().err().unwrap_or_default();
    immutable(&mut errors, "name", &before.name, &after.name);
    errors
}

/// Puts a deleted scope back under its old id, where its connection stands.
pub(crate) async fn revive(
    change: &mut Change<'_>,
    connection: &ApiConnection,
    gone: &Gone,
    spec: ApiScopeSpec,
) -> Result<()> {
    spec.validate()?;
    let position = gone.position(store::scopes::next_position(change.conn(), &gone.subscription_id).await?);
    let scope = ApiScope {
        subscription_id: gone.subscription_id.clone(),
        api_connection_id: connection.object.id.clone(),
        position,
        object: gone.object(change.now, spec),
    };
    store::scopes::insert_api(&mut change.tx, &scope).await.at(TAKEN)?;
    let object = &scope.object;
    let revision = Revision::of(&scope.subscription_id, ObjectType::ApiScope, &object.id, &object.spec.name);
    change.record(revision.after(Action::Restore, &object.spec).row(facts(&scope))).await
}

/// Deletes an API scope. Refused for the one of the connection's own name, and while an application
/// may request it.
pub(crate) async fn delete(
    change: &mut Change<'_>,
    connection: &ApiConnection,
    scope: &ApiScope,
    version: i64,
) -> Result<()> {
    if scope.object.spec.name == connection.object.spec.name {
        return Err(Error::field("", Problem::new("connection-scope")));
    }
    expect_version(&scope.object, version)?;
    let id = &scope.object.id;
    unless_used(store::scopes::usage(change.conn(), id).await?)?;
    unless_changed(store::scopes::delete(&mut change.tx, id).await?)?;
    let revision = Revision::of(&scope.subscription_id, ObjectType::ApiScope, id, &scope.object.spec.name);
    change.record(revision.before(Action::Delete, &scope.object.spec).row(facts(scope))).await
}
