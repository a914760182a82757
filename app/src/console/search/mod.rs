//! The search over everything with a name: a page of its own, which the palette (Ctrl K) shows too.

mod entries;
pub mod everywhere;
pub mod within;

use leptos::prelude::*;

use self::entries::Entry;
use crate::components::Icon;
use crate::tr;
use crate::visit::Visit;

/// Id of the list of results, which the palette takes from the page.
const RESULTS: &str = "search-results";
/// Longest text that is looked for, in characters.
const LONGEST: usize = 200;

/// What the URL asks for.
fn asked(visit: &Visit) -> String {
    visit.query.trimmed("q").chars().take(LONGEST).collect()
}

/// The form and what it found.
#[component]
fn Found(
    /// What was looked for.
    query: String,
    /// Where the form leads.
    path: String,
    /// What was found.
    entries: Vec<Entry>,
) -> AnyView {
    let nothing = entries.is_empty().then(|| view! { <p class="notice">{tr!("search-nothing")}</p> });
    view! {
        <form class="search-form" method="get" action=path role="search" aria-label=tr!("search-title")>
            <label class="sr-only" for="search">{tr!("search-label")}</label>
            <input class="input" type="search" id="search" name="q" value=query placeholder=tr!("search-label") maxlength="200" autofocus=true />
            <button class="btn" type="submit">
                <Icon name="search" />
                {tr!("list-search")}
            </button>
        </form>
        {nothing}
        <Results entries />
    }
    .into_any()
}

#[component]
fn Results(entries: Vec<Entry>) -> AnyView {
    let items = entries.into_iter().map(|entry| {
        let name = (!entry.name.is_empty() && entry.name != entry.title)
            .then(|| view! { " " <span class="id muted">{entry.name}</span> });
        view! {
            <li>
                <a href=entry.to>
                    <Icon name=entry.icon />
                    <span class="search-title">{entry.title} {name}</span>
                    " "
                    <span class="muted">{entry.kind}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="search-results" id=RESULTS>{items.collect_view()}</ul> }.into_any()
}
