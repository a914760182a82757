//! A sign-in that an application asked for (OpenID Connect CIBA section 8): the person finds it, signs in, and says yes or no.

use oidc::authorize::{AuthorizationRequest, BackchannelAnswer, InteractionState, Step, WaitingApplication};
use oidc::ciba::AuthenticationRequest;
use store::authentication_requests;

use super::interaction::Interaction;
use super::{Next, advance, elsewhere};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;

/// One that waits, as its person's list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// In the address of its page.
    pub id: String,
    /// What the application is called.
    pub application: String,
    /// What the application shows on the other screen.
    pub binding_message: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
}

/// Those that wait for whoever is signed in; `None` when nobody is.
pub async fn waiting(ctx: &Ctx, snap: &Snapshot, cookie: Option<&str>) -> Result<Option<Vec<Waiting>>> {
    let Some(session) = sessions::find(ctx, snap, cookie).await? else { return Ok(None) };
    let rows = authentication_requests::waiting_for(&mut ctx.read().await?, &session.user_id, ctx.now()).await?;
    let shown = rows.into_iter().filter_map(|row| {
        let application = snap.tenant.application_by_id(&row.application_id).filter(|one| one.is_enabled())?;
        let request: AuthenticationRequest = row.request.decode().ok()?;
        Some(Waiting {
            id: row.id,
            application: application.spec().name.clone(),
            binding_message: request.binding_message,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    });
    Ok(Some(shown.collect()))
}

/// Does anything wait for this user?
pub(super) async fn any_waiting(ctx: &Ctx, conn: &mut store::Conn, user_id: &str) -> Result<bool> {
    Ok(!authentication_requests::waiting_for(conn, user_id, ctx.now()).await?.is_empty())
}

/// Begins the way to the answer. Whoever comes by a link may not be signed in yet, or be somebody else: the steps see to it.
///
/// # Errors
/// `NotFound` for one that is not there, has ended or was answered.
pub async fn begin_answer(ctx: &Ctx, snap: &Snapshot, id: &str, cookie: Option<&str>) -> Result<Next> {
    let row = authentication_requests::find_by_id(&mut ctx.read().await?, id).await?;
    let is_waiting = |row: &store::authentication_requests::AuthenticationRequest| {
        row.subscription_id == snap.subscription_id
            && row.denied_at.is_none()
            && row.grant_id.is_none()
            && row.expires_at > ctx.now()
    };
    let row = row.filter(is_waiting).ok_or(Error::NotFound)?;
    let application = snap.tenant.application_by_id(&row.application_id).filter(|one| one.is_enabled());
    let application = application.ok_or(Error::NotFound)?;
    let asked: AuthenticationRequest = row.request.decode()?;
    let waiting = WaitingApplication {
        auth_req_id_hash: row.hash,
        asked_user: row.user_id,
        binding_message: asked.binding_message.clone(),
        asked_at: row.created_at,
    };
    let session = sessions::find(ctx, snap, cookie).await?;
    let request = AuthorizationRequest::of_backchannel(application, asked, waiting);
    let mut interaction = Interaction::new(ctx, request, InteractionState::default())?;
    interaction.expires_at = interaction.expires_at.min(row.expires_at);
    advance::advance(ctx, snap, &mut interaction, session.as_ref()).await
}

/// Stores the answer, and goes on. One that was not asked for changes nothing.
pub async fn decide_backchannel(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: &str,
    cookie: Option<&str>,
    allow: bool,
) -> Result<Next> {
    elsewhere::decide(ctx, snap, handle, cookie, |step, session, state| {
        let is_asked = matches!(step, Step::Backchannel);
        if is_asked {
            state.backchannel = Some(BackchannelAnswer { user_id: session.user_id.clone(), allow });
        }
        is_asked
    })
    .await
}

/// Lets the application have what the grant stands for, within the caller's transaction. False: it was answered before, or
/// has expired.
pub(super) async fn grant(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    interaction: &Interaction,
    waiting: &WaitingApplication,
    grant: &store::grants::Grant,
    session: &Session,
) -> Result<bool> {
    let data = elsewhere::granted(interaction, session);
    if !authentication_requests::grant(tx, &waiting.auth_req_id_hash, &grant.id, &data, ctx.now()).await? {
        return Ok(false);
    }
    elsewhere::note(ctx, tx, snap, interaction, "sign_in_allowed", Some(session)).await?;
    Ok(true)
}

/// Tells the application that it gets nothing, within the caller's transaction. Only the person who was asked can say so.
pub(super) async fn deny(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    interaction: &Interaction,
    waiting: &WaitingApplication,
    session: Option<&Session>,
) -> Result<()> {
    let is_theirs = session.is_some_and(|session| session.user_id == waiting.asked_user);
    if is_theirs && authentication_requests::deny(tx, &waiting.auth_req_id_hash, ctx.now()).await? {
        elsewhere::note(ctx, tx, snap, interaction, "sign_in_denied", session).await?;
    }
    Ok(())
}

/// The page that says what became of it.
pub(super) async fn ended(ctx: &Ctx, waiting: &WaitingApplication, session: Option<&Session>) -> Result<Next> {
    if session.is_none_or(|session| session.user_id != waiting.asked_user) {
        return Ok(Next::Page("/requests/ended".to_owned()));
    }
    let row = authentication_requests::find(&mut ctx.read().await?, &waiting.auth_req_id_hash).await?;
    let page = match row {
        Some(row) if row.denied_at.is_some() => "denied",
        Some(row) if row.grant_id.is_some() => "allowed",
        _ => "ended",
    };
    Ok(Next::Page(format!("/requests/{page}")))
}
