//! Counting failed sign-ins and registrations, in the database, so that all nodes count together.
//!
//! A user is counted by row id: user name and address share a counter. Somebody unknown is counted
//! by the name that was typed, so that the answers do not tell the two apart. The tight counter is
//! for a user *from one network*; the loose one for the user from anywhere makes short pauses only, so
//! that a stranger cannot lock a user out.

use model::FieldErrors;
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
/// Seconds in which registrations, and values that somebody else holds, are counted.
const HOUR: i64 = 3_600;
/// Values that somebody else holds, given by one user before a pause.
const GUESSES: i64 = 20;

/// One counter.
#[derive(Clone, Debug)]
struct Counter {
    key: String,
    /// Failures before a pause.
    limit: i64,
    /// Seconds in which they are counted.
    window: i64,
    /// Seconds of the longest pause.
    longest: i64,
    /// Whose failures a success forgets: those of a user, not those of an address.
    forgets: bool,
}

/// The counters an attempt is measured by.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    counters: Vec<Counter>,
    user_id: Option<String>,
}

impl Attempt {
    /// `user` is the row that `login` names, if there is one. A new password starts new counters, so
    /// that a reset also lifts the pause that made it necessary.
    pub(crate) fn sign_in(ctx: &Ctx, snap: &Snapshot, user: Option<&User>, login: &str, client: &ClientInfo) -> Self {
        let who = match user {
            Some(user) => format!("{} {}", user.id, user.password_changed_at.unwrap_or_default()),
            None => login.to_owned(),
        };
        let subscription = &snap.subscription_id;
        let key = |kind: &str, rest: &str| crypto::hash(&format!("{kind}\n{subscription}\n{rest}"));
        let (limits, network) = (&ctx.config.limits, client.network());
        let (window, per_user) = (limits.sign_in_window, limits.sign_in_failures_per_user);
        let counter =
            |key, limit, longest, forgets| Counter { key, limit, window, longest: window.min(longest), forgets };
        Self {
            counters: vec![
                counter(key("sign-in-from", &format!("{who}\n{network}")), per_user, window, true),
                counter(key("sign-in", &who), per_user * ANYWHERE, FIRST_PAUSE, true),
                counter(key("address", &network), limits.sign_in_failures_per_address, window, false),
            ],
            user_id: user.map(|user| user.id.clone()),
        }
    }

    pub(crate) fn registration(ctx: &Ctx, snap: &Snapshot, client: &ClientInfo) -> Self {
        let counter = Counter {
            key: crypto::hash(&format!("registration\n{}\n{}", snap.subscription_id, client.network())),
            limit: ctx.config.limits.registrations_per_address,
            window: HOUR,
            longest: HOUR,
            forgets: false,
        };
        Self { counters: vec![counter], user_id: None }
    }

    fn unique_value(snap: &Snapshot, user_id: &str) -> Self {
        let key = crypto::hash(&format!("unique value\n{}\n{user_id}", snap.subscription_id));
        let counter = Counter { key, limit: GUESSES, window: HOUR, longest: HOUR, forgets: false };
        Self { counters: vec![counter], user_id: Some(user_id.to_owned()) }
    }
}

/// Counts an attempt as if it had failed, before it costs anything: of many at the same moment, on
/// however many nodes, no more get through than one after the other.
///
/// # Errors
/// `TooManyRequests` while one of the counters makes a pause; nothing is counted then.
pub(crate) async fn begin(ctx: &Ctx, attempt: &Attempt) -> Result<()> {
    let now = ctx.now();
    let mut tx = ctx.begin().await?;
    let mut until = 0;
    for counter in &attempt.counters {
        let row = store::attempts::record_failure(&mut tx, &counter.key, now, counter.window).await?;
        until = until.max(row.blocked_until);
        if row.failures >= counter.limit {
            let doublings = u32::try_from((row.failures - counter.limit).min(20)).unwrap_or(20);
            let pause = FIRST_PAUSE.saturating_mul(1 << doublings).min(counter.longest);
            store::attempts::block(&mut tx, &counter.key, now + pause).await?;
        }
    }
    if until > now {
        return Err(Error::TooManyRequests { retry_after: until - now });
    }
    Ok(tx.commit().await?)
}

/// Writes a failed sign-in, counted when it began, to the audit log.
pub(crate) async fn failed(ctx: &Ctx, attempt: &Attempt, snap: &Snapshot, client: &ClientInfo) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let event = Event {
        user_id: attempt.user_id.as_deref(),
        ..Event::new("sign_in_failed", serde_json::json!({ "address": client.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), "anonymous", event).await?;
    Ok(tx.commit().await?)
}

/// It was no failure: what was counted ahead is taken back, and a user who has signed in from here
/// begins anew.
pub(crate) async fn succeeded(tx: &mut store::Tx, attempt: &Attempt) -> Result<()> {
    for counter in &attempt.counters {
        if counter.forgets {
            store::attempts::reset(tx, &counter.key).await?;
        } else {
            store::attempts::take_back(tx, &counter.key, counter.limit).await?;
        }
    }
    Ok(())
}

/// It was not even tried, for a reason of ours.
pub(crate) async fn not_tried(ctx: &Ctx, attempt: &Attempt) -> Result<()> {
    let mut tx = ctx.begin().await?;
    for counter in &attempt.counters {
        store::attempts::take_back(&mut tx, &counter.key, counter.limit).await?;
    }
    Ok(tx.commit().await?)
}

/// Does what tells a signed-in user whether somebody else holds a unique value: not without end, or
/// card and telephone numbers could be found by trying.
pub(crate) async fn unless_guessing(
    ctx: &Ctx,
    snap: &Snapshot,
    user_id: &str,
    work: impl Future<Output = Result<()>>,
) -> Result<()> {
    let attempt = Attempt::unique_value(snap, user_id);
    begin(ctx, &attempt).await?;
    let result = work.await;
    let is_taken = |errors: &FieldErrors| errors.0.iter().any(|error| error.problem.code == "taken");
    if !matches!(&result, Err(Error::Invalid(errors)) if is_taken(errors)) {
        not_tried(ctx, &attempt).await?;
    }
    result
}
