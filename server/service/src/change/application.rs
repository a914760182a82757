//! Registering applications.

use std::collections::HashSet;

use model::spec::ApplicationSpec;
use model::{FieldErrors, Problem, Stored};
use oidc::jose::{EncryptionKey, KeySet};
use store::applications::Application;
use store::secrets::Owner;
use store::{Conn, Constraint, NameKind, Usage};

use super::gone::Gone;
use super::names::{self, Names};
use super::{Change, expect_version, secret, signing_key, unless_changed, unless_used};
use crate::error::{Error, Result};
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, Facts, ObjectType, Revision};

/// Where the database's refusals are told.
const PLACES: &[Place] = &[
    Place::Taken(Constraint::ClientName, "client_id"),
    Place::Unknown(NameKind::IdentityScope, "allowed_identity_scopes"),
    Place::Unknown(NameKind::ApiScope, "allowed_api_scopes"),
    Place::Unknown(NameKind::Claim, "required_claims"),
];

/// Registers an application, without a secret.
pub(crate) async fn create(
    change: &mut Change<'_>,
    subscription_id: &str,
    spec: ApplicationSpec,
) -> Result<Stored<ApplicationSpec>> {
    let names = Names::load(change.conn(), subscription_id).await?;
    check(&spec, &names).into_result(())?;
    let mut object = change.new_object(ApplicationSpec { secret: None, ..spec })?;
    object.disabled_at = object.spec.disabled.then_some(change.now);
    let application = Application { subscription_id: subscription_id.to_owned(), built_in: false, object };
    signing_key::ensure(change, subscription_id, &application.object.spec).await?;
    store::applications::insert(&mut change.tx, &application).await.at(PLACES)?;
    let object = &application.object;
    let revision = Revision::of(subscription_id, ObjectType::Application, &object.id, &object.spec.client_id);
    change.record(revision.after(Action::Create, &object.spec).row(Facts::of(object))).await?;
    Ok(application.object)
}

/// Changes an application, disabling it included. Its `client_id` and type stay.
pub(crate) async fn update(
    change: &mut Change<'_>,
    before: &Application,
    version: i64,
    spec: &ApplicationSpec,
) -> Result<()> {
    refuse_built_in(before)?;
    let spec = ApplicationSpec { secret: None, ..spec.clone() };
    let names = Names::load(change.conn(), &before.subscription_id).await?;
    let mut errors = check(&spec, &names);
    check_immutable(&mut errors, &before.object.spec, &spec);
    errors.into_result(())?;
    signing_key::ensure(change, &before.subscription_id, &spec).await?;
    let id = &before.object.id;
    let written = store::applications::update(&mut change.tx, id, version, &spec, change.now).await;
    unless_changed(written.at(PLACES)?)?;
    if spec.disabled && !before.object.spec.disabled {
        store::grants::revoke_of_application(&mut change.tx, id, change.now).await?;
        // Tokens of client credentials belong to no grant.
        store::access_tokens::revoke_of_application(&mut change.tx, id, change.now).await?;
    }
    let revision = Revision::of(&before.subscription_id, ObjectType::Application, id, &spec.client_id);
    let revision = revision.change(action(&before.object.spec, &spec), &before.object.spec, &spec);
    change.record(revision.row(Facts::of(&before.object))).await
}

/// What the audit log calls a change.
fn action(before: &ApplicationSpec, after: &ApplicationSpec) -> Action {
    match (before.disabled, after.disabled) {
        (false, true) => Action::Disable,
        (true, false) => Action::Enable,
        _ => Action::Update,
    }
}

/// Everything that is wrong with an application, but for what must not change.
pub(crate) fn check(spec: &ApplicationSpec, names: &Names) -> FieldErrors {
    let mut errors = spec.validate().err().unwrap_or_default();
    if let Some(set) = spec.jwks.as_ref().filter(|_| errors.of("jwks").is_none()) {
        let keys = KeySet::parse(set);
        // One that encrypts is of no use to who has to sign.
        if keys.signature.is_empty() && (spec.signs_with_keys() || keys.is_empty()) {
            errors.add("jwks", Problem::new("jwks-unusable"));
        }
        for (field, encryption) in [
            ("id_token_encrypted_response_alg", spec.identity_token_encryption()),
            ("userinfo_encrypted_response_alg", spec.userinfo_encryption()),
        ] {
            let Some(alg) = encryption.map(|one| one.alg).filter(|alg| !alg.is_by_secret()) else { continue };
            if errors.of(field).is_none() && EncryptionKey::choose(&keys.encryption, alg).is_none() {
                errors.add(field, Problem::new("encryption-needs-key").with("alg", alg.as_str()));
            }
        }
    }
    Names::check(&mut errors, "allowed_identity_scopes", &names.identity_scopes, &spec.allowed_identity_scopes);
    Names::check(&mut errors, "allowed_api_scopes", &names.api_scopes, &spec.allowed_api_scopes);
    let types = &spec.allowed_authorization_details_types;
    Names::check(&mut errors, "allowed_authorization_details_types", &names.detail_types, types);
    Names::check(&mut errors, "required_claims", &names.claims, spec.required_claims.iter().map(|r| &r.claim));
    errors
}

/// Notes what must not change.
pub(crate) fn check_immutable(errors: &mut FieldErrors, before: &ApplicationSpec, after: &ApplicationSpec) {
    immutable(errors, "client_id", &before.client_id, &after.client_id);
    immutable(errors, "type", &before.kind, &after.kind);
}

/// Takes an application out of use, with all that was granted to it, or back into use.
pub(crate) async fn set_disabled(
    change: &mut Change<'_>,
    before: &Application,
    version: i64,
    disabled: bool,
) -> Result<()> {
    expect_version(&before.object, version)?;
    if before.object.spec.disabled == disabled {
        return Ok(());
    }
    update(change, before, version, &ApplicationSpec { disabled, ..before.object.spec.clone() }).await
}

/// Puts a deleted application back under its old id, with the secrets that went with it. What was granted
/// to it does not come back.
pub(crate) async fn revive(change: &mut Change<'_>, gone: &Gone, spec: ApplicationSpec) -> Result<()> {
    let names = Names::load(change.conn(), &gone.subscription_id).await?;
    check(&spec, &names).into_result(())?;
    let mut object = gone.object(change.now, ApplicationSpec { secret: None, ..spec });
    object.disabled_at = object.spec.disabled.then_some(change.now);
    let application = Application { subscription_id: gone.subscription_id.clone(), built_in: false, object };
    signing_key::ensure(change, &gone.subscription_id, &application.object.spec).await?;
    store::applications::insert(&mut change.tx, &application).await.at(PLACES)?;
    let object = &application.object;
    let secrets_new =
        secret::put_back(change, &gone.subscription_id, Owner::Application(&object.id), gone.secrets()).await?;
    let revision = Revision::of(&gone.subscription_id, ObjectType::Application, &object.id, &object.spec.client_id);
    let facts = Facts { secrets_new, ..Facts::of(object) };
    change.record(revision.after(Action::Restore, &object.spec).row(facts)).await
}

/// Deletes an application with its secrets and all that was granted to it.
pub(crate) async fn delete(change: &mut Change<'_>, application: &Application, version: i64) -> Result<()> {
    refuse_built_in(application)?;
    expect_version(&application.object, version)?;
    let object = &application.object;
    let secrets_gone = secret::keep_all(change, Owner::Application(&object.id)).await?;
    unless_changed(store::applications::delete(&mut change.tx, &object.id).await?)?;
    let revision =
        Revision::of(&application.subscription_id, ObjectType::Application, &object.id, &object.spec.client_id);
    change.record(revision.before(Action::Delete, &object.spec).row(Facts { secrets_gone, ..Facts::of(object) })).await
}

/// Refuses targets of an exchange that do not exist. Apart from [`check`], since applications of one file may name each
/// other: there the plan has looked.
pub(crate) async fn check_targets(conn: &mut Conn, subscription_id: &str, spec: &ApplicationSpec) -> Result<()> {
    let mut errors = FieldErrors::default();
    if !spec.exchange_targets.is_empty() || spec.may_act.is_some() {
        let known = names::clients(conn, subscription_id).await?;
        check_parties(&mut errors, &known, spec);
    }
    Ok(errors.into_result(())?)
}

/// The same where the names are known.
pub(crate) fn check_parties(errors: &mut FieldErrors, clients: &HashSet<String>, spec: &ApplicationSpec) {
    Names::check(errors, "exchange_targets", clients, &spec.exchange_targets);
    Names::check(errors, "may_act", clients, spec.may_act.as_slice());
}

/// Refuses the end of an application or an API connection towards which others may exchange tokens: another one of
/// its name would stand in its place.
pub(crate) async fn unless_target(conn: &mut Conn, subscription_id: &str, name: &str) -> Result<()> {
    let all = store::applications::list(conn, subscription_id).await?;
    let users =
        all.into_iter().map(|one| one.object).filter(|one| one.spec.client_id != name && names(&one.spec, name));
    let usage = |one: Stored<ApplicationSpec>| Usage {
        object_type: ObjectType::Application.as_str().to_owned(),
        id: one.id,
        name: one.spec.client_id,
    };
    unless_used(users.map(usage).collect())
}

fn names(spec: &ApplicationSpec, name: &str) -> bool {
    spec.exchange_targets.iter().chain(&spec.may_act).any(|one| one == name)
}

/// The console is derived from settings.
fn refuse_built_in(application: &Application) -> Result<()> {
    if application.built_in { Err(Error::Forbidden) } else { Ok(()) }
}
