//! Signing in with a password.

use model::Problem;

use super::{Next, advance, interaction};
use crate::attempts::{self, Attempt, Refused};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
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

/// A refused sign-in.
#[derive(Debug)]
pub struct SignInRefused {
    /// What its page says: the same for everybody.
    pub error: Error,
    /// What administrators find the cause by. Known and unknown users get one alike; `None` where there
    /// is nothing to find, or too much to note.
    pub reference: Option<String>,
}

impl From<Error> for SignInRefused {
    fn from(error: Error) -> Self {
        Self { error, reference: None }
    }
}

impl From<store::Error> for SignInRefused {
    fn from(error: store::Error) -> Self {
        Error::from(error).into()
    }
}

/// Checks user name (or address) and password. The answer is the same, in words, status and time,
/// whether the user is unknown, disabled, without a password, or the password is wrong.
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
    let login = model::canonical::text(username.trim());
    let user = match login.len() {
        1..=512 => store::users::find_by_login(&mut ctx.read().await?, &snap.subscription_id, &login).await?,
        _ => None,
    };
    let attempt = Attempt::sign_in(ctx, snap, user.as_ref(), &login, client);
    let application_id = interaction.as_ref().map(|i| i.request.application_id.clone());
    let application_id = application_id.as_deref();
    if let Err(error) = attempts::begin(ctx, &attempt).await {
        let reference = match error {
            Error::TooManyRequests { retry_after } => {
                attempts::blocked(ctx, &attempt, snap, client, retry_after, application_id).await
            }
            _ => None,
        };
        return Err(SignInRefused { error, reference });
    }
    let stored = user.as_ref().and_then(|u| u.password_hash.as_deref());
    let right = match ctx.hasher.verify(password, stored).await {
        Ok(right) => right,
        Err(error) => {
            attempts::not_tried(ctx, &attempt).await?;
            return Err(error.into());
        }
    };
    let proven = user.as_ref().filter(|u| right && u.disabled_at.is_none()).zip(stored);
    let Some((user, hash)) = proven else {
        let refused = Refused::of(user.as_ref(), &login);
        let reference = attempts::failed(ctx, &attempt, snap, client, &refused, application_id).await?;
        return Err(SignInRefused { error: wrong(), reference: Some(reference) });
    };
    let mut tx = ctx.begin_brief().await?;
    // Hashing takes its time. Whoever set another password or disabled the user meanwhile has ended
    // their sessions, and this one must not begin after that.
    if !store::users::hold_password(&mut tx, &user.id, hash).await? {
        drop(tx);
        let refused = Refused::of(Some(user), &login);
        let reference = attempts::failed(ctx, &attempt, snap, client, &refused, application_id).await?;
        return Err(SignInRefused { error: wrong(), reference: Some(reference) });
    }
    attempts::succeeded(&mut tx, &attempt).await?;
    let (session, cookie) = sessions::begin(ctx, &mut tx, snap, &user.id, "pwd", former_cookie, client).await?;
    let event = Event {
        user_id: Some(&user.id),
        application_id,
        ..Event::new("sign_in", serde_json::json!({ "amr": "pwd", "address": client.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &user.id, event).await?;
    let Some(mut interaction) = interaction else {
        tx.commit().await?;
        return Ok(SignedIn { cookie, next: Next::Page("/account".to_owned()) });
    };
    interaction.state.signed_in_session = Some(session.id.clone());
    // A second click finds the interaction moved or finished: the session counts all the same.
    let _moved = interaction::save(&mut tx, &mut interaction).await?;
    tx.commit().await?;
    let next = advance::after_proof(ctx, snap, &mut interaction, &session).await?;
    Ok(SignedIn { cookie, next })
}

/// The one sentence for whatever was wrong.
fn wrong() -> Error {
    Error::field("", Problem::new("sign-in"))
}
