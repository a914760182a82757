//! Tokens for what an issuer that the subscription trusts says of a user (RFC 7523 section 2.1).

use model::spec::AssertedSubject;
use oidc::client_auth::AuthenticatedClient;
use oidc::error::OAuthError;
use oidc::grant;
use oidc::grant::jwt_bearer::{self, Asserted, Expected, Request, Vouched};
use oidc::jose::PublicKey;
use oidc::tenant::TrustedIssuer;
use oidc::user::UserFacts;
use serde_json::{Value, json};

use super::sign::Signer;
use super::{Failure, issue};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::facts;
use crate::proof::{self, Message};
use crate::published_keys;
use crate::snapshot::Snapshot;

/// What the application may is looked at first, then the signature, and only then is the assertion used up: on
/// whichever node, it counts once, whatever comes of it.
pub(super) async fn issue(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
    caller: &ClientInfo,
) -> std::result::Result<Value, Failure> {
    let scopes = jwt_bearer::scopes(&snap.tenant, client, request)?;
    let (issuer, kid) = jwt_bearer::issuer(&snap.tenant, client, request)?;
    let keys = published_keys::of(ctx, snap, issuer, kid.as_deref()).await.map_err(|_| unfetched())?;
    let asserted = check(ctx, snap, issuer, request, &keys)?;
    use_up(ctx, snap, issuer, &asserted).await?;
    let (now, application) = (ctx.now(), client.application);
    let mut tx = ctx.begin_brief().await?;
    let user = named(&mut tx, snap, &asserted).await?;
    let consented = match &user {
        Some(user) => store::consents::get(&mut tx, &user.sub, application.id()).await?,
        None => None,
    };
    let grant = store::grants::Grant {
        id: ctx.new_id()?,
        subscription_id: snap.subscription_id.clone(),
        application_id: application.id().to_owned(),
        user_id: user.as_ref().map(|user| user.sub.clone()),
        session_id: None,
        created_at: now,
        expires_at: grant::family_expires_at(application, now),
        revoked_at: None,
    };
    let vouched = Vouched {
        asserted: &asserted,
        user: user.as_ref(),
        grant_id: &grant.id,
        consented: consented.as_ref().map(|consent| consent.scopes.as_slice()),
    };
    let plan = jwt_bearer::decide(&snap.tenant, client, request, &scopes, vouched, now)?;
    // Whoever disables the user meanwhile ends what was granted, and this must not begin after that.
    if !store::users::hold_enabled(&mut tx, plan.user_id.as_deref().unwrap_or_default()).await? {
        return Err(jwt_bearer::nobody().into());
    }
    // The application did it, and no user was there.
    let data = json!({ "grant": "jwt_bearer", "issuer": issuer.spec().issuer, "address": caller.address });
    let event = Event {
        user_id: plan.user_id.as_deref(),
        application_id: Some(application.id()),
        ..Event::new("sign_in", data)
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), application.id(), event).await?;
    store::grants::insert(&mut tx, &grant).await?;
    let made = issue::write(ctx, &mut tx, snap, signer, &plan, ctx.random.token()?).await?;
    tx.commit().await?;
    issue::respond(ctx, snap, signer, &plan, made)
}

fn check(
    ctx: &Ctx,
    snap: &Snapshot,
    issuer: &TrustedIssuer,
    request: &Request,
    keys: &[PublicKey],
) -> std::result::Result<Asserted, OAuthError> {
    let expected = Expected { keys, signatures: &proof::verifies, now: ctx.now() };
    jwt_bearer::check(&snap.tenant, issuer, request, &expected)
}

/// Ids are those of their issuer: two of them may give the same.
async fn use_up(
    ctx: &Ctx,
    snap: &Snapshot,
    issuer: &TrustedIssuer,
    asserted: &Asserted,
) -> std::result::Result<(), Failure> {
    let id = format!("{}\n{}", issuer.spec().issuer, asserted.id);
    let message = Message { kind: "assertion", id: &id, expires_at: asserted.expires_at };
    if proof::first_use(ctx, snap, &[message]).await? { Ok(()) } else { Err(jwt_bearer::used().into()) }
}

/// The user whom an assertion names, if there is one; whether it may be named so is decided later.
async fn named(conn: &mut store::Conn, snap: &Snapshot, asserted: &Asserted) -> Result<Option<UserFacts>> {
    let subject = &asserted.subject;
    match asserted.kind {
        AssertedSubject::Identifier => facts::load(conn, &snap.tenant, subject).await,
        AssertedSubject::Username | AssertedSubject::Email => {
            let login = model::canonical::text(subject);
            let found = store::users::find_by_login_with_values(conn, &snap.subscription_id, &login).await?;
            Ok(found.map(|found| facts::of(&snap.tenant, found)))
        }
    }
}

/// What went wrong is for administrators, in the audit log.
fn unfetched() -> OAuthError {
    OAuthError::invalid_grant("the keys of the issuer could not be fetched from its jwks_uri")
}
