//! The search outside any subscription: the subscriptions themselves.

use leptos::prelude::*;
use model::PageRequest;
use service::console::subscriptions;

use super::entries::{Entry, matches, page};
use super::{Found, asked};
use crate::console::{Sheet, Way};
use crate::list::escape;
use crate::say;
use crate::visit::{PageResult, Visit};

/// As many as the eye takes in.
const SHOWN: u32 = 10;

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let (l, query) = (visit.locale, asked(&visit));
    let request = PageRequest { search: query.clone(), size: SHOWN, ..PageRequest::default() };
    let found = subscriptions::page(&visit.ctx, &visit.actor()?, &request).await?;
    let kind = say!(l, "search-subscription");
    let mut entries: Vec<Entry> = found
        .items
        .into_iter()
        .map(|card| Entry {
            to: format!("/console/{}", escape(&card.slug)),
            icon: "building-2",
            title: card.name,
            name: card.slug,
            kind: kind.clone(),
        })
        .collect();
    let ways: Vec<_> = visit.admin.iter().flat_map(Way::open).collect();
    let own = ways.into_iter().chain([("/console/shortcuts", "shortcuts-title", "keyboard")]);
    let own = own.map(|(to, name, icon)| page(l, to.to_owned(), say!(l, name), icon));
    entries.extend(own.filter(|entry| matches(&entry.title, &query)));
    let sheet = Sheet::new(&visit, say!(l, "search-title")).lead(say!(l, "search-lead-everywhere")).narrow();
    Ok(sheet.answer(move || view! { <Found query path="/console/search".to_owned() entries /> }))
}
