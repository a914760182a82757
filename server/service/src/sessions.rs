//! Browser sessions: a random cookie whose hash is a row bound to one subscription.

use std::collections::BTreeSet;

use oidc::authorize::SessionFacts;
use oidc::frontchannel_logout::{self, LogoutFrame};
use oidc::grant::RefreshData;
use oidc::scope::OFFLINE_ACCESS;
use oidc::session_state::BrowserState;
use oidc::user::Authentication;

use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// Seconds between two updates of "last seen".
const TOUCH_INTERVAL: i64 = 60;
/// Live sessions of one user: as many as the account page shows, so that none hides behind others.
const MOST_OF_A_USER: i64 = 50;

/// A live session of an enabled user.
#[derive(Clone, Debug)]
pub struct Session {
    /// Row id; `sid` in tokens.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// When the user last proved who they are.
    pub auth_time: i64,
    /// RFC 8176 values.
    pub amr: Vec<String>,
    /// What scripts can read of it.
    pub browser_state: BrowserState,
}

impl Session {
    /// What `oidc` looks at.
    pub fn facts(&self) -> SessionFacts {
        SessionFacts {
            id: self.id.clone(),
            user_id: self.user_id.clone(),
            auth_time: self.auth_time,
            user_enabled: true,
        }
    }

    /// What tokens say of the sign-in.
    pub fn authentication(&self) -> Authentication {
        Authentication {
            user_id: self.user_id.clone(),
            session_id: Some(self.id.clone()),
            auth_time: self.auth_time,
            amr: self.amr.clone(),
            acr: None,
        }
    }
}

/// The session a cookie stands for: of this subscription, not ended, neither idle nor old for too
/// long, of a user who is enabled.
pub async fn find(ctx: &Ctx, snap: &Snapshot, cookie: Option<&str>) -> Result<Option<Session>> {
    let Some(cookie) = cookie else { return Ok(None) };
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let row = store::sessions::find_by_hash(&mut conn, &crypto::hash(cookie)).await?;
    let idle = snap.tenant.settings().session_idle_lifetime;
    let live = row.filter(|row| {
        row.subscription_id == snap.subscription_id
            && row.ended_at.is_none()
            && row.expires_at > now
            && row.last_seen_at + idle > now
    });
    let Some(row) = live else { return Ok(None) };
    let user = store::users::find(&mut conn, &row.user_id).await?;
    if user.is_none_or(|user| user.disabled_at.is_some()) {
        return Ok(None);
    }
    drop(conn);
    if row.last_seen_at + TOUCH_INTERVAL <= now {
        let mut tx = ctx.begin_brief().await?;
        store::sessions::touch(&mut tx, &[(row.id.clone(), now)]).await?;
        tx.commit().await?;
    }
    Ok(Some(Session {
        amr: row.amr.decode()?,
        browser_state: BrowserState::of_session(&row.hash),
        id: row.id,
        user_id: row.user_id,
        auth_time: row.auth_time,
    }))
}

/// Begins a session after a proof of identity, within the caller's transaction. Always a new id and
/// a new cookie; the browser's former session of this subscription ends (docs/security.md 43). Where the same
/// person signed in anew, the new one takes its place, and no application is told.
pub async fn begin(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    user_id: &str,
    amr: &str,
    former_cookie: Option<&str>,
    client: &ClientInfo,
) -> Result<(Session, String)> {
    let now = ctx.now();
    let former = match former_cookie {
        Some(former) => store::sessions::find_by_hash(tx, &crypto::hash(former)).await?,
        None => None,
    };
    let former = former.filter(|row| row.subscription_id == snap.subscription_id && row.ended_at.is_none());
    let cookie = ctx.random.token()?;
    let session = Session {
        id: ctx.new_id()?,
        user_id: user_id.to_owned(),
        auth_time: now,
        amr: vec![amr.to_owned()],
        browser_state: BrowserState::of_cookie(&cookie),
    };
    let row = store::sessions::Session {
        id: session.id.clone(),
        hash: crypto::hash(&cookie),
        subscription_id: snap.subscription_id.clone(),
        user_id: session.user_id.clone(),
        auth_time: now,
        amr: store::JsonText::encode(&session.amr),
        user_agent: client.user_agent.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + snap.tenant.settings().session_absolute_lifetime,
        ended_at: None,
    };
    store::sessions::insert(tx, &row).await?;
    match former {
        Some(former) if former.user_id == user_id => {
            store::sessions::replace(tx, &former.id, &session.id, now).await?;
        }
        Some(former) => {
            store::sessions::end(tx, &former.id, now).await?;
        }
        None => {}
    }
    store::sessions::end_beyond(tx, user_id, MOST_OF_A_USER, now).await?;
    Ok((session, cookie))
}

/// Ends a session because its user signs out, within the caller's transaction. OpenID Connect Back-Channel Logout
/// 1.0 section 2.7: "Refresh tokens issued without the `offline_access` property to a session being logged out
/// SHOULD be revoked. Refresh tokens issued with the `offline_access` property normally SHOULD NOT be revoked."
/// Gives who knew the session; nobody, where it had ended before.
pub(crate) async fn sign_out(ctx: &Ctx, tx: &mut store::Tx, session_id: &str) -> Result<Knowing> {
    let now = ctx.now();
    if !store::sessions::end(tx, session_id, now).await? {
        return Ok(Knowing::default());
    }
    let knowing = Knowing::of(tx, session_id).await?;
    let sids: BTreeSet<&String> = knowing.0.iter().map(|(_, sid)| sid).collect();
    for sid in sids {
        for token in store::refresh_tokens::live_of_session(tx, sid, now).await? {
            let data: RefreshData = token.data.decode()?;
            if !data.scopes.iter().any(|scope| scope == OFFLINE_ACCESS) {
                store::refresh_tokens::revoke(tx, &token.hash, now).await?;
            }
        }
    }
    Ok(knowing)
}

/// Who got something in a session: row id of the application, and of the session in which it did.
#[derive(Debug, Default)]
pub(crate) struct Knowing(Vec<(String, String)>);

impl Knowing {
    /// Of a session.
    pub(crate) async fn of(conn: &mut store::Conn, session_id: &str) -> Result<Self> {
        Ok(Self(store::logouts::who_knows(conn, session_id).await?))
    }

    /// What the browser that ends its own session loads from them; an address is loaded once.
    pub(crate) fn frames(&self, snap: &Snapshot) -> Vec<LogoutFrame> {
        let mut frames: Vec<LogoutFrame> = Vec::new();
        for (application_id, sid) in &self.0 {
            let application = snap.tenant.application_by_id(application_id);
            let frame = application.and_then(|one| frontchannel_logout::frame(&snap.tenant, one, sid));
            frames.extend(frame.filter(|frame| !frames.contains(frame)));
        }
        frames
    }
}
