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

/// An interaction, stored or about to be.
#[derive(Debug)]
pub(super) struct Interaction {
    pub handle: String,
    pub hash: String,
    pub request: AuthorizationRequest,
    pub state: InteractionState,
    /// 0 before it is stored.
    pub version: i64,
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
}

impl Interaction {
    /// A request that has just come in. Many need no page, and then no row either.
    pub fn new(ctx: &Ctx, request: AuthorizationRequest, state: InteractionState) -> Result<Self> {
        let handle = ctx.random.token()?;
        let (hash, created_at) = (crypto::hash(&handle), ctx.now());
        Ok(Self { hash, handle, request, state, version: 0, created_at, expires_at: created_at + LIFETIME })
    }
}

/// Stores a new interaction, for the pages to come.
pub(super) async fn store(ctx: &Ctx, snap: &Snapshot, interaction: &mut Interaction) -> Result<()> {
    interaction.version = 1;
    let row = store::interactions::Interaction {
        hash: interaction.hash.clone(),
        subscription_id: snap.subscription_id.clone(),
        kind: KIND.to_owned(),
        request: store::JsonText::encode(&interaction.request),
        state: store::JsonText::encode(&interaction.state),
        version: interaction.version,
        created_at: interaction.created_at,
        expires_at: interaction.expires_at,
        finished_at: None,
    };
    let mut tx = ctx.begin_brief().await?;
    store::interactions::insert(&mut tx, &row).await?;
    Ok(tx.commit().await?)
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
        expires_at: row.expires_at,
    })
}

/// Saves the state within the caller's transaction. False: another tab, or a second click, was
/// faster; what it did stands.
pub(super) async fn save(tx: &mut store::Tx, interaction: &mut Interaction) -> Result<bool> {
    let state = store::JsonText::encode(&interaction.state);
    let saved = store::interactions::update(tx, &interaction.hash, interaction.version, &state).await?;
    if saved {
        interaction.version += 1;
    }
    Ok(saved)
}

/// Closes an interaction within the caller's transaction.
pub(super) async fn finish(ctx: &Ctx, tx: &mut store::Tx, interaction: &Interaction) -> Result<()> {
    if interaction.version > 0 {
        store::interactions::finish(tx, &interaction.hash, interaction.version, ctx.now()).await?;
    }
    Ok(())
}
