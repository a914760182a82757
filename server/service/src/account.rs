//! What users can see and change of themselves.

use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, PageRequest, Problem, claim_value};
use oidc::frontchannel_logout::LogoutFrame;
use serde_json::{Value, json};

use crate::attempts::{self, Attempt};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::sessions::{self, Knowing, Session};
use crate::snapshot::Snapshot;
use crate::{passwords, user};

/// The account page.
#[derive(Clone, Debug)]
pub struct Account {
    /// `sub`.
    pub user_id: String,
    /// Optional sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Proven?
    pub email_verified: bool,
    /// Claim `name`.
    pub name: Option<String>,
    /// For the profile form.
    pub version: i64,
    /// Claims shown on the profile page, with what is held.
    pub profile: Vec<(ClaimSpec, Option<Value>)>,
    /// Live sessions, newest first.
    pub sessions: Vec<AccountSession>,
}

/// One of the user's sessions.
#[derive(Clone, Debug)]
pub struct AccountSession {
    /// Row id.
    pub id: String,
    /// The one that asks.
    pub current: bool,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub last_seen_at: i64,
    /// As the browser called itself.
    pub user_agent: String,
}

async fn signed_in(ctx: &Ctx, snap: &Snapshot, cookie: Option<&str>) -> Result<Session> {
    sessions::find(ctx, snap, cookie).await?.ok_or(Error::Forbidden)
}

/// The page's content; `None` when nobody is signed in.
pub async fn open(ctx: &Ctx, snap: &Snapshot, cookie: Option<&str>) -> Result<Option<Account>> {
    let Some(session) = sessions::find(ctx, snap, cookie).await? else { return Ok(None) };
    let mut conn = ctx.read().await?;
    let row = store::users::find(&mut conn, &session.user_id).await?.ok_or(Error::NotFound)?;
    let facts = crate::facts::load(&mut conn, &snap.tenant, &session.user_id).await?.ok_or(Error::NotFound)?;
    let sessions = live_sessions(ctx, &mut conn, &session.user_id).await?;
    let profile = profile_claims(snap).map(|spec| (spec.clone(), facts.values.get(&spec.name).cloned())).collect();
    Ok(Some(Account {
        user_id: row.id,
        username: row.username,
        email: row.email,
        email_verified: row.email_verified,
        name: facts.values.get("name").and_then(Value::as_str).map(str::to_owned),
        version: row.version,
        profile,
        sessions: sessions
            .into_iter()
            .map(|s| AccountSession {
                current: s.id == session.id,
                id: s.id,
                created_at: s.created_at,
                last_seen_at: s.last_seen_at,
                user_agent: s.user_agent,
            })
            .collect(),
    }))
}

/// The latest live sessions of a user; more than a page of them nobody reads.
async fn live_sessions(ctx: &Ctx, conn: &mut store::Conn, user_id: &str) -> Result<Vec<store::sessions::Session>> {
    Ok(store::sessions::page_of_user(conn, user_id, ctx.now(), &PageRequest::default()).await?.items)
}

fn profile_claims(snap: &Snapshot) -> impl Iterator<Item = &ClaimSpec> {
    let shown = snap.tenant.claims_in_order().filter(|c| c.show_on_profile && c.name != "email");
    shown.filter(|c| !model::standard_claims::is_derived(&c.name))
}

/// Changes the password after a proof of the present one; the session gets a new id, and the other
/// sessions and everything issued through them end where the user wants it. Gives the new cookie.
#[expect(clippy::too_many_arguments, reason = "the fields of one form")]
pub async fn change_password(
    ctx: &Ctx,
    snap: &Snapshot,
    cookie: Option<&str>,
    current: &str,
    new: &str,
    confirmation: &str,
    end_others: bool,
    client: &ClientInfo,
) -> Result<String> {
    let session = signed_in(ctx, snap, cookie).await?;
    let row = store::users::find(&mut ctx.read().await?, &session.user_id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let attempt = Attempt::sign_in(ctx, snap, Some(&row), "", client);
    attempts::begin(ctx, &attempt).await?;
    let known = row.password_hash.as_deref();
    let right = ctx.hasher.verify(current, known).await;
    if right.is_err() {
        attempts::not_tried(ctx, &attempt).await?;
    }
    let Some(known) = known.filter(|_| matches!(right, Ok(true))) else {
        right?;
        let refused = attempts::Refused::of(Some(&row), "");
        attempts::failed(ctx, &attempt, snap, client, &refused, None).await?;
        return Err(Error::field("current_password", Problem::new("password-wrong")));
    };
    let mut errors = FieldErrors::default();
    let own = [row.username.as_deref().unwrap_or_default(), row.email.as_deref().unwrap_or_default()];
    errors.check("password", passwords::policy(new, snap.tenant.settings(), &own));
    if new != confirmation {
        errors.add("password_confirmation", Problem::new("password-confirmation"));
    }
    if !errors.is_empty() {
        attempts::not_tried(ctx, &attempt).await?;
        return Err(errors.into());
    }
    let hash = ctx.hasher.hash(new, &ctx.random).await?;
    let now = ctx.now();
    let mut tx = ctx.begin().await?;
    // Hashing takes its time. A password that an administrator set meanwhile stays, and a session that
    // was ended meanwhile changes nothing.
    if !store::sessions::hold(&mut tx, &session.id, now).await? {
        return Err(Error::Forbidden);
    }
    if !store::users::hold_password(&mut tx, &row.id, known).await? {
        return Err(Error::field("current_password", Problem::new("password-wrong")));
    }
    store::users::set_password(&mut tx, &row.id, &hash, now).await?;
    if end_others {
        store::sessions::end_all_of_user(&mut tx, &row.id, Some(&session.id), now).await?;
        store::grants::revoke_of_user(&mut tx, &row.id, now).await?;
    }
    attempts::succeeded(&mut tx, &attempt).await?;
    let (_, cookie) = sessions::begin(ctx, &mut tx, snap, &row.id, "pwd", cookie, client).await?;
    let event = Event { user_id: Some(&row.id), ..Event::new("password_changed", json!({ "end_others": end_others })) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &row.id, event).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// Saves the claims of the profile page.
pub async fn update_profile(
    ctx: &Ctx,
    snap: &Snapshot,
    cookie: Option<&str>,
    version: i64,
    form: &FormData,
) -> Result<()> {
    let session = signed_in(ctx, snap, cookie).await?;
    let mut errors = FieldErrors::default();
    let mut values = Vec::new();
    for spec in profile_claims(snap) {
        if let Some(value) = errors.check(&spec.name, claim_value::from_form(spec, &spec.name, form)) {
            values.push((spec.name.clone(), value));
        }
    }
    errors.into_result(())?;
    let write = write_profile(ctx, snap, &session, version, &values);
    attempts::unless_guessing(ctx, snap, &session.user_id, write).await
}

async fn write_profile(
    ctx: &Ctx,
    snap: &Snapshot,
    session: &Session,
    version: i64,
    values: &[(String, Option<Value>)],
) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let row = store::users::find(&mut tx, &session.user_id).await?.ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Changed);
    }
    user::replace_claims(ctx, &mut tx, &snap.tenant, &row.id, values).await?;
    let names: Vec<&String> = values.iter().map(|(name, _)| name).collect();
    let event =
        Event { user_id: Some(&row.id), ..Event::new("profile_changed", serde_json::json!({ "claims": names })) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &row.id, event).await?;
    Ok(tx.commit().await?)
}

/// Ends one of the user's own sessions. Where it is that of this browser, gives what the browser loads of it
/// (Front-Channel Logout).
pub async fn end_session(
    ctx: &Ctx,
    snap: &Snapshot,
    cookie: Option<&str>,
    session_id: &str,
) -> Result<Option<Vec<LogoutFrame>>> {
    let session = signed_in(ctx, snap, cookie).await?;
    let mut tx = ctx.begin().await?;
    let ending = store::sessions::find(&mut tx, session_id).await?;
    if ending.is_none_or(|other| other.user_id != session.user_id)
        || !store::sessions::end(&mut tx, session_id, ctx.now()).await?
    {
        return Err(Error::NotFound);
    }
    store::grants::revoke_of_session(&mut tx, session_id, ctx.now()).await?;
    let event = Event { user_id: Some(&session.user_id), ..Event::new("session_ended", json!({})) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &session.user_id, event).await?;
    let knowing = Knowing::of(&mut tx, session_id).await?;
    tx.commit().await?;
    // Frames in this browser would find nothing of another one's.
    Ok((session.id == session_id).then(|| knowing.frames(snap)))
}
