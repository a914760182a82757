//! What an operator wants to see at a glance, asked at this moment. Viewers of the installation and above.

use std::path::Path;
use std::time::{Duration, Instant};

use model::Role;
use store::health::Database;

use super::key_age::{ENDS_WITHIN, KeyAge, OLD_AFTER, told};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// Subscriptions whose keys are told at most.
const KEYS: i64 = 20;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthView {
    /// Of this program.
    pub version: &'static str,
    /// What the database says of itself.
    pub database: Database,
    /// How long it took to answer the shortest of questions.
    pub round_trip: Duration,
    /// How long ago this server last confirmed that its configuration is current; `None` where nothing
    /// needed it yet.
    pub configuration: Option<Duration>,
    /// Unix seconds at which this server last finished cleaning; `None` before the first time.
    pub housekeeping: Option<i64>,
    /// Keys that need somebody.
    pub keys: Vec<KeyAge>,
    /// How browsers reach the console.
    pub public_url: String,
    /// What issuers look like.
    pub issuer: String,
    /// False when nothing can be written in the data folder.
    pub data_dir_writable: bool,
    /// Now, for ages.
    pub now: i64,
}

/// Asks.
pub async fn get(ctx: &Ctx, actor: &Actor) -> Result<HealthView> {
    actor.require_installation(Role::Viewer)?;
    let began = monotonic();
    ctx.store.ping().await?;
    let round_trip = began.elapsed();
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let database = store::health::database(&mut conn).await?;
    let ending = store::signing_keys::ending(&mut conn, now, now + ENDS_WITHIN, now - OLD_AFTER, KEYS).await?;
    drop(conn);
    Ok(HealthView {
        version: env!("CARGO_PKG_VERSION"),
        database,
        round_trip,
        configuration: ctx.snapshots.confirmed(),
        housekeeping: ctx.rounds.last(),
        keys: ending.into_iter().filter_map(|keys| told(keys, now)).collect(),
        public_url: ctx.config.public_url.clone(),
        issuer: ctx.issuer("{subscription}"),
        data_dir_writable: is_writable(ctx).await?,
        now,
    })
}

/// Time that work takes; no rule depends on it.
fn monotonic() -> Instant {
    Instant::now()
}

/// Tries it, with a file that nobody else uses.
async fn is_writable(ctx: &Ctx) -> Result<bool> {
    let probe = ctx.config.data_dir.join(format!(".tessera-health-{}", ctx.new_id()?));
    let tried = tokio::task::spawn_blocking(move || try_to_write(&probe)).await;
    Ok(tried.unwrap_or(false))
}

fn try_to_write(probe: &Path) -> bool {
    std::fs::write(probe, b"").and_then(|()| std::fs::remove_file(probe)).is_ok()
}
