//! The configuration of each subscription in memory, for the hot paths.
//!
//! Immutable, loaded on first use, bounded in number, replaced when its version in the database has
//! moved. One global version is polled; a node that could not confirm it for longer than
//! [`STALE_AFTER`] issues nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use oidc::tenant::Tenant;
use store::subscriptions::Subscription;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::{Keyring, SigningKey};
use crate::metadata::Documents;

/// How long a confirmed version is trusted without asking again.
const CONFIRM_AFTER: Duration = Duration::from_millis(500);
/// How long a node goes on without being able to ask.
const STALE_AFTER: Duration = Duration::from_secs(1);
/// Subscriptions kept in memory.
const CAPACITY: usize = 1_000;

/// One subscription as of one version.
#[derive(Debug)]
pub struct Snapshot {
    /// What `oidc` decides by.
    pub tenant: Tenant,
    /// Keys ready for use.
    pub keyring: Keyring,
    /// Row id.
    pub subscription_id: String,
    /// What it says of itself.
    pub(crate) documents: Documents,
    /// Position of the configuration when this was loaded.
    config_version: i64,
}

impl Snapshot {
    /// Position of the configuration when this was loaded.
    pub(crate) fn config_version(&self) -> i64 {
        self.config_version
    }
}

#[derive(Debug, Default)]
struct Cache {
    entries: HashMap<String, Entry>,
    global_version: i64,
    confirmed_at: Option<Instant>,
    /// The last time that the database did not answer, and what it said.
    failed: Option<(Instant, String)>,
}

#[derive(Debug)]
struct Entry {
    snapshot: Arc<Snapshot>,
    /// Global version as of which this entry is known to be current.
    checked_at_version: i64,
    used_at: Instant,
}

/// All snapshots of this process.
#[derive(Debug, Default)]
pub struct Snapshots {
    cache: Mutex<Cache>,
    confirming: tokio::sync::Mutex<()>,
}

/// Ages of cache entries; no rule depends on them.
fn monotonic() -> Instant {
    Instant::now()
}

impl Snapshots {
    /// The current snapshot of an enabled subscription.
    ///
    /// # Errors
    /// `NotFound` for an absent one, `OutOfUse` for a disabled one, `Unavailable` when the database cannot say whether
    /// the configuration has changed.
    pub async fn get(&self, ctx: &Ctx, slug: &str) -> Result<Arc<Snapshot>> {
        let version = self.confirm(ctx).await?;
        let known = {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            cache.entries.get_mut(slug).map(|entry| {
                entry.used_at = monotonic();
                (Arc::clone(&entry.snapshot), entry.checked_at_version == version)
            })
        };
        match known {
            Some((snapshot, true)) => Ok(snapshot),
            known => self.load(ctx, slug, version, known.map(|(snapshot, _)| snapshot)).await,
        }
    }

    /// The snapshot of a subscription in use, at least as new as this row of it: for whoever has just read
    /// the row, and sees what another node saved before. Asks the database nothing where one is at hand.
    ///
    /// # Errors
    /// `OutOfUse` for a disabled one.
    pub(crate) async fn as_of(&self, ctx: &Ctx, row: &Subscription) -> Result<Arc<Snapshot>> {
        if !row.object.is_enabled() {
            return Err(out_of_use(row));
        }
        let slug = row.object.spec.slug.as_str();
        let is_new = |snapshot: &Snapshot| {
            snapshot.subscription_id == row.object.id && snapshot.config_version >= row.config_version
        };
        let version = {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(entry) = cache.entries.get_mut(slug).filter(|entry| is_new(&entry.snapshot)) {
                entry.used_at = monotonic();
                return Ok(Arc::clone(&entry.snapshot));
            }
            cache.global_version
        };
        // What is read now is of the version that was confirmed last, or newer.
        let snapshot = Arc::new(build(ctx, slug).await?);
        self.keep(slug, &snapshot, version);
        Ok(snapshot)
    }

    /// Forgets what a change has made old; the next request loads it anew.
    pub fn invalidate(&self, subscription_id: &str) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.entries.retain(|_, entry| entry.snapshot.subscription_id != subscription_id);
        cache.confirmed_at = None;
    }

    /// The global version, asked for at most every [`CONFIRM_AFTER`], by one task at a time.
    async fn confirm(&self, ctx: &Ctx) -> Result<i64> {
        if let Some(version) = self.confirmed_within(CONFIRM_AFTER) {
            return Ok(version);
        }
        let _one = self.confirming.lock().await;
        if let Some(version) = self.confirmed_within(CONFIRM_AFTER) {
            return Ok(version);
        }
        // Whoever waited here does not wait once more for a database that is out of reach.
        if let Some(cause) = self.failed_just_now() {
            return self.confirmed_within(STALE_AFTER).ok_or(Error::Unavailable(cause));
        }
        let asked_at = monotonic();
        let answer = async { Ok::<_, Error>(store::config_version::global(&mut ctx.read().await?).await?) }.await;
        match answer {
            Ok(version) => {
                let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
                cache.global_version = version;
                cache.confirmed_at = Some(asked_at);
                cache.failed = None;
                Ok(version)
            }
            Err(error) => {
                let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
                cache.failed = Some((monotonic(), error.to_string()));
                drop(cache);
                self.confirmed_within(STALE_AFTER).ok_or(error)
            }
        }
    }

    /// How long ago the database last confirmed the configuration's version; `None` where nothing needed
    /// it yet.
    pub fn confirmed(&self) -> Option<Duration> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.confirmed_at.map(|at| at.elapsed())
    }

    fn failed_just_now(&self) -> Option<String> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.failed.as_ref().filter(|(at, _)| at.elapsed() < CONFIRM_AFTER).map(|(_, cause)| cause.clone())
    }

    fn confirmed_within(&self, age: Duration) -> Option<i64> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.confirmed_at.filter(|at| at.elapsed() < age).map(|_| cache.global_version)
    }

    async fn load(&self, ctx: &Ctx, slug: &str, version: i64, known: Option<Arc<Snapshot>>) -> Result<Arc<Snapshot>> {
        let mut conn = ctx.read().await?;
        let row = match store::subscriptions::find_by_slug(&mut conn, slug).await? {
            Some(row) if row.object.is_enabled() => row,
            row => {
                self.cache.lock().unwrap_or_else(PoisonError::into_inner).entries.remove(slug);
                return Err(row.as_ref().map_or(Error::NotFound, out_of_use));
            }
        };
        let snapshot = match known {
            Some(known) if known.config_version == row.config_version && known.subscription_id == row.object.id => {
                known
            }
            _ => {
                drop(conn);
                Arc::new(build(ctx, slug).await?)
            }
        };
        self.keep(slug, &snapshot, version);
        Ok(snapshot)
    }

    fn keep(&self, slug: &str, snapshot: &Arc<Snapshot>, checked_at_version: i64) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.entries.len() >= CAPACITY && !cache.entries.contains_key(slug) {
            let oldest = cache.entries.iter().min_by_key(|(_, e)| e.used_at).map(|(slug, _)| slug.clone());
            oldest.map(|slug| cache.entries.remove(&slug));
        }
        let entry = Entry { snapshot: Arc::clone(snapshot), checked_at_version, used_at: monotonic() };
        cache.entries.insert(slug.to_owned(), entry);
    }
}

fn out_of_use(row: &Subscription) -> Error {
    Error::OutOfUse { name: row.object.spec.shown_name().to_owned() }
}

/// Of a subscription in use: it may have been disabled since its row was looked at.
async fn build(ctx: &Ctx, slug: &str) -> Result<Snapshot> {
    let mut conn = ctx.store.read_at_once().await?;
    let rows = store::snapshot::load(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    if !rows.subscription.object.is_enabled() {
        return Err(out_of_use(&rows.subscription));
    }
    let keys: Result<Vec<SigningKey>> =
        rows.signing_keys.iter().map(|row| SigningKey::open(&ctx.sealer, row)).collect();
    Ok(Snapshot {
        keyring: Keyring::new(keys?),
        subscription_id: rows.subscription.object.id.clone(),
        documents: Documents::default(),
        config_version: rows.subscription.config_version,
        tenant: crate::tenant::build(ctx.issuer(slug), &ctx.pairwise_salt, &rows),
    })
}
