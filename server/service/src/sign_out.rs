//! Signing out: asked for by an application (OpenID Connect RP-Initiated Logout) or by the user.

use model::Problem;
use oidc::endsession::{self, LogoutRequest, Question};
use oidc::error::OAuthError;
use oidc::frontchannel_logout::LogoutFrame;
use oidc::params::Params;
use oidc::verified_uri::VerifiedRedirectUri;
use oidc::verify::{self, HintClaims, Jws, VerifyError};

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::sessions::{self, Session};
use crate::snapshot::Snapshot;

/// Seconds a logout request waits for the user's answer.
const LIFETIME: i64 = 900;
/// What `interactions.kind` says.
const KIND: &str = "sign_out";

/// A request as it waits: only what is known of it and within bounds, or what was wrong with it.
type Kept = std::result::Result<LogoutRequest, String>;

/// What the sign-out page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// Nobody is signed in any more: clear the cookie, go on.
    Done(Done),
    /// Ask first.
    Ask {
        /// What the page's `form-action` needs for the way back.
        way_back: Option<String>,
        /// Who is signed in.
        user_name: String,
        /// Which application asked.
        application_name: Option<String>,
        /// Why there will be no way back to the application.
        problem: Option<Problem>,
    },
}

/// How it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// A verified post-logout redirect URI with its state; else to the signed-out page.
    pub to: Option<String>,
    /// What the browser loads before it goes on (Front-Channel Logout).
    pub frames: Vec<LogoutFrame>,
}

/// Stores a logout request and gives the path of the page that goes on with it. Reads no session: a
/// browser sends no `SameSite=Lax` cookie with another site's POST.
pub async fn request(ctx: &Ctx, snap: &Snapshot, params: &Params) -> Result<String> {
    let kept: Kept = endsession::read(params).map_err(|error| error.description.into_owned());
    let handle = ctx.random.token()?;
    let now = ctx.now();
    let row = store::interactions::Interaction {
        hash: crypto::hash(&handle),
        subscription_id: snap.subscription_id.clone(),
        kind: KIND.to_owned(),
        request: store::JsonText::encode(&kept),
        state: store::JsonText::encode(&()),
        version: 1,
        created_at: now,
        expires_at: now + LIFETIME,
        finished_at: None,
    };
    let mut tx = ctx.begin_brief().await?;
    store::interactions::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(format!("/sign-out?i={handle}"))
}

/// Goes on with a logout request (or, without a handle, with the user's own wish): ends the session
/// at once where the hint proves that the application knows it, else asks.
pub async fn open(ctx: &Ctx, snap: &Snapshot, handle: Option<&str>, cookie: Option<&str>) -> Result<SignOut> {
    let session = sessions::find(ctx, snap, cookie).await?;
    let plan = plan(ctx, snap, handle, session.as_ref()).await?;
    if let Some(problem) = &plan.problem {
        // The page says less: whoever reads it can do nothing about the reason.
        tracing::info!(subscription = snap.subscription_id.as_str(), %problem, "a request to sign out leads nowhere");
    }
    let Some(session) = session else {
        return Ok(SignOut::Done(Done { to: plan.to, frames: Vec::new() }));
    };
    if plan.ask {
        let user = crate::facts::load(&mut ctx.read().await?, &snap.tenant, &session.user_id).await?;
        return Ok(SignOut::Ask {
            user_name: user.as_ref().map(crate::flow::user_name).unwrap_or_default(),
            application_name: plan.application_name,
            problem: plan.problem,
            way_back: plan.way_back,
        });
    }
    let frames = end(ctx, snap, &session).await?;
    Ok(SignOut::Done(Done { to: plan.to, frames }))
}

/// The user said yes.
pub async fn confirm(ctx: &Ctx, snap: &Snapshot, handle: Option<&str>, cookie: Option<&str>) -> Result<Done> {
    let session = sessions::find(ctx, snap, cookie).await?;
    let plan = plan(ctx, snap, handle, session.as_ref()).await?;
    let frames = match session {
        Some(session) => end(ctx, snap, &session).await?,
        None => Vec::new(),
    };
    Ok(Done { to: plan.to, frames })
}

struct Planned {
    ask: bool,
    way_back: Option<String>,
    to: Option<String>,
    application_name: Option<String>,
    problem: Option<Problem>,
}

async fn plan(ctx: &Ctx, snap: &Snapshot, handle: Option<&str>, session: Option<&Session>) -> Result<Planned> {
    let Some(handle) = handle else {
        return Ok(Planned { ask: true, way_back: None, to: None, application_name: None, problem: None });
    };
    let row = store::interactions::find(&mut ctx.read().await?, &crypto::hash(handle)).await?;
    let row = row.filter(|r| r.subscription_id == snap.subscription_id && r.kind == KIND && r.expires_at > ctx.now());
    let row = row.ok_or(Error::NotFound)?;
    let kept: Kept = row.request.decode()?;
    let decided = kept.map_err(OAuthError::invalid_request).and_then(|request| {
        let hint = hint(snap, &request);
        endsession::decide(&snap.tenant, &request, hint.as_ref(), session.map(Session::facts).as_ref())
    });
    Ok(match decided {
        Ok(plan) => {
            let application = plan.client_id.as_deref().and_then(|id| snap.tenant.application(id));
            Planned {
                ask: plan.question == Question::Ask,
                way_back: plan.return_to().map(VerifiedRedirectUri::csp_source),
                to: plan.location(),
                application_name: application.map(|a| a.spec().name.clone()),
                problem: None,
            }
        }
        // A bad request does not keep anybody from signing out; it only leads nowhere else.
        Err(error) => Planned {
            ask: true,
            way_back: None,
            to: None,
            application_name: None,
            problem: Some(Problem::new("sign-out-request").with("reason", error.description)),
        },
    })
}

fn hint(snap: &Snapshot, request: &LogoutRequest) -> Option<Result<HintClaims, VerifyError>> {
    let token = request.id_token_hint.as_deref()?;
    let parsed = Jws::parse(token);
    let asking = request.client_id.as_deref().and_then(|client_id| snap.tenant.application(client_id));
    let by_secret = asking.is_some_and(|application| application.spec().identity_token_alg().is_by_secret());
    if by_secret && parsed.as_ref().is_err_and(|error| *error == VerifyError::Algorithm) {
        // We do not keep the key of its identity tokens: such a hint proves as much as none, and is asked about.
        return None;
    }
    Some(parsed.and_then(|jws| {
        if !crate::tokens::check_hint_signature(snap, &jws) {
            return Err(VerifyError::Signature);
        }
        verify::identity_token_hint(&jws, snap.tenant.issuer())
    }))
}

async fn end(ctx: &Ctx, snap: &Snapshot, session: &Session) -> Result<Vec<LogoutFrame>> {
    let mut tx = ctx.begin_brief().await?;
    let knowing = sessions::sign_out(ctx, &mut tx, &session.id).await?;
    let event = Event { user_id: Some(&session.user_id), ..Event::new("sign_out", serde_json::json!({})) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &session.user_id, event).await?;
    tx.commit().await?;
    Ok(knowing.frames(snap))
}
