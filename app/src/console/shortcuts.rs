//! Keyboard shortcuts: the list, as a page and as a dialog.
//!
//! What a shortcut leads to carries it as `data-keys`; the island presses what it finds.

use leptos::prelude::*;

use super::Sheet;
use crate::islands::{ShortcutWords, Shortcuts};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// Keys of a subscription's parts, by the path.
const PARTS: [(&str, &str); 12] = [
    ("", "g o"),
    ("/applications", "g a"),
    ("/scopes", "g s"),
    ("/connections", "g c"),
    ("/users", "g u"),
    ("/sessions", "g e"),
    ("/keys", "g k"),
    ("/branding", "g b"),
    ("/settings", "g t"),
    ("/history", "g h"),
    ("/audit", "g l"),
    ("/playground", "g p"),
];

/// Keys that lead to a part of a subscription.
pub fn of_part(path: &str) -> Option<&'static str> {
    PARTS.iter().find(|(part, _)| *part == path).map(|(_, keys)| *keys)
}

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    visit.actor()?;
    let l = visit.locale;
    let sheet = Sheet::new(&visit, say!(l, "shortcuts-title")).lead(say!(l, "shortcuts-lead")).narrow();
    Ok(sheet.answer(move || view! { <Keys /> }))
}

/// The dialog, on every page of the console.
#[component]
pub fn ShortcutDialog() -> AnyView {
    let words = ShortcutWords {
        title: tr!("shortcuts-title"),
        single: tr!("shortcuts-single"),
        single_help: tr!("shortcuts-single-help"),
        close: tr!("shortcuts-close"),
    };
    view! {
        <Shortcuts words>
            <Keys />
        </Shortcuts>
    }
    .into_any()
}

#[component]
fn Keys() -> AnyView {
    let always = [("Ctrl K", "shortcuts-search"), ("Ctrl Enter", "shortcuts-save"), ("Esc", "shortcuts-escape")];
    let single =
        [("?", "shortcuts-help"), ("/", "shortcuts-list"), ("n", "shortcuts-create"), ("g g", "nav-subscriptions")];
    let parts = super::Tab::all().filter_map(|(path, name, _)| Some((of_part(path)?, name)));
    let row = |(keys, name): (&'static str, &'static str)| {
        let keys = keys.split(' ').map(|key| view! { <kbd class="kbd">{key}</kbd> " " }).collect_view();
        view! {
            <dt>{keys}</dt>
            <dd>{tr!(name)}</dd>
        }
    };
    view! {
        <dl class="kv shortcut-list">
            {always.into_iter().chain(single).chain(parts).map(row).collect_view()}
        </dl>
    }
    .into_any()
}
