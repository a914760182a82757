//! Tokens for a password that an application was told (RFC 6749 section 4.3).

use oidc::client_auth::AuthenticatedClient;
use oidc::grant;
use oidc::grant::password::{self, Proven, Request};
use oidc::user::Authentication;
use serde_json::{Value, json};

use super::sign::Signer;
use super::{Failure, issue, subject};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::event::{self, Event};
use crate::password_proof::{self, prove};
use crate::snapshot::Snapshot;

/// What the application may is looked at first: a password that it may not use is not tried, and not counted.
pub(super) async fn issue(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
    caller: &ClientInfo,
) -> Result<Value, Failure> {
    let scopes = password::check(&snap.tenant, client, request)?;
    let application = client.application;
    let proven = prove(ctx, snap, &request.username, &request.password, Some(application.id()), caller).await;
    let password_proof::Proven { mut tx, user } = proven.map_err(|refused| match refused.error {
        Error::Invalid(_) => password::wrong().into(),
        other => Failure::Service(other),
    })?;
    let now = ctx.now();
    let authentication = Authentication {
        user_id: user.id.clone(),
        session_id: None,
        auth_time: now,
        amr: vec!["pwd".to_owned()],
        acr: None,
    };
    let event = Event {
        user_id: Some(&user.id),
        application_id: Some(application.id()),
        ..Event::new("sign_in", json!({ "amr": "pwd", "grant": "password", "address": caller.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &user.id, event).await?;
    let (facts, consented) = subject(&mut tx, snap, client, &user.id).await?;
    let grant = store::grants::Grant {
        id: ctx.new_id()?,
        subscription_id: snap.subscription_id.clone(),
        application_id: application.id().to_owned(),
        user_id: Some(user.id.clone()),
        session_id: None,
        created_at: now,
        expires_at: grant::family_expires_at(application, now),
        revoked_at: None,
    };
    let proven = Proven {
        user: facts.as_ref(),
        authentication: &authentication,
        grant_id: &grant.id,
        consented: consented.as_deref(),
    };
    let plan = match password::decide(&snap.tenant, client, request, &scopes, proven, now) {
        Ok(plan) => plan,
        Err(error) => {
            // The password was right all the same: that it was stands in the log, and the counter forgets the failures.
            tx.commit().await?;
            return Err(error.into());
        }
    };
    store::grants::insert(&mut tx, &grant).await?;
    let issued = issue::write(ctx, &mut tx, snap, signer, &plan, ctx.random.token()?).await?;
    tx.commit().await?;
    issue::respond(ctx, snap, signer, &plan, issued)
}
