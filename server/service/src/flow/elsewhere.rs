//! What a person answers to somebody who waits on another screen: a device (RFC 8628), or an application that asked for a
//! sign-in (OpenID Connect CIBA).

use oidc::authorize::{InteractionState, Step};
use oidc::grant::AnsweredData;
use serde_json::json;

use super::interaction::{self, Interaction};
use super::{Next, advance};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;

/// Stores what `say` puts into the state, and goes on. `say` gives false for an answer that was not asked for: it changes
/// nothing.
pub(super) async fn decide(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: &str,
    cookie: Option<&str>,
    say: impl FnOnce(&Step, &Session, &mut InteractionState) -> bool + Send,
) -> Result<Next> {
    let mut interaction = interaction::load(ctx, snap, handle).await?;
    let session = sessions::find(ctx, snap, cookie).await?;
    let (step, _) = advance::step(ctx, snap, &interaction, session.as_ref()).await?;
    if let Some(session) = &session
        && say(&step, session, &mut interaction.state)
    {
        let mut tx = ctx.begin_brief().await?;
        if interaction::save(&mut tx, &mut interaction).await? {
            tx.commit().await?;
        } else {
            // A second click: the first one's answer stands.
            drop(tx);
            interaction = interaction::load(ctx, snap, handle).await?;
        }
    }
    advance::advance(ctx, snap, &mut interaction, session.as_ref()).await
}

/// Who granted what, as it is stored for the one who waits.
pub(super) fn granted(interaction: &Interaction, session: &Session) -> store::JsonText {
    let request = &interaction.request;
    store::JsonText::encode(&AnsweredData {
        authentication: session.authentication(),
        scopes: request.scopes.clone(),
        authorization_details: request.authorization_details.clone(),
    })
}

/// Writes down an answer, within the caller's transaction.
pub(super) async fn note(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    interaction: &Interaction,
    kind: &str,
    session: Option<&Session>,
) -> Result<()> {
    let user_id = session.map(|session| session.user_id.as_str());
    let event = Event {
        user_id,
        application_id: Some(&interaction.request.application_id),
        ..Event::new(kind, json!({ "scopes": interaction.request.scopes }))
    };
    event::record(ctx, tx, Some(&snap.subscription_id), user_id.unwrap_or("anonymous"), event).await
}
