//! Connecting a device (RFC 8628 section 3.3): a person enters its code, signs in, and says that it is theirs.

use model::Problem;
use oidc::authorize::{AuthorizationRequest, DeviceAnswer, InteractionState, Step, WaitingDevice};
use oidc::device::UserCode;

use super::interaction::Interaction;
use super::{Next, advance, elsewhere};
use crate::attempts::{self, Attempt};
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;

/// What seals a code for the page that shows it again.
const PURPOSE: &str = "user code";

/// By which a user code is found: SHA-256, hexadecimal.
pub(crate) fn user_code_hash(code: &UserCode) -> String {
    crypto::hash(code.as_str())
}

/// A code as people read it. `None` for what cannot be one.
pub fn readable_user_code(typed: &str) -> Option<String> {
    UserCode::parse(typed).map(|code| code.to_string())
}

/// The code that a person entered, as people read it.
pub(super) fn shown(ctx: &Ctx, device: &WaitingDevice) -> Option<String> {
    let code = ctx.sealer.open(PURPOSE, &device.user_code_sealed)?;
    readable_user_code(&String::from_utf8(code).ok()?)
}

/// Takes the code that somebody reads from a device, and begins the way to its answer. Wrong codes are counted,
/// by address and by session: RFC 8628 section 5.1, "the server SHOULD rate-limit user code attempts".
///
/// # Errors
/// `Invalid` at `user_code` for one that no waiting device shows, in the same words whatever is the matter;
/// `TooManyRequests` after too many of these.
pub async fn enter_user_code(
    ctx: &Ctx,
    snap: &Snapshot,
    typed: &str,
    cookie: Option<&str>,
    client: &ClientInfo,
) -> Result<Next> {
    if typed.trim().is_empty() {
        return Err(Error::field("user_code", Problem::new("required")));
    }
    let code = UserCode::parse(typed).ok_or_else(unknown)?;
    let session = sessions::find(ctx, snap, cookie).await?;
    let attempt = Attempt::user_code(ctx, snap, session.as_ref().map(|session| session.id.as_str()), client);
    attempts::begin(ctx, &attempt).await?;
    let hash = user_code_hash(&code);
    let mut conn = ctx.read().await?;
    let row = store::device_codes::find_waiting(&mut conn, &snap.subscription_id, &hash, ctx.now()).await?;
    drop(conn);
    let row = row.ok_or_else(unknown)?;
    let application = snap.tenant.application_by_id(&row.application_id).filter(|one| one.is_enabled());
    let application = application.ok_or_else(unknown)?;
    attempts::not_tried(ctx, &attempt).await?;
    let device = WaitingDevice {
        device_code_hash: row.hash,
        user_code_sealed: ctx.sealer.seal(&ctx.random, PURPOSE, code.as_str().as_bytes())?,
    };
    let request = AuthorizationRequest::of_device(application, row.request.decode()?, device);
    let mut interaction = Interaction::new(ctx, request, InteractionState::default())?;
    interaction.expires_at = interaction.expires_at.min(row.expires_at);
    advance::advance(ctx, snap, &mut interaction, session.as_ref()).await
}

fn unknown() -> Error {
    Error::field("user_code", Problem::new("user-code"))
}

/// Stores the answer to "is this your device?", and goes on. An answer that was not asked for changes nothing.
pub async fn decide_device(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: &str,
    cookie: Option<&str>,
    connect: bool,
) -> Result<Next> {
    elsewhere::decide(ctx, snap, handle, cookie, |step, session, state| {
        let is_asked = matches!(step, Step::Device);
        if is_asked {
            state.device = Some(DeviceAnswer { user_id: session.user_id.clone(), connect });
        }
        is_asked
    })
    .await
}

/// Lets the device have what the grant stands for, within the caller's transaction. False: its code was answered
/// before, or has expired.
pub(super) async fn grant(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    interaction: &Interaction,
    device: &WaitingDevice,
    grant: &store::grants::Grant,
    session: &Session,
) -> Result<bool> {
    let data = elsewhere::granted(interaction, session);
    let hash = &device.device_code_hash;
    if !store::device_codes::grant(tx, hash, &grant.id, &data, ctx.now()).await? {
        return Ok(false);
    }
    elsewhere::note(ctx, tx, snap, interaction, "device_connected", Some(session)).await?;
    Ok(true)
}

/// Tells the device that it gets nothing, within the caller's transaction. Who was asked is who answered.
pub(super) async fn deny(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    interaction: &Interaction,
    device: &WaitingDevice,
    session: Option<&Session>,
) -> Result<()> {
    if store::device_codes::deny(tx, &device.device_code_hash, ctx.now()).await? {
        elsewhere::note(ctx, tx, snap, interaction, "device_denied", session).await?;
    }
    Ok(())
}

/// The page that says what became of a device's code: the answer may be of a click before, or of somebody else.
pub(super) async fn ended(ctx: &Ctx, device: &WaitingDevice, session: Option<&Session>) -> Result<Next> {
    let mut conn = ctx.read().await?;
    let row = store::device_codes::find(&mut conn, &device.device_code_hash).await?;
    let granted_by = match row.as_ref().and_then(|row| row.grant_id.as_deref()) {
        Some(grant_id) => store::grants::find(&mut conn, grant_id).await?.and_then(|grant| grant.user_id),
        None => None,
    };
    let is_mine = granted_by.is_some() && granted_by.as_deref() == session.map(|session| session.user_id.as_str());
    let page = if row.is_some_and(|row| row.denied_at.is_some()) {
        "denied"
    } else if is_mine {
        "connected"
    } else {
        "expired"
    };
    Ok(Next::Page(format!("/device/{page}")))
}
