//! The picture of an application, which it publishes where its `logo_uri` says. Browsers get it from here: pages on which
//! people sign in load nothing from others, and nobody else is told who looks at them.

use std::sync::Arc;

use model::spec::ImageType;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::outgoing::Bounds;
use crate::picture;
use crate::places::{Ages, Place, Places};
use crate::snapshot::Snapshot;

/// Pictures that are kept at the same time, and bytes of one: thirteen megabytes at most.
const MOST: usize = 100;
const LONGEST: usize = 128 * 1024;
/// Seconds that a picture is kept, and that it is used beyond that while its address gives no other.
const AGES: Ages = Ages { usual: 3_600, longest: 86_400 };
const STALE: i64 = 86_400;

type Picture = (ImageType, Arc<[u8]>);

/// What is kept of each address.
#[derive(Debug)]
pub struct ApplicationLogos(Places<Picture>);

impl Default for ApplicationLogos {
    fn default() -> Self {
        Self(Places::of(MOST))
    }
}

/// The picture of an application.
///
/// # Errors
/// `NotFound` for one that has none, and where the address gives no picture.
pub async fn find(ctx: &Ctx, snap: &Snapshot, client_id: &str) -> Result<Picture> {
    let application = snap.tenant.application(client_id).filter(|one| one.is_enabled()).ok_or(Error::NotFound)?;
    let uri = application.spec().logo_uri.as_deref().ok_or(Error::NotFound)?;
    let place = ctx.application_logos.0.place(application.id(), uri, ctx.now()).ok_or(Error::NotFound)?;
    let fresh = place.known().within(0, ctx.now()).cloned();
    if let Some(picture) = fresh {
        return Ok(picture);
    }
    // In a task of its own: whoever hangs up must not leave an attempt behind that brought nothing.
    let waited = tokio::spawn(ask(ctx.clone(), place)).await;
    waited.map_err(Error::internal)?.ok_or(Error::NotFound)
}

async fn ask(ctx: Ctx, place: Arc<Place<Picture>>) -> Option<Picture> {
    let _guard = place.fetching.lock().await;
    let may_ask = place.known().within(0, ctx.now()).is_none() && place.known().may_be_asked(ctx.now());
    if may_ask {
        place.known().try_at(ctx.now());
        match fetch(&ctx, &place.uri).await {
            Ok((picture, max_age)) => place.known().keep(picture, max_age, &AGES, ctx.now()),
            Err(error) => tracing::info!(uri = place.uri, error, "the picture of an application could not be fetched"),
        }
    }
    let known = place.known();
    known.within(STALE, ctx.now()).cloned()
}

async fn fetch(ctx: &Ctx, uri: &str) -> std::result::Result<(Picture, Option<u64>), String> {
    let bounds = Bounds { size: LONGEST, ..Bounds::default() };
    let answer = ctx.outgoing.get(uri, bounds).await.map_err(|error| error.to_string())?;
    if answer.status != 200 {
        return Err(format!("status {}", answer.status));
    }
    let kind = picture::kind(&answer.body).map_err(|problem| problem.code)?;
    Ok(((kind, answer.body.into()), answer.max_age))
}
