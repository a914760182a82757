//! The public keys of an application, an API connection or a trusted issuer, wherever they are: in its settings, or at
//! an address of its own (`jwks_uri`, RFC 7591 section 2). What is fetched is kept in this process, and when to fetch
//! is decided in [`kept`].

mod kept;

use std::borrow::Cow;

use model::spec::EncryptionAlg;
use oidc::jose::{EncryptionKey, KeySet, PublicKey};
use oidc::tenant::{Application, Connection, TrustedIssuer};
use serde_json::{Value, json};

use self::kept::{AGES, Sought, Use};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::event::{self, Event};
use crate::outgoing::{Bounds, Fetched, OutgoingError};
use crate::places::{Place, Places};
use crate::snapshot::Snapshot;

/// What an application is told whose keys are not there. What went wrong is for its administrators, in the audit log.
pub(crate) const UNFETCHED: &str = "the keys of the application could not be fetched from its jwks_uri";

/// The keys are not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfetched;

/// What is kept of each address, by the row id of whose it is.
#[derive(Debug, Default)]
pub struct PublishedKeys(Places<KeySet>);

/// Who has keys.
#[derive(Clone, Copy)]
pub(crate) struct Publisher<'a> {
    /// Row id, or what else is its own.
    id: &'a str,
    /// Row id of the application, for the audit log; `None` for others.
    application_id: Option<&'a str>,
    /// What the name is called in the audit log.
    called: &'static str,
    name: &'a str,
    uri: Option<&'a str>,
    keys: &'a [PublicKey],
}

impl<'a> From<&'a Application> for Publisher<'a> {
    fn from(application: &'a Application) -> Self {
        Self {
            id: application.id(),
            application_id: Some(application.id()),
            called: "client_id",
            name: application.client_id(),
            uri: application.spec().jwks_uri.as_deref(),
            keys: &application.keys.signature,
        }
    }
}

impl<'a> From<&'a Connection> for Publisher<'a> {
    fn from(connection: &'a Connection) -> Self {
        let (name, uri) = (connection.name(), connection.spec().jwks_uri.as_deref());
        Self { id: connection.id(), application_id: None, called: "client_id", name, uri, keys: connection.keys() }
    }
}

impl<'a> From<&'a TrustedIssuer> for Publisher<'a> {
    fn from(issuer: &'a TrustedIssuer) -> Self {
        let (name, uri) = (issuer.spec().issuer.as_str(), issuer.spec().jwks_uri.as_deref());
        Self { id: issuer.id(), application_id: None, called: "issuer", name, uri, keys: issuer.keys() }
    }
}

/// The same, to be taken along.
struct Owner {
    id: String,
    application_id: Option<String>,
    called: &'static str,
    name: String,
}

/// The keys of somebody that check signatures. `kid` names the one that is looked for: the address is asked again for one
/// that is not known, though not often.
pub(crate) async fn of<'a>(
    ctx: &Ctx,
    snap: &Snapshot,
    publisher: impl Into<Publisher<'a>>,
    kid: Option<&str>,
) -> std::result::Result<Cow<'a, [PublicKey]>, Unfetched> {
    let publisher = publisher.into();
    let Some(uri) = publisher.uri else { return Ok(Cow::Borrowed(publisher.keys)) };
    let keys = published(ctx, snap, publisher, uri, Sought::Signature(kid.map(str::to_owned))).await?;
    Ok(Cow::Owned(keys.signature))
}

/// The key with which something is encrypted for an application. `None`: it has none for this algorithm.
pub(crate) async fn for_encryption(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    alg: EncryptionAlg,
) -> std::result::Result<Option<EncryptionKey>, Unfetched> {
    let Some(uri) = application.spec().jwks_uri.as_deref() else {
        return Ok(EncryptionKey::choose(&application.keys.encryption, alg).cloned());
    };
    let keys = published(ctx, snap, application.into(), uri, Sought::Encryption(alg)).await?;
    Ok(EncryptionKey::choose(&keys.encryption, alg).cloned())
}

async fn published(
    ctx: &Ctx,
    snap: &Snapshot,
    publisher: Publisher<'_>,
    uri: &str,
    sought: Sought,
) -> std::result::Result<KeySet, Unfetched> {
    let place = ctx.published_keys.0.place(publisher.id, uri, ctx.now()).ok_or(Unfetched)?;
    match kept::to_use(&place.known(), &sought, ctx.now()) {
        Use::These(keys) if sought.is_in(&keys) => return Ok(keys),
        // It may be on its way just now: whoever holds the lock below has asked, and has not heard yet.
        Use::These(_) | Use::Nothing | Use::Fetch => {}
    }
    // In a task of its own: whoever hangs up must not take the answer from the others, nor leave an attempt behind
    // that brought nothing, nor keep it out of the log.
    let ctx = ctx.clone();
    let subscription_id = snap.subscription_id.clone();
    let owner = Owner {
        id: publisher.id.to_owned(),
        application_id: publisher.application_id.map(str::to_owned),
        called: publisher.called,
        name: publisher.name.to_owned(),
    };
    let waited = tokio::spawn(async move {
        let _guard = place.fetching.lock().await;
        let decided = kept::to_use(&place.known(), &sought, ctx.now());
        match decided {
            Use::These(keys) => Some(keys),
            Use::Nothing => None,
            Use::Fetch => {
                if let Err(reason) = fetch(&place, &ctx, &owner.id).await {
                    let noted = note(&ctx, &subscription_id, &owner, &reason).await;
                    noted.unwrap_or_else(|error| tracing::error!(%error, "a failure could not be noted"));
                }
                kept::now_used(&place.known(), ctx.now())
            }
        }
    });
    waited.await.ok().flatten().ok_or(Unfetched)
}

/// One line for each attempt that failed, so at most one in a minute for each of them and node.
async fn note(ctx: &Ctx, subscription_id: &str, owner: &Owner, reason: &str) -> Result<()> {
    let data = json!({ owner.called: owner.name, "keys": reason });
    let event = Event { application_id: owner.application_id.as_deref(), ..Event::new("keys_unfetched", data) };
    let mut tx = ctx.begin().await?;
    event::record(ctx, &mut tx, Some(subscription_id), "anonymous", event).await?;
    Ok(tx.commit().await?)
}

/// Asks the address. What is wrong comes as a code.
async fn fetch(place: &Place<KeySet>, ctx: &Ctx, owner: &str) -> std::result::Result<(), String> {
    place.known().try_at(ctx.now());
    let answer = ctx.outgoing.get(&place.uri, Bounds::default()).await;
    match read(answer) {
        Ok((keys, max_age)) => {
            place.known().keep(keys, max_age, &AGES, ctx.now());
            Ok(())
        }
        Err((reason, words)) => {
            tracing::info!(owner, error = words, "keys could not be fetched");
            Err(reason)
        }
    }
}

/// The keys of an answer, and for how long it lets itself be kept; or what is wrong, by a code and in words. Nothing
/// of the answer's body is among them.
fn read(
    answer: std::result::Result<Fetched, OutgoingError>,
) -> std::result::Result<(KeySet, Option<u64>), (String, String)> {
    let answer = answer.map_err(|error| (error.code().to_owned(), error.to_string()))?;
    if answer.status != 200 {
        let code = format!("status-{}", answer.status);
        return Err((code.clone(), code));
    }
    let set: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let keys = KeySet::parse(&set);
    if keys.is_empty() {
        return Err(("no-keys".to_owned(), "the answer has no key that can be used".to_owned()));
    }
    Ok((keys, answer.max_age))
}
