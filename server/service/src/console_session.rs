//! Signing in to the console: an authorization code flow with PKCE against the built-in
//! subscription, whose code is redeemed in the process. The console's session is a cookie and a row
//! of its own, child of that sign-in session; it holds no tokens.

use model::{FormData, Problem};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::actor::Admin;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::installation::{CONSOLE_CLIENT_ID, SYSTEM};

/// Seconds between begin and finish.
const SIGN_IN_LIFETIME: i64 = 3_600;
/// Seconds a console session lasts at most, and unused.
const ABSOLUTE: i64 = 12 * 3_600;
const IDLE: i64 = 3_600;
/// Seconds between two updates of "last seen".
const TOUCH_INTERVAL: i64 = 60;
/// Purpose under which the sign-in cookie is sealed.
const PURPOSE: &str = "console sign-in";

/// The first half of a sign-in.
#[derive(Clone, Debug)]
pub struct Begin {
    /// The authorization endpoint of the built-in subscription, with the request.
    pub url: String,
    /// Sealed; binds the second half to this browser.
    pub cookie: String,
}

/// The second half.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Value of the console session's cookie.
    pub cookie: String,
    /// A path of the console.
    pub return_to: String,
}

#[derive(Serialize, Deserialize)]
struct Pending {
    state: String,
    verifier: String,
    return_to: String,
    expires_at: i64,
}

/// The console's redirect URI.
pub fn redirect_uri(public_url: &str) -> String {
    format!("{public_url}/console/callback")
}

/// Begins a sign-in that ends at `return_to`, a path of the console; any other becomes the start page.
/// A browser whose console session has ended (`stale`) proves anew who sits in front of it: the sign-in
/// session behind it lasts longer, and would let it in without a word.
pub fn begin(ctx: &Ctx, return_to: &str, stale: bool) -> Result<Begin> {
    let pending = Pending {
        state: ctx.random.token()?,
        verifier: ctx.random.token()?,
        return_to: console_path(return_to).to_owned(),
        expires_at: ctx.now() + SIGN_IN_LIFETIME,
    };
    let challenge = crypto::base64url(&Sha256::digest(pending.verifier.as_bytes()));
    let mut url =
        url::Url::parse(&format!("{}{}", ctx.issuer(SYSTEM), oidc::endpoint::AUTHORIZE)).map_err(Error::internal)?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", CONSOLE_CLIENT_ID)
        .append_pair("redirect_uri", &redirect_uri(&ctx.config.public_url))
        .append_pair("scope", "openid")
        .append_pair("state", &pending.state)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair("max_age", &ABSOLUTE.to_string());
    if stale {
        url.query_pairs_mut().append_pair("prompt", "login");
    }
    let plain = serde_json::to_vec(&pending).map_err(Error::internal)?;
    Ok(Begin { url: url.into(), cookie: ctx.sealer.seal(&ctx.random, PURPOSE, &plain)? })
}

/// Only paths of the console: nothing that a browser could read as another host.
fn console_path(path: &str) -> &str {
    model::local_path::within("/console", path).unwrap_or("/console")
}

/// Redeems the code that came back.
///
/// # Errors
/// `Invalid` when the sign-in was not begun by this browser, is too old, or was refused;
/// `Forbidden` for a user without any role.
pub async fn finish(ctx: &Ctx, query: &FormData, cookie: Option<&str>) -> Result<Finished> {
    let failed = || Error::field("", Problem::new("console-sign-in"));
    let sealed = cookie.and_then(|cookie| ctx.sealer.open(PURPOSE, cookie)).ok_or_else(failed)?;
    let pending: Pending = serde_json::from_slice(&sealed).map_err(|_| failed())?;
    let now = ctx.now();
    let issuer = ctx.issuer(SYSTEM);
    // RFC 9207 section 2.4: the answer must come from the issuer that was asked.
    if query.get("state") != Some(&pending.state) || query.get("iss") != Some(&issuer) || pending.expires_at <= now {
        return Err(failed());
    }
    let code = query.get("code").ok_or_else(failed)?;
    let session = redeem(ctx, code, &pending.verifier).await?;
    if session.auth_time + ABSOLUTE <= now {
        return Err(failed());
    }
    let roles = store::roles::of_user(&mut ctx.read().await?, &session.user_id).await?;
    if roles.is_empty() {
        return Err(Error::Forbidden);
    }
    let cookie = ctx.random.token()?;
    let mut tx = ctx.begin().await?;
    let hash = crypto::hash(&cookie);
    let row = store::console_sessions::ConsoleSession {
        hash,
        session_id: session.session_id,
        created_at: now,
        last_seen_at: now,
        expires_at: session.auth_time + ABSOLUTE,
    };
    store::console_sessions::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(Finished { cookie, return_to: pending.return_to })
}

struct Redeemed {
    user_id: String,
    auth_time: i64,
    session_id: String,
}

/// The same decisions as the token endpoint's, without tokens.
async fn redeem(ctx: &Ctx, code: &str, verifier: &str) -> Result<Redeemed> {
    use oidc::client_auth;
    use oidc::grant::authorization_code::{self, Request};
    use oidc::params::Params;

    let failed = || Error::field("", Problem::new("console-sign-in"));
    let snap = ctx.snapshots.get(ctx, SYSTEM).await?;
    let params = Params::from_pairs([("client_id".to_owned(), CONSOLE_CLIENT_ID.to_owned())]).map_err(|_| failed())?;
    let presented = client_auth::read(&[], &params).map_err(|_| failed())?;
    let now = ctx.now();
    let client = client_auth::application(&snap.tenant, &presented, now).map_err(|_| failed())?;
    let request = Request {
        code: code.to_owned(),
        redirect_uri: Some(redirect_uri(&ctx.config.public_url)),
        code_verifier: Some(verifier.to_owned()),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    };
    let mut tx = ctx.begin().await?;
    let row = crate::tokens::code::consume(ctx, &mut tx, &snap, code).await?.ok_or_else(failed)?;
    let authentication = row.data.authentication.clone();
    let user = crate::facts::load(&mut tx, &snap.tenant, &authentication.user_id).await?;
    let decided = authorization_code::decide(&snap.tenant, &client, &request, &row, user.as_ref(), None, now);
    if decided.is_err() {
        return Err(failed());
    }
    tx.commit().await?;
    let session_id = authentication.session_id.ok_or_else(failed)?;
    Ok(Redeemed { user_id: authentication.user_id, auth_time: authentication.auth_time, session_id })
}

/// The administrator a cookie stands for, with the roles of this moment. `None` when the session is
/// over, idle for too long, or the user is disabled or has no role any more.
pub async fn authenticate(ctx: &Ctx, cookie: &str) -> Result<Option<Admin>> {
    let now = ctx.now();
    let hash = crypto::hash(cookie);
    let mut conn = ctx.read().await?;
    let row = store::console_sessions::find(&mut conn, &hash).await?;
    let live = row.filter(|r| r.is_live(now) && r.last_seen_at + IDLE > now);
    drop(conn);
    let Some(row) = live.filter(|row| !row.roles.is_empty()) else { return Ok(None) };
    if row.last_seen_at + TOUCH_INTERVAL <= now {
        let mut tx = ctx.begin().await?;
        store::console_sessions::touch(&mut tx, &hash, now, row.expires_at).await?;
        store::sessions::touch(&mut tx, &[(row.session_id.clone(), now)]).await?;
        tx.commit().await?;
    }
    let name = row.email.or(row.username).unwrap_or_else(|| row.user_id.clone());
    Ok(Some(Admin { user_id: row.user_id, name, roles: row.roles, session_hash: hash, place: None }))
}

/// Ends the console session and the sign-in session it came from.
pub async fn sign_out(ctx: &Ctx, cookie: &str) -> Result<()> {
    let hash = crypto::hash(cookie);
    let mut tx = ctx.begin().await?;
    if let Some(row) = store::console_sessions::find(&mut tx, &hash).await? {
        crate::sessions::sign_out(ctx, &mut tx, &row.session_id).await?;
        store::console_sessions::delete(&mut tx, &hash).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::console_path;

    #[test]
    fn a_return_path_stays_in_the_console() {
        for good in ["/console", "/console/mysub/applications?q=a", "/console?x"] {
            assert_eq!(console_path(good), good);
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/console",
            "/consolevil",
            "/console/../s/x",
            "/console\t",
            "",
        ] {
            assert_eq!(console_path(bad), "/console", "{bad}");
        }
    }
}
