//! What a change of a claim does to stored values, and to the applications that receive it.

use model::spec::{Asking, ClaimSpec};
use model::{Role, claim_value};
use serde_json::Value;
use store::Conn;

use super::{Deletion, Effect, applications, receives};
use crate::actor::Actor;
use crate::compliance::EXACT;
use crate::console::claims::find;
use crate::console::place::{enter, in_use};
use crate::ctx::Ctx;
use crate::error::Result;

/// Of saving a claim as this form has it. Viewers may ask.
pub async fn of_edit(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, unsaved: &ClaimSpec) -> Result<Vec<Effect>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let saved = find(&mut conn, &subscription.object.id, id).await?.object;
    let mut effects = values(&mut conn, &subscription.object.id, id, &saved.spec, unsaved).await?;
    drop(conn);
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(effects) };
    let (tenant, name) = (&snap.tenant, saved.spec.name.as_str());
    if !effects.is_empty() {
        let ask = applications(tenant, |a| {
            a.spec().required_claims.iter().any(|r| r.claim == name && r.asking(ctx.now()) != Asking::Nobody)
        });
        effects.extend((!ask.is_empty()).then_some(Effect::AskedAgain(ask)));
    }
    if saved.spec.in_identity_token && !unsaved.in_identity_token {
        let lose = applications(tenant, |a| a.spec().claims_in_identity_token && receives(tenant, a, name, None));
        effects.extend((!lose.is_empty()).then_some(Effect::LeavesIdentityToken(lose)));
    }
    if saved.spec.in_access_token && !unsaved.in_access_token {
        let lose = applications(tenant, |a| receives(tenant, a, name, None));
        effects.extend((!lose.is_empty()).then_some(Effect::LeavesAccessToken(lose)));
    }
    if !saved.spec.in_access_token && unsaved.in_access_token {
        let gain = applications(tenant, |a| receives(tenant, a, name, None));
        effects.extend((!gain.is_empty()).then_some(Effect::EntersAccessToken(gain)));
    }
    Ok(effects)
}

/// Of deleting a claim. Viewers may ask.
pub async fn of_deletion(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let claim = find(&mut conn, &subscription.object.id, id).await?;
    let usage = store::claims::usage(&mut conn, &claim.object.id).await?;
    let effects = if usage.values > 0 { vec![Effect::ValuesGo(usage.values)] } else { Vec::new() };
    Ok(Deletion { effects, ..Deletion::blocked_by(usage.used_by) })
}

/// Tries the new rules on what is stored.
async fn values(
    conn: &mut Conn,
    subscription_id: &str,
    id: &str,
    saved: &ClaimSpec,
    unsaved: &ClaimSpec,
) -> Result<Vec<Effect>> {
    if saved.has_rules_of(unsaved) {
        return Ok(Vec::new());
    }
    // The address is in the user's own row.
    let mut values = if saved.name == "email" {
        let emails = store::compliance::emails(conn, subscription_id, EXACT + 1).await?;
        emails.into_iter().map(Value::String).collect()
    } else {
        store::claim_values::first_of_claim(conn, id, EXACT + 1).await?
    };
    let limit = usize::try_from(EXACT).unwrap_or(usize::MAX);
    let more = values.len() > limit;
    values.truncate(limit);
    let passes = |spec: &ClaimSpec, value: &Value| claim_value::validate(spec, value).is_ok();
    let failing = values.iter().filter(|value| passes(saved, value) && !passes(unsaved, value)).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let found = Effect::ValuesFail { failing: number(failing), tried: number(values.len()), more };
    Ok(if failing > 0 { vec![found] } else { Vec::new() })
}
