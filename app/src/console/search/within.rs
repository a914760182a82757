//! The search inside a subscription.

use leptos::prelude::*;
use service::console::search;

use super::entries::{object, pages};
use super::{Found, asked};
use crate::console::{Place, Sheet};
use crate::say;
use crate::visit::{PageResult, Visit};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let (l, query) = (visit.locale, asked(&visit));
    let hits = search::find(&visit.ctx, &place.actor, place.slug(), &query).await?;
    let mut entries: Vec<_> = hits.into_iter().map(|hit| object(l, &place, hit)).collect();
    entries.extend(pages(l, &place, &query));
    let path = place.path("/search");
    let sheet = Sheet::beside(&visit, &place, say!(l, "search-title")).lead(say!(l, "search-lead")).narrow();
    Ok(sheet.answer(move || view! { <Found query path entries /> }))
}
