//! The claims that an application needs and the user has not given yet.

use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, Problem, claim_value};
use oidc::authorize::{SkippedClaims, Step};
use oidc::claims::Skippable;
use serde_json::Value;

use super::interaction::{self, Interaction};
use super::{Next, advance};
use crate::attempts;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;
use crate::user;

/// Field and value of the button that leaves out what can be left out. No claim has this name.
pub const SKIP: (&str, &str) = ("interaction", "skip");

/// Checks and stores the values, and goes on. Values that were not asked for are not looked at. What can
/// be left out for now is remembered as left out when the user says so, or leaves it empty beside values
/// that are given.
pub async fn submit_claims(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: &str,
    cookie: Option<&str>,
    form: &FormData,
) -> Result<Next> {
    let mut interaction = interaction::load(ctx, snap, handle).await?;
    let session = sessions::find(ctx, snap, cookie).await?;
    let (step, _) = advance::step(ctx, snap, &interaction, session.as_ref()).await?;
    let (Step::Claims { missing, skippable }, Some(session)) = (&step, &session) else {
        return advance::advance(ctx, snap, &mut interaction, session.as_ref()).await;
    };
    let skips = missing.is_empty() && form.get(SKIP.0) == Some(SKIP.1);
    let values = if skips { Vec::new() } else { given(snap, missing, skippable, form)? };
    let application_id = interaction.request.application_id.clone();
    if !values.is_empty() {
        let written = write(ctx, snap, session, &application_id, &values);
        attempts::unless_guessing(ctx, snap, &session.user_id, written).await?;
    }
    let left_out = skippable.iter().map(|s| &s.claim).filter(|claim| values.iter().all(|(name, _)| name != *claim));
    let left_out: Vec<String> = left_out.cloned().collect();
    if !left_out.is_empty() {
        let mut tx = ctx.begin().await?;
        skip(&mut interaction, &session.user_id, left_out);
        if interaction::save(&mut tx, &mut interaction).await? {
            tx.commit().await?;
        } else {
            // A second click, or another tab: what it did stands.
            drop(tx);
            interaction = interaction::load(ctx, snap, handle).await?;
        }
    }
    advance::advance(ctx, snap, &mut interaction, Some(session)).await
}

/// The values of a form. By itself, what can be left out is not left out by sending nothing.
fn given(
    snap: &Snapshot,
    missing: &[String],
    skippable: &[Skippable],
    form: &FormData,
) -> Result<Vec<(String, Value)>, FieldErrors> {
    let required = missing.iter().map(|name| (name, true));
    let asked = required.chain(skippable.iter().map(|s| (&s.claim, false)));
    let asked = asked.filter_map(|(name, required)| Some((snap.tenant.claim(name)?, required)));
    let values = read(asked, form)?;
    if missing.is_empty() && values.is_empty() {
        let offered = skippable.iter().filter_map(|s| snap.tenant.claim(&s.claim));
        return read(offered.map(|spec| (spec, true)), form);
    }
    Ok(values)
}

/// Remembers what was left out, in this sign-in.
fn skip(interaction: &mut Interaction, user_id: &str, claims: Vec<String>) {
    let former = interaction.state.skipped.take().filter(|former| former.user_id == user_id);
    let mut all = former.map(|former| former.claims).unwrap_or_default();
    all.extend(claims);
    interaction.state.skipped = Some(SkippedClaims { user_id: user_id.to_owned(), claims: all });
}

async fn write(
    ctx: &Ctx,
    snap: &Snapshot,
    session: &Session,
    application_id: &str,
    values: &[(String, Value)],
) -> Result<()> {
    let mut tx = ctx.begin().await?;
    user::set_claims(ctx, &mut tx, &snap.tenant, &session.user_id, values).await?;
    let names: Vec<&String> = values.iter().map(|(name, _)| name).collect();
    let event = Event {
        user_id: Some(&session.user_id),
        application_id: Some(application_id),
        ..Event::new("claims_given", serde_json::json!({ "claims": names }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &session.user_id, event).await?;
    Ok(tx.commit().await?)
}

/// Reads a form's values for these claims; `true` marks the ones that must not be left out.
pub(super) fn read<'a>(
    asked: impl Iterator<Item = (&'a ClaimSpec, bool)>,
    form: &FormData,
) -> Result<Vec<(String, Value)>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut values = Vec::new();
    for (spec, required) in asked {
        match claim_value::from_form(spec, &spec.name, form) {
            Ok(Some(value)) => values.push((spec.name.clone(), value)),
            Ok(None) if required => errors.add(&spec.name, left_out(spec)),
            Ok(None) => {}
            Err(problem) => errors.add(&spec.name, problem),
        }
    }
    errors.into_result(values)
}

fn left_out(spec: &ClaimSpec) -> Problem {
    match spec.kind {
        ClaimType::MultipleChoice => Problem::new("choose"),
        _ => Problem::new("required"),
    }
}
