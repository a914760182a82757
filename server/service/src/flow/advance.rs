//! From stored state to the next step, and the answer to the application when nothing is left.

use oidc::authorize::{AnswerTo, AuthorizationRequest, Facts, Redirection, Step};
use oidc::error::OAuthError;
use oidc::grant::front_channel::Agreed;
use oidc::respond::AuthorizationResponse;
use oidc::user::UserFacts;

use super::interaction::{self, Interaction};
use super::{Next, backchannel, device, pushed, respond};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::sessions::Session;
use crate::snapshot::Snapshot;
use crate::tokens::{Failure, front_channel};

/// The step an interaction is at, for the browser with this session.
pub(super) async fn step(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: &Interaction,
    session: Option<&Session>,
) -> Result<(Step, Option<UserFacts>)> {
    let application = snap.tenant.application_by_id(&interaction.request.application_id).ok_or(Error::NotFound)?;
    let (user, consented) = match session {
        None => (None, None),
        Some(session) => {
            let mut conn = ctx.read().await?;
            let user = crate::facts::load(&mut conn, &snap.tenant, &session.user_id).await?;
            let consent = store::consents::get(&mut conn, &session.user_id, application.id()).await?;
            (user, consent.map(|c| c.scopes))
        }
    };
    let facts = Facts {
        now: ctx.now(),
        state: &interaction.state,
        session: session.filter(|_| user.is_some()).map(Session::facts),
        missing_claims: user
            .as_ref()
            .map(|u| oidc::claims::missing_required(&snap.tenant, application, u, ctx.now()))
            .unwrap_or_default(),
        consented_scopes: consented,
    };
    Ok((oidc::authorize::next_step(&snap.tenant, &interaction.request, &facts), user))
}

/// Where the browser goes from here. Issues the code when nothing is left to ask.
pub(super) async fn advance(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: &mut Interaction,
    session: Option<&Session>,
) -> Result<Next> {
    let (decided, _) = step(ctx, snap, interaction, session).await?;
    if let (Step::Issue, Some(session)) = (&decided, session) {
        if let Some(next) = issue(ctx, snap, interaction, session).await? {
            return Ok(next);
        }
        // The session has ended in this very moment: the same as if there had been none.
        let (decided, _) = step(ctx, snap, interaction, None).await?;
        return lead_on(ctx, snap, interaction, decided, None).await;
    }
    lead_on(ctx, snap, interaction, decided, session).await
}

/// To the page of a step, or to where the answer goes with a refusal.
async fn lead_on(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: &mut Interaction,
    step: Step,
    session: Option<&Session>,
) -> Result<Next> {
    match step {
        Step::Refuse(error) => refuse(ctx, snap, interaction, &error, session).await,
        // The configuration has changed since the request was validated: the application is gone, disabled
        // or at another address, so the sign-in leads nowhere.
        Step::Stop(_) => {
            let mut tx = ctx.begin_brief().await?;
            interaction::finish(ctx, &mut tx, interaction).await?;
            tx.commit().await?;
            Err(Error::NotFound)
        }
        step => {
            if interaction.version == 0 {
                interaction::store(ctx, snap, interaction).await?;
            }
            Ok(Next::Page(page_of(&step, &interaction.handle)))
        }
    }
}

/// Closes the interaction, and tells whoever asked that there is nothing to be had.
async fn refuse(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: &Interaction,
    error: &OAuthError,
    session: Option<&Session>,
) -> Result<Next> {
    let mut tx = ctx.begin_brief().await?;
    pushed::use_up(ctx, &mut tx, interaction).await?;
    interaction::finish(ctx, &mut tx, interaction).await?;
    match &interaction.request.answer_to {
        AnswerTo::Browser(to) => {
            tx.commit().await?;
            let response = AuthorizationResponse::error(snap.tenant.issuer(), to, error);
            let id = &interaction.request.application_id;
            Ok(Next::Client(respond::complete(ctx, snap, id, to, response, session)?))
        }
        AnswerTo::Device(to) => {
            device::deny(ctx, &mut tx, snap, interaction, to, session).await?;
            tx.commit().await?;
            device::ended(ctx, to, session).await
        }
        AnswerTo::Backchannel(to) => {
            backchannel::deny(ctx, &mut tx, snap, interaction, to, session).await?;
            tx.commit().await?;
            backchannel::ended(ctx, to, session).await
        }
    }
}

/// The page where a step is done.
pub(super) fn page_of(step: &Step, handle: &str) -> String {
    let page = match step {
        Step::Register => "register",
        Step::Device => "device/confirm",
        Step::Backchannel => "requests/answer",
        Step::Claims { .. } => "claims",
        Step::Consent { .. } => "consent",
        Step::Login { .. } | Step::SelectAccount => "login",
        Step::Issue | Step::Refuse(_) | Step::Stop(_) => "continue",
    };
    format!("/{page}?i={handle}")
}

/// The same when a session has just begun. Its cookie goes out even where the application is gone
/// meanwhile: the page that the browser asks for next says that the way ends there.
pub(super) async fn after_proof(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: &mut Interaction,
    session: &Session,
) -> Result<Next> {
    match advance(ctx, snap, interaction, Some(session)).await {
        Err(Error::NotFound) => Ok(Next::Page(format!("/continue?i={}", interaction.handle))),
        next => next,
    }
}

/// Writes down that a session of before led to an application: once in an hour of the clock at most,
/// since applications renew what they have without anybody looking.
async fn note_existing(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    application_id: &str,
    session: &Session,
) -> Result<()> {
    let now = ctx.now();
    let hour = now - now.rem_euclid(3_600);
    if store::grants::any_since(tx, &session.id, application_id, hour).await? {
        return Ok(());
    }
    let event = Event {
        user_id: Some(&session.user_id),
        application_id: Some(application_id),
        ..Event::new("sign_in_by_session", serde_json::json!({}))
    };
    event::record(ctx, tx, Some(&snap.subscription_id), &session.user_id, event).await
}

/// Writes the grant, and its code or what the device that waits will find, and closes the interaction, in one
/// transaction. `None` when the session has ended meanwhile.
async fn issue(ctx: &Ctx, snap: &Snapshot, interaction: &Interaction, session: &Session) -> Result<Option<Next>> {
    let request = &interaction.request;
    let application = snap.tenant.application_by_id(&request.application_id).ok_or(Error::NotFound)?;
    let now = ctx.now();
    let recipient = match front_channel::recipient(ctx, snap, application, request).await {
        Ok(recipient) => recipient,
        Err(error) => return refuse(ctx, snap, interaction, &error, Some(session)).await.map(Some),
    };
    let mut tx = ctx.begin_brief().await?;
    // Whoever ends the session waits for this grant, and revokes it; or has ended it, and there is none.
    if !store::sessions::hold(&mut tx, &session.id, now).await? {
        return Ok(None);
    }
    pushed::use_up(ctx, &mut tx, interaction).await?;
    if interaction.state.signed_in_session.as_ref() != Some(&session.id) {
        note_existing(ctx, &mut tx, snap, application.id(), session).await?;
    }
    let grant = store::grants::Grant {
        id: ctx.new_id()?,
        subscription_id: snap.subscription_id.clone(),
        application_id: application.id().to_owned(),
        user_id: Some(session.user_id.clone()),
        session_id: Some(session.id.clone()),
        created_at: now,
        expires_at: oidc::grant::family_expires_at(application, redeemed_by(&request.answer_to, now)),
        revoked_at: None,
    };
    store::grants::insert(&mut tx, &grant).await?;
    match &request.answer_to {
        AnswerTo::Browser(to) => {
            let code = if request.response_type.has_code() {
                Some(write_code(ctx, &mut tx, request, to, session, &grant.id).await?)
            } else {
                None
            };
            let authentication = session.authentication();
            let agreed =
                Agreed { grant_id: &grant.id, authentication: &authentication, user: None, code: code.as_deref() };
            let tokens = front_channel::write(ctx, &mut tx, snap, application, request, &agreed, recipient);
            let tokens = match tokens.await {
                Ok(tokens) => tokens,
                Err(Failure::OAuth(error)) => {
                    drop(tx);
                    return refuse(ctx, snap, interaction, &error, Some(session)).await.map(Some);
                }
                Err(Failure::Service(error)) => return Err(error),
            };
            interaction::finish(ctx, &mut tx, interaction).await?;
            tx.commit().await?;
            let mut granted: Vec<(&str, String)> = code.map(|code| ("code", code)).into_iter().collect();
            if let Some(tokens) = tokens {
                granted.extend(tokens.sign(ctx, snap)?);
            }
            let response = AuthorizationResponse::success(snap.tenant.issuer(), to, granted);
            let id = &interaction.request.application_id;
            let response = respond::complete(ctx, snap, id, to, response, Some(session))?;
            Ok(Some(Next::Client(response)))
        }
        AnswerTo::Device(to) => {
            if device::grant(ctx, &mut tx, snap, interaction, to, &grant, session).await? {
                interaction::finish(ctx, &mut tx, interaction).await?;
                tx.commit().await?;
            } else {
                // Answered before: there is nothing to grant.
                drop(tx);
            }
            device::ended(ctx, to, Some(session)).await.map(Some)
        }
        AnswerTo::Backchannel(to) => {
            if backchannel::grant(ctx, &mut tx, snap, interaction, to, &grant, session).await? {
                interaction::finish(ctx, &mut tx, interaction).await?;
                tx.commit().await?;
            } else {
                // Answered before: there is nothing to grant.
                drop(tx);
            }
            backchannel::ended(ctx, to, Some(session)).await.map(Some)
        }
    }
}

/// The code itself.
async fn write_code(
    ctx: &Ctx,
    tx: &mut store::Tx,
    request: &AuthorizationRequest,
    to: &Redirection,
    session: &Session,
    grant_id: &str,
) -> Result<String> {
    let (code, now) = (ctx.random.token()?, ctx.now());
    let row = store::codes::Code {
        hash: crypto::hash(&code),
        grant_id: grant_id.to_owned(),
        data: store::JsonText::encode(&request.code_data(to, session.authentication())),
        created_at: now,
        expires_at: now + oidc::grant::CODE_LIFETIME,
        consumed_at: None,
    };
    store::codes::insert(tx, &row).await?;
    Ok(code)
}

/// Unix seconds when what is granted now has been redeemed, or never is.
fn redeemed_by(to: &AnswerTo, now: i64) -> i64 {
    match to {
        AnswerTo::Browser(_) => now,
        AnswerTo::Device(_) => now + oidc::device::LIFETIME,
        AnswerTo::Backchannel(_) => now + oidc::ciba::LONGEST,
    }
}
