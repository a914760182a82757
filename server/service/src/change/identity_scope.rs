//! Defining identity scopes.

use model::spec::IdentityScopeSpec;
use model::{FieldErrors, Stored, naming};
use store::scopes::IdentityScope;
use store::{Constraint, NameKind};

use super::gone::Gone;
use super::names::Names;
use super::{Change, expect_version, unless_changed, unless_used};
use crate::error::Result;
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, Facts, ObjectType, Revision};

/// Where the database's refusals are told.
const PLACES: &[Place] = &[Place::Taken(Constraint::ScopeName, "name"), Place::Unknown(NameKind::Claim, "claims")];

/// Defines an identity scope.
pub(crate) async fn create(
    change: &mut Change<'_>,
    subscription_id: &str,
    spec: IdentityScopeSpec,
) -> Result<Stored<IdentityScopeSpec>> {
    let names = Names::load(change.conn(), subscription_id).await?;
    check(&spec, &names).into_result(())?;
    let position = store::scopes::next_position(change.conn(), subscription_id).await?;
    let scope =
        IdentityScope { subscription_id: subscription_id.to_owned(), position, object: change.new_object(spec)? };
    store::scopes::insert_identity(&mut change.tx, &scope).await.at(PLACES)?;
    let revision = Revision::of(subscription_id, ObjectType::IdentityScope, &scope.object.id, &scope.object.spec.name);
    change.record(revision.after(Action::Create, &scope.object.spec).row(facts(&scope))).await?;
    Ok(scope.object)
}

/// What a scope's specification does not say.
fn facts(scope: &IdentityScope) -> Facts {
    Facts::of(&scope.object).at(scope.position)
}

/// Changes an identity scope. Its name stays.
pub(crate) async fn update(
    change: &mut Change<'_>,
    before: &IdentityScope,
    version: i64,
    spec: &IdentityScopeSpec,
) -> Result<()> {
    let names = Names::load(change.conn(), &before.subscription_id).await?;
    let mut errors = check(spec, &names);
    immutable(&mut errors, "name", &before.object.spec.name, &spec.name);
    errors.into_result(())?;
    let id = &before.object.id;
    let written = store::scopes::update_identity(&mut change.tx, id, version, spec, change.now).await;
    unless_changed(written.at(PLACES)?)?;
    let revision = Revision::of(&before.subscription_id, ObjectType::IdentityScope, id, &spec.name);
    change.record(revision.change(Action::Update, &before.object.spec, spec).row(facts(before))).await
}

/// Puts a claim into the scope of this name, which is made where there is none.
pub(crate) async fn put(change: &mut Change<'_>, subscription_id: &str, name: &str, claim: &str) -> Result<()> {
    let scopes = store::scopes::list_identity(change.conn(), subscription_id).await?;
    if let Some(scope) = scopes.into_iter().find(|scope| scope.object.spec.name == name) {
        let mut spec = scope.object.spec.clone();
        spec.claims.push(claim.to_owned());
        return update(change, &scope, scope.object.version, &spec).await;
    }
    let (name, display_name) = (name.to_owned(), naming::title(name));
    let spec = IdentityScopeSpec { name, display_name, claims: vec![claim.to_owned()], ..IdentityScopeSpec::default() };
    create(change, subscription_id, spec).await.map(drop)
}

/// Everything that is wrong with a scope.
pub(crate) fn check(spec: &IdentityScopeSpec, names: &Names) -> FieldErrors {
    let mut errors = spec.validate().err().unwrap_or_default();
    Names::check(&mut errors, "claims", &names.claims, &spec.claims);
    errors
}

/// Puts a deleted scope back under its old id, with its claims.
pub(crate) async fn revive(change: &mut Change<'_>, gone: &Gone, spec: IdentityScopeSpec) -> Result<()> {
    let names = Names::load(change.conn(), &gone.subscription_id).await?;
    check(&spec, &names).into_result(())?;
    let position = gone.position(store::scopes::next_position(change.conn(), &gone.subscription_id).await?);
    let scope = IdentityScope {
        subscription_id: gone.subscription_id.clone(),
        position,
        object: gone.object(change.now, spec),
    };
    store::scopes::insert_identity(&mut change.tx, &scope).await.at(PLACES)?;
    let object = &scope.object;
    let revision = Revision::of(&scope.subscription_id, ObjectType::IdentityScope, &object.id, &object.spec.name);
    change.record(revision.after(Action::Restore, &object.spec).row(facts(&scope))).await
}

/// Deletes an identity scope. Refused while an application may request it.
pub(crate) async fn delete(change: &mut Change<'_>, scope: &IdentityScope, version: i64) -> Result<()> {
    expect_version(&scope.object, version)?;
    let id = &scope.object.id;
    unless_used(store::scopes::usage(change.conn(), id).await?)?;
    unless_changed(store::scopes::delete(&mut change.tx, id).await?)?;
    let revision = Revision::of(&scope.subscription_id, ObjectType::IdentityScope, id, &scope.object.spec.name);
    change.record(revision.before(Action::Delete, &scope.object.spec).row(facts(scope))).await
}
