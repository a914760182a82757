//! Signing in with a password.

use super::{Next, advance, backchannel, interaction};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::event::{self, Event};
use crate::password_proof::{Proven, SignInRefused, prove};
use crate::sessions;
use crate::snapshot::Snapshot;

/// A new session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Value of the session's cookie.
    pub cookie: String,
    /// Where the browser goes.
    pub next: Next,
}

/// Begins a session with a password, and goes on where it was asked for.
pub async fn sign_in(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: Option<&str>,
    former_cookie: Option<&str>,
    username: &str,
    password: &str,
    client: &ClientInfo,
) -> Result<SignedIn, SignInRefused> {
    let interaction = match handle {
        Some(handle) => Some(interaction::load(ctx, snap, handle).await?),
        None => None,
    };
    let application_id = interaction.as_ref().map(|i| i.request.application_id.clone());
    let application_id = application_id.as_deref();
    let Proven { mut tx, user } = prove(ctx, snap, username, password, application_id, client).await?;
    let (session, cookie) = sessions::begin(ctx, &mut tx, snap, &user.id, "pwd", former_cookie, client).await?;
    let event = Event {
        user_id: Some(&user.id),
        application_id,
        ..Event::new("sign_in", serde_json::json!({ "amr": "pwd", "address": client.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &user.id, event).await?;
    let Some(mut interaction) = interaction else {
        // Who signs in for no application may have come for these.
        let page = if backchannel::any_waiting(ctx, &mut tx, &user.id).await? { "/requests" } else { "/account" };
        tx.commit().await?;
        return Ok(SignedIn { cookie, next: Next::Page(page.to_owned()) });
    };
    interaction.state.signed_in_session = Some(session.id.clone());
    // A second click finds the interaction moved or finished: the session counts all the same.
    let _moved = interaction::save(&mut tx, &mut interaction).await?;
    tx.commit().await?;
    let next = advance::after_proof(ctx, snap, &mut interaction, &session).await?;
    Ok(SignedIn { cookie, next })
}
