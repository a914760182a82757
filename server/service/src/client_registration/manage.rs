//! The client configuration endpoint (RFC 7592 section 2): by the token that came with the registration.

use model::SecretPlan;
use oidc::bearer::BearerRefusal;
use oidc::client_registration::{self as rules, Issued, Metadata, Rules};
use oidc::{ErrorCode, OAuthError};
use serde_json::Value;
use store::Conn;
use store::applications::Application;
use store::client_registrations::{self, ClientRegistration};
use store::secrets::{Owner, Secret};

use super::gate::{is_on, not_accepted, token};
use super::register::secret_method;
use super::statement;
use super::{Failure, Sent, object, own_address, refused};
use crate::actor::Actor;
use crate::change::secret::{SecretOf, is_live};
use crate::change::{self, Change};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::sector;
use crate::snapshot::Snapshot;

/// What is registered (section 2.1).
pub async fn read(ctx: &Ctx, snap: &Snapshot, client_id: &str, sent: &Sent<'_>) -> Result<Value, Failure> {
    let answer = async {
        let mut conn = ctx.read().await?;
        let known = enter(&mut conn, snap, client_id, sent).await?;
        let registration = &known.registration;
        let kept = Kept {
            secret_method: &registration.secret_method,
            software_statement: registration.software_statement.as_deref(),
        };
        Ok(answer(snap, &known, &known.application.object.spec, None, kept))
    };
    noted(ctx, snap, client_id, sent, answer.await).await
}

/// Other metadata in the place of those there were (section 2.2).
pub async fn update(
    ctx: &Ctx,
    snap: &Snapshot,
    client_id: &str,
    body: &[u8],
    sent: &Sent<'_>,
) -> Result<Value, Failure> {
    noted(ctx, snap, client_id, sent, replace(ctx, snap, client_id, body, sent).await).await
}

/// The end of the application, with all that was granted to it (section 2.3).
pub async fn delete(ctx: &Ctx, snap: &Snapshot, client_id: &str, sent: &Sent<'_>) -> Result<(), Failure> {
    let done = async {
        // Strangers do not get as far as the one who writes.
        enter(&mut ctx.read().await?, snap, client_id, sent).await?;
        ctx.registration_pace.check(&snap.subscription_id)?;
        let mut change = Change::begin(ctx, &Actor::Registration).await?;
        let known = enter(change.conn(), snap, client_id, sent).await?;
        change::application::unless_target(change.conn(), &snap.subscription_id, client_id).await?;
        let version = known.application.object.version;
        change::application::delete(&mut change, &known.application, version).await?;
        change.commit().await?;
        Ok(())
    };
    noted(ctx, snap, client_id, sent, done.await).await
}

async fn noted<T>(
    ctx: &Ctx,
    snap: &Snapshot,
    client_id: &str,
    sent: &Sent<'_>,
    answer: Result<T, Failure>,
) -> Result<T, Failure> {
    if let Err(failure) = &answer {
        refused(ctx, snap, failure, Some(client_id), sent).await;
    }
    answer
}

/// An application whose own token came along.
struct Known {
    application: Application,
    registration: ClientRegistration,
    token: String,
}

/// Section 2: "If the client does not exist on this server, the server MUST respond with HTTP 401 Unauthorized", as it
/// does for a token that is not this very application's.
async fn enter(conn: &mut Conn, snap: &Snapshot, client_id: &str, sent: &Sent<'_>) -> Result<Known, Failure> {
    is_on(snap)?;
    let token = token(sent)?;
    let subscription_id = &snap.subscription_id;
    let found = store::applications::find_by_client_id(conn, subscription_id, client_id).await?;
    let application = found.ok_or_else(not_accepted)?;
    let registration = client_registrations::find(conn, &application.object.id).await?;
    let hash = crypto::hash(&token);
    let registration = registration.filter(|one| one.token_hash == hash).ok_or_else(not_accepted)?;
    // Section 2.1: "If the client does not have permission to read its record, the server MUST return an HTTP 403".
    if application.object.spec.disabled {
        let text = "an administrator has taken the application out of use";
        return Err(BearerRefusal::Error(OAuthError::new(ErrorCode::InsufficientScope, text)).into());
    }
    Ok(Known { application, registration, token })
}

async fn replace(ctx: &Ctx, snap: &Snapshot, client_id: &str, body: &[u8], sent: &Sent<'_>) -> Result<Value, Failure> {
    // Before the body is looked at: a stranger learns nothing of what would be wrong with it.
    let known = enter(&mut ctx.read().await?, snap, client_id, sent).await?;
    ctx.registration_pace.check(&snap.subscription_id)?;
    let body = object(body)?;
    let stated = statement::of_known(ctx, snap, &body, known.registration.software_statement.as_deref()).await?;
    let metadata = Metadata::read(&statement::over(stated.as_ref(), &body))?;
    let object = &known.application.object;
    let spec = rules::changed(Rules::of(&snap.tenant, ctx.config.client_certificates), &metadata, &object.spec)?;
    // Somebody else's server answers: not while a transaction waits. Whoever changes the application meanwhile was faster.
    sector::check(ctx, Some(&object.spec), &spec).await.map_err(Error::from)?;
    let mut change = Change::begin(ctx, &Actor::Registration).await?;
    let now = change.now;
    enter(change.conn(), snap, client_id, sent).await?;
    let secrets = store::secrets::list(change.conn(), Owner::Application(&object.id)).await?;
    let live = |secret: &&Secret| is_live(secret, now);
    let is_secret = |text: &str| secrets.iter().filter(live).any(|secret| secret.hash == crypto::hash(text));
    rules::check(&body, client_id, is_secret)?;
    if spec != object.spec {
        change::application::update(&mut change, &known.application, object.version, &spec).await?;
    }
    let software_statement = stated.as_ref().map(|stated| stated.text.as_str());
    let kept = Kept { secret_method: secret_method(&metadata), software_statement };
    client_registrations::update(&mut change.tx, &object.id, kept.secret_method, kept.software_statement).await?;
    // One that signed with its own key so far has none; of one that did not sign with its secret, none is kept to read.
    let is_fit = |secret: &Secret| live(&secret) && (secret.sealed.is_some() || !spec.needs_sealed_secret());
    let mut secret = None;
    if spec.has_secret() && !secrets.iter().any(is_fit) {
        let owner = Owner::Application(&object.id);
        let of = SecretOf { subscription_id: &snap.subscription_id, owner, name: client_id };
        secret = Some(change::secret::generate(&mut change, of, SecretPlan::default()).await?);
    }
    change.commit().await?;
    Ok(answer(snap, &known, &spec, secret.as_deref(), kept))
}

/// What is kept beside the specification.
#[derive(Clone, Copy)]
struct Kept<'a> {
    secret_method: &'a str,
    software_statement: Option<&'a str>,
}

fn answer(
    snap: &Snapshot,
    known: &Known,
    spec: &model::spec::ApplicationSpec,
    client_secret: Option<&str>,
    kept: Kept<'_>,
) -> Value {
    let issued = Issued {
        client_secret,
        client_id_issued_at: known.registration.created_at,
        registration_access_token: &known.token,
        registration_client_uri: &own_address(snap, &spec.client_id),
        secret_method: kept.secret_method,
        software_statement: kept.software_statement,
    };
    rules::registered(spec, &issued)
}
