//! Defining claims.

use model::spec::ClaimSpec;
use model::{FieldErrors, Problem, Stored, standard_claims};
use store::claims::{Claim, Uniqueness};
use store::{Conn, Constraint};

use super::gone::Gone;
use super::{Change, expect_version, unless_changed, unless_used};
use crate::error::{Error, Result};
use crate::refusal::{Place, Refusal, immutable};
use crate::revision::{Action, Facts, ObjectType, Revision};

/// Where a taken name is told.
const TAKEN: &[Place] = &[Place::Taken(Constraint::ClaimName, "name")];
/// Repeated values that a refusal names.
const NAMED_DUPLICATES: usize = 5;
/// Repeated values that a refusal counts.
const COUNTED_DUPLICATES: i64 = 1_000;

/// Defines a custom claim.
pub(crate) async fn create(
    change: &mut Change<'_>,
    subscription_id: &str,
    spec: ClaimSpec,
) -> Result<Stored<ClaimSpec>> {
    spec.validate()?;
    let position = store::claims::next_position(change.conn(), subscription_id).await?;
    let claim = Claim {
        subscription_id: subscription_id.to_owned(),
        standard: false,
        position,
        object: change.new_object(spec)?,
    };
    store::claims::insert(&mut change.tx, &claim).await.at(TAKEN)?;
    let revision = Revision::of(subscription_id, ObjectType::Claim, &claim.object.id, &claim.object.spec.name);
    change.record(revision.after(Action::Create, &claim.object.spec).row(facts(&claim))).await?;
    Ok(claim.object)
}

/// What a claim's specification does not say.
fn facts(claim: &Claim) -> Facts {
    Facts::of(&claim.object).at(claim.position)
}

/// Changes a claim, standard or custom. Its name and type stay.
pub(crate) async fn update(change: &mut Change<'_>, before: &Claim, version: i64, spec: &ClaimSpec) -> Result<()> {
    check_update(&before.object.spec, spec).into_result(())?;
    let id = &before.object.id;
    unless_changed(store::claims::update(&mut change.tx, id, version, spec, change.now).await?)?;
    if !before.object.spec.has_rules_of(spec) {
        store::claims::set_rules_changed(&mut change.tx, id, change.now).await?;
    }
    if before.object.spec.unique != spec.unique {
        if spec.unique {
            refuse_duplicates(change.conn(), id).await?;
        }
        store::claims::set_unique(&mut change.tx, id, Uniqueness::from(spec.unique)).await?;
    }
    let revision = Revision::of(&before.subscription_id, ObjectType::Claim, id, &spec.name);
    change.record(revision.change(Action::Update, &before.object.spec, spec).row(facts(before))).await
}

/// Everything that is wrong with a change, but for values that repeat.
pub(crate) fn check_update(before: &ClaimSpec, after: &ClaimSpec) -> FieldErrors {
    let mut errors = after.validate().err().unwrap_or_default();
    immutable(&mut errors, "name", &before.name, &after.name);
    immutable(&mut errors, "type", &before.kind, &after.kind);
    if standard_claims::is_derived(&after.name) {
        // The server makes these values: nobody types them, so nothing can be said of typing.
        for (field, set) in [
            ("show_at_registration", after.show_at_registration),
            ("show_on_profile", after.show_on_profile),
            ("unique", after.unique),
        ] {
            if set {
                errors.add(field, Problem::new("derived-claim"));
            }
        }
    }
    errors
}

/// Uniqueness cannot begin while values repeat: says how many do, and the first of them.
pub(crate) async fn refuse_duplicates(conn: &mut Conn, id: &str) -> Result<()> {
    let repeated = store::claims::duplicates(conn, id, COUNTED_DUPLICATES).await?;
    if repeated.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = repeated.iter().take(NAMED_DUPLICATES).map(|d| d.canonical.as_str()).collect();
    let problem = Problem::new("duplicates").with("count", repeated.len()).with("values", named.join(", "));
    Err(Error::field("unique", problem))
}

/// Puts a deleted claim back under its old id. The values that users held do not come back.
pub(crate) async fn revive(change: &mut Change<'_>, gone: &Gone, spec: ClaimSpec) -> Result<()> {
    spec.validate()?;
    let position = gone.position(store::claims::next_position(change.conn(), &gone.subscription_id).await?);
    let claim = Claim {
        subscription_id: gone.subscription_id.clone(),
        standard: false,
        position,
        object: gone.object(change.now, spec),
    };
    store::claims::insert(&mut change.tx, &claim).await.at(TAKEN)?;
    let object = &claim.object;
    let revision = Revision::of(&claim.subscription_id, ObjectType::Claim, &object.id, &object.spec.name);
    change.record(revision.after(Action::Restore, &object.spec).row(facts(&claim))).await
}

/// Deletes a custom claim with the values users hold. Refused while a scope or an application
/// refers to it.
pub(crate) async fn delete(change: &mut Change<'_>, claim: &Claim, version: i64) -> Result<()> {
    if claim.standard {
        return Err(Error::field("", Problem::new("standard-claim")));
    }
    expect_version(&claim.object, version)?;
    let id = &claim.object.id;
    unless_used(store::claims::usage(change.conn(), id).await?.used_by)?;
    store::claim_values::delete_of_claim(&mut change.tx, id).await?;
    unless_changed(store::claims::delete(&mut change.tx, id).await?)?;
    let revision = Revision::of(&claim.subscription_id, ObjectType::Claim, id, &claim.object.spec.name);
    change.record(revision.before(Action::Delete, &claim.object.spec).row(facts(claim))).await
}
