//! Request objects (RFC 9101): where they come from, and with which keys they are opened. What makes one good is in
//! `oidc::authorize::request_object`; what is fetched is kept in this process, and when to fetch is decided in [`kept`].

mod kept;

use std::sync::Arc;

use oidc::OAuthError;
use oidc::authorize::request_object::{self, Expected, Opened, Reference};
use oidc::tenant::Application;
use serde_json::json;

use self::kept::{AGES, Use};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::outgoing::{Bounds, Fetched, OutgoingError};
use crate::places::{Place, Places};
use crate::proof;
use crate::published_keys;
use crate::snapshot::Snapshot;

/// Bytes of an object, which is as long as `request` may be.
const LONGEST: usize = 16 * 1024;

/// What the application is told whose object is not there. What went wrong is for its administrators, in the audit log.
const UNFETCHED: &str = "the request object could not be fetched from the request_uri, or is another one";

/// What is kept of each registered address.
#[derive(Debug, Default)]
pub struct RequestObjects(Places<String>);

/// Opens an object of this application.
pub(crate) async fn open(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    object: &str,
) -> std::result::Result<Opened, OAuthError> {
    let kid = request_object::claimed_key(object);
    let keys = published_keys::of(ctx, snap, application, kid.as_deref()).await;
    let keys = keys.map_err(|_| request_object::unreadable(published_keys::UNFETCHED))?;
    let issuer = snap.tenant.issuer();
    let expected = Expected { keys: &keys, issuer, signatures: &proof::verifies, now: ctx.now() };
    request_object::open(object, application, &expected)
}

/// The object at a registered address.
pub(crate) async fn fetch(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    request_uri: &str,
) -> std::result::Result<String, OAuthError> {
    let reference = Reference::read(application, request_uri)?;
    let is_wanted = |object: &str| reference.may_be(object.as_bytes());
    let unfetched = || request_object::invalid_uri(UNFETCHED);
    let key = format!("{} {}", application.id(), reference.url);
    let place = ctx.request_objects.0.place(&key, reference.url, ctx.now()).ok_or_else(unfetched)?;
    let decided = kept::to_use(&place.known(), is_wanted, ctx.now());
    if let Use::This(object) = decided {
        return Ok(object);
    }
    // In a task of its own: whoever hangs up must not take the answer from the others, nor leave an attempt behind
    // that brought nothing, nor keep it out of the log.
    let ask = Ask { ctx: ctx.clone(), subscription_id: snap.subscription_id.clone(), application: application.clone() };
    let waited = tokio::spawn(ask.at(place.clone(), request_uri.to_owned()));
    waited.await.ok().flatten().ok_or_else(unfetched)
}

/// One who asks an address.
struct Ask {
    ctx: Ctx,
    subscription_id: String,
    application: Application,
}

impl Ask {
    async fn at(self, place: Arc<Place<String>>, request_uri: String) -> Option<String> {
        let _guard = place.fetching.lock().await;
        let ctx = &self.ctx;
        // Still registered: nothing has changed since the caller looked.
        let reference = Reference::read(&self.application, &request_uri).ok()?;
        let is_wanted = |object: &str| reference.may_be(object.as_bytes());
        let decided = kept::to_use(&place.known(), is_wanted, ctx.now());
        match decided {
            Use::This(object) => Some(object),
            Use::Nothing => None,
            Use::Fetch => {
                place.known().try_at(ctx.now());
                match read(ctx.outgoing.get(&place.uri, Bounds { size: LONGEST, ..Bounds::default() }).await) {
                    Ok((object, max_age)) => place.known().keep(object, max_age, &AGES, ctx.now()),
                    Err((reason, words)) => self.note(&place.uri, &reason, &words).await,
                }
                let found = kept::now_used(&place.known(), ctx.now());
                found.filter(|object| is_wanted(object))
            }
        }
    }

    /// One line for each attempt that failed, so at most one in a minute for each address and node.
    async fn note(&self, uri: &str, reason: &str, words: &str) {
        tracing::info!(application = self.application.id(), error = words, "a request object could not be fetched");
        let noted = self.write(uri, reason).await;
        noted.unwrap_or_else(|error| tracing::error!(%error, "a failure could not be noted"));
    }

    async fn write(&self, uri: &str, reason: &str) -> Result<()> {
        let (ctx, application) = (&self.ctx, &self.application);
        let data = json!({ "client_id": application.client_id(), "request_uri": uri, "request_object": reason });
        let event = Event { application_id: Some(application.id()), ..Event::new("request_unfetched", data) };
        let mut tx = ctx.begin().await?;
        event::record(ctx, &mut tx, Some(&self.subscription_id), "anonymous", event).await?;
        Ok(tx.commit().await?)
    }
}

/// The object of an answer, and for how long it lets itself be kept; or what is wrong, by a code and in words. Nothing
/// of the answer's body is among them.
fn read(
    answer: std::result::Result<Fetched, OutgoingError>,
) -> std::result::Result<(String, Option<u64>), (String, String)> {
    let answer = answer.map_err(|error| (error.code().to_owned(), error.to_string()))?;
    if answer.status != 200 {
        let code = format!("status-{}", answer.status);
        return Err((code.clone(), code));
    }
    match String::from_utf8(answer.body) {
        Ok(object) => Ok((object, answer.max_age)),
        Err(_) => Err(("no-object".to_owned(), "the answer is no text".to_owned())),
    }
}
