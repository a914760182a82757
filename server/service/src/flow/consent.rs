//! The user's answer to "may this application …".

use oidc::authorization_details::Detail;
use oidc::authorize::{ConsentAnswer, Step};

use super::{Next, advance, interaction};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::sessions;
use crate::snapshot::Snapshot;

/// Stores the answer, and goes on. An answer that was not asked for changes nothing.
pub async fn decide_consent(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: &str,
    cookie: Option<&str>,
    allow: bool,
) -> Result<Next> {
    let mut interaction = interaction::load(ctx, snap, handle).await?;
    let session = sessions::find(ctx, snap, cookie).await?;
    let (step, _) = advance::step(ctx, snap, &interaction, session.as_ref()).await?;
    let (Step::Consent { scopes }, Some(session)) = (&step, &session) else {
        return advance::advance(ctx, snap, &mut interaction, session.as_ref()).await;
    };
    let application_id = interaction.request.application_id.clone();
    let now = ctx.now();
    let mut tx = ctx.begin_brief().await?;
    if allow {
        let former = store::consents::get(&mut tx, &session.user_id, &application_id).await?;
        let mut agreed = former.map(|c| c.scopes).unwrap_or_default();
        agreed.extend(scopes.iter().filter(|s| !agreed.contains(s)).cloned().collect::<Vec<_>>());
        let consent =
            store::consents::Consent { application_id: application_id.clone(), scopes: agreed, granted_at: now };
        store::consents::put(&mut tx, &session.user_id, &consent).await?;
    }
    interaction.state.consent = Some(ConsentAnswer { user_id: session.user_id.clone(), granted: allow });
    if !interaction::save(&mut tx, &mut interaction).await? {
        // A second click: the first one's answer stands.
        drop(tx);
        let mut interaction = interaction::load(ctx, snap, handle).await?;
        return advance::advance(ctx, snap, &mut interaction, Some(session)).await;
    }
    // What the details say can be about the person: the log names their types.
    let types: Vec<&str> = interaction.request.authorization_details.iter().map(Detail::kind).collect();
    let mut told = serde_json::json!({ "scopes": scopes });
    if !types.is_empty() {
        told["authorization_details"] = serde_json::json!(types);
    }
    let kind = if allow { "consent_given" } else { "consent_refused" };
    let event =
        Event { user_id: Some(&session.user_id), application_id: Some(&application_id), ..Event::new(kind, told) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &session.user_id, event).await?;
    tx.commit().await?;
    advance::advance(ctx, snap, &mut interaction, Some(session)).await
}
