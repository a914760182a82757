//! Counting failed sign-ins and registrations, in the database, so that all nodes count together.
//!
//! A user is counted by row id: user name and address share a counter. Somebody unknown is counted
//! by the name that was typed, so that the answers do not tell the two apart. The tight counter is
//! for a user *from one address*; the loose one for the user from anywhere only slows down, so that
//! a stranger cannot lock a user out.

use store::users::User;

use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::snapshot::Snapshot;

/// How much looser the counter of a user from anywhere is.
const ANYWHERE: i64 = 10;
/// Seconds the first pause lasts; it doubles with each further failure, up to the window.
const FIRST_PAUSE: i64 = 5;

/// The counters an attempt is measured by.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    user_from_address: Option<String>,
    user: Option<String>,
    address: String,
    user_id: Option<String>,
}

impl Attempt {
    /// `user` is the row that `login` names, if there is one. A new password starts new counters, so
    /// that a reset also lifts the pause that made it necessary.
    pub(crate) fn sign_in(snap: &Snapshot, user: Option<&User>, login: &str, client: &ClientInfo) -> Self {
        let who = match user {
            Some(user) => format!("{} {}", user.id, user.password_changed_at.unwrap_or_default()),
            None => login.to_owned(),
        };
        let subscription = &snap.subscription_id;
        let key = |kind: &str, rest: &str| crypto::hash(&format!("{kind}\n{subscription}\n{rest}"));
        Self {
            user_from_address: Some(key("sign-in-from", &format!("{who}\n{}", client.address))),
            user: Some(key("sign-in", &who)),
            address: key("address", &client.address),
            user_id: user.map(|user| user.id.clone()),
        }
    }

    pub(crate) fn registration(snap: &Snapshot, client: &ClientInfo) -> Self {
        let key = crypto::hash(&format!("registration\n{}\n{}", snap.subscription_id, client.address));
        Self { user_from_address: None, user: None, address: key, user_id: None }
    }

    fn keys(&self) -> impl Iterator<Item = &String> {
        self.user_from_address.iter().chain(&self.user).chain(Some(&self.address))
    }
}

/// Refuses while one of the counters makes a pause.
pub(crate) async fn check(ctx: &Ctx, attempt: &Attempt) -> Result<()> {
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let mut until = 0;
    for key in attempt.keys() {
        until = until.max(store::attempts::get(&mut conn, key).await?.blocked_until);
    }
    if until > now { Err(Error::TooManyRequests { retry_after: until - now }) } else { Ok(()) }
}

/// Counts a failed sign-in and writes it to the audit log.
pub(crate) async fn failed(ctx: &Ctx, attempt: &Attempt, snap: &Snapshot, client: &ClientInfo) -> Result<()> {
    let limits = &ctx.config.limits;
    let mut tx = ctx.begin().await?;
    if let Some(key) = &attempt.user_from_address {
        count(ctx, &mut tx, key, limits.sign_in_failures_per_user, limits.sign_in_window).await?;
    }
    if let Some(key) = &attempt.user {
        count(ctx, &mut tx, key, limits.sign_in_failures_per_user * ANYWHERE, limits.sign_in_window).await?;
    }
    count(ctx, &mut tx, &attempt.address, limits.sign_in_failures_per_address, limits.sign_in_window).await?;
    let event = Event {
        user_id: attempt.user_id.as_deref(),
        ..Event::new("sign_in_failed", serde_json::json!({ "address": client.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), "anonymous", event).await?;
    Ok(tx.commit().await?)
}

/// Forgets the failures of a user who has signed in from here.
pub(crate) async fn succeeded(tx: &mut store::Tx, attempt: &Attempt) -> Result<()> {
    for key in attempt.user_from_address.iter().chain(&attempt.user) {
        store::attempts::reset(tx, key).await?;
    }
    Ok(())
}

/// Counts a registration from an address.
pub(crate) async fn count_registration(ctx: &Ctx, snap: &Snapshot, client: &ClientInfo) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let key = Attempt::registration(snap, client).address;
    count(ctx, &mut tx, &key, ctx.config.limits.registrations_per_address, 3_600).await?;
    Ok(tx.commit().await?)
}

async fn count(ctx: &Ctx, tx: &mut store::Tx, key: &str, limit: i64, window: i64) -> Result<()> {
    let now = ctx.now();
    let row = store::attempts::record_failure(tx, key, now, window).await?;
    if row.failures >= limit {
        let doublings = u32::try_from((row.failures - limit).min(20)).unwrap_or(20);
        let pause = FIRST_PAUSE.saturating_mul(1 << doublings).min(window);
        store::attempts::block(tx, key, now + pause).await?;
    }
    Ok(())
}
