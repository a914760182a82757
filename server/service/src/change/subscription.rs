//! Making, changing and ending subscriptions.

use model::spec::SubscriptionSpec;
use model::{FieldErrors, Problem, Stored, standard_claims};
use oidc::jose::KeySet;
use serde_json::Value;
use store::claims::Claim;
use store::scopes::IdentityScope;
use store::subscriptions::Subscription;
use store::{Constraint, Tx};

use super::{Change, expect_version, logo, new_object, signing_key, unless_changed};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::NewKey;
use crate::picture::Picture;
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, ObjectType, Revision};

/// The key by which a revision says whether a subscription is out of use.
pub(crate) const DISABLED: &str = "disabled";
/// Where a taken slug is told.
const TAKEN: &[Place] = &[Place::Taken(Constraint::SubscriptionSlug, "slug")];

/// Makes a subscription. What it is born with is told by one revision.
pub(crate) async fn create(
    change: &mut Change<'_>,
    spec: SubscriptionSpec,
    key: &NewKey,
) -> Result<Stored<SubscriptionSpec>> {
    create_with(change, spec, key, None).await
}

/// As [`create`], with the picture that the branding names.
pub(crate) async fn create_with(
    change: &mut Change<'_>,
    spec: SubscriptionSpec,
    key: &NewKey,
    picture: Option<&Picture>,
) -> Result<Stored<SubscriptionSpec>> {
    check(&spec).into_result(())?;
    if change.ctx.config.is_console_host(&spec.slug) {
        return Err(Error::field("slug", Problem::new("reserved").with("name", &spec.slug)));
    }
    let object = insert(change.ctx, &mut change.tx, spec, false, key).await?;
    logo::keep(change, &object.id, None, object.spec.branding.logo.as_ref(), picture).await?;
    let revision = Revision::of(&object.id, ObjectType::Subscription, &object.id, &object.spec.slug);
    change.record(revision.after(Action::Create, &object.spec)).await?;
    Ok(object)
}

/// Writes a subscription with its first signing key, the standard claims and the scopes of its
/// preset. `built_in` marks the one that the console lives in.
pub(crate) async fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    spec: SubscriptionSpec,
    built_in: bool,
    key: &NewKey,
) -> Result<Stored<SubscriptionSpec>> {
    let now = ctx.now();
    let subscription = Subscription { object: new_object(ctx, now, spec)?, built_in, config_version: 1 };
    store::subscriptions::insert(tx, &subscription).await.at(TAKEN)?;
    let object = subscription.object;
    store::signing_keys::insert(tx, &signing_key::row(&object.id, key, now, now)).await?;
    for (position, claim) in (1..).zip(standard_claims::all()) {
        let claim = Claim {
            subscription_id: object.id.clone(),
            standard: true,
            position,
            object: new_object(ctx, now, claim)?,
        };
        store::claims::insert(tx, &claim).await?;
    }
    for (position, scope) in (1..).zip(object.spec.scope_preset.scopes()) {
        let scope =
            IdentityScope { subscription_id: object.id.clone(), position, object: new_object(ctx, now, scope)? };
        store::scopes::insert_identity(tx, &scope).await?;
    }
    Ok(object)
}

/// Changes a subscription's settings. The slug and the preset it was born with stay.
pub(crate) async fn update(
    change: &mut Change<'_>,
    before: &Subscription,
    version: i64,
    spec: &SubscriptionSpec,
) -> Result<()> {
    update_with(change, before, version, spec, None).await
}

/// As [`update`], with the picture that the branding names. Without one it has to be stored already.
pub(crate) async fn update_with(
    change: &mut Change<'_>,
    before: &Subscription,
    version: i64,
    spec: &SubscriptionSpec,
    picture: Option<&Picture>,
) -> Result<()> {
    check_update(before, spec).into_result(())?;
    let id = &before.object.id;
    unless_changed(store::subscriptions::update(&mut change.tx, id, version, spec, change.now).await?)?;
    let was = &before.object.spec;
    logo::keep(change, id, was.branding.logo.as_ref(), spec.branding.logo.as_ref(), picture).await?;
    let revision = Revision::of(id, ObjectType::Subscription, id, &spec.slug);
    change.record(revision.change(Action::Update, was, spec)).await
}

/// Everything that is wrong with the settings by themselves.
pub(crate) fn check(spec: &SubscriptionSpec) -> FieldErrors {
    let mut errors = spec.validate().err().unwrap_or_default();
    for (i, issuer) in spec.trusted_issuers.iter().enumerate() {
        let field = format!("trusted_issuers[{i}].jwks");
        if errors.of(&field).is_none()
            && issuer.jwks.as_ref().is_some_and(|set| KeySet::parse(set).signature.is_empty())
        {
            errors.add(&field, Problem::new("jwks-unusable"));
        }
    }
    errors
}

/// Everything that is wrong with a change. The built-in subscription also keeps its name and stays
/// closed to registration. A slug that stays is no mistake, though its word be reserved by now.
pub(crate) fn check_update(before: &Subscription, after: &SubscriptionSpec) -> FieldErrors {
    let mut errors = check(after);
    let was = &before.object.spec;
    if was.slug == after.slug {
        errors.0.retain(|e| e.field != "slug");
    }
    if before.built_in {
        immutable(&mut errors, "name", &was.name, &after.name);
        immutable(&mut errors, "registration", &was.registration, &after.registration);
        // What signs in to the console, nobody adds to.
        immutable(&mut errors, "client_registration.mode", &was.client_registration, &after.client_registration);
        // Nor does anybody else say who signed in there.
        immutable(&mut errors, "trusted_issuers", &was.trusted_issuers, &after.trusted_issuers);
    }
    immutable(&mut errors, "slug", &was.slug, &after.slug);
    immutable(&mut errors, "scope_preset", &was.scope_preset, &after.scope_preset);
    errors
}

/// Takes a subscription out of use, ending all its sessions and grants, or back into use.
pub(crate) async fn set_disabled(
    change: &mut Change<'_>,
    before: &Subscription,
    version: i64,
    disabled: bool,
) -> Result<()> {
    refuse_built_in(before)?;
    expect_version(&before.object, version)?;
    if before.object.disabled_at.is_some() == disabled {
        return Ok(());
    }
    let (id, now) = (&before.object.id, change.now);
    let since = disabled.then_some(now);
    unless_changed(store::subscriptions::set_disabled(&mut change.tx, id, version, since, now).await?)?;
    if disabled {
        store::sessions::end_all_of_subscription(&mut change.tx, id, now).await?;
        store::grants::revoke_of_subscription(&mut change.tx, id, now).await?;
        for application in store::applications::list(change.conn(), id).await? {
            store::access_tokens::revoke_of_application(&mut change.tx, &application.object.id, now).await?;
        }
    }
    let action = if disabled { Action::Disable } else { Action::Enable };
    let revision = Revision::of(id, ObjectType::Subscription, id, &before.object.spec.slug);
    let spec = |disabled| with_switch(&before.object.spec, disabled);
    change.record(revision.change(action, &spec(!disabled), &spec(disabled))).await
}

/// The settings with whether they are out of use, which no key of theirs says.
pub(crate) fn with_switch(spec: &SubscriptionSpec, disabled: bool) -> Value {
    let mut value = serde_json::to_value(spec).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert(DISABLED.to_owned(), disabled.into());
    }
    value
}

/// Deletes a subscription with everything in it.
pub(crate) async fn delete(change: &mut Change<'_>, subscription: &Subscription, version: i64) -> Result<()> {
    refuse_built_in(subscription)?;
    expect_version(&subscription.object, version)?;
    let object = &subscription.object;
    unless_changed(store::subscriptions::delete(&mut change.tx, &object.id).await?)?;
    let revision = Revision::of(&object.id, ObjectType::Subscription, &object.id, &object.spec.slug);
    change.record(revision.before(Action::Delete, &object.spec)).await
}

/// The subscription that the console itself lives in.
fn refuse_built_in(subscription: &Subscription) -> Result<()> {
    if subscription.built_in { Err(Error::Forbidden) } else { Ok(()) }
}
