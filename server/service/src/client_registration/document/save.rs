//! The application of a document: made, or changed to what the document says now.

use model::spec::ApplicationSpec;
use oidc::client_registration::document::ClientIdUrl;
use oidc::client_registration::{self as rules, Metadata, Rules};
use oidc::tenant::Application;
use serde_json::json;
use store::client_registrations::{self, ClientRegistration};

use super::{Failure, Unusable, unused};
use crate::actor::Actor;
use crate::change::{self, Change};
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::event::{self, Event};
use crate::sector;
use crate::snapshot::Snapshot;

/// True when there is something new.
pub(super) async fn save(
    ctx: &Ctx,
    snap: &Snapshot,
    id: &ClientIdUrl,
    known: Option<&Application>,
    metadata: &Metadata,
    client: &ClientInfo,
) -> Result<bool, Unusable> {
    let before = known.map(Application::spec);
    let spec = described(ctx, snap, id, metadata, before)?;
    if before == Some(&spec) {
        return Ok(false);
    }
    ctx.registration_pace.check(&snap.subscription_id).map_err(Failure::from)?;
    // Somebody else's server answers: not while a transaction waits.
    sector::check(ctx, before, &spec).await.map_err(Error::from).map_err(Failure::from)?;
    match write(ctx, snap, id, metadata, client).await {
        Ok(()) => Ok(true),
        // Another node was faster.
        Err(Failure::OAuth(_)) if known.is_none() && is_there(ctx, snap, id).await? => Ok(true),
        Err(failure) => Err(failure.into()),
    }
}

fn described(
    ctx: &Ctx,
    snap: &Snapshot,
    id: &ClientIdUrl,
    metadata: &Metadata,
    before: Option<&ApplicationSpec>,
) -> Result<ApplicationSpec, Failure> {
    let of = Rules::of(&snap.tenant, ctx.config.client_certificates);
    Ok(match before {
        Some(before) => rules::changed(of, metadata, before)?,
        None => rules::new(of, metadata, id.as_str())?,
    })
}

async fn is_there(ctx: &Ctx, snap: &Snapshot, id: &ClientIdUrl) -> Result<bool, Unusable> {
    let found = async {
        let mut conn = ctx.read().await?;
        Ok::<_, Error>(store::applications::find_by_client_id(&mut conn, &snap.subscription_id, id.as_str()).await?)
    };
    found.await.map(|found| found.is_some()).map_err(Unusable::Service)
}

/// True for an application that came of a document.
pub(super) async fn is_document(conn: &mut store::Conn, id: &str) -> Result<bool, store::Error> {
    Ok(client_registrations::find(conn, id).await?.is_some_and(|row| row.is_document))
}

/// All of it, or nothing. An administrator may have changed or disabled it a moment ago: what the document does not say
/// stays.
async fn write(
    ctx: &Ctx,
    snap: &Snapshot,
    id: &ClientIdUrl,
    metadata: &Metadata,
    client: &ClientInfo,
) -> Result<(), Failure> {
    let subscription_id = &snap.subscription_id;
    let mut change = Change::begin(ctx, &Actor::Registration).await?;
    match store::applications::find_by_client_id(change.conn(), subscription_id, id.as_str()).await? {
        // An administrator has just made one of that name.
        Some(row) if !is_document(change.conn(), &row.object.id).await? => {}
        Some(row) => {
            let spec = described(ctx, snap, id, metadata, Some(&row.object.spec))?;
            if spec != row.object.spec {
                change::application::update(&mut change, &row, row.object.version, &spec).await?;
            }
        }
        None => {
            let spec = described(ctx, snap, id, metadata, None)?;
            let stored = change::application::create(&mut change, subscription_id, spec).await?;
            let row = ClientRegistration {
                application_id: stored.id.clone(),
                subscription_id: subscription_id.clone(),
                // Nobody is told the token.
                token_hash: crypto::hash(&ctx.random.token()?),
                secret_method: String::new(),
                initial_access_token_id: None,
                created_at: change.now,
                software_statement: None,
                is_document: true,
            };
            client_registrations::insert(&mut change.tx, &row).await?;
            // Counted after the revision, which holds the subscription's row.
            let limit = snap.tenant.settings().client_registration.max_applications;
            if client_registrations::count(change.conn(), subscription_id).await? > limit {
                unused::make_room(&mut change, subscription_id).await?;
            }
            let data = json!({ "client_id": id.as_str(), "document": true, "address": client.address });
            let event = Event { application_id: Some(&stored.id), ..Event::new("application_registered", data) };
            event::record(ctx, &mut change.tx, Some(subscription_id), change.actor.name(), event).await?;
        }
    }
    change.commit().await?;
    Ok(())
}
