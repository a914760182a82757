//! The claims that an application needs and the user has not given yet.

use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, Problem, claim_value};
use oidc::authorize::Step;
use serde_json::Value;

use super::{Next, advance, interaction};
use crate::attempts;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;
use crate::user;

/// Checks and stores the values, and goes on. Values that were not asked for are not looked at.
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
    let (Step::Claims { missing }, Some(session)) = (&step, &session) else {
        return advance::advance(ctx, snap, &mut interaction, session.as_ref()).await;
    };
    let asked = missing.iter().filter_map(|name| snap.tenant.claim(name)).map(|spec| (spec, true));
    let values = read(asked, form)?;
    let application_id = &interaction.request.application_id;
    attempts::unless_guessing(ctx, snap, &session.user_id, write(ctx, snap, session, application_id, &values)).await?;
    advance::advance(ctx, snap, &mut interaction, Some(session)).await
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
