//! Counting failed sign-ins, registrations and codes of devices, in the database, so that all nodes count together.
//!
//! A user is counted by row id: user name and address share a counter. Somebody unknown is counted
//! by the name that was typed, so that the answers do not tell the two apart. The tight counter is
//! for a user *from one network*; the loose one for the user from anywhere makes short pauses only, so
//! that a stranger cannot lock a user out.

use model::FieldErrors;
use serde_json::json;
use store::Conn;
use store::users::User;

use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::incident;
use crate::snapshot::Snapshot;

/// How much looser the counter of a user from anywhere is.
const ANYWHERE: i64 = 10;
/// Seconds the first pause lasts; it doubles with each further failure, up to the window.
const FIRST_PAUSE: i64 = 5;
/// Seconds in which registrations, and values that somebody else holds, are counted.
const HOUR: i64 = 3_600;
/// Values that somebody else holds, given by one user before a pause.
const GUESSES: i64 = 20;
/// Kinds of the events that sign-ins leave which did not succeed.
pub(crate) const FAILED: &str = "sign_in_failed";
pub(crate) const BLOCKED: &str = "sign_in_blocked";

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
        Self::of(ctx, &snap.subscription_id, user, login, &client.network())
    }

    fn of(ctx: &Ctx, subscription: &str, user: Option<&User>, login: &str, network: &str) -> Self {
        let who = match user {
            Some(user) => format!("{} {}", user.id, user.password_changed_at.unwrap_or_default()),
            None => login.to_owned(),
        };
        let key = |kind: &str, rest: &str| crypto::hash(&format!("{kind}\n{subscription}\n{rest}"));
        let limits = &ctx.config.limits;
        let (window, per_user) = (limits.sign_in_window, limits.sign_in_failures_per_user);
        let counter =
            |key, limit, longest, forgets| Counter { key, limit, window, longest: window.min(longest), forgets };
        Self {
            counters: vec![
                counter(key("sign-in-from", &format!("{who}\n{network}")), per_user, window, true),
                counter(key("sign-in", &who), per_user * ANYWHERE, FIRST_PAUSE, true),
                counter(key("address", network), limits.sign_in_failures_per_address, window, false),
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

    /// Codes of devices, entered from a network and, where somebody is signed in, in a session.
    pub(crate) fn user_code(ctx: &Ctx, snap: &Snapshot, session_id: Option<&str>, client: &ClientInfo) -> Self {
        let limits = &ctx.config.limits;
        let window = limits.sign_in_window;
        let counter = |who: &str, limit| Counter {
            key: crypto::hash(&format!("user code\n{}\n{who}", snap.subscription_id)),
            limit,
            window,
            longest: window,
            forgets: false,
        };
        let address = counter(&format!("address {}", client.network()), limits.sign_in_failures_per_address);
        let session = session_id.map(|id| counter(&format!("session {id}"), limits.sign_in_failures_per_user));
        Self { counters: session.into_iter().chain([address]).collect(), user_id: None }
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
    let mut tx = ctx.begin_brief().await?;
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

/// Why a sign-in was refused, for administrators. What was typed is not kept: it might be a password in
/// the wrong field.
pub(crate) struct Refused {
    reason: &'static str,
    typed: &'static str,
}

impl Refused {
    /// `login` is what was typed, or nothing where nobody was asked.
    pub(crate) fn of(user: Option<&User>, login: &str) -> Self {
        let reason = match user {
            None => "unknown_user",
            Some(user) if user.disabled_at.is_some() => "disabled_user",
            Some(user) if user.password_hash.is_none() => "no_password",
            Some(_) => "wrong_password",
        };
        Self { reason, typed: if login.contains('@') { "email" } else { "username" } }
    }
}

/// Writes a failed sign-in, counted when it began, to the audit log, and gives its reference. Every
/// failure has one, whoever was meant (docs/security.md 54).
pub(crate) async fn failed(
    ctx: &Ctx,
    attempt: &Attempt,
    snap: &Snapshot,
    client: &ClientInfo,
    refused: &Refused,
    application_id: Option<&str>,
) -> Result<String> {
    let reference = ctx.random.reference()?;
    let data = json!({ "address": client.address, "reason": refused.reason, "typed": refused.typed });
    let mut tx = ctx.begin_brief().await?;
    let event = Event {
        user_id: attempt.user_id.as_deref(),
        application_id,
        reference: Some(&reference),
        ..Event::new(FAILED, data)
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), "anonymous", event).await?;
    tx.commit().await?;
    Ok(reference)
}

/// Notes an attempt that [`begin`] refused. Nobody is kept from sending those, so they are bounded, for
/// known and unknown users together: `None` when there were too many.
pub(crate) async fn blocked(
    ctx: &Ctx,
    attempt: &Attempt,
    snap: &Snapshot,
    client: &ClientInfo,
    retry_after: i64,
    application_id: Option<&str>,
) -> Option<String> {
    let data = json!({ "address": client.address, "reason": "blocked", "until": ctx.now() + retry_after });
    let user_id = attempt.user_id.as_deref();
    incident::note(ctx, snap, Event { user_id, application_id, ..Event::new(BLOCKED, data) }).await
}

/// The keys by which sign-ins of a user from a network are counted; those of a network alone where the
/// user is not known.
fn keys(ctx: &Ctx, subscription_id: &str, user: Option<&User>, address: &str) -> Vec<String> {
    let network = ClientInfo { address: address.to_owned(), ..ClientInfo::default() }.network();
    let counters = Attempt::of(ctx, subscription_id, user, "", &network).counters;
    let counted = counters.into_iter().filter(|counter| user.is_some() || !counter.forgets);
    counted.map(|counter| counter.key).collect()
}

/// Unix seconds until when sign-ins of a user from an address are refused, if they are now.
pub(crate) async fn blocked_until(
    ctx: &Ctx,
    conn: &mut Conn,
    subscription_id: &str,
    user: Option<&User>,
    address: &str,
) -> Result<Option<i64>> {
    let mut until = 0;
    for key in keys(ctx, subscription_id, user, address) {
        until = until.max(store::attempts::get(conn, &key).await?.blocked_until);
    }
    Ok(Some(until).filter(|until| *until > ctx.now()))
}

/// Begins to count anew.
pub(crate) async fn forget(
    ctx: &Ctx,
    tx: &mut store::Tx,
    subscription_id: &str,
    user: Option<&User>,
    address: &str,
) -> Result<()> {
    for key in keys(ctx, subscription_id, user, address) {
        store::attempts::reset(tx, &key).await?;
    }
    Ok(())
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
    let mut tx = ctx.begin_brief().await?;
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
