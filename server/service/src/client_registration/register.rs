//! The client registration endpoint (RFC 7591 section 3).

use model::SecretPlan;
use model::spec::ApplicationSpec;
use oidc::client_auth::AuthMethod;
use oidc::client_registration::{self as rules, Issued, Metadata, Rules};
use serde_json::{Value, json};
use store::client_registrations::{self, ClientRegistration};
use store::initial_access_tokens::{self, InitialAccessToken};
use store::secrets::Owner;

use super::gate::{initial_token, not_accepted};
use super::statement::{self, Stated};
use super::{Failure, Sent, object, own_address, refused};
use crate::actor::Actor;
use crate::change::secret::SecretOf;
use crate::change::{self, Change};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::event::{self, Event};
use crate::sector;
use crate::snapshot::Snapshot;

/// Registers an application.
pub async fn register(ctx: &Ctx, snap: &Snapshot, body: &[u8], sent: &Sent<'_>) -> Result<Value, Failure> {
    let answer = attempt(ctx, snap, body, sent).await;
    if let Err(failure) = &answer {
        refused(ctx, snap, failure, None, sent).await;
    }
    answer
}

async fn attempt(ctx: &Ctx, snap: &Snapshot, body: &[u8], sent: &Sent<'_>) -> Result<Value, Failure> {
    let initial = initial_token(ctx, snap, sent).await?;
    let body = object(body)?;
    let stated = statement::of_new(ctx, snap, &body).await?;
    let metadata = Metadata::read(&statement::over(stated.as_ref(), &body))?;
    let client_id = crypto::hex(&ctx.random.bytes::<16>()?);
    let spec = rules::new(Rules::of(&snap.tenant, ctx.config.client_certificates), &metadata, &client_id)?;
    ctx.registration_pace.check(&snap.subscription_id)?;
    sector::check(ctx, None, &spec).await.map_err(Error::from)?;
    let secret_method = secret_method(&metadata);
    let by = By { initial: initial.as_ref(), stated: stated.as_ref() };
    let made = store(ctx, snap, spec, secret_method, by, sent).await?;
    let issued = Issued {
        client_secret: made.secret.as_deref(),
        client_id_issued_at: made.created_at,
        registration_access_token: &made.token,
        registration_client_uri: &own_address(snap, &client_id),
        secret_method,
        software_statement: stated.as_ref().map(|stated| stated.text.as_str()),
    };
    Ok(rules::registered(&made.spec, &issued))
}

/// How the secret is going to be sent. Either way is understood, whatever was said.
pub(super) fn secret_method(metadata: &Metadata) -> &'static str {
    if metadata.sends_secret_in_body() {
        AuthMethod::ClientSecretPost.as_str()
    } else {
        AuthMethod::ClientSecretBasic.as_str()
    }
}

/// What let it in.
#[derive(Clone, Copy)]
struct By<'a> {
    initial: Option<&'a InitialAccessToken>,
    stated: Option<&'a Stated>,
}

struct Registered {
    spec: ApplicationSpec,
    secret: Option<String>,
    token: String,
    created_at: i64,
}

/// All of it, or nothing: the use of the token, too.
async fn store(
    ctx: &Ctx,
    snap: &Snapshot,
    spec: ApplicationSpec,
    secret_method: &str,
    by: By<'_>,
    sent: &Sent<'_>,
) -> Result<Registered, Failure> {
    let subscription_id = &snap.subscription_id;
    let mut change = Change::begin(ctx, &Actor::Registration).await?;
    let now = change.now;
    // Of two nodes that bring its last use, one is told so here.
    if let Some(token) = by.initial
        && !initial_access_tokens::consume(&mut change.tx, &token.id, now).await?
    {
        return Err(not_accepted());
    }
    let stored = change::application::create(&mut change, subscription_id, spec).await?;
    let mut secret = None;
    if stored.spec.has_secret() {
        let owner = Owner::Application(&stored.id);
        let of = SecretOf { subscription_id, owner, name: &stored.spec.client_id };
        secret = Some(change::secret::generate(&mut change, of, SecretPlan::default()).await?);
    }
    let token = ctx.random.token()?;
    let row = ClientRegistration {
        application_id: stored.id.clone(),
        subscription_id: subscription_id.clone(),
        token_hash: crypto::hash(&token),
        secret_method: secret_method.to_owned(),
        initial_access_token_id: by.initial.map(|token| token.id.clone()),
        created_at: now,
        software_statement: by.stated.map(|stated| stated.text.clone()),
        is_document: false,
    };
    client_registrations::insert(&mut change.tx, &row).await?;
    // Counted after the revision, which holds the subscription's row: whoever registers at the same time on another
    // node has been counted, or waits for this.
    let limit = snap.tenant.settings().client_registration.max_applications;
    if client_registrations::count(change.conn(), subscription_id).await? > limit {
        return Err(Error::Forbidden.into());
    }
    let data = json!({
        "client_id": stored.spec.client_id,
        "initial_access_token": by.initial.map(|token| token.name.as_str()),
        "software_statement": by.stated.map(|stated| stated.says.issuer()),
        "software_id": by.stated.and_then(|stated| stated.says.software_id()),
        "address": sent.client.address,
    });
    let event = Event { application_id: Some(&stored.id), ..Event::new("application_registered", data) };
    event::record(ctx, &mut change.tx, Some(subscription_id), change.actor.name(), event).await?;
    change.commit().await?;
    Ok(Registered { spec: stored.spec, secret, token, created_at: now })
}
