//! The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2).

use oidc::authorize::{self, AuthorizationRequest, Hint, InteractionState, Origin, PageError, Refusal};
use oidc::params::Params;
use oidc::verify::{self, Jws};

use super::interaction::{self, Interaction};
use super::pushed::{self, Found};
use super::{Next, advance, request_object, respond};
use crate::client::ClientInfo;
use crate::client_registration::{self, Ready};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::Event;
use crate::incident;
use crate::playground::{self, Run};
use crate::sessions;
use crate::snapshot::Snapshot;

/// What the authorization endpoint answers.
#[derive(Debug)]
pub enum Authorized {
    /// On to a page, or straight back to the application.
    Next {
        /// Where to.
        next: Next,
        /// Languages that the application asks for, best first; those that it pushed, where it pushed.
        ui_locales: Option<String>,
    },
    /// Nowhere to go back to: a page, with a reference that the console finds.
    Refused {
        /// What was wrong.
        error: PageError,
        /// Shown to the user and stored with the cause; `None` when too many were refused to note each.
        reference: Option<String>,
    },
}

/// Answers a GET.
pub async fn authorize(
    ctx: &Ctx,
    snap: &Snapshot,
    params: &Params,
    cookie: Option<&str>,
    client: &ClientInfo,
) -> Result<Authorized> {
    let ready = client_registration::ready(ctx, snap, params.get("client_id"), client).await?;
    let snap = match &ready {
        Ready::AsItIs => snap,
        Ready::Now(newer) => newer,
        Ready::Gone => return gone(ctx, snap, params, client).await,
    };
    let (request, state) = match validated(ctx, snap, params, client).await? {
        Ok(valid) => valid,
        Err(refused) => return Ok(*refused),
    };
    let session = sessions::find(ctx, snap, cookie).await?;
    let ui_locales = languages(&request);
    let mut interaction = Interaction::new(ctx, request, state)?;
    let next = advance::advance(ctx, snap, &mut interaction, session.as_ref()).await?;
    Ok(Authorized::Next { next, ui_locales })
}

/// Answers a POST: stores the request and goes on with a GET of ours, since a browser sends no
/// `SameSite=Lax` cookie with another site's POST.
pub async fn authorize_posted(ctx: &Ctx, snap: &Snapshot, params: &Params, client: &ClientInfo) -> Result<Authorized> {
    let ready = client_registration::ready(ctx, snap, params.get("client_id"), client).await?;
    let snap = match &ready {
        Ready::AsItIs => snap,
        Ready::Now(newer) => newer,
        Ready::Gone => return gone(ctx, snap, params, client).await,
    };
    match validated(ctx, snap, params, client).await? {
        Ok((request, state)) => {
            let ui_locales = languages(&request);
            let mut interaction = Interaction::new(ctx, request, state)?;
            interaction::store(ctx, snap, &mut interaction).await?;
            let next = Next::Page(format!("/continue?i={}", interaction.handle));
            Ok(Authorized::Next { next, ui_locales })
        }
        Err(refused) => Ok(*refused),
    }
}

/// The document that described the application does so no more.
async fn gone(ctx: &Ctx, snap: &Snapshot, params: &Params, client: &ClientInfo) -> Result<Authorized> {
    let client_id = params.get("client_id").unwrap_or_default().to_owned();
    let refusal = Refusal::Page(PageError::UnknownClient { client_id });
    refused(ctx, snap, params, refusal, client, None).await
}

/// Goes on with a stored request.
pub async fn resume(ctx: &Ctx, snap: &Snapshot, handle: &str, cookie: Option<&str>) -> Result<Next> {
    let mut interaction = interaction::load(ctx, snap, handle).await?;
    let session = sessions::find(ctx, snap, cookie).await?;
    advance::advance(ctx, snap, &mut interaction, session.as_ref()).await
}

fn languages(request: &AuthorizationRequest) -> Option<String> {
    (!request.ui_locales.is_empty()).then(|| request.ui_locales.join(" "))
}

/// A request that passed every check, or what is answered instead.
async fn validated(
    ctx: &Ctx,
    snap: &Snapshot,
    params: &Params,
    client: &ClientInfo,
) -> Result<std::result::Result<(AuthorizationRequest, InteractionState), Box<Authorized>>> {
    let run = playground::of_request(ctx, snap, params).await?;
    let found = pushed::find(ctx, snap, params).await?;
    let found = match found {
        Found::Browser if run.is_none() => match request_object::take(ctx, snap, params).await {
            Ok(opened) => opened.map_or(Found::Browser, Found::Signed),
            Err(refusal) => return Ok(Err(Box::new(refused(ctx, snap, params, refusal, client, None).await?))),
        },
        found => found,
    };
    // What counts.
    let params = match &found {
        Found::Pushed { params, .. } => params,
        Found::Signed(object) => object.params(),
        Found::Browser | Found::Refused(_) => params,
    };
    let checked = match &found {
        Found::Refused(error) => Err(Refusal::Page(PageError::PushedRequest(error.clone()))),
        Found::Pushed { .. } => authorize::validate_with(&snap.tenant, params, &Origin::Pushed),
        Found::Signed(_) => authorize::validate_with(&snap.tenant, params, &Origin::Signed),
        Found::Browser => {
            let origin = run.as_ref().map_or(Origin::Browser, |run| Origin::Playground(run.fact()));
            authorize::validate_with(&snap.tenant, params, &origin)
        }
    };
    let mut request = match checked {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(Box::new(refused(ctx, snap, params, refusal, client, run.as_ref()).await?))),
    };
    if let Found::Pushed { hash, .. } = found {
        request.pushed = Some(hash);
    }
    // Decided now, and not kept.
    let hint = match request.id_token_hint.take() {
        None => Hint::Absent,
        Some(token) => subject_of_hint(snap, &token).map_or(Hint::Invalid, |sub| Hint::Subject { sub }),
    };
    Ok(Ok((request, InteractionState { hint, ..InteractionState::default() })))
}

fn subject_of_hint(snap: &Snapshot, token: &str) -> Option<String> {
    let jws = Jws::parse(token).ok()?;
    crate::tokens::check_hint_signature(snap, &jws).then_some(())?;
    verify::identity_token_hint(&jws, snap.tenant.issuer()).ok().map(|claims| claims.sub)
}

async fn refused(
    ctx: &Ctx,
    snap: &Snapshot,
    params: &Params,
    refusal: Refusal,
    client: &ClientInfo,
    run: Option<&Run>,
) -> Result<Authorized> {
    let (cause, outcome) = (refusal.error(), refusal.respond(snap.tenant.issuer()));
    let application = params.get("client_id").and_then(|id| snap.tenant.application(id));
    let data = serde_json::json!({
        "error": outcome.as_ref().err().map_or(cause.code.as_str(), |page| page.code()),
        "description": cause.description,
        "client_id": params.get("client_id").map(shortened),
        "redirect_uri": params.get("redirect_uri").map(shortened),
        "address": client.address,
    });
    let event = Event {
        application_id: application.map(oidc::tenant::Application::id),
        ..Event::new("authorization_refused", data)
    };
    let reference = incident::note(ctx, snap, event).await;
    if let (Some(run), Some(reference)) = (run, &reference) {
        run.note(ctx, reference).await;
    }
    Ok(match outcome {
        Ok(response) => {
            let response = respond::as_asked(ctx, snap, application, response)?;
            Authorized::Next { next: Next::Client(response), ui_locales: None }
        }
        Err(error) => Authorized::Refused { error, reference },
    })
}

/// What strangers send is not kept at any length.
fn shortened(text: &str) -> String {
    text.chars().take(500).collect()
}
