//! An authorization request on its way through our pages.

use oidc::authorize::{AuthorizationRequest, InteractionState};

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// Seconds a person has for all pages together.
const LIFETIME: i64 = 3_600;
/// Seconds after the answer in which the same step may be sent again: a second click, a lost answer.
const REPEAT: i64 = 30;
/// What `interactions.kind` says.
const KIND: &str = "authorize";

/// A loaded interaction.
#[derive(Debug)]
pub(super) struct Interaction {
    pub handle: String,
    pub hash: String,
    pub request: AuthorizationRequest,
    pub state: InteractionState,
    pub version: i64,
    pub created_at: i64,
}

/// Stores a validated request and gives its handle.
pub(super) async fn create(
    ctx: &Ctx,
    snap: &Snapshot,
    request: &AuthorizationRequest,
    state: &InteractionState,
) -> Result<Interaction> {
    let handle = ctx.random.token()?;
    let hash = crypto::hash(&handle);
    let now = ctx.now();
    let row = store::interactions::Interaction {
        hash: hash.clone(),
        subscription_id: snap.subscription_id.clone(),
        kind: KIND.to_owned(),
        request: store::JsonText::encode(request),
        state: store::JsonText::encode(state),
        version: 1,
        created_at: now,
        expires_at: now + LIFETIME,
        finished_at: None,
    };
    let mut tx = ctx.begin().await?;
    store::interactions::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(Interaction { handle, hash, request: request.clone(), state: state.clone(), version: 1, created_at: now })
}

/// Loads an interaction of this subscription that is neither expired nor long finished.
pub(super) async fn load(ctx: &Ctx, snap: &Snapshot, handle: &str) -> Result<Interaction> {
    let hash = crypto::hash(handle);
    let row = store::interactions::find(&mut ctx.read().await?, &hash).await?.ok_or(Error::NotFound)?;
    let now = ctx.now();
    let open = row.finished_at.is_none_or(|at| at + REPEAT > now);
    if row.subscription_id != snap.subscription_id || row.kind != KIND || row.expires_at <= now || !open {
        return Err(Error::NotFound);
    }
    Ok(Interaction {
        handle: handle.to_owned(),
        hash,
        request: row.request.decode()?,
        state: row.state.decode()?,
        version: row.version,
        created_at: row.created_at,
    })
}

/// Saves the state within the caller's transaction; another tab that was faster wins.
pub(super) async fn save(tx: &mut store::Tx, interaction: &mut Interaction) -> Result<()> {
    let state = store::JsonText::encode(&interaction.state);
    if !store::interactions::update(tx, &interaction.hash, interaction.version, &state).await? {
        return Err(Error::Changed);
    }
    interaction.version += 1;
    Ok(())
}
