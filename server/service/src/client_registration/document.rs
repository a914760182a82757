//! Applications whose identifier is the address of a document about them (draft-ietf-oauth-client-id-metadata-document): the
//! document is fetched when somebody is sent here, and the application is what it says.

mod kept;
mod save;
mod unused;

use std::sync::Arc;

use oidc::client_registration::Metadata;
use oidc::client_registration::document::{self as rules, ClientIdUrl};
use oidc::tenant::Application;
use serde_json::json;

use self::kept::{AGES, Use};
use super::Failure;
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::Event;
use crate::incident;
use crate::outgoing::{Bounds, Fetched, OutgoingError};
use crate::places::{Place, Places};
use crate::snapshot::Snapshot;

pub(crate) use unused::remove as remove_unused;

/// Addresses of applications that are not there yet of which something is kept: whoever names many makes others of the same
/// kind wait, and none that is there.
const STRANGERS: usize = 200;

/// What is kept of the documents.
#[derive(Debug)]
pub struct ClientDocuments {
    known: Places<Found>,
    strangers: Places<Found>,
}

impl Default for ClientDocuments {
    fn default() -> Self {
        Self { known: Places::default(), strangers: Places::of(STRANGERS) }
    }
}

impl ClientDocuments {
    /// The application is there now: what is known of its address stays, whatever strangers name.
    fn settle(&self, snap: &Snapshot, id: &ClientIdUrl, now: i64) {
        let key = key(snap, id);
        if let Some(place) = self.strangers.place(&key, id.as_str(), now) {
            self.known.adopt(&key, place, now);
        }
    }
}

/// Each subscription asks for itself.
fn key(snap: &Snapshot, id: &ClientIdUrl) -> String {
    format!("{} {}", snap.subscription_id, id.as_str())
}

/// What was at an address: a document, or none that counts.
type Found = Option<Arc<Metadata>>;

/// What came of an identifier.
#[derive(Debug)]
pub enum Ready {
    /// Whoever it is, the configuration of this moment says.
    AsItIs,
    /// The application is there, or another one than a moment ago.
    Now(Arc<Snapshot>),
    /// There is no such application (any more).
    Gone,
}

/// Looks after the application of a `client_id` before it is looked for: at the authorization endpoint and where requests are
/// pushed, and nowhere else.
///
/// # Errors
/// When the database fails.
pub async fn ready(ctx: &Ctx, snap: &Snapshot, client_id: Option<&str>, client: &ClientInfo) -> Result<Ready> {
    let Some(id) = client_id.and_then(|client_id| parse(ctx, client_id)) else { return Ok(Ready::AsItIs) };
    let known = snap.tenant.application(id.as_str());
    match known {
        // One that an administrator made, whatever it is called; one that is out of use stays so.
        Some(known) if !known.is_enabled() || !is_document(ctx, known).await? => return Ok(Ready::AsItIs),
        _ => {}
    }
    if !snap.tenant.settings().client_registration.takes_document_of(id.host()) {
        return Ok(if known.is_some() { Ready::Gone } else { Ready::AsItIs });
    }
    let attempt = async {
        let metadata = current(ctx, snap, &id, known).await?;
        save::save(ctx, snap, &id, known, &metadata, client).await
    };
    match attempt.await {
        Ok(false) => Ok(Ready::AsItIs),
        Ok(true) => {
            if known.is_none() {
                ctx.client_documents.settle(snap, &id, ctx.now());
            }
            // Another node may have made it, of which this one hears in a second.
            ctx.snapshots.invalidate(&snap.subscription_id);
            Ok(Ready::Now(ctx.snapshots.get(ctx, snap.tenant.slug()).await?))
        }
        Err(Unusable::Because(reason)) => {
            refused(ctx, snap, &id, known, &reason, client).await;
            Ok(Ready::Gone)
        }
        Err(Unusable::Service(error)) => Err(error),
    }
}

/// An identifier that is an address. An installation that is http on this computer is one under development.
pub(crate) fn parse(ctx: &Ctx, client_id: &str) -> Option<ClientIdUrl> {
    ClientIdUrl::parse(client_id, !ctx.config.secure_cookies)
}

async fn is_document(ctx: &Ctx, application: &Application) -> Result<bool> {
    Ok(save::is_document(&mut ctx.read().await?, application.id()).await?)
}

/// Why a document makes no application.
enum Unusable {
    /// For administrators, in the audit log.
    Because(String),
    Service(crate::Error),
}

impl From<Failure> for Unusable {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::OAuth(error) => Self::Because(error.description.into_owned()),
            Failure::Bearer(_) => Self::Because("not allowed".to_owned()),
            // Too many of them, or too fast: for this one it is the same.
            Failure::Service(error @ (crate::Error::Forbidden | crate::Error::TooManyRequests { .. })) => {
                Self::Because(error.to_string())
            }
            Failure::Service(error) => Self::Service(error),
        }
    }
}

/// What the document says: what is kept of it, or what is there now.
async fn current(
    ctx: &Ctx,
    snap: &Snapshot,
    id: &ClientIdUrl,
    known: Option<&Application>,
) -> std::result::Result<Arc<Metadata>, Unusable> {
    let places = if known.is_some() { &ctx.client_documents.known } else { &ctx.client_documents.strangers };
    let key = key(snap, id);
    let busy = || Unusable::Because("too many other documents were asked for".to_owned());
    let place = places.place(&key, id.as_str(), ctx.now()).ok_or_else(busy)?;
    let decided = kept::to_use(&place.known(), ctx.now());
    let found = match decided {
        Use::This(found) => found,
        // In a task of its own: whoever hangs up must not take the document from the others. Those who may not ask wait for
        // the one who does.
        Use::Fetch | Use::Nothing => {
            let waited = tokio::spawn(fetch(ctx.clone(), id.clone(), place.clone()));
            match waited.await {
                Ok(Ok(found)) => found,
                Ok(Err(reason)) => return Err(Unusable::Because(reason)),
                Err(_) => None,
            }
        }
    };
    found.ok_or_else(|| Unusable::Because("there was no document a moment ago".to_owned()))
}

/// Asks the address, unless somebody else has just done so.
async fn fetch(ctx: Ctx, id: ClientIdUrl, place: Arc<Place<Found>>) -> std::result::Result<Found, String> {
    let _guard = place.fetching.lock().await;
    let decided = kept::to_use(&place.known(), ctx.now());
    match decided {
        Use::This(found) => return Ok(found),
        Use::Nothing => return Ok(None),
        Use::Fetch => place.known().try_at(ctx.now()),
    }
    let answer = ctx.outgoing.get(&place.uri, Bounds { size: rules::LONGEST, ..Bounds::default() }).await;
    match read(&id, answer) {
        Ok((metadata, max_age)) => {
            let found = Some(Arc::new(metadata));
            place.known().keep(found.clone(), max_age, &AGES, ctx.now());
            Ok(found)
        }
        // Nobody says anything now, and what was said holds on for a while.
        Err(Silent::ForNow(reason)) => match kept::meanwhile(&place.known(), ctx.now()) {
            Some(found) => Ok(Some(found)),
            None => Err(reason),
        },
        Err(Silent::ForGood(reason)) => {
            place.known().keep(None, Some(0), &AGES, ctx.now());
            Err(reason)
        }
    }
}

/// Why there is no document.
enum Silent {
    ForNow(String),
    /// Its owner says so, or has put something else there.
    ForGood(String),
}

fn read(
    id: &ClientIdUrl,
    answer: std::result::Result<Fetched, OutgoingError>,
) -> std::result::Result<(Metadata, Option<u64>), Silent> {
    let answer = answer.map_err(|error| match error {
        OutgoingError::TooLarge(_) | OutgoingError::Closed { .. } | OutgoingError::Url(_) => {
            Silent::ForGood(error.to_string())
        }
        error => Silent::ForNow(error.to_string()),
    })?;
    match answer.status {
        // Section 4: "If the response is anything other than a 200 OK […] the authorization server MUST treat it as an error".
        200 => {}
        status @ (429 | 500..) => return Err(Silent::ForNow(format!("the address answers {status}"))),
        status => return Err(Silent::ForGood(format!("the address answers {status}"))),
    }
    let metadata = rules::read(id, &answer.body).map_err(|error| Silent::ForGood(error.description.into_owned()))?;
    Ok((metadata, answer.max_age))
}

/// A line for administrators; as bounded as every refusal.
async fn refused(
    ctx: &Ctx,
    snap: &Snapshot,
    id: &ClientIdUrl,
    known: Option<&Application>,
    reason: &str,
    client: &ClientInfo,
) {
    let data = json!({ "client_id": id.as_str(), "reason": reason, "address": client.address });
    let event = Event { application_id: known.map(Application::id), ..Event::new("client_document_refused", data) };
    incident::note(ctx, snap, event).await;
}
